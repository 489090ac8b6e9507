"""A file that says who is whose, read in two looks: the same as read at once."""

from hypothesis import given
from hypothesis import strategies as st

from planning.files import Table
from planning.imports.influencers import count_influencers, group_accounts
from planning.imports.linked_file import LinkedFile
from planning.imports.repeats import FileAccount, merge_repeats
from planning.imports.roster_file import RosterFile
from planning.packed import PackedRows, pack
from planning.platform import Platform

HEADER = ("Instagram", "Instagram followers", "TikTok", "TikTok followers", "influencer id")

CELLS = st.tuples(
    st.sampled_from(["", "a", "b", "c", "d", "e", "f", "g", "no handle"]),
    st.sampled_from(["1", "1", "2", "lots"]),
    st.sampled_from(["", "", "k", "l", "m", "n", "o", "p"]),
    st.just("3"),
    st.sampled_from(["", "", "", "7", "8", "instagram:A"]),
)


def file_of(rows: list[tuple[str, ...]], part: int, *, cut_off: bool) -> RosterFile:
    packed = PackedRows(pack(rows[start : start + part]) for start in range(0, len(rows), part))
    table = Table(HEADER, packed, range(2, 2 + len(rows)), cut_off=cut_off)
    return RosterFile(table, platform=Platform.INSTAGRAM, currency=None)


def at_once(file: RosterFile) -> tuple[list[FileAccount], list[object], int]:
    found = file.read_all()
    accounts, contradictions = merge_repeats(found)
    grouped, crowds = group_accounts(found, accounts, contradictions)
    return grouped, [*found.problems, *contradictions, *crowds], found.rows


def told(accounts: list[FileAccount]) -> list[tuple[object, ...]]:
    """Each account with the row of its influencer's first one, which is its own where it stands alone."""
    firsts: dict[int, int] = {}
    for account in sorted(accounts, key=lambda account: account.row):
        firsts.setdefault(account.influencer, account.row)
    rows = (
        (
            account.row,
            str(account.draft),
            account.added,
            account.same,
            firsts[account.influencer] if account.influencer else 0,
        )
        for account in accounts
    )
    return sorted(rows)


@given(st.lists(CELLS, min_size=1, max_size=12), st.integers(1, 5), st.integers(1, 6), st.booleans())
def test_two_looks_find_what_reading_it_all_finds(
    rows: list[tuple[str, ...]], part: int, size: int, cut_off: bool
) -> None:
    file = file_of(rows, part, cut_off=cut_off)
    expected, problems, count = at_once(file)
    linked = LinkedFile(file)
    keys = [key for keys in linked.keys for key in keys]
    sample = linked.sample(100)
    chunks = [linked.read(chunk) for chunk in linked.chunks(size)]
    accounts = [account for chunk in chunks for account in chunk]
    assert told(accounts) == told(expected)
    assert sorted(map(str, linked.problems)) == sorted(map(str, problems))
    assert (linked.rows, linked.total, linked.influencers) == (count, len(expected), count_influencers(expected))
    assert len(keys) == len(set(keys)) == linked.total
    parted = [{account.influencer for account in chunk} - {0} for chunk in chunks]
    assert sum(map(len, parted)) == len(set[int]().union(*parted))
    assert sample == sorted(sample, key=lambda account: account.row)
    assert {account.draft.key for account in sample} <= {account.draft.key for account in accounts}
