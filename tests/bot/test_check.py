"""`check` says what is wrong and how to mend it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.loopback.process import CommandLine

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"


def test_all_is_well_after_a_migration(cli: CommandLine) -> None:
    cli("migrate")

    ended = cli("check", DISCORD_TOKEN=TOKEN)

    assert ended.code == 0, ended.out
    assert [line[:5] for line in ended.out.splitlines()] == ["ok   "] * 4
    assert TOKEN not in ended.out + ended.err


def test_it_only_reports(cli: CommandLine) -> None:
    for _ in range(2):
        ended = cli("check")

        assert ended.code == 1
        assert "WRONG migrations: the database is at none" in ended.out
        assert "to mend it: python -m bot migrate" in ended.out


@pytest.mark.parametrize(
    ("name", "value", "wrong", "mend"),
    [
        ("LOG_FORMAT", "xml", "WRONG settings: LOG_FORMAT is wrong", ".env.example explains it"),
        ("DISCORD_TOKEN", "hunter2", "WRONG token: DISCORD_TOKEN does not have the shape", "Developer Portal"),
        ("DEMO_ROSTER", "missing.csv", "WRONG demo roster: missing.csv is no file", "DEMO_ROSTER"),
        ("DATABASE_URL", "sqlite:///taken/x.db", "WRONG database: sqlite+aiosqlite:///taken/x.db", "can be written"),
        ("DATABASE_URL", "sqlite:///taken", "WRONG database: sqlite+aiosqlite:///taken", "is a SQLite database"),
        (
            "DATABASE_URL",
            "postgresql://team:hunter2@127.0.0.1:9/microscout",
            "WRONG database: postgresql+asyncpg://team:***@127.0.0.1:9/microscout does not answer",
            "see that PostgreSQL runs",
        ),
    ],
)
def test_what_is_wrong_is_said_with_how_to_mend_it(
    tmp_path: Path, cli: CommandLine, name: str, value: str, wrong: str, mend: str
) -> None:
    (tmp_path / "taken").write_text("no database and no folder, " * 200, encoding="utf-8")

    ended = cli("check", **{name: value})

    assert ended.code == 1
    lines = ended.out.splitlines()
    (said,) = (i for i, line in enumerate(lines) if line.startswith(wrong))
    assert mend in lines[said + 1]
    assert "hunter2" not in ended.out + ended.err
    assert "Traceback" not in ended.err


def test_without_a_token_nothing_is_wrong(cli: CommandLine) -> None:
    cli("migrate")

    ended = cli("check")

    assert ended.code == 0
    assert "ok    token: DISCORD_TOKEN is not set, so `run` opens the demo" in ended.out


def test_a_database_of_a_newer_version_is_told_apart(tmp_path: Path, cli: CommandLine) -> None:
    url = f"sqlite:///{tmp_path}/newer.db"
    cli("migrate", DATABASE_URL=url)
    with closing(sqlite3.connect(tmp_path / "newer.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()

    ended = cli("check", DATABASE_URL=url)

    assert ended.code == 1
    assert "made by a newer version: run that one" in ended.out
