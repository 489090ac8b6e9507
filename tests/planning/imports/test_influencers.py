"""Which accounts of a file are one influencer's."""

from hypothesis import given
from hypothesis import strategies as st

from planning.files import Table
from planning.imports.influencers import MOST_ACCOUNTS, chunks_of, count_influencers, group_accounts
from planning.imports.problems import Problem
from planning.imports.repeats import FileAccount, merge_repeats
from planning.imports.rows import read_rows
from planning.platform import Platform
from planning.reasons import Reason

SEVERAL = "Instagram;Instagram followers;TikTok;TikTok followers;Threads;Threads followers"
NAMED = "handle;platform;followers;influencer id"


def understand(header: str, *rows: str) -> tuple[list[FileAccount], list[Problem]]:
    table = Table(header.split(";"), [row.split(";") for row in rows], range(2, 2 + len(rows)), "utf-8", ";")
    found = read_rows(table, platform=Platform.INSTAGRAM, currency=None)
    accounts, rejected = merge_repeats(found)
    return group_accounts(found, accounts, rejected)


def groups(accounts: list[FileAccount]) -> list[set[str]]:
    """The handles of each influencer with several accounts, in the order of the file."""
    found: dict[int, set[str]] = {}
    for account in accounts:
        if account.influencer:
            found.setdefault(account.influencer, set()).add(account.draft.handle)
    return list(found.values())


def test_the_accounts_of_one_row_are_one_influencers() -> None:
    accounts, problems = understand(SEVERAL, "a;1;b;2;c;3", "d;4;;;;", "e;5;;;f;6")
    assert groups(accounts) == [{"a", "b", "c"}, {"e", "f"}]
    assert [account.draft.handle for account in accounts] == ["a", "b", "c", "d", "e", "f"]
    assert (count_influencers(accounts), problems) == (2, [])


def test_one_account_alone_is_not_grouped() -> None:
    accounts, _ = understand("handle;followers", "a;1", "b;2", "a;1")
    assert [(account.draft.handle, account.influencer) for account in accounts] == [("a", 0), ("b", 0)]


def test_an_account_whose_own_cells_are_rejected_is_linked_with_none() -> None:
    accounts, _ = understand(SEVERAL, "a;1;b;lots;c;3", "d;4;e;lots;;")
    assert groups(accounts) == [{"a", "c"}]


def test_rows_with_an_account_in_common_are_one_influencers() -> None:
    accounts, _ = understand(SEVERAL, "a;1;b;2;;", "x;9;;;;", "a;1;;;c;3")
    assert groups(accounts) == [{"a", "b", "c"}]


def test_a_row_that_contradicts_says_nothing_of_who_is_whose() -> None:
    accounts, _ = understand(SEVERAL, "a;1;b;2;;", "a;7;;;c;3")
    assert groups(accounts) == [{"a", "b"}]


def test_rows_may_name_the_influencer() -> None:
    rows = ("a;instagram;1;7", "b;tiktok;2;8", "c;tiktok;3; 7 ", "d;x;4;", "e;x;5;n/a", "f;x;5;N/A", "g;x;1;Ab  c")
    accounts, _ = understand(NAMED, *rows, "h;x;1;aB C")
    assert groups(accounts) == [{"a", "c"}, {"g", "h"}]


def test_rows_may_name_the_account_that_they_belong_to() -> None:
    header = "handle;platform;followers;same_influencer_as"
    accounts, _ = understand(header, "b.c;tiktok;1;instagram:A.b", "a_b;instagram;2;", "a.b;instagram;3;")
    assert groups(accounts) == [{"b.c", "a.b"}]


def test_rows_with_several_accounts_may_name_the_influencer_too() -> None:
    accounts, _ = understand(f"{SEVERAL};influencer id", "a;1;b;2;;;7", "c;3;;;;;7", "d;4;;;;;8")
    assert groups(accounts) == [{"a", "b", "c"}]


def test_the_same_name_makes_no_influencer() -> None:
    accounts, _ = understand("handle;platform;followers;name;influencer", "a;x;1;Ann;Ann", "b;tiktok;2;Ann;Ann")
    assert groups(accounts) == []


def test_what_too_many_rows_have_in_common_is_no_influencer() -> None:
    fits = [f"a{n};x;1;agency" for n in range(MOST_ACCOUNTS)]
    assert count_influencers(understand(NAMED, *fits)[0]) == 1
    accounts, problems = understand(NAMED, *fits, "more;x;1;agency", "b;x;1;ann", "c;tiktok;1;ann")
    assert groups(accounts) == [{"b", "c"}]
    [told] = problems
    assert (told.row, told.column, told.value, told.reason, told.rejects_row) == (
        *(2, "influencer id", "agency"),
        *(Reason.TOO_MANY_ACCOUNTS, False),
    )


ROWS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=1, max_size=25)


@given(ROWS, st.integers(1, 6))
def test_every_account_stands_once_and_influencers_are_never_parted(rows: list[tuple[int, int]], size: int) -> None:
    lines = [f"h{handle};x;1;{mark or ''}" for handle, mark in rows]
    accounts, _ = understand(NAMED, *lines)
    handles = [account.draft.handle for account in accounts]
    assert sorted(handles) == sorted({f"h{handle}" for handle, _ in rows})
    for one, first in rows:
        for other, second in rows:
            if first and first == second and one != other:
                [left] = {account.influencer for account in accounts if account.draft.handle == f"h{one}"}
                [right] = {account.influencer for account in accounts if account.draft.handle == f"h{other}"}
                assert left == right != 0
    chunks = list(chunks_of(accounts, size))
    assert [account.draft.handle for chunk in chunks for account in chunk] == handles
    assert all(len(chunk) >= size for chunk in chunks[:-1])
    of = [{account.influencer for account in chunk} - {0} for chunk in chunks]
    assert sum(map(len, of)) == len(set[int]().union(*of))
