"""What a file's accounts change of those that are known: counted for a preview, or made to be written."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from planning.accounts import Account, Source, apply, create
from planning.audit import Action, AuditEntry, Origin, differences
from planning.estimates.model import Model
from planning.imports.problems import Problem, problem
from planning.imports.repeats import FileAccount
from planning.niches import MAX_NICHES, SEPARATOR
from planning.platform import Platform
from planning.ports import Store
from planning.reasons import Reason
from planning.records import AccountChange
from planning.services.accounts import readings
from planning.services.estimates import estimated
from planning.services.known import find_former

# A preview's changes are counted and thrown away; their time need only be later than any number's.
_LATER = datetime.max.replace(tzinfo=UTC)

Key = tuple[Platform, str]


@dataclass(slots=True)
class Tally:
    """What became of rows, added up over the chunks."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list[Problem])

    def add(self, account: FileAccount, *, new: bool, same: bool) -> None:
        """Count an account's rows: its first, those that said more, and those that said the same again."""
        if same:
            self.unchanged += 1 + account.added + account.same
            return
        self.new += new
        self.updated += account.added + (not new)
        self.unchanged += account.same


async def list_existing(store: Store, keys: Sequence[Key]) -> dict[Key, Account]:
    """The accounts of these handles, also of handles that they had before."""
    existing = await store.accounts.list_by_keys(keys)
    return existing | await find_former(store, [key for key in keys if key not in existing])


def count_changes(
    chunk: Sequence[FileAccount], existing: Mapping[Key, Account], tally: Tally, joining: Collection[Key] = ()
) -> None:
    """What would become of these accounts' rows, without making what would be written; those `joining` their
    influencer's other accounts are changed."""
    renamed: set[int] = set()
    for account in chunk:
        before = existing.get(account.draft.key)
        same = before is not None and _changed(account, before, tally, _LATER) is before
        if same or not _stands_twice(account, before, existing, renamed, tally):
            tally.add(account, new=before is None, same=same and account.draft.key not in joining)


def _stands_twice(
    account: FileAccount, before: Account | None, existing: Mapping[Key, Account], renamed: set[int], tally: Tally
) -> bool:
    """Whether one account is in the file under two handles: which of the rows is right, only a person can say."""
    if before is None or account.draft.key == before.key:
        return False
    if before.key not in existing and before.id not in renamed:
        renamed.add(before.id)
        return False
    tally.problems.append(problem(account.row, "handle", account.draft.handle, Reason.FORMER_HANDLE))
    tally.unchanged += account.added + account.same
    return True


def make_changes(
    chunk: Sequence[FileAccount],
    existing: Mapping[Key, Account],
    model: Model,
    tally: Tally,
    now: datetime,
    by: tuple[int, str],
    joining: Collection[Key] = (),
) -> list[AccountChange]:
    """The changes that these accounts of the file bring to those that exist; counts their rows in the tally.

    `by` is who imports which file; those `joining` their influencer's other accounts count as changed.
    """
    changed: list[tuple[Account | None, Account, int]] = []
    renamed: set[int] = set()
    for account in chunk:
        before = existing.get(account.draft.key)
        after = _changed(account, before, tally, now)
        same = after is before
        if not same and _stands_twice(account, before, existing, renamed, tally):
            continue
        tally.add(account, new=before is None, same=same and account.draft.key not in joining)
        if not same:
            changed.append((before, after, account.row))
    afters = estimated([after for _, after, _ in changed], model)
    return [_change(before, after, now, by, row) for (before, _, row), after in zip(changed, afters, strict=True)]


def _change(before: Account | None, after: Account, now: datetime, by: tuple[int, str], row: int) -> AccountChange:
    was, values = differences(before, after)
    actor_id, file = by
    audit = AuditEntry(now, actor_id, Action.IMPORTED, was, values, origin=Origin(file, row))
    return AccountChange(before, after, readings(before, after), audit)


def _changed(account: FileAccount, before: Account | None, tally: Tally, now: datetime) -> Account:
    if before is None:
        return create(account.draft, now=now, source=Source.FILE)
    after = apply(account.draft, before, now=now, source=Source.FILE, add_niches=True)
    if len(after.niches) > max(MAX_NICHES, len(before.niches)):
        niches = SEPARATOR.join(account.draft.niches or ())
        tally.problems.append(problem(account.row, "niches", niches, Reason.TOO_MANY_NICHES, rejects_row=False))
        return apply(replace(account.draft, niches=None), before, now=now, source=Source.FILE)
    return after
