"""The tables of imports."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, PrimaryKeyConstraint, Table, Text

from storage.schema import PlainText, metadata

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
