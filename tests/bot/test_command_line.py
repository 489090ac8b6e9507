"""The command line: what it prints where, and how it ends."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.loopback.process import CommandLine, Ended
from tests.sheets.workbooks import xlsx

GUILD = "1097170000000000000"
ROSTER = """handle,platform,followers,niches,price
moss.kitchen,instagram,3210,food,250 EUR
north.oven,tiktok,1.2M,"food, baking",
half.baked,instagram,about a thousand,food,
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


def outcome(ended: Ended) -> dict[str, object]:
    assert ended.code == 0, ended.err
    return json.loads(ended.out.splitlines()[-1])


@pytest.mark.parametrize(
    "command",
    ["", "run", "demo", "sync", "migrate", "check", "schedules", "import", "export", "template", "backup", "restore"],
)
def test_every_command_explains_itself(cli: CommandLine, command: str) -> None:
    ended = cli(*command.split(), "--help", LOG_LEVEL="nonsense")

    assert ended.code == 0
    assert f"Usage: python -m bot {command}".strip() in ended.out
    assert "--help" in ended.out


def test_an_import_says_what_became_of_each_row(cli: CommandLine, roster: Path) -> None:
    arguments = ("import", str(roster), "--guild", GUILD, "--json")

    first = outcome(cli(*arguments))
    again = outcome(cli(*arguments))

    assert list(first) == ["new", "updated", "unchanged", "rejected", "problems"]
    problem = {
        "row": 4,
        "column": "followers",
        "value": "about a thousand",
        "reason": "this can't be read as a number: write it like 12400 or 12.4K",
    }
    assert first == {"new": 2, "updated": 0, "unchanged": 0, "rejected": 1, "problems": [problem]}
    assert (again["new"], again["updated"], again["unchanged"], again["rejected"]) == (0, 0, 2, 1)


def test_a_dry_run_writes_nothing(cli: CommandLine, roster: Path) -> None:
    arguments = ("import", str(roster), "--guild", GUILD)

    dry = outcome(cli(*arguments, "--dry-run", "--json"))
    real = outcome(cli(*arguments, "--json"))

    assert dry == real
    assert dry["new"] == 2


def test_for_people_an_import_is_a_few_lines(cli: CommandLine, roster: Path) -> None:
    ended = cli("import", str(roster), "--guild", GUILD)

    assert ended.code == 0
    assert ended.out.splitlines() == [
        "2 new, 0 updated, 0 unchanged, 1 rejected",
        "row 4, followers 'about a thousand': this can't be read as a number: write it like 12400 or 12.4K",
    ]


def test_the_platform_can_be_said_for_a_file_that_does_not(tmp_path: Path, cli: CommandLine) -> None:
    (tmp_path / "plain.csv").write_text("handle,followers\nmoss.kitchen,3210\n", encoding="utf-8")
    arguments = ("import", "plain.csv", "--guild", GUILD, "--json")

    unsaid = outcome(cli(*arguments, "--dry-run"))
    said = outcome(cli(*arguments, "--platform", "instagram"))

    assert (unsaid["new"], unsaid["rejected"]) == (0, 1)
    assert (said["new"], said["rejected"]) == (1, 0)


def test_a_workbooks_sheet_is_named(tmp_path: Path, cli: CommandLine) -> None:
    header = ["handle", "platform", "followers"]
    sheets = {"Spring": [header, ["ann", "x", 5], ["bob", "x", 6]], "Autumn": [header, ["cat", "x", 7]]}
    (tmp_path / "roster.xlsx").write_bytes(xlsx(sheets))
    arguments = ("import", "roster.xlsx", "--guild", GUILD, "--dry-run")

    best = outcome(cli(*arguments, "--json"))
    named = outcome(cli(*arguments, "--json", "--sheet", "Autumn"))
    wrong = cli(*arguments, "--sheet", "Winter")

    assert (best["sheet"], best["sheets"], best["new"]) == ("Spring", ["Spring", "Autumn"], 2)
    assert (named["sheet"], named["new"]) == ("Autumn", 1)
    assert (wrong.code, wrong.err.strip()) == (1, "There is no such sheet in the workbook. It has: `Spring, Autumn`")
    assert cli(*arguments).out.splitlines()[0] == "sheet Spring (--sheet reads another: Autumn)"


def test_an_export_is_read_back_without_loss(cli: CommandLine, roster: Path) -> None:
    cli("import", str(roster), "--guild", GUILD)

    ended = cli("export", "out.csv", "--guild", GUILD)
    back = outcome(cli("import", "out.csv", "--guild", GUILD, "--json"))
    away = outcome(cli("import", "out.csv", "--guild", "77", "--json"))

    assert (ended.code, ended.out.split(" (")[0]) == (0, "wrote out.csv")
    assert back == {"new": 0, "updated": 0, "unchanged": 2, "rejected": 0, "problems": []}
    assert (away["new"], away["rejected"]) == (2, 0)


