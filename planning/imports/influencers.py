"""Which accounts of a file are one influencer's: those of one row, and those whose rows name the same influencer."""

from collections import Counter
from collections.abc import Iterable, Iterator

from planning.accounts import reference
from planning.imports.columns import ColumnUse
from planning.imports.found import ReadRows
from planning.imports.headers import Field
from planning.imports.problems import Problem, problem
from planning.imports.repeats import FileAccount
from planning.reasons import Reason

MOST_ACCOUNTS = 50
"""Nobody has more: what so many rows have in common is no influencer, but an agency or a column of something else."""


def links_accounts(columns: Iterable[ColumnUse]) -> bool:
    """Whether a file with these columns may say that accounts are one influencer's."""
    return any(use.account is not None or use.field is Field.INFLUENCER for use in columns)


def group_accounts(
    found: ReadRows, accounts: list[FileAccount], rejected: list[Problem]
) -> tuple[list[FileAccount], list[Problem]]:
    """The accounts with those of one influencer side by side, each bearing its influencer's number, and the problems of
    groups that are too large to be one.

    Rows that have an account in common are of one influencer too; a row of those `rejected` says nothing.
    """
    firsts = _find_firsts(found, accounts, {told.row for told in rejected if told.rejects_row})
    sizes = Counter(firsts)
    problems: list[Problem] = []
    for place, account in enumerate(accounts):
        first = firsts[place]
        if 1 < sizes[first] <= MOST_ACCOUNTS:
            account.influencer = first + 1
        elif sizes[first] > 1 and place == first:
            column, value = _naming(found.columns, account)
            problems.append(problem(account.row, column, value, Reason.TOO_MANY_ACCOUNTS, rejects_row=False))
    together = sorted(range(len(accounts)), key=firsts.__getitem__)
    return [accounts[place] for place in together], problems


def count_influencers(accounts: list[FileAccount]) -> int:
    """How many influencers of the file have several accounts in it."""
    return len({account.influencer for account in accounts if account.influencer})


def chunks_of(accounts: list[FileAccount], size: int) -> Iterator[list[FileAccount]]:
    """Take the accounts away, chunk by chunk of about this size: freed all at once at the end, they would hold the
    event loop. The accounts of one influencer are never parted."""
    while accounts:
        end = size
        while end < len(accounts) and accounts[end].influencer and _same(accounts[end - 1], accounts[end]):
            end += 1
        chunk = accounts[:end]
        del accounts[:end]
        yield chunk


def _same(one: FileAccount, other: FileAccount) -> bool:
    return one.influencer == other.influencer


def _find_firsts(found: ReadRows, accounts: list[FileAccount], rejected: set[int]) -> list[int]:
    """For each account the place of its influencer's first one, which is its own where it stands alone."""
    places = {account.draft.key: place for place, account in enumerate(accounts)}
    parents = list(range(len(accounts)))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    def join(one: int, other: int) -> None:
        first, second = sorted((root(one), root(other)))
        parents[second] = first

    bearers: dict[int | str, int] = {}
    for line, draft in zip(found.lines, found.drafts, strict=True):
        if line in rejected:
            continue
        place = places[draft.key]
        for mark in (line, draft.influencer):
            if mark is not None:
                join(bearers.setdefault(mark, place), place)
    for place, account in enumerate(accounts):
        join(bearers.get(reference(*account.draft.key).casefold(), place), place)
    return [root(place) for place in range(len(accounts))]


def _naming(columns: tuple[ColumnUse, ...], account: FileAccount) -> tuple[str, str]:
    """The header of the column that names the influencer, and what it says; of a row without, its account."""
    header = next((use.header for use in columns if use.field is Field.INFLUENCER), "")
    return (header, account.draft.influencer) if account.draft.influencer else ("", account.draft.handle)
