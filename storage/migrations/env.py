"""What Alembic runs: over the connection that `runner` hands in, or over its own for `alembic` on the command line."""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection
from sqlalchemy.schema import SchemaItem

from storage import import_tables, list_tables, merge_tables, schedule_tables, tables
from storage.engine import create_engines
from storage.schema import metadata

TABLES = (tables, list_tables, import_tables, schedule_tables, merge_tables)
"""The modules that fill the metadata."""
FULL_TEXT_TABLE = "account_search"
TRIGRAM_INDEX = "ix_account_search_text_trigrams"


def is_ours(item: SchemaItem, name: str | None, kind: str, _reflected: object, _other: object) -> bool:
    """Leaves out what only one database has and the metadata cannot say: the two indexes for searching by part."""
    del item
    if kind == "table":
        return not (name or "").startswith(FULL_TEXT_TABLE)
    return name != TRIGRAM_INDEX


def run(connection: Connection) -> None:
    """Run the migrations in the connection's transaction: SQLite's DDL is transactional too, once BEGIN is ours."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=is_ours,
        render_as_batch=True,
        transactional_ddl=True,
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def run_alone() -> None:
    """For `alembic` on the command line, over the database of DATABASE_URL."""
    engines = create_engines(os.environ.get("DATABASE_URL", "sqlite:///data/microscout.db"))
    async with engines.write.begin() as connection:
        await connection.run_sync(run)
    await engines.dispose()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(run_alone())
