"""A file whose rows say which accounts are one influencer's, in two looks, as `planning.imports.survey` takes them.

Who is whose hangs on rows that have an account in common, or that name the influencer: those are read together and
kept. The accounts of any other row are its alone, and are read when they are asked for.
"""

from array import array
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from planning.accounts import reference
from planning.imports.found import ReadRows
from planning.imports.influencers import MOST_ACCOUNTS, chunks_of, count_influencers, group_accounts
from planning.imports.plain import account_of, key_of
from planning.imports.repeats import FileAccount, merge_repeats
from planning.imports.roster_file import RosterFile
from planning.imports.survey import Chunk, Named

TOGETHER = -1
"""What stands in a chunk for no part of the file, but for the accounts that were read together."""


class LinkedFile:
    """As a `Survey`. The accounts of one influencer stand side by side, and no chunk parts them; `influencers` are
    those with several.
    """

    def __init__(self, file: RosterFile) -> None:
        self._file = file
        found, named = ReadRows(file.columns), Named()
        naming = _Naming()
        self._keys: list[list[str]] = []
        lines: list[array[int]] = []
        for number in file.parts:
            read = _by_row(file, number, found)
            self._keys.append([key_of(*account.draft.key) for account in read])
            lines.append(array("l", [account.row for account in read]))
            named.add(self._keys[-1])
            naming.add(read)
        self.rows, self.total = found.rows, len(named.seen)
        self.influencers = 0
        self._shared = [self._find_shared(number, of, named.repeated, naming) for number, of in enumerate(lines)]
        together = self._read_shared()
        accounts, contradictions = merge_repeats(together)
        self._first_own = len(accounts) + 1
        self._together, crowds = group_accounts(together, accounts, contradictions)
        self._by_key = {key_of(*account.draft.key): account for account in self._together}
        self.problems = found.problems + contradictions + crowds
        self.influencers += count_influencers(self._together)

    @property
    def keys(self) -> Iterator[list[str]]:
        """Every account once, in the order in which they come; before they are let go."""
        yield list(self._by_key)
        yield from self._keys

    def chunks(self, size: int) -> Iterator[Chunk]:
        """Every account once, about so many at a time. They are let go as they are taken."""
        for accounts in chunks_of(self._together, size):
            yield {TOGETHER: [key_of(*account.draft.key) for account in accounts]}
        chunk: dict[int, Sequence[str]] = {}
        for number, keys in enumerate(self._keys):
            if keys:
                chunk[number] = keys
                self._keys[number] = []
            if sum(map(len, chunk.values())) >= size:
                yield chunk
                chunk = {}
        if chunk:
            yield chunk

    def read(self, chunk: Chunk, wanted: Collection[str] | None = None) -> list[FileAccount]:
        """The chunk's accounts, once: all of them, as whether one is wanted hangs on the others of its influencer."""
        del wanted
        accounts: list[FileAccount] = []
        for number, keys in chunk.items():
            accounts += [self._by_key.pop(key) for key in keys] if number == TOGETHER else self._read_own(number)
        return accounts

    def sample(self, size: int) -> list[FileAccount]:
        """The first accounts, of those that are read together and of those that aren't."""
        number = next((number for number, keys in enumerate(self._keys) if keys), None)
        own = [] if number is None else self._read_own(number)
        return sorted([*self._together[:size], *own[:size]], key=lambda account: account.row)[:size]

    def _find_shared(self, number: int, lines: Sequence[int], repeated: set[str], naming: "_Naming") -> set[int]:
        """The lines of a part's rows that say something of other rows' accounts; the keys of the others are kept."""
        shared: set[int] = set()
        own: list[str] = []
        for line, accounts in groupby(zip(lines, self._keys[number], strict=True), key=itemgetter(0)):
            row = [key for _, key in accounts]
            if not repeated.isdisjoint(row) or naming.concerns(line, row) or len(row) > MOST_ACCOUNTS:
                shared.add(line)
            else:
                own += row
                self.influencers += len(row) > 1
        self._keys[number] = own
        return shared

    def _read_shared(self) -> ReadRows:
        together = ReadRows(self._file.columns)
        for number, shared in enumerate(self._shared):
            if shared:
                read = ReadRows(self._file.columns)
                self._file.read_part(number, read)
                kept = [place for place, line in enumerate(read.lines) if line in shared]
                together.lines += [read.lines[place] for place in kept]
                together.drafts += [read.drafts[place] for place in kept]
        return together

    def _read_own(self, number: int) -> list[FileAccount]:
        """The accounts of a part's rows that say nothing of others'."""
        found: list[FileAccount] = []
        for row, accounts in groupby(_by_row(self._file, number), key=lambda account: account.row):
            if row in self._shared[number]:
                continue
            own = list(accounts)
            for account in own:
                account.influencer = self._first_own + row if len(own) > 1 else 0
            found += own
        return found


class _Naming:
    """The rows that name an influencer, and what they name: of the team's own, or an account (`instagram:jane`)."""

    def __init__(self) -> None:
        self._lines: set[int] = set()
        self._names: set[str] = set()

    def add(self, accounts: Sequence[FileAccount]) -> None:
        for account in accounts:
            if account.draft.influencer:
                self._lines.add(account.row)
                self._names.add(account.draft.influencer)

    def concerns(self, line: int, row: Sequence[str]) -> bool:
        """Whether this row names an influencer, or one of its accounts is named so."""
        if not self._names:
            return False
        return line in self._lines or any(reference(*account_of(key)).casefold() in self._names for key in row)


def _by_row(file: RosterFile, number: int, found: ReadRows | None = None) -> list[FileAccount]:
    """A part's accounts row by row; what else was found is added to what was."""
    read = ReadRows(file.columns)
    file.read_part(number, read)
    if found is not None:
        found.rows += read.rows
        found.problems += read.problems
    return sorted(map(FileAccount, read.lines, read.drafts), key=lambda account: account.row)
