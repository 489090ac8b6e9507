"""Exchange rates that a team enters, and what plans were asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PLAIN_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Room for them; there are none yet."""
    op.add_column("guild", sa.Column("exchange_rates", sa.Text()))
    op.create_table(
        "plan_query",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("token", PLAIN_TEXT, nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "token", name="pk_plan_query"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_plan_query_guild"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("plan_query")
    op.drop_column("guild", "exchange_rates")
