"""`import` with columns named and several accounts a row, and `export` of a part of the roster."""

import json
from pathlib import Path

import pytest

from tests.loopback.process import CommandLine, Ended

GUILD = "1097170000000000000"
SEVERAL = """Name,Instagram,Instagram followers,TikTok,TikTok followers
Moss,moss,3200,moss.tok,900
Fern,fern,500,,
"""


def outcome(ended: Ended) -> dict[str, object]:
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_an_export_carries_who_is_whose(tmp_path: Path, cli: CommandLine, name: str) -> None:
    (tmp_path / "several.csv").write_text(SEVERAL, encoding="utf-8")

    first = cli("import", "several.csv", "--guild", GUILD)
    cli("export", name, "--guild", GUILD)
    back = outcome(cli("import", name, "--guild", GUILD, "--json"))
    away = outcome(cli("import", name, "--guild", "77", "--json"))
    cli("export", "home.csv", "--guild", GUILD)
    cli("export", "away.csv", "--guild", "77")

    assert first.out == "3 new, 0 updated, 0 unchanged, 0 rejected; influencers with several accounts: 1\n"
    assert (back["updated"], back["unchanged"], back["influencers"], back["problems"]) == (0, 3, 1, [])
    assert (away["new"], away["influencers"], away["problems"]) == (3, 1, [])
    assert (tmp_path / "home.csv").read_bytes() == (tmp_path / "away.csv").read_bytes()


def test_a_column_is_read_as_the_command_says(tmp_path: Path, cli: CommandLine) -> None:
    table = "who,réach = now,where,country\nmoss,3200,BE,NL\nfern,900,BE,NL\n"
    (tmp_path / "own.csv").write_text(table, encoding="utf-8")
    columns = ("--column", "Who=handle", "--column", "reach = now=followers", "--column", "where=country")
    columns += ("--column", "country=-")
    arguments = ("import", "own.csv", "--guild", GUILD, "--platform", "tiktok", *columns)

    tried = cli(*arguments, "--dry-run")
    done = outcome(cli(*arguments, "--json"))
    cli("export", "out.csv", "--guild", GUILD)

    assert tried.out.splitlines()[0] == "2 new, 0 updated, 0 unchanged, 0 rejected"
    assert "column A 'who' is read as handle, as was chosen" in tried.out
    assert "not used: column D 'country'" in tried.out
    assert (done["new"], done["problems"]) == (2, [])
    written = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert ",BE," in written
    assert ",NL," not in written


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("handle", "write header=field"),
        ("=followers", "write header=field"),
        ("price=cost", "one of the fields handle, profile, platform, name, followers, niches"),
        ("cost=price", "There is no such column in the file. It has: `handle, platform, followers, niches, price`"),
    ],
)
@pytest.mark.parametrize("dry_run", [[], ["--dry-run"]])
def test_a_wrong_column_is_one_line_that_says_what_there_is(
    tmp_path: Path, cli: CommandLine, column: str, said: str, dry_run: list[str]
) -> None:
    (tmp_path / "roster.csv").write_text("handle,platform,followers,niches,price\nmoss,x,1,food,\n", encoding="utf-8")

    ended = cli("import", "roster.csv", "--guild", GUILD, "--column", column, *dry_run)

    assert (ended.code, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    assert said in line


def test_an_export_takes_the_filters_of_the_list(tmp_path: Path, cli: CommandLine) -> None:
    rows = "".join(f"a{n},{platform},{n}000,food,NL\n" for n in range(1, 7) for platform in ("tiktok", "x"))
    (tmp_path / "many.csv").write_text(f"handle,platform,followers,niches,country\n{rows}", encoding="utf-8")
    cli("import", "many.csv", "--guild", GUILD)
    filters = ("--niche", "Food", "--tier", "micro", "--platform", "tiktok", "--country", "Netherlands")

    ended = cli("export", "out.csv", "--guild", GUILD, *filters)
    none = cli("export", "none.xlsx", "--guild", GUILD, "--niche", "cars")
    wrong = cli("export", "wrong.csv", "--guild", GUILD, "--tier", "giant")

    assert ended.out == "wrote out.csv (4 accounts)\n"
    assert none.out == "wrote none.xlsx (0 accounts)\n"
    assert (wrong.code, wrong.out) == (1, "")
    assert "the server's ladder has no such tier" in wrong.err
    assert not (tmp_path / "wrong.csv").exists()


@pytest.mark.parametrize("command", ["export", "template"])
def test_a_file_of_another_kind_is_not_written(command: str, tmp_path: Path, cli: CommandLine) -> None:
    ended = cli(command, "roster.pdf", *(("--guild", GUILD) if command == "export" else ()))
    assert ended.code != 0
    assert "give a name that ends in .csv or .xlsx" in ended.err
    assert not (tmp_path / "roster.pdf").exists()
