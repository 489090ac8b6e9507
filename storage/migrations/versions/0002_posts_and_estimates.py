"""Posts with their own numbers, estimates of rates, and the model that a server's numbers were fitted to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PLAIN_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
FIGURE: sa.Double[float] = sa.Double()

ESTIMATE = {
    "sample_posts": sa.Integer(),
    "sample_first_at": sa.BigInteger(),
    "sample_last_at": sa.BigInteger(),
    "sample_mean": FIGURE,
    "sample_weight": FIGURE,
    "sample_spread": FIGURE,
    "posts_read_at": sa.BigInteger(),
    "rate": FIGURE,
    "rate_low": FIGURE,
    "rate_high": FIGURE,
    "rate_formula": sa.SmallInteger(),
    "rate_fit": sa.Integer(),
}


def upgrade() -> None:
    """Room for posts and estimates; the bot's next start estimates the accounts that are there."""
    for name, kind in ESTIMATE.items():
        op.add_column("account", sa.Column(name, kind))
    op.create_index("ix_account_peers", "account", ["guild_id", "platform", "followers", "rate"])
    op.create_table(
        "post",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.SmallInteger()),
        sa.Column("likes", sa.BigInteger()),
        sa.Column("comments", sa.BigInteger()),
        sa.Column("shares", sa.BigInteger()),
        sa.Column("saves", sa.BigInteger()),
        sa.Column("views", sa.BigInteger()),
        sa.Column("reach", sa.BigInteger()),
        sa.Column("sponsored", sa.Boolean()),
        sa.Column("reference", PLAIN_TEXT),
        sa.Column("dated_only", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "account_id", "posted_at", "number", name="pk_post"),
        sa.ForeignKeyConstraint(["guild_id", "account_id"], ["account.guild_id", "account.id"], name="fk_post_account"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rate_model",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("fit", sa.Integer(), nullable=False),
        sa.Column("formula", sa.SmallInteger(), nullable=False),
        sa.Column("fitted_at", sa.BigInteger(), nullable=False),
        sa.Column("trail", sa.Integer(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_rate_model"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_rate_model_guild"),
    )


def downgrade() -> None:
    """Forget posts, estimates and models."""
    op.drop_table("rate_model")
    op.drop_table("post")
    op.drop_index("ix_account_peers", "account")
    for name in ESTIMATE:
        op.drop_column("account", name)