def test_an_exported_workbook_is_read_back_without_loss(cli: CommandLine, roster: Path) -> None:
    cli("import", str(roster), "--guild", GUILD)

    ended = cli("export", "out.xlsx", "--guild", GUILD)
    back = outcome(cli("import", "out.xlsx", "--guild", GUILD, "--json"))

    assert (ended.code, ended.out) == (0, "wrote out.xlsx (2 accounts)\n")
    assert (back["sheet"], back["unchanged"], back["problems"]) == ("Roster", 2, [])


@pytest.mark.parametrize("name", ["empty.csv", "empty.xlsx"])
def test_a_template_is_filled_in_and_its_examples_are_passed_over(tmp_path: Path, cli: CommandLine, name: str) -> None:
    ended = cli("template", name)
    again = cli("template", name)
    unedited = outcome(cli("import", name, "--guild", GUILD, "--json"))

    assert (ended.code, ended.out) == (0, f"wrote {name}; import passes over its examples\n")
    assert (again.code, again.err) == (1, f"{name} exists: give another name\n")
    assert (unedited["new"], unedited["rejected"]) == (0, 3)
    if name.endswith("csv"):
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write("@oak,tiktok,Oak,1200,food,NL,nl,50,2,,5,100 EUR\r\n")
        assert outcome(cli("import", name, "--guild", GUILD, "--json"))["new"] == 1


def test_progress_is_plain_lines_where_there_is_no_terminal(tmp_path: Path, cli: CommandLine) -> None:
    rows = "".join(f"account{i},instagram,{1000 + i}\n" for i in range(3000))
    (tmp_path / "long.csv").write_text(f"handle,platform,followers\n{rows}", encoding="utf-8")

    ended = cli("import", "long.csv", "--guild", GUILD)

    assert ended.out == "3,000 new, 0 updated, 0 unchanged, 0 rejected\n"
    told = [line for line in ended.err.splitlines() if line.startswith("importing long.csv: ")]
    assert told[-1] == "importing long.csv: 3,000 of 3,000"
    assert len(told) <= 10
    assert "\x1b" not in ended.err


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("missing.csv", "missing.csv does not exist"),
        ("folder", "folder is a folder: give the name of a file in it"),
        ("empty.csv", "The file is empty."),
        ("picture.csv", "This is no spreadsheet."),
        ("nothing.csv", "There is no column of handles"),
    ],
)
def test_a_file_that_is_none_is_one_line(tmp_path: Path, cli: CommandLine, file: str, said: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "nothing.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    ended = cli("import", file, "--guild", GUILD, "--json")

    assert (ended.code, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    assert line.startswith(said)


@pytest.mark.parametrize("file", ["folder", "missing/out.csv"])
def test_an_export_that_can_go_nowhere_is_one_line(tmp_path: Path, cli: CommandLine, file: str) -> None:
    (tmp_path / "folder").mkdir()

    ended = cli("export", file, "--guild", GUILD)

    assert (ended.code, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    assert line.startswith(file)


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "roster.csv"),
        ("import", "roster.csv", "--guild", "my-server"),
        ("import", "roster.csv", "--guild", "-1"),
        ("import", "roster.csv", "--guild", "1" * 30),
        ("import", "roster.csv", "--guild", GUILD, "--platform", "myspace"),
        ("import", "--guild", GUILD),
        ("export", "--guild", GUILD),
        ("demo", "--server", "3"),
        ("dance",),
    ],
)
def test_wrong_usage_is_said_with_exit_code_2(cli: CommandLine, arguments: tuple[str, ...]) -> None:
    ended = cli(*arguments)

    assert (ended.code, ended.out) == (2, "")
    assert "Error: " in ended.err


@pytest.mark.parametrize(
    "command",
    ["run", "migrate", "sync", "import roster.csv --guild 1", "export o.csv --guild 1", "backup b.db", "restore b.db"],
)
def test_a_wrong_setting_stops_every_command_with_one_line(cli: CommandLine, command: str) -> None:
    ended = cli(*command.split(), LOG_LEVEL="loud")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "LOG_LEVEL is wrong: it should be DEBUG, INFO, WARNING or ERROR\n"


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path, cli: CommandLine) -> None:
    (tmp_path / "microscout.db").write_text("dear diary, " * 500, encoding="utf-8")

    ended = cli("migrate")

    assert (ended.code, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    assert "file is not a database" in line


def test_a_database_of_a_newer_version_is_one_line(tmp_path: Path, cli: CommandLine) -> None:
    cli("migrate")
    with sqlite3.connect(tmp_path / "microscout.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    ended = cli("migrate")

    assert (ended.code, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    assert "newer version" in line


def test_sync_without_a_token_says_so(cli: CommandLine) -> None:
    ended = cli("sync")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("DISCORD_TOKEN is not set")


def test_a_start_puts_off_the_collector_until_everything_is_there() -> None:
    code = """
import gc
usual = gc.get_threshold()
import bot.runtime
assert gc.get_stats()[2]["collections"] == 0, gc.get_stats()
bot.runtime.freeze_what_stays()
assert gc.isenabled() and gc.get_threshold() == usual
"""
    subprocess.run([sys.executable, "-c", code], check=True)
