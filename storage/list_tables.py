"""The tables of shortlists that are kept: results by id, and a team's named lists with all that was done to them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from planning.lists import ListAction
from storage.schema import PlainText, metadata
from storage.types import EnumCode, UtcDateTime

# A shortlist as it was answered, under the id that the answer showed: the same answer again keeps no more.
shortlist_result = Table(
    "shortlist_result",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("id", PlainText, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("niche", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    PrimaryKeyConstraint("guild_id", "id"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
    sqlite_with_rowid=False,
)

named_list = Table(
    "named_list",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("id", Integer, nullable=False, autoincrement=False),
    Column("name", PlainText, nullable=False),
    # The name without its case: two lists never differ by that alone.
    Column("folded", PlainText, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", BigInteger, nullable=False),
    # The result that it was first saved from; null where that is not kept.
    Column("result_id", PlainText),
    PrimaryKeyConstraint("guild_id", "id"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
    UniqueConstraint("guild_id", "folded"),
    sqlite_with_rowid=False,
)

# A pick as it was when it was added. No key leads to the account: a pick outlives it.
list_pick = Table(
    "list_pick",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("list_id", Integer, nullable=False),
    Column("account_id", Integer, nullable=False),
    Column("place", SmallInteger, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    # The result that it was saved from; null where it was added by hand.
    Column("result_id", PlainText),
    Column("added_at", UtcDateTime, nullable=False),
    Column("added_by", BigInteger, nullable=False),
    Column("note", Text),
    Column("vetoed_by", BigInteger),
    Column("veto_reason", Text),
    PrimaryKeyConstraint("guild_id", "list_id", "account_id"),
    ForeignKeyConstraint(["guild_id", "list_id"], ["named_list.guild_id", "named_list.id"]),
    sqlite_with_rowid=False,
)

list_vote = Table(
    "list_vote",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("list_id", Integer, nullable=False),
    Column("account_id", Integer, nullable=False),
    Column("user_id", BigInteger, nullable=False),
    Column("up", Boolean, nullable=False),
    Column("reason", Text),
    PrimaryKeyConstraint("guild_id", "list_id", "account_id", "user_id"),
    ForeignKeyConstraint(
        ["guild_id", "list_id", "account_id"], ["list_pick.guild_id", "list_pick.list_id", "list_pick.account_id"]
    ),
    sqlite_with_rowid=False,
)

# Who did what to a list, by the list's own counting.
list_event = Table(
    "list_event",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("list_id", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_id", BigInteger, nullable=False),
    Column("action", EnumCode(ListAction), nullable=False),
    Column("handle", Text),
    Column("detail", Text),
    PrimaryKeyConstraint("guild_id", "list_id", "number"),
    ForeignKeyConstraint(["guild_id", "list_id"], ["named_list.guild_id", "named_list.id"]),
    sqlite_with_rowid=False,
)
