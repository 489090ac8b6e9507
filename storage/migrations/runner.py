"""Runs the migrations over a connection that is already there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

_LOCK = 6_410_512
"""Any number that no other lock of this database has."""


def config() -> Config:
    """Alembic's settings, good from any working directory."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return settings


def upgrade(connection: Connection) -> None:
    """Run what is missing, inside the caller's transaction; two processes that start at once take turns."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def current_revision(connection: Connection) -> str | None:
    """The migration that the database is at, None where it has none."""
    return MigrationContext.configure(connection).get_current_revision()


def known_revisions() -> set[str]:
    """Every migration that this version has."""
    return {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}


def head_revision() -> str:
    """The newest migration."""
    head = ScriptDirectory.from_config(config()).get_current_head()
    assert head is not None, "the migrations are part of the package"
    return head
