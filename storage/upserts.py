"""INSERT … ON CONFLICT, which SQLAlchemy has once for each kind of database."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite


def insert_into(table: Table, dialect: str) -> Any:
    """An INSERT with `excluded`, `on_conflict_do_update` and `on_conflict_do_nothing`, for the dialect of this name.

    Not typed: both kinds have these alike, but from no class in common.
    """
    if dialect == "sqlite":
        return sqlite.insert(table)
    # By then the engine has imported it; without PostgreSQL nobody does.
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
