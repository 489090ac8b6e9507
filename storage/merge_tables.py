"""The tables of accounts that are one: merges, pairs that are not the same, and the files that values came from."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    text,
)

from storage.schema import PlainText, metadata
from storage.tables import account
from storage.types import PlatformCode

# The accounts of one influencer. Of those only that share theirs: the index of a million others is empty.
Index(
    "ix_account_influencer",
    account.c.guild_id,
    account.c.influencer_id,
    sqlite_where=text("influencer_id IS NOT NULL"),
    postgresql_where=text("influencer_id IS NOT NULL"),
)

# An account that became part of another: its handle is a former one of that, and the payload undoes it. No key leads
# to the accounts: the merged one is gone, and so is the other where that was merged itself.
account_merge = Table(
    "account_merge",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("account_id", Integer, nullable=False),
    Column("merged_id", Integer, nullable=False),
    Column("platform", PlatformCode, nullable=False),
    Column("handle", PlainText, nullable=False),
    # Counts a server's merges up: the last one is undone first.
    Column("number", Integer, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    PrimaryKeyConstraint("guild_id", "account_id", "merged_id"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
)

# Accounts that look like one and are two, the lower id first.
distinct_pair = Table(
    "distinct_pair",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("one_id", Integer, nullable=False),
    Column("other_id", Integer, nullable=False),
    Column("said_by", BigInteger, nullable=False),
    PrimaryKeyConstraint("guild_id", "one_id", "other_id"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
    sqlite_with_rowid=False,
)

# The names of files, so that an entry of the trail holds a number.
source_file = Table(
    "source_file",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("id", Integer, nullable=False, autoincrement=False),
    Column("name", PlainText, nullable=False),
    PrimaryKeyConstraint("guild_id", "id"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
    UniqueConstraint("guild_id", "name"),
    sqlite_with_rowid=False,
)
