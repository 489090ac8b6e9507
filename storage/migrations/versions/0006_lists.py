"""Shortlists that are kept: every result by its id, and named lists with votes, vetoes, notes and their trail."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PLAIN_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Room for them; there are none yet."""
    op.add_column("guild", sa.Column("next_list_id", sa.Integer(), nullable=False, server_default=sa.text("1")))
    op.create_table(
        "shortlist_result",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("id", PLAIN_TEXT, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("niche", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "id", name="pk_shortlist_result"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_shortlist_result_guild"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "named_list",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", PLAIN_TEXT, nullable=False),
        sa.Column("folded", PLAIN_TEXT, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("result_id", PLAIN_TEXT),
        sa.PrimaryKeyConstraint("guild_id", "id", name="pk_named_list"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_named_list_guild"),
        sa.UniqueConstraint("guild_id", "folded", name="uq_named_list_guild_id_folded"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "list_pick",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("result_id", PLAIN_TEXT),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("added_by", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text()),
        sa.Column("vetoed_by", sa.BigInteger()),
        sa.Column("veto_reason", sa.Text()),
        sa.PrimaryKeyConstraint("guild_id", "list_id", "account_id", name="pk_list_pick"),
        sa.ForeignKeyConstraint(
            ["guild_id", "list_id"], ["named_list.guild_id", "named_list.id"], name="fk_list_pick_named_list"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "list_vote",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("up", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("guild_id", "list_id", "account_id", "user_id", name="pk_list_vote"),
        sa.ForeignKeyConstraint(
            ["guild_id", "list_id", "account_id"],
            ["list_pick.guild_id", "list_pick.list_id", "list_pick.account_id"],
            name="fk_list_vote_list_pick",
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "list_event",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.SmallInteger(), nullable=False),
        sa.Column("handle", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.PrimaryKeyConstraint("guild_id", "list_id", "number", name="pk_list_event"),
        sa.ForeignKeyConstraint(
            ["guild_id", "list_id"], ["named_list.guild_id", "named_list.id"], name="fk_list_event_named_list"
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Forget them."""
    for name in ("list_event", "list_vote", "list_pick", "named_list", "shortlist_result"):
        op.drop_table(name)
    op.drop_column("guild", "next_list_id")
