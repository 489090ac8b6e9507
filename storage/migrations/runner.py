"""Runs the migrations over a connection that is already there.

Alembic takes a twentieth of all imports, and most starts migrate nothing: it is imported only where one does.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Text, column, inspect, select, table, text

from storage.failures import NewerDatabase

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parent
_LOCK = 6_410_512
"""Any number that no other lock of this database has."""

_VERSIONS = "alembic_version"
_REVISION = select(column("version_num", Text)).select_from(table(_VERSIONS))


def config() -> "Config":
    """Alembic's settings, good from any working directory."""
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return settings


def upgrade(connection: Connection) -> None:
    """Run what is missing, inside the caller's transaction; two processes that start at once take turns.

    Raises `storage.failures.NewerDatabase`.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    revision = current_revision(connection)
    if revision == head_revision():
        return
    if revision is not None and revision not in known_revisions():
        raise NewerDatabase(revision)
    from alembic import command

    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def current_revision(connection: Connection) -> str | None:
    """The migration that the database is at, None where it has none."""
    return connection.scalar(_REVISION) if inspect(connection).has_table(_VERSIONS) else None


def known_revisions() -> list[str]:
    """Every migration that this version has, the oldest first: the numbers that their files begin with."""
    return sorted(path.name.partition("_")[0] for path in (_FOLDER / "versions").glob("[0-9]*.py"))


def head_revision() -> str:
    """The newest migration."""
    return known_revisions()[-1]
