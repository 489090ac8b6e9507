"""A connection to SQLite that answers a statement in one turn of its thread.

SQLAlchemy asks a driver for a cursor, to execute, to fetch and to close. aiosqlite takes a turn for each of these, and
each wakes its thread and then the event loop's: a short read waited longer for turns than it took. Here the rows are
fetched in the turn that executes; with the last row SQLite is done with a statement, so there is nothing to close.

A write whose answer nobody reads takes no turn at all: it goes with the next statement, or with the commit. What it
raises is raised there, still within its transaction.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from threading import Thread
from typing import Any, Self

import aiosqlite

MOST_POSTPONED = 100
"""Rows that wait at most: who writes many lets others have their turn meanwhile."""


class _Remembering(sqlite3.Connection):
    """Keeps its last cursor: aiosqlite gives the rows alone, and SQLAlchemy wants their names and number as well.

    What was `postponed`, statements with their rows, is executed before anything else, and forgotten by a rollback.
    """

    last: sqlite3.Cursor | None = None
    postponed: tuple[tuple[str, Sequence[Any]], ...] = ()

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        self._catch_up()
        self.last = super().execute(sql, parameters)
        return self.last

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        self._catch_up()
        self.last = super().executemany(sql, parameters)
        return self.last

    def close(self) -> None:
        # A statement that its cursor still has would keep the file open.
        if self.last is not None:
            self.last.close()
            self.last = None
        super().close()

    def commit(self) -> None:
        self._catch_up()
        super().commit()

    def rollback(self) -> None:
        self.postponed = ()
        super().rollback()

    def _catch_up(self) -> None:
        postponed, self.postponed = self.postponed, ()
        for sql, rows in postponed:
            try:
                for row in rows:
                    super().execute(sql, row)
            except sqlite3.Error as error:
                error.add_note(f"It had been postponed: {sql}")
                raise


class OneTurnCursor:
    """A driver's cursor as SQLAlchemy uses one: it executes once, and one at a time of a connection does."""

    arraysize = 1
    description: Any = None
    rowcount = -1
    lastrowid: int | None = None

    def __init__(self, connection: "OneTurnConnection") -> None:
        self._connection = connection
        self._rows: Iterable[Any] = ()

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, operation: str, parameters: Any = ()) -> Self:
        """Execute, and fetch every row."""
        self._rows = await self._connection.execute_fetchall(operation, parameters)
        return self._tell()

    async def executemany(self, operation: str, parameters: Iterable[Any]) -> Self:
        """Execute for each of the parameters."""
        await self._connection.executemany(operation, parameters)
        return self._tell()

    async def fetchall(self) -> Sequence[Any]:
        """The rows, once."""
        rows, self._rows = self._rows, ()
        return list(rows)

    async def close(self) -> None:
        """Nothing is open any more."""

    def _tell(self) -> Self:
        last = self._connection.last
        self.description, self.rowcount, self.lastrowid = last.description, last.rowcount, last.lastrowid
        return self


def new_connection(*arguments: Any, **options: Any) -> "OneTurnConnection":
    """A connection that opens once it is awaited, with what `sqlite3.connect` takes.

    Made in a daemon thread, as threads inherit that: its own must not keep a process alive that failed to close it.
    """
    made: list[OneTurnConnection] = []
    maker = Thread(target=lambda: made.append(OneTurnConnection(*arguments, **options)), daemon=True)
    maker.start()
    maker.join()
    return made[0]


class OneTurnConnection(aiosqlite.Connection):
    """aiosqlite's connection with cursors that take one turn."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._opened: _Remembering | None = None
        self._settled = False
        super().__init__(lambda: self._open(*arguments, **options), iter_chunk_size=64)

    @property
    def last(self) -> sqlite3.Cursor:
        """The cursor of the last statement that was executed."""
        assert self._opened is not None
        assert self._opened.last is not None, "nothing was executed yet"
        return self._opened.last

    def postpone(self, sql: str, rows: Sequence[Any]) -> bool:
        """Execute it for each of the rows before the next statement; False where too many wait already."""
        assert self._opened is not None, "nothing is open that could be written to"
        waiting = self._opened.postponed
        if len(rows) + sum(len(others) for _, others in waiting) > MOST_POSTPONED:
            return False
        self._settled = False
        self._opened.postponed = (*waiting, (sql, rows))
        return True

    async def commit(self) -> None:
        """Commit, with what was postponed."""
        await super().commit()
        self._settled = True

    async def rollback(self) -> None:
        """Roll back; takes no turn right after a commit, as the pool asks for one whenever a connection comes back."""
        if not self._settled:
            await super().rollback()

    def cursor(self) -> Any:
        """A cursor that answers in one turn, where aiosqlite's takes one for each step."""
        self._settled = False
        return OneTurnCursor(self)

    def _open(self, *arguments: Any, **options: Any) -> sqlite3.Connection:
        self._opened = sqlite3.connect(*arguments, **options, factory=_Remembering)
        return self._opened
