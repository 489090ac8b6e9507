import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.estimates.post_table import ColumnsMissing, PostTable, read_posts
from planning.files import Table

HEADER = ("account", "followers", "posted_at", "likes", "comments")


def read(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> PostTable:
    return read_posts(Table(header, rows, range(2, len(rows) + 2), "utf-8", ","))


def test_rows_become_histories() -> None:
    found = read(
        ("b", "200", "1541700000", "7", "1"),
        ("a", "900", "1541700000", "5", "2"),
        ("a", "950", "1541800000", "6.0", ""),
        ("b", "200", "1541600000", "", "4"),
    )

    assert found.names == ("a", "b")
    assert found.histories.followers.tolist() == [950, 200]
    assert found.histories.starts.tolist() == [0, 2]
    assert found.histories.times.tolist() == [1541700000, 1541800000, 1541700000]
    assert found.histories.counts.tolist() == [7, 6, 8]
    assert (found.hidden, found.unreadable, found.without_likes, found.repeated) == (0, 0, 1, 0)


def test_columns_stand_in_any_order_beside_others() -> None:
    header = (" Views", "COMMENTS", "likes ", "posted_at", "note", "followers", "account")

    assert read(("900", "2", "5", "0", "", "10", "a"), header=header).histories.counts.tolist() == [7]


@pytest.mark.parametrize(
    "written",
    [
        "2018-11-08T18:06:08Z",
        "2018-11-08T19:06:08+01:00",
        "2018-11-08 18:06:08",
        "1541700368",
        "1541700368.0",
        " 1541700368 ",
    ],
)
def test_times(written: str) -> None:
    assert read(("a", "10", written, "5", "2")).histories.times.tolist() == [1541700368]


@pytest.mark.parametrize(
    "row",
    [
        ("a", "10", "yesterday", "5", "2"),
        ("a", "10", "", "5", "2"),
        ("a", "10", "nan", "5", "2"),
        ("a", "10", "0", "many", "2"),
        ("a", "10", "0", "1.5", "2"),
        ("a", "10", "0", "inf", "2"),
        ("", "10", "0", "5", "2"),
        ("a", "10", "0"),
    ],
)
def test_rows_that_cannot_be_read_are_counted(row: tuple[str, ...]) -> None:
    found = read(row, ("b", "10", "0", "5", "2"))

    assert found.unreadable == 1
    assert found.names == ("b",)


def test_hidden_likes_and_rows_that_stand_there_twice() -> None:
    found = read(
        ("hidden", "10", "0", "-1", "2"),
        ("threes", "10", "0", "3", "2"),
        ("threes", "10", "1", "3", "4"),
        ("zeros", "10", "0", "0", "4"),
        ("open", "10", "0", "9", "4"),
        ("open", "10", "0", "9", "4"),
    )

    assert found.names == ("open",)
    assert (found.hidden, found.without_likes, found.repeated) == (3, 1, 1)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9), st.integers(-1, 9)), min_size=1, max_size=30),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_says_nothing(rows: list[tuple[str, int, int]], chance: random.Random) -> None:
    written = [(account, "10", str(time), str(likes), "0") for account, time, likes in rows]
    before = read(*written)
    chance.shuffle(written)
    after = read(*written)

    assert before.names == after.names
    assert before.histories.counts.tolist() == after.histories.counts.tolist()
    assert before.histories.times.tolist() == after.histories.times.tolist()


def test_missing_columns_are_named() -> None:
    with pytest.raises(ColumnsMissing) as raised:
        read(header=("account", "likes"))

    assert raised.value.columns == ("followers", "posted_at", "comments")
