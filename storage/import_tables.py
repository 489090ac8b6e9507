"""The tables of imports."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
)

from storage.schema import PlainText, metadata
from storage.types import UtcDateTime

# What a team said that columns are, by a digest of the headers of the file.
column_mapping = Table(
    "column_mapping",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("headers", PlainText, nullable=False),
    Column("chosen", Text, nullable=False),
    PrimaryKeyConstraint("guild_id", "headers"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
    sqlite_with_rowid=False,
)

# Imports that run in the background, until they ended.
import_job = Table(
    "import_job",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("token", PlainText, nullable=False),
    Column("filename", Text, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("channel_id", BigInteger),
    Column("created_at", UtcDateTime, nullable=False),
    Column("message_id", BigInteger),
    Column("total", Integer),
    Column("digest", Text, nullable=False),
    # Accounts that are written, and what became of their rows; kept in the transaction that writes them.
    Column("done", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("problems", Text, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    # When anything is to be done about it; while a process is at it, when its claim ends.
    Column("wake_at", UtcDateTime, nullable=False),
    Column("claim", PlainText),
    Column("attempts", SmallInteger, nullable=False),
    PrimaryKeyConstraint("guild_id", "token"),
    ForeignKeyConstraint(["guild_id"], ["guild.id"]),
    # Of every server together: what a process asks for again and again.
    Index("ix_import_job_wake", "wake_at"),
    sqlite_with_rowid=False,
)

# The file of each, apart: the job's own row is written with every chunk.
import_job_file = Table(
    "import_job_file",
    metadata,
    Column("guild_id", Integer, nullable=False),
    Column("token", PlainText, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    PrimaryKeyConstraint("guild_id", "token"),
    ForeignKeyConstraint(["guild_id", "token"], ["import_job.guild_id", "import_job.token"]),
)
