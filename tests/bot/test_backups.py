"""`backup` and `restore`, beside a database that is written to, and of files that are none of ours."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command

from storage.engine import create_engines
from storage.migrations.runner import config
from tests.bot.backing_up import GUILD, LATER, leftovers, load, refused, roster
from tests.loopback.process import CommandLine


@pytest.mark.usefixtures("file")
def test_a_backup_brings_everything_back(tmp_path: Path, cli: CommandLine) -> None:
    before = roster(cli, tmp_path)
    made = cli("backup", "copy.db")
    load(cli, tmp_path, LATER)
    restored = cli("restore", "copy.db", "--yes")

    assert re.fullmatch(r"wrote copy\.db \(\d+\.\d MB, migration \d{4}\), and checked it\n", made.out), made.err
    assert restored.code == 0, restored.err
    assert roster(cli, tmp_path) == before
    assert cli("check").code == 0
    assert leftovers(tmp_path) == []


def test_what_was_there_before_is_kept_with_its_date(tmp_path: Path, cli: CommandLine, file: Path) -> None:
    cli("backup", "copy.db")
    load(cli, tmp_path, LATER)
    later = roster(cli, tmp_path)
    restored = cli("restore", "copy.db", "--yes")

    [kept] = tmp_path.glob("microscout.db.before-restore-*")
    assert restored.out == f"restored {file} from copy.db; what it was before is {kept}\n"
    assert re.fullmatch(r"microscout\.db\.before-restore-\d{8}T\d{12}Z", kept.name)
    assert cli("restore", kept.name, "--yes").code == 0
    assert roster(cli, tmp_path) == later


@pytest.mark.usefixtures("file")
def test_a_lost_database_is_restored_from_nothing(tmp_path: Path, cli: CommandLine) -> None:
    before = roster(cli, tmp_path)
    cli("backup", "copy.db")
    elsewhere = f"sqlite:///{tmp_path}/new/machine.db"

    restored = cli("restore", "copy.db", "--yes", DATABASE_URL=elsewhere)

    assert restored.out == f"restored {tmp_path}/new/machine.db from copy.db\n"
    ended = cli("export", "out.csv", "--guild", GUILD, DATABASE_URL=elsewhere)
    assert ended.code == 0
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == before


def test_a_damaged_database_is_replaced_and_kept(tmp_path: Path, cli: CommandLine, file: Path) -> None:
    before = roster(cli, tmp_path)
    cli("backup", "copy.db")
    file.write_bytes(b"dear diary, " * 500)

    refused(cli("backup", "another.db"), f"no backup was made of {file}: file is not a database")
    assert cli("restore", "copy.db", "--yes").code == 0

    assert roster(cli, tmp_path) == before
    [kept] = tmp_path.glob("*.before-restore-*")
    assert kept.read_bytes() == b"dear diary, " * 500


def test_the_log_of_a_lost_database_is_not_taken_for_the_new_ones(tmp_path: Path, cli: CommandLine, file: Path) -> None:
    before = roster(cli, tmp_path)
    cli("backup", "copy.db")
    with closing(sqlite3.connect(file)) as lost:
        lost.executescript("DELETE FROM account")
        log = (tmp_path / "microscout.db-wal").read_bytes()
    file.unlink()
    (tmp_path / "microscout.db-wal").write_bytes(log)

    assert cli("restore", "copy.db", "--yes").code == 0
    assert roster(cli, tmp_path) == before


def test_an_older_database_is_migrated_and_a_newer_one_refused(tmp_path: Path, cli: CommandLine, file: Path) -> None:
    cli("backup", "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy, copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    refused(cli("restore", "copy.db", "--yes"), "copy.db was made by a newer version (9999), so update this one first")
    assert not list(tmp_path.glob("*.before-restore-*"))

    go_back(file, "0003")
    made = cli("backup", "older.db")
    restored = cli("restore", "older.db", "--yes")

    assert "migration 0003" in made.out
    assert restored.code == 0, restored.err
    assert "moss" in roster(cli, tmp_path)
    assert cli("check").code == 0


def go_back(file: Path, revision: str) -> None:
    settings = config()

    def downgrade(connection: object) -> None:
        settings.attributes["connection"] = connection
        command.downgrade(settings, revision)

    async def run() -> None:
        engines = create_engines(f"sqlite:///{file}")
        async with engines.write.begin() as connection:
            await connection.run_sync(downgrade)
        await engines.dispose()

    asyncio.run(run())


def test_discord_is_told_of_the_commands_again(cli: CommandLine, file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("INSERT INTO command_sync (scope, digest) VALUES (0, 'of an older version')")
    cli("backup", "copy.db")
    cli("restore", "copy.db", "--yes")

    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT * FROM command_sync").fetchall() == []


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"handle,platform\n" * 500, "copy.db can't be restored: file is not a database"),
        (b"", "copy.db can't be restored: it is no database of Microscout"),
        (None, "copy.db is no file"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, cli: CommandLine, content: bytes | None, said: str) -> None:
    if content is not None:
        (tmp_path / "copy.db").write_bytes(content)

    refused(cli("restore", "copy.db", "--yes"), said)
    assert "moss" in roster(cli, tmp_path)
    assert leftovers(tmp_path) == []


@pytest.mark.usefixtures("file")
def test_a_database_of_something_else_is_refused(tmp_path: Path, cli: CommandLine) -> None:
    with closing(sqlite3.connect(tmp_path / "copy.db")) as other, other:
        other.execute("CREATE TABLE account (name TEXT)")

    refused(cli("restore", "copy.db", "--yes"), "it is no database of Microscout")


@pytest.mark.usefixtures("file")
@pytest.mark.parametrize("harm", ["garbled", "cut off"])
def test_a_damaged_file_is_refused(tmp_path: Path, cli: CommandLine, harm: str) -> None:
    cli("backup", "copy.db")
    content = bytearray((tmp_path / "copy.db").read_bytes())
    if harm == "garbled":
        content[4096 * 3 : 4096 * 12] = b"\x5a" * (4096 * 9)
    else:
        del content[len(content) // 2 :]
    (tmp_path / "copy.db").write_bytes(content)

    refused(cli("restore", "copy.db", "--yes"), "copy.db can't be restored: ")
    assert "moss" in roster(cli, tmp_path)


@pytest.mark.usefixtures("file")
def test_nothing_is_overwritten_unless_told(tmp_path: Path, cli: CommandLine) -> None:
    (tmp_path / "copy.db").write_text("last week's", encoding="utf-8")

    refused(cli("backup", "copy.db"), "copy.db exists: give another name, or --force to replace it")
    assert (tmp_path / "copy.db").read_text(encoding="utf-8") == "last week's"
    assert cli("backup", "copy.db", "--force").code == 0
    assert cli("restore", "copy.db", "--yes").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("backup", "microscout.db", "--force"), "microscout.db is the database itself"),
        (("backup", "link.db", "--force"), "link.db is the database itself"),
        (("restore", "microscout.db", "--yes"), "microscout.db is the database itself"),
        (("backup", "."), ". is a folder"),
        (("backup", "nowhere/copy.db"), "nowhere/copy.db can't be written"),
    ],
)
def test_a_file_that_can_not_be_is_one_line(
    tmp_path: Path, cli: CommandLine, file: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "link.db").symlink_to(file)

    refused(cli(*arguments), said)
    assert "moss" in roster(cli, tmp_path)


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path, cli: CommandLine) -> None:
    refused(cli("backup", "copy.db"), f"there is no database {tmp_path}/microscout.db")
    assert not (tmp_path / "microscout.db").exists()


def test_it_asks_before_it_replaces(tmp_path: Path, cli: CommandLine, file: Path) -> None:
    cli("backup", "copy.db")
    load(cli, tmp_path, LATER)

    ended = cli("restore", "copy.db")  # nobody answers

    assert (ended.code, ended.out.strip()) == (1, "")
    assert f"replace {file} by copy.db (migration" in ended.err
    assert "north" in roster(cli, tmp_path)
