"""What shortlists rank by for every goal: the usual rate, reach, flags, and a score for each goal."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FIGURE: sa.Double[float] = sa.Double()
ACCOUNT = {
    "rate_usual": FIGURE,
    "reach": FIGURE,
    "reach_posts": sa.Integer(),
}
SCORES = ("reach_score", "value_score", "views_score")
KEY = "guild_id, niche_id, score, followers, account_id"
FILTERS = "position, platform, country, language, price_minor, price_currency"


def upgrade() -> None:
    """Room for them; the bot's next start fits every server's model anew, and with it every score."""
    for name, kind in ACCOUNT.items():
        op.add_column("account", sa.Column(name, kind))
    op.add_column("account", sa.Column("flags", sa.SmallInteger(), nullable=False, server_default=sa.text("0")))
    for name in SCORES:
        op.add_column("niche_posting", sa.Column(name, sa.BigInteger()))
    _cover(f"{FILTERS}, {', '.join(SCORES)}")


def downgrade() -> None:
    """Forget them."""
    _cover(FILTERS)
    for name in SCORES:
        op.drop_column("niche_posting", name)
    for name in (*ACCOUNT, "flags"):
        op.drop_column("account", name)


def _cover(columns: str) -> None:
    """What the posting list's index holds beside its key; SQLite's table is the index itself."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute("ALTER TABLE niche_posting DROP CONSTRAINT pk_niche_posting")
    op.execute(f"ALTER TABLE niche_posting ADD CONSTRAINT pk_niche_posting PRIMARY KEY ({KEY}) INCLUDE ({columns})")
