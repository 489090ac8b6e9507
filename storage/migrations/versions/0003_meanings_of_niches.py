"""What niches mean, and what else a team calls them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PLAIN_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Room for vectors and aliases; vectors are made when they are first asked for."""
    op.create_table(
        "niche_meaning",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("niche_id", sa.Integer(), nullable=False),
        sa.Column("recipe", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "niche_id", name="pk_niche_meaning"),
        sa.ForeignKeyConstraint(
            ["guild_id", "niche_id"], ["niche.guild_id", "niche.id"], name="fk_niche_meaning_niche"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "niche_alias",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("alias", PLAIN_TEXT, nullable=False),
        sa.Column("niche_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "alias", name="pk_niche_alias"),
        sa.ForeignKeyConstraint(["guild_id", "niche_id"], ["niche.guild_id", "niche.id"], name="fk_niche_alias_niche"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Forget both."""
    op.drop_table("niche_alias")
    op.drop_table("niche_meaning")
