"""`backtest` prints how well the estimate foretells a file's own posts."""

import json
from pathlib import Path

import pytest

from planning.estimates.backtest import MOST_KNOWN
from tests.loopback.process import CommandLine
from tests.planning.estimates.made import made_table

HEADER = "likes,comments,account,posted_at,followers"


@pytest.fixture(scope="module")
def rows() -> list[str]:
    histories = made_table(50, 12 + MOST_KNOWN).histories
    found = []
    for place, first in enumerate(histories.starts.tolist()):
        for row in range(first, first + 12 + MOST_KNOWN):
            likes, time = int(histories.counts[row]), int(histories.times[row])
            found.append(f"{likes},0,a{place},{time},{int(histories.followers[place])}")
    return found


def written(folder: Path, rows: list[str], header: str = HEADER) -> Path:
    file = folder / "posts.csv"
    file.write_text("\n".join([header, *rows]), encoding="utf-8")
    return file


def test_the_last_line_is_the_figures_as_json(tmp_path: Path, cli: CommandLine, rows: list[str]) -> None:
    ended = cli("backtest", str(written(tmp_path, rows)), "--json")

    assert ended.code == 0, ended.err
    figures = json.loads(ended.out.splitlines()[-1])
    assert list(figures) == ["accounts", "known", "unequal"]
    assert figures["accounts"] == 50
    assert list(figures["known"]) == ["1", "3", "5", "12"]
    for at_known in figures["known"].values():
        assert list(at_known) == ["rmsle", "coverage90"]
        assert list(at_known["rmsle"]) == ["mean", "median", "estimate"]
        assert 0 <= at_known["coverage90"] <= 1
    assert list(figures["unequal"]) == ["kendall_tau", "precision_at_20"]
    for ways in figures["unequal"].values():
        assert list(ways) == ["mean", "median", "estimate"]


def test_the_table_says_who_was_left_out_and_which_rows(tmp_path: Path, cli: CommandLine, rows: list[str]) -> None:
    others = ["5,0,tiny,0,99", "0,0,secret,0,500", "5,0,new,0,500", "5,0,broken,soon,500", ",0,new,9,500", rows[0]]

    ended = cli("backtest", str(written(tmp_path, rows + others)))

    assert ended.code == 0, ended.err
    assert (
        "tested 50 accounts; left out: 1 hide their likes, 1 have fewer than 100 followers, "
        "1 have fewer than 24 posts beside the newest 12, which are hidden\n"
        "rows not used: 1 that can't be read (posted_at is unix seconds or ISO 8601, the others are whole numbers), "
        "1 without likes, 1 that stand there twice\n"
    ) in ended.out
    assert "Kendall’s tau" in ended.out


def test_a_shorter_horizon(tmp_path: Path, cli: CommandLine, rows: list[str]) -> None:
    ended = cli("backtest", str(written(tmp_path, rows)), "--horizon", "6")

    assert ended.code == 0, ended.err
    assert "the mean rate of the next 6 posts" in ended.out


@pytest.mark.parametrize(
    ("header", "options", "said"),
    [
        ("account,likes", (), "lacks followers, posted_at, comments: it needs the columns account, followers"),
        (
            HEADER,
            ("--horizon", "13"),
            "has no account to test: 0 hide their likes, 0 have fewer than 100 followers, 50",
        ),
    ],
)
def test_a_mistake_is_one_line(
    tmp_path: Path, cli: CommandLine, rows: list[str], header: str, options: tuple[str, ...], said: str
) -> None:
    ended = cli("backtest", str(written(tmp_path, rows, header)), *options)

    assert ended.code == 1
    assert ended.out == ""
    assert said in ended.err
    assert len(ended.err.strip().splitlines()) == 1


@pytest.mark.parametrize(("name", "said"), [("missing.csv", "does not exist"), (".", "is a folder")])
def test_files_that_cannot_be_read(tmp_path: Path, cli: CommandLine, name: str, said: str) -> None:
    ended = cli("backtest", str(tmp_path / name))

    assert ended.code == 1
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_an_empty_file(tmp_path: Path, cli: CommandLine) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")

    ended = cli("backtest", str(empty))

    assert ended.code == 1
    assert len(ended.err.strip().splitlines()) == 1


@pytest.mark.parametrize("horizon", ["0", "-1", "many"])
def test_usage(tmp_path: Path, cli: CommandLine, rows: list[str], horizon: str) -> None:
    assert cli("backtest", str(written(tmp_path, rows)), "--horizon", horizon).code == 2
