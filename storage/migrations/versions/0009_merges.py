"""Influencers with several accounts, merges that can be undone, and the files that values came from."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PLAIN_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
LINKED = sa.text("influencer_id IS NOT NULL")


def upgrade() -> None:
    """Room for them; every account stands for a person of its own."""
    op.add_column("guild", sa.Column("next_influencer_id", sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.add_column("account", sa.Column("influencer_id", sa.Integer()))
    op.create_index(
        *("ix_account_influencer", "account", ["guild_id", "influencer_id"]),
        sqlite_where=LINKED,
        postgresql_where=LINKED,
    )
    op.add_column("audit_entry", sa.Column("file_id", sa.Integer()))
    op.add_column("audit_entry", sa.Column("file_row", sa.Integer()))
    op.create_table(
        "account_merge",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.SmallInteger(), nullable=False),
        sa.Column("handle", PLAIN_TEXT, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "account_id", "merged_id", name="pk_account_merge"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_account_merge_guild"),
    )
    op.create_table(
        "distinct_pair",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("said_by", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "one_id", "other_id", name="pk_distinct_pair"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_distinct_pair_guild"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source_file",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", PLAIN_TEXT, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "id", name="pk_source_file"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_source_file_guild"),
        sa.UniqueConstraint("guild_id", "name", name="uq_source_file_guild_id_name"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Forget them."""
    for table in ("source_file", "distinct_pair", "account_merge"):
        op.drop_table(table)
    op.drop_column("audit_entry", "file_row")
    op.drop_column("audit_entry", "file_id")
    op.drop_index("ix_account_influencer", "account")
    op.drop_column("account", "influencer_id")
    op.drop_column("guild", "next_influencer_id")
