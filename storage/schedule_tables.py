"""The tables of schedules: what is posted when, and how each run ended."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from planning.scheduling.runs import Outcome
from planning.scheduling.schedules import Status, Unchanged
from storage.schema import PlainText, metadata
from storage.types import EnumCode, UtcDateTime

schedule = Table(
    "schedule",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("id", Integer, nullable=False, autoincrement=False),
    Column("name", PlainText, nullable=False),
    # The name without its case: two schedules never differ by that alone.
    Column("folded", PlainText, nullable=False),
    Column("task", Text, nullable=False),
    Column("cadence", Text, nullable=False),
    # An IANA name; null follows the server's own.
    Column("zone", Text),
    Column("channel_id", BigInteger, nullable=False),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("mention_role_id", BigInteger),
    Column("unchanged", EnumCode(Unchanged), nullable=False),
    Column("grace_seconds", Integer, nullable=False),
    Column("status", EnumCode(Status), nullable=False),
    Column("next_at", UtcDateTime),
    Column("manual_at", UtcDateTime),
    # When anything is to be done about it; while a process is at it, when its claim ends.
    Column("wake_at", UtcDateTime),
    Column("claim", PlainText),
    Column("attempts", SmallInteger, nullable=False),
    # JSON, null where there is none: a post that may be there or not, what the last one showed, what is to be told.
    Column("attempt", Text),
    Column("seen", Text),
    Column("notice", Text),
    PrimaryKeyConstraint("guild_id", "id"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
    UniqueConstraint("guild_id", "folded"),
    # Of every server together: what a process asks for again and again.
    Index("ix_schedule_wake", "wake_at"),
    sqlite_with_rowid=False,
)

schedule_run = Table(
    "schedule_run",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("schedule_id", Integer, nullable=False),
    Column("reference", PlainText, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("manual", SmallInteger, nullable=False),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("outcome", EnumCode(Outcome), nullable=False),
    Column("message_id", BigInteger),
    Column("attempts", SmallInteger, nullable=False),
    PrimaryKeyConstraint("guild_id", "schedule_id", "reference"),
    ForeignKeyConstraint(["guild_id", "schedule_id"], ["schedule.guild_id", "schedule.id"]),
    sqlite_with_rowid=False,
)
