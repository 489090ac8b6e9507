"""First schema: guilds, accounts with their niches, readings and postings, trail, pending actions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import ProgrammingError

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Ordered by code point on both databases.
PLAIN_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
AVERAGE: sa.Double[float] = sa.Double()


def upgrade() -> None:
    """Make every table, and what searches by a part of a handle or name."""
    create_guild()
    create_account()
    create_niches()
    create_metric_snapshot()
    create_niche_posting()
    create_audit_entry()
    create_pending_action()
    create_command_sync()
    if op.get_bind().dialect.name == "sqlite":
        create_full_text_index()
    else:
        create_trigram_index()


def create_guild() -> None:
    """The servers, their settings and their counters."""
    op.create_table(
        "guild",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("discord_id", sa.BigInteger(), nullable=False),
        sa.Column("ladder_id", sa.Text()),
        sa.Column("ladder_bands", sa.Text()),
        sa.Column("currency", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("timezone", sa.Text()),
        sa.Column("planner_role_id", sa.BigInteger()),
        sa.Column("next_account_id", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("next_niche_id", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("next_audit_id", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guild"),
        sa.UniqueConstraint("discord_id", name="uq_guild_discord_id"),
    )


def create_account() -> None:
    """The roster."""
    op.create_table(
        "account",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("platform", sa.SmallInteger(), nullable=False),
        sa.Column("handle", PLAIN_TEXT, nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("price_minor", sa.BigInteger()),
        sa.Column("price_currency", sa.Text()),
        sa.Column("followers", sa.BigInteger(), nullable=False),
        sa.Column("followers_at", sa.BigInteger(), nullable=False),
        sa.Column("likes", AVERAGE),
        sa.Column("comments", AVERAGE),
        sa.Column("views", AVERAGE),
        sa.Column("posts", sa.BigInteger()),
        sa.Column("engagement_at", sa.BigInteger()),
        sa.Column("source", sa.SmallInteger(), nullable=False),
        sa.Column("added_at", sa.BigInteger()),
        sa.Column("search_text", PLAIN_TEXT, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "id", name="pk_account"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_account_guild"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_account_handle", "account", ["guild_id", "handle", "platform"], unique=True)


def create_niches() -> None:
    """The servers' own niches, and which account carries which."""
    op.create_table(
        "niche",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", PLAIN_TEXT, nullable=False),
        sa.Column("accounts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "id", name="pk_niche"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_niche_guild"),
        sa.UniqueConstraint("guild_id", "name", name="uq_niche_guild_id_name"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "account_niche",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("niche_id", sa.Integer(), nullable=False),
        sa.Column("posted_score", sa.BigInteger(), nullable=False),
        sa.Column("posted_followers", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "account_id", "position", name="pk_account_niche"),
        sa.ForeignKeyConstraint(
            ["guild_id", "account_id"], ["account.guild_id", "account.id"], name="fk_account_niche_account"
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "niche_id"], ["niche.guild_id", "niche.id"], name="fk_account_niche_niche"
        ),
        sqlite_with_rowid=False,
    )


def create_metric_snapshot() -> None:
    """The readings, clustered by account and time."""
    op.create_table(
        "metric_snapshot",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.SmallInteger(), nullable=False),
        sa.Column("followers", sa.BigInteger()),
        sa.Column("likes", sa.BigInteger()),
        sa.Column("comments", sa.BigInteger()),
        sa.Column("views", sa.BigInteger()),
        sa.Column("posts", sa.BigInteger()),
        sa.PrimaryKeyConstraint("guild_id", "account_id", "taken_at", name="pk_metric_snapshot"),
        sa.ForeignKeyConstraint(
            ["guild_id", "account_id"], ["account.guild_id", "account.id"], name="fk_metric_snapshot_account"
        ),
        sqlite_with_rowid=False,
    )


def create_niche_posting() -> None:
    """The posting lists, clustered in the order of a shortlist; on PostgreSQL the key's index covers the filters."""
    op.create_table(
        "niche_posting",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("niche_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.BigInteger(), nullable=False),
        sa.Column("followers", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("platform", sa.SmallInteger(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("price_minor", sa.BigInteger()),
        sa.Column("price_currency", sa.Text()),
        sa.PrimaryKeyConstraint(
            "guild_id",
            "niche_id",
            "score",
            "followers",
            "account_id",
            name="pk_niche_posting",
            postgresql_include=["position", "platform", "country", "language", "price_minor", "price_currency"],
        ),
        sqlite_with_rowid=False,
    )


def create_audit_entry() -> None:
    """The trail; no foreign key to the account, which it outlives."""
    op.create_table(
        "audit_entry",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.SmallInteger(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.Column("handle", PLAIN_TEXT),
        sa.PrimaryKeyConstraint("guild_id", "account_id", "id", name="pk_audit_entry"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_audit_entry_guild"),
        sqlite_with_rowid=False,
    )
    of_removed = sa.text("handle IS NOT NULL")
    op.create_index(
        "ix_audit_entry_handle",
        "audit_entry",
        ["guild_id", "handle"],
        sqlite_where=of_removed,
        postgresql_where=of_removed,
    )


def create_pending_action() -> None:
    """What waits for a Confirm."""
    op.create_table(
        "pending_action",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("token", PLAIN_TEXT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "token", name="pk_pending_action"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_pending_action_guild"),
    )


def create_command_sync() -> None:
    """The digest of the commands last sent to Discord."""
    op.create_table(
        "command_sync",
        sa.Column("scope", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_command_sync"),
    )


def create_full_text_index() -> None:
    """Trigrams of account.search_text, which is case folded already. Kept by triggers; holds no text itself."""
    op.execute(
        "CREATE VIRTUAL TABLE account_search USING fts5("
        "search_text, content='', columnsize=0, detail=none, tokenize='trigram case_sensitive 1')"
    )
    rowid = "({0}.guild_id << 32) | {0}.id"
    add = f"INSERT INTO account_search(rowid, search_text) VALUES ({rowid.format('new')}, new.search_text);"  # noqa: S608 - constants
    drop = (
        "INSERT INTO account_search(account_search, rowid, search_text) "  # noqa: S608 - constants
        f"VALUES ('delete', {rowid.format('old')}, old.search_text);"
    )
    op.execute(f"CREATE TRIGGER account_search_insert AFTER INSERT ON account BEGIN {add} END")
    op.execute(f"CREATE TRIGGER account_search_delete AFTER DELETE ON account BEGIN {drop} END")
    op.execute(
        "CREATE TRIGGER account_search_update AFTER UPDATE OF search_text ON account "
        f"WHEN old.search_text <> new.search_text BEGIN {drop} {add} END"
    )


def create_trigram_index() -> None:
    """pg_trgm, where the server offers it and lets us; without it a search reads the guild's accounts."""
    connection = op.get_bind()
    offered = connection.scalar(sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"))
    if not offered:
        return
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except ProgrammingError:  # the role may not create extensions
        return
    op.execute("CREATE INDEX ix_account_search_text_trigrams ON account USING gin (search_text gin_trgm_ops)")


def downgrade() -> None:
    """Drop everything."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE account_search")
    for name in (
        *("command_sync", "pending_action", "audit_entry", "niche_posting"),
        *("metric_snapshot", "account_niche", "niche", "account", "guild"),
    ):
        op.drop_table(name)
