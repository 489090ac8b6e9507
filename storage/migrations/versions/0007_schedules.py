"""Scheduled posts: what is posted when, and how each run ended."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PLAIN_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Room for them; there are none yet."""
    op.add_column("guild", sa.Column("next_schedule_id", sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.create_table(
        "schedule",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", PLAIN_TEXT, nullable=False),
        sa.Column("folded", PLAIN_TEXT, nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text()),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("mention_role_id", sa.BigInteger()),
        sa.Column("unchanged", sa.SmallInteger(), nullable=False),
        sa.Column("grace_seconds", sa.Integer(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger()),
        sa.Column("manual_at", sa.BigInteger()),
        sa.Column("wake_at", sa.BigInteger()),
        sa.Column("claim", PLAIN_TEXT),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("attempt", sa.Text()),
        sa.Column("seen", sa.Text()),
        sa.Column("notice", sa.Text()),
        sa.PrimaryKeyConstraint("guild_id", "id", name="pk_schedule"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_schedule_guild"),
        sa.UniqueConstraint("guild_id", "folded", name="uq_schedule_guild_id_folded"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_schedule_wake", "schedule", ["wake_at"])
    op.create_table(
        "schedule_run",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("schedule_id", sa.Integer(), nullable=False),
        sa.Column("reference", PLAIN_TEXT, nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("manual", sa.SmallInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.SmallInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "schedule_id", "reference", name="pk_schedule_run"),
        sa.ForeignKeyConstraint(
            ["guild_id", "schedule_id"], ["schedule.guild_id", "schedule.id"], name="fk_schedule_run_schedule"
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("schedule_run")
    op.drop_table("schedule")
    op.drop_column("guild", "next_schedule_id")
