"""`python -m bot import-posts`: what it prints where, and how it ends."""

import json
from pathlib import Path

import pytest

from tests.loopback.process import CommandLine, Ended

GUILD = "1097170000000000000"
ROSTER = """handle,platform,followers
moss.kitchen,instagram,3210
north.oven,instagram,1200
half.baked,instagram,900
half.baked,tiktok,4000
"""
PLAIN = "date,likes,comments\n2026-02-01 10:00,140,6\n2026-02-03 10:00,150,\n2026-02-05 10:00,many,7\n"
OWNED = """Account username,Publish time,Likes,Comments
moss.kitchen,2026-02-01 10:00,140,6
@north.oven,2026-02-02 10:00,31,2
moss.kitchen,2026-02-03 10:00,150,9
"""
UNCLEAR = "date,likes\n03/02/2025,140\n04/01/2025,150\n"
UNLIKED = {
    "row": 4,
    "column": "likes",
    "value": "many",
    "reason": "this can't be read as a number: write it like 12400 or 12.4K",
}


@pytest.fixture
def posts(tmp_path: Path, cli: CommandLine) -> CommandLine:
    """`import-posts` in a server with a roster, and files of posts beside it."""
    files = {
        "roster.csv": ROSTER,
        "plain.csv": PLAIN,
        "owned.csv": OWNED,
        "unclear.csv": UNCLEAR,
        "empty.csv": "",
        "header.csv": "date,likes\n",
        "other.csv": "a,b\n1,2\n",
        "stranger.csv": OWNED.replace("@north.oven", "nobody.here"),
        "strangers.csv": OWNED.replace("@north.oven", "nobody.here").replace("moss.kitchen", "nobody.there"),
        "twins.csv": OWNED.replace("@north.oven", "half.baked"),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (tmp_path / "folder").mkdir()
    cli("import", "roster.csv", "--guild", GUILD)

    def run(*arguments: str, guild: str = GUILD) -> Ended:
        return cli("import-posts", *arguments, "--guild", guild)

    return run


def outcome(ended: Ended) -> list[dict[str, object]]:
    assert ended.code == 0, ended.err
    (line,) = ended.out.splitlines()
    return json.loads(line)


def counts(report: dict[str, object]) -> tuple[object, ...]:
    return tuple(report[name] for name in ("handle", "new", "changed", "unchanged", "repeated", "rejected"))


def refused(ended: Ended, *said: str) -> None:
    assert (ended.code, ended.out) == (1, "")
    (line,) = ended.err.splitlines()
    for words in said:
        assert words in line


def test_posts_of_the_account_that_is_named(posts: CommandLine) -> None:
    ended = posts("plain.csv", "--handle", "@moss.kitchen")

    assert ended.code == 0
    assert ended.out.splitlines() == [
        "@moss.kitchen: 3 new, 0 changed, 0 unchanged, 0 repeated, 0 rejected",
        "row 4, likes 'many': this can't be read as a number: write it like 12400 or 12.4K (row kept without it)",
    ]


def test_the_outcome_as_json(posts: CommandLine) -> None:
    [report] = outcome(posts("plain.csv", "--handle", "moss.kitchen", "--json"))

    assert list(report) == ["handle", "new", "changed", "unchanged", "repeated", "rejected", "problems"]
    assert counts(report) == ("moss.kitchen", 3, 0, 0, 0, 0)
    assert report["problems"] == [UNLIKED]


def test_the_same_file_again_changes_nothing(posts: CommandLine) -> None:
    arguments = ("plain.csv", "--handle", "moss.kitchen", "--json")
    outcome(posts(*arguments))

    [again] = outcome(posts(*arguments))

    assert counts(again) == ("moss.kitchen", 0, 0, 3, 0, 0)


def test_a_later_export_changes_what_it_says_otherwise(posts: CommandLine, tmp_path: Path) -> None:
    outcome(posts("plain.csv", "--handle", "moss.kitchen", "--json"))
    (tmp_path / "later.csv").write_text(PLAIN.replace("140", "144"), encoding="utf-8")

    [later] = outcome(posts("later.csv", "--handle", "moss.kitchen", "--json"))

    assert counts(later) == ("moss.kitchen", 0, 1, 2, 0, 0)


def test_a_file_that_names_its_accounts_needs_no_handle(posts: CommandLine) -> None:
    reports = outcome(posts("owned.csv", "--json"))

    assert [counts(report)[:2] for report in reports] == [("moss.kitchen", 2), ("north.oven", 1)]
    again = outcome(posts("owned.csv", "--json"))
    assert [counts(report)[1:4] for report in again] == [(0, 0, 2), (0, 0, 1)]


def test_rows_of_the_other_accounts_are_no_mistake_of_each(posts: CommandLine) -> None:
    reports = outcome(posts("owned.csv", "--json"))
    assert [(report["rejected"], report["problems"]) for report in reports] == [(0, []), (0, [])]

    ended = posts("owned.csv")
    assert ended.out.splitlines() == [
        "@moss.kitchen: 0 new, 0 changed, 2 unchanged, 0 repeated, 0 rejected",
        "@north.oven: 0 new, 0 changed, 1 unchanged, 0 repeated, 0 rejected",
        "2 accounts: 0 new, 0 changed, 3 unchanged, 0 repeated, 0 rejected",
    ]


def test_of_a_file_of_several_accounts_one_can_be_wanted(posts: CommandLine) -> None:
    [report] = outcome(posts("owned.csv", "--handle", "north.oven", "--json"))

    assert counts(report) == ("north.oven", 1, 0, 0, 0, 2)
    assert [problem["reason"] for problem in report["problems"]] == ["the post is another account’s"] * 2  # type: ignore[attr-defined]


def test_a_post_that_could_be_any_accounts_is_given_to_none(posts: CommandLine, tmp_path: Path) -> None:
    nameless = OWNED + ",2026-02-04 10:00,55,1\n"
    (tmp_path / "nameless.csv").write_text(nameless, encoding="utf-8")

    refused(posts("nameless.csv"), "nameless.csv doesn't say whose posts these are", "--handle")

    reports = outcome(posts("owned.csv", "--json"))
    assert [counts(report)[1:4] for report in reports] == [(2, 0, 0), (1, 0, 0)], "nothing was written before"


def test_a_file_that_names_no_account_asks_for_the_handle(posts: CommandLine) -> None:
    refused(posts("plain.csv"), "plain.csv doesn't say whose posts these are", "--handle")


def test_an_account_that_is_not_registered(posts: CommandLine) -> None:
    refused(posts("plain.csv", "--handle", "nobody.here"), "nobody.here is not registered in server " + GUILD)
    refused(posts("plain.csv", "--handle", "moss.kitchen", guild="77"), "moss.kitchen is not registered in server 77")


def test_nothing_is_written_where_one_of_the_accounts_is_not_registered(posts: CommandLine) -> None:
    refused(posts("stranger.csv"), "nobody.here is not registered in server " + GUILD)
    refused(posts("strangers.csv"), "2 of the file's accounts are not registered", "(nobody.here, nobody.there)")

    [report] = outcome(posts("owned.csv", "--handle", "moss.kitchen", "--json"))
    assert counts(report)[:4] == ("moss.kitchen", 2, 0, 0), "the account beside it was left alone as well"


def test_a_handle_on_two_platforms_is_asked_about(posts: CommandLine) -> None:
    refused(posts("plain.csv", "--handle", "half.baked"), "half.baked")
    refused(posts("twins.csv"), "half.baked")

    [report] = outcome(posts("plain.csv", "--handle", "tiktok:half.baked", "--json"))
    assert counts(report)[:2] == ("half.baked", 3)


@pytest.mark.parametrize("arguments", [("--handle", "moss.kitchen"), ("--handle", "moss.kitchen", "--json")])
def test_dates_that_can_be_read_in_two_ways_are_asked_about(posts: CommandLine, arguments: tuple[str, ...]) -> None:
    refused(
        posts("unclear.csv", *arguments),
        "'03/02/2025' in unclear.csv can be read in two ways",
        "--dates day-first or --dates month-first",
    )

    ended = posts("unclear.csv", "--handle", "moss.kitchen", "--dates", "day-first", "--json")
    assert [counts(report)[1] for report in outcome(ended)] == [2]
    again = posts("unclear.csv", "--handle", "moss.kitchen", "--dates", "day-first", "--json")
    assert [counts(report)[1:4] for report in outcome(again)] == [(0, 0, 2)]


def test_ambiguous_dates_in_a_file_of_several_accounts_write_nothing(posts: CommandLine, tmp_path: Path) -> None:
    rows = "moss.kitchen,03/02/2025,140\nnorth.oven,04/01/2025,31\n"
    (tmp_path / "both.csv").write_text("account,date,likes\n" + rows, encoding="utf-8")

    refused(posts("both.csv"), "'03/02/2025' in both.csv")

    reports = outcome(posts("both.csv", "--dates", "month-first", "--json"))
    assert [counts(report)[1:4] for report in reports] == [(1, 0, 0), (1, 0, 0)]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("missing.csv", "missing.csv does not exist"),
        ("folder", "folder is a folder: give the name of a file in it"),
        ("empty.csv", "The file is empty."),
        ("header.csv", "The file has a header and no posts."),
        ("picture.csv", "This is no spreadsheet."),
        ("other.csv", "There is no column"),
    ],
)
@pytest.mark.parametrize("handle", [("--handle", "moss.kitchen"), ()])
def test_a_file_without_posts_is_one_line(posts: CommandLine, file: str, said: str, handle: tuple[str, ...]) -> None:
    refused(posts(file, *handle, "--json"), said)


@pytest.mark.parametrize("handle", ["", "@@", "https://example.org/someone"])
def test_a_handle_that_is_none_is_one_line(posts: CommandLine, handle: str) -> None:
    refused(posts("plain.csv", "--handle", handle))


@pytest.mark.parametrize(
    "arguments",
    [
        ("import-posts", "plain.csv"),
        ("import-posts", "--guild", GUILD),
        ("import-posts", "plain.csv", "--guild", "my-server"),
        ("import-posts", "plain.csv", "--guild", GUILD, "--dates", "backwards"),
    ],
)
def test_wrong_usage_is_said_with_exit_code_2(cli: CommandLine, arguments: tuple[str, ...]) -> None:
    ended = cli(*arguments)

    assert (ended.code, ended.out) == (2, "")
    assert "Error: " in ended.err
    assert "Traceback" not in ended.err


def test_it_explains_itself(cli: CommandLine) -> None:
    ended = cli("import-posts", "--help", LOG_LEVEL="nonsense")

    assert ended.code == 0
    assert "Usage: python -m bot import-posts" in ended.out
