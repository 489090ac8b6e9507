"""A whole file in two looks: first which accounts it names, then what it says of those that are asked for.

So it is never in memory as a million drafts: it stays packed, and the first look keeps one short text of each account.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from planning.imports.found import ReadRows
from planning.imports.plain import key_of
from planning.imports.repeats import FileAccount, merge_repeats
from planning.imports.roster_file import RosterFile

Chunk = Mapping[int, Sequence[str]]
"""Accounts by their keys, under the part of the file that their first rows stand in."""


class Named:
    """The accounts that the rows of a file name, by their keys, and those of them that several rows name."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.repeated: set[str] = set()

    def add(self, keys: Sequence[str]) -> None:
        """Those of some more rows; "" is none."""
        named = [key for key in keys if key] if "" in keys else keys
        fresh = set(named)
        if len(fresh) < len(named):
            self.repeated.update(key for key, times in Counter(named).items() if times > 1)
        if not self.seen.isdisjoint(fresh):
            self.repeated |= self.seen & fresh
        self.seen |= fresh


class Survey:
    """The first look: `total` different accounts in `rows` rows, the `problems` of all, and what is said together of
    those that are named more than once. The others are read when they are asked for.
    """

    def __init__(self, file: RosterFile) -> None:
        self._file = file
        found = ReadRows(file.columns)
        named = Named()
        self._keys: list[list[str]] = []
        for number in file.parts:
            keys = file.find_keys(number, found)
            self._keys.append(keys)
            named.add(keys)
        self.rows = found.rows
        self.total = len(named.seen)
        accounts, contradictions = merge_repeats(self._read_repeated(named.repeated))
        self._merged = {key_of(*account.draft.key): account for account in accounts}
        self.problems = found.problems + contradictions
        self.influencers = 0

    @property
    def keys(self) -> Iterator[list[str]]:
        """The accounts that the rows name, in their order, part by part; before they are let go."""
        yield from self._keys

    def chunks(self, size: int) -> Iterator[Chunk]:
        """Every account once, in the order of their first rows, so many at a time. They are let go as they are taken:
        freed all at once at the end, they would hold the event loop.
        """
        told: set[str] = set()
        chunk: dict[int, Sequence[str]] = {}
        room = size
        for number, keys in enumerate(self._keys):
            named = self._first_named(keys, told)
            while named:
                chunk[number] = named[:room]
                named = named[room:]
                room -= len(chunk[number])
                if room == 0:
                    yield chunk
                    self._let_go(part for part in chunk if part < number)
                    chunk, room = {}, size
        if chunk:
            yield chunk
            self._let_go(chunk)

    def read(self, chunk: Chunk, wanted: Collection[str] | None = None) -> list[FileAccount]:
        """What the file says of the chunk's accounts; where some are wanted, of those and of all named repeatedly."""
        accounts: list[FileAccount] = []
        for number, keys in chunk.items():
            asked = keys if wanted is None else [key for key in keys if key in wanted or key in self._merged]
            single = set(asked).difference(self._merged)
            found = self._file.read(number, self._keys[number], single)
            read = list(map(FileAccount, found.lines, found.drafts))
            if len(read) < len(asked):
                own = {key_of(*account.draft.key): account for account in read}
                read = [own.get(key) or self._merged[key] for key in asked]
            accounts += read
        return accounts

    def sample(self, size: int) -> list[FileAccount]:
        """The first accounts of the file. Asked for before they are let go."""
        for chunk in self.chunks(size):
            return self.read(chunk)
        return []

    def _read_repeated(self, repeated: set[str]) -> ReadRows:
        together = ReadRows(self._file.columns)
        for number, keys in enumerate(self._keys) if repeated else ():
            if not repeated.isdisjoint(keys):
                found = self._file.read(number, keys, repeated)
                together.lines += found.lines
                together.drafts += found.drafts
        return together

    def _first_named(self, keys: Sequence[str], told: set[str]) -> Sequence[str]:
        """Those of these rows' accounts that were not told before."""
        if "" not in keys and self._merged.keys().isdisjoint(keys):
            return keys
        named: list[str] = []
        for key in keys:
            if not key or key in told:
                continue
            if key in self._merged:
                told.add(key)
            named.append(key)
        return named

    def _let_go(self, parts: Iterable[int]) -> None:
        for part in parts:
            self._keys[part] = []
