"""`backup` and `restore`: a SQLite database to and from a file."""

import asyncio
import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import URL

from bot.alone import alone
from bot.app import utc_now
from bot.commands.edge import WRONG_USAGE, Mistake, fail, started
from bot.commands.progress import shown_progress
from bot.settings import Settings
from storage.database import SqlDatabase
from storage.engine import parse_url, sqlite_file
from storage.failures import NewerDatabase
from storage.sqlite_copies import SIDES, InUse, Unusable, copy_database, examine, put_in_place

POSTGRESQL_BACKUP = "pg_dump --format=custom --file={file} {address}"
POSTGRESQL_RESTORE = "pg_restore --clean --if-exists --no-owner --single-transaction --dbname={address} {file}"


def backup(
    file: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that exists.")] = False,
) -> None:
    """Copy the SQLite database into a file, also while the bot runs, and check the copy."""
    with started() as settings:
        database = _sqlite(settings, POSTGRESQL_BACKUP, file)
        if not database.exists():
            raise Mistake(f"there is no database {database}, so there is nothing to back up")
        _must_be_free(file, database, force=force)
        with _partial(file) as copy:
            try:
                with shown_progress(f"backing up {database.name}, pages") as progress:
                    copy_database(database, copy, progress)
                revision = examine(copy)
            except Unusable as error:
                raise Mistake(f"no backup was made of {database}: {error}") from None
            shutil.copymode(database, copy)
            _must_be_free(file, database, force=force)
            copy.replace(file)
        typer.echo(f"wrote {file} ({_megabytes(file)} MB, migration {revision}), and checked it")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.", show_default=False)],
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask whether to replace the database.")] = False,
) -> None:
    """Put a backup in the place of the SQLite database, which is kept beside it; the bot must not run."""
    with started() as settings:
        database = _sqlite(settings, POSTGRESQL_RESTORE, file)
        if not file.is_file():
            raise Mistake(f"{file} is no file")
        if database.exists() and file.samefile(database):
            raise Mistake(f"{file} is the database itself: give the name of a backup")
        kept = database.with_name(f"{database.name}.before-restore-{utc_now():%Y%m%dT%H%M%S%fZ}")
        with alone(settings.database_url), _partial(database) as copy:
            revision = _copied(file, copy)
            if not yes:
                typer.confirm(f"replace {database} by {file} (migration {revision})?", abort=True, err=True)
            asyncio.run(_bring_up_to_date(copy))
            replaced = database.exists()
            if replaced:
                shutil.copymode(database, copy)
            try:
                put_in_place(copy, database, kept)
            except InUse:
                raise Mistake(f"another program has {database} open: end it first") from None
        typer.echo(f"restored {database} from {file}" + (f"; what it was before is {kept}" if replaced else ""))


def _copied(file: Path, copy: Path) -> str:
    """Copy the backup to where it can be migrated; the migration that it is at."""
    try:
        with shown_progress(f"reading {file.name}, pages") as progress:
            copy_database(file, copy, progress)
        return examine(copy)
    except Unusable as error:
        raise Mistake(f"{file} can't be restored: {error}") from None
    except NewerDatabase as error:
        raise Mistake(f"{file} was made by a newer version ({error}), so update this one first") from None


async def _bring_up_to_date(file: Path) -> None:
    database = SqlDatabase(f"sqlite:///{file}")
    try:
        await database.migrate()
        # Discord may have been told of other commands since: the next start tells it again.
        await database.forget_command_digests()
    finally:
        await database.close()


def _sqlite(settings: Settings, command: str, file: Path) -> Path:
    """The database's file; where it is PostgreSQL, the process ends with what to run instead."""
    found = sqlite_file(settings.database_url)
    if found is None:
        line = command.format(file=shlex.quote(str(file)), address=shlex.quote(_libpq(settings.database_url)))
        fail(f"the database is PostgreSQL, which has a program of its own for this: {line}", code=WRONG_USAGE)
    return found


def _libpq(database_url: str) -> str:
    """The address as PostgreSQL's own programs take it, without the password, which they ask for."""
    url = parse_url(database_url)
    query = {"sslmode" if name == "ssl" else name: value for name, value in url.query.items()}
    own = URL.create("postgresql", url.username, None, url.host, url.port, url.database, query)
    return own.render_as_string()


def _must_be_free(file: Path, database: Path, *, force: bool) -> None:
    if not file.exists():
        return
    if file.is_dir():
        raise Mistake(f"{file} is a folder: give the name of a file in it")
    if file.samefile(database):
        raise Mistake(f"{file} is the database itself: give the name of another file")
    if not force:
        raise Mistake(f"{file} exists: give another name, or --force to replace it")


@contextmanager
def _partial(file: Path) -> Iterator[Path]:
    """A file beside this one to be written first, gone at the end where nobody moved it. Raises `Mistake`."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".partial", dir=file.parent)
    except OSError as error:
        raise Mistake(f"{file} can't be written: {error.strerror}") from error
    os.close(handle)  # SQLite opens it by its name
    try:
        yield Path(name)
    except OSError as error:
        raise Mistake(f"{file} can't be written: {error.strerror}") from error
    finally:
        for side in ("", *SIDES):
            Path(f"{name}{side}").unlink(missing_ok=True)


def _megabytes(file: Path) -> str:
    return f"{file.stat().st_size / 1e6:,.1f}"
