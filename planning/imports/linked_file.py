"""A whole file whose rows say which accounts are one influencer's: who that is hangs on all of its rows."""

from collections.abc import Collection, Iterator

from planning.imports.influencers import chunks_of, count_influencers, group_accounts
from planning.imports.plain import key_of
from planning.imports.repeats import FileAccount, merge_repeats
from planning.imports.roster_file import RosterFile
from planning.imports.survey import Chunk


class LinkedFile:
    """As a `Survey`, but with every account read at once. The accounts of one influencer stand side by side, and no
    chunk parts them; `influencers` are those with several.
    """

    def __init__(self, file: RosterFile) -> None:
        found = file.read_all()
        accounts, contradictions = merge_repeats(found)
        self._accounts, crowds = group_accounts(found, accounts, contradictions)
        self._by_key = {key_of(*account.draft.key): account for account in self._accounts}
        self.rows = found.rows
        self.total = len(self._accounts)
        self.problems = found.problems + contradictions + crowds
        self.influencers = count_influencers(self._accounts)

    @property
    def keys(self) -> Iterator[list[str]]:
        """Every account once, in the order in which they come."""
        yield list(self._by_key)

    def chunks(self, size: int) -> Iterator[Chunk]:
        """Every account once, about so many at a time."""
        for accounts in chunks_of(self._accounts, size):
            yield {0: [key_of(*account.draft.key) for account in accounts]}

    def read(self, chunk: Chunk, wanted: Collection[str] | None = None) -> list[FileAccount]:
        """The chunk's accounts, once: all of them, as whether one is wanted hangs on the others of its influencer."""
        del wanted
        return [self._by_key.pop(key) for keys in chunk.values() for key in keys]

    def sample(self, size: int) -> list[FileAccount]:
        """The first accounts."""
        return self._accounts[:size]
