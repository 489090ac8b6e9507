"""The tables. Every key begins with the guild's small id, so that one server's rows lie together and apart.

On SQLite the tables that are read by their key are clustered in it (`sqlite_with_rowid=False`).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from planning.accounts import Source
from planning.audit import Action
from planning.posts import PostKind
from storage.schema import PlainText, metadata
from storage.types import EnumCode, Hundredths, PlatformCode, UtcDateTime

guild = Table(
    "guild",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("discord_id", BigInteger, nullable=False),
    # The settings; null until the server sets any.
    Column("ladder_id", Text),
    Column("ladder_bands", Text),
    Column("currency", Text),
    Column("language", Text),
    Column("timezone", Text),
    Column("planner_role_id", BigInteger),
    Column("exchange_rates", Text),
    # The next number of each kind in this guild; a writer holds this row, so none is given twice.
    Column("next_account_id", Integer, nullable=False, server_default=text("1")),
    Column("next_niche_id", Integer, nullable=False, server_default=text("1")),
    Column("next_audit_id", Integer, nullable=False, server_default=text("1")),
    Column("next_list_id", Integer, nullable=False, server_default=text("1")),
    Column("next_schedule_id", Integer, nullable=False, server_default=text("1")),
    Column("next_influencer_id", Integer, nullable=False, server_default=text("1")),
    UniqueConstraint("discord_id"),
)

account = Table(
    "account",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("id", Integer, nullable=False, autoincrement=False),
    Column("platform", PlatformCode, nullable=False),
    Column("handle", PlainText, nullable=False),
    Column("name", Text),
    Column("country", Text),
    Column("language", Text),
    Column("price_minor", BigInteger),
    Column("price_currency", Text),
    Column("followers", BigInteger, nullable=False),
    Column("followers_at", UtcDateTime, nullable=False),
    Column("likes", Double),
    Column("comments", Double),
    Column("views", Double),
    Column("posts", BigInteger),
    Column("engagement_at", UtcDateTime),
    Column("source", EnumCode(Source), nullable=False),
    Column("added_at", UtcDateTime),
    # Its posts, summed up for the estimate, and when they were read; null where none are known.
    Column("sample_posts", Integer),
    Column("sample_first_at", UtcDateTime),
    Column("sample_last_at", UtcDateTime),
    Column("sample_mean", Double),
    Column("sample_weight", Double),
    Column("sample_spread", Double),
    Column("posts_read_at", UtcDateTime),
    # The estimate and the model that made it; null where no rate can be computed.
    Column("rate", Double),
    Column("rate_low", Double),
    Column("rate_high", Double),
    Column("rate_formula", SmallInteger),
    Column("rate_fit", Integer),
    Column("rate_usual", Double),
    # The average reach of its posts, and what was unusual about its numbers (a bit for each flag).
    Column("reach", Double),
    Column("reach_posts", Integer),
    Column("flags", SmallInteger, nullable=False, server_default=text("0")),
    # A rate that a file gave, a share of unknown definition.
    Column("declared_rate", Double),
    # Handle and name, case folded: what a search by any part looks into.
    Column("search_text", PlainText, nullable=False),
    # Whose account it is, where one person's several are known; null is a person with this one alone.
    Column("influencer_id", Integer),
    PrimaryKeyConstraint("guild_id", "id"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
    Index("ix_account_handle", "guild_id", "handle", "platform", unique=True),
    # The rates of accounts of one platform and size, without reading the accounts.
    Index("ix_account_peers", "guild_id", "platform", "followers", "rate"),
    sqlite_with_rowid=False,
)

niche = Table(
    "niche",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("id", Integer, nullable=False, autoincrement=False),
    Column("name", PlainText, nullable=False),
    # How many accounts carry it, kept in step with account_niche: autocomplete asks at every key press.
    Column("accounts", Integer, nullable=False),
    PrimaryKeyConstraint("guild_id", "id"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
    UniqueConstraint("guild_id", "name"),
    sqlite_with_rowid=False,
)

# What a niche means, as the encoder of a recipe says. Apart from the niches, which autocomplete reads whole.
niche_meaning = Table(
    "niche_meaning",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("niche_id", Integer, nullable=False),
    Column("recipe", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    PrimaryKeyConstraint("guild_id", "niche_id"),
    ForeignKeyConstraint(["guild_id", "niche_id"], ["niche.guild_id", "niche.id"]),
    sqlite_with_rowid=False,
)

# What else the team calls a niche.
niche_alias = Table(
    "niche_alias",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("alias", PlainText, nullable=False),
    Column("niche_id", Integer, nullable=False),
    PrimaryKeyConstraint("guild_id", "alias"),
    ForeignKeyConstraint(["guild_id", "niche_id"], ["niche.guild_id", "niche.id"]),
    sqlite_with_rowid=False,
)

account_niche = Table(
    "account_niche",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("account_id", Integer, nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("niche_id", Integer, nullable=False),
    # With the ids, the key under which the posting stands: it is found again even after the formula changed.
    Column("posted_score", BigInteger, nullable=False),
    Column("posted_followers", BigInteger, nullable=False),
    PrimaryKeyConstraint("guild_id", "account_id", "position"),
    ForeignKeyConstraint(["guild_id", "account_id"], ["account.guild_id", "account.id"]),
    ForeignKeyConstraint(["guild_id", "niche_id"], ["niche.guild_id", "niche.id"]),
    sqlite_with_rowid=False,
)

metric_snapshot = Table(
    "metric_snapshot",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("account_id", Integer, nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
    Column("source", EnumCode(Source), nullable=False),
    Column("followers", BigInteger),
    Column("likes", Hundredths),
    Column("comments", Hundredths),
    Column("views", Hundredths),
    Column("posts", BigInteger),
    PrimaryKeyConstraint("guild_id", "account_id", "taken_at"),
    ForeignKeyConstraint(["guild_id", "account_id"], ["account.guild_id", "account.id"]),
    sqlite_with_rowid=False,
)

# Posts, clustered by account and time. `number` tells apart those of one second (or day, where no more is known).
post = Table(
    "post",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("account_id", Integer, nullable=False),
    Column("posted_at", UtcDateTime, nullable=False),
    Column("number", Integer, nullable=False),
    Column("kind", EnumCode(PostKind)),
    Column("likes", BigInteger),
    Column("comments", BigInteger),
    Column("shares", BigInteger),
    Column("saves", BigInteger),
    Column("views", BigInteger),
    Column("reach", BigInteger),
    Column("sponsored", Boolean),
    Column("reference", PlainText),
    Column("dated_only", Boolean, nullable=False),
    PrimaryKeyConstraint("guild_id", "account_id", "posted_at", "number"),
    ForeignKeyConstraint(["guild_id", "account_id"], ["account.guild_id", "account.id"]),
    sqlite_with_rowid=False,
)

# The model last fitted to a server's numbers. `trail` is its next audit number then: is it still, there is nothing new.
rate_model = Table(
    "rate_model",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("fit", Integer, nullable=False),
    Column("formula", SmallInteger, nullable=False),
    Column("fitted_at", UtcDateTime, nullable=False),
    Column("trail", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    PrimaryKeyConstraint("guild_id"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
)

# A niche's accounts in the order of a shortlist (read backwards), with all that a shortlist filters by.
_IN_POSTING = [
    *("position", "platform", "country", "language", "price_minor", "price_currency"),
    *("reach_score", "value_score", "views_score"),
]
niche_posting = Table(
    "niche_posting",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("niche_id", Integer, nullable=False),
    Column("score", BigInteger, nullable=False),
    Column("followers", BigInteger, nullable=False),
    Column("account_id", Integer, nullable=False),
    Column("position", SmallInteger, nullable=False),
    Column("platform", PlatformCode, nullable=False),
    Column("country", Text),
    Column("language", Text),
    Column("price_minor", BigInteger),
    Column("price_currency", Text),
    # The scores for the other goals; null where the figure that they rank by is not known.
    Column("reach_score", BigInteger),
    Column("value_score", BigInteger),
    Column("views_score", BigInteger),
    PrimaryKeyConstraint("guild_id", "niche_id", "score", "followers", "account_id", postgresql_include=_IN_POSTING),
    sqlite_with_rowid=False,
)

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("account_id", Integer, nullable=False),
    Column("id", Integer, nullable=False, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_id", BigInteger, nullable=False),
    Column("action", EnumCode(Action), nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("handle", PlainText),
    # The file (see source_file) and the line that it came from.
    Column("file_id", Integer),
    Column("file_row", Integer),
    PrimaryKeyConstraint("guild_id", "account_id", "id"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
    Index(
        "ix_audit_entry_handle",
        "guild_id",
        "handle",
        sqlite_where=text("handle IS NOT NULL"),
        postgresql_where=text("handle IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)

pending_action = Table(
    "pending_action",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("token", PlainText, nullable=False),
    Column("kind", Text, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    PrimaryKeyConstraint("guild_id", "token"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
)

# What plans were asked for, by a digest of it: their buttons work for ever, and asking the same again keeps no more.
plan_query = Table(
    "plan_query",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("token", PlainText, nullable=False),
    Column("query", Text, nullable=False),
    PrimaryKeyConstraint("guild_id", "token"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
    sqlite_with_rowid=False,
)

# The digest of the commands last sent to Discord: for a guild by its Discord id, 0 for those of every guild.
command_sync = Table(
    "command_sync",
    metadata,
    Column("scope", BigInteger, primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False),
)
