"""What a team said that the columns of its files are, and the rates that files declare."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PLAIN_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Room for them; there are none yet."""
    op.add_column("account", sa.Column("declared_rate", sa.Double()))
    op.create_table(
        "column_mapping",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("headers", PLAIN_TEXT, nullable=False),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "headers", name="pk_column_mapping"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_column_mapping_guild"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("column_mapping")
    op.drop_column("account", "declared_rate")
