"""What the use cases need of a database for influencers with several accounts and for merges (see `planning.ports`)."""

from collections.abc import Sequence
from typing import Protocol

from planning.accounts import Account
from planning.duplicates.identities import Identity, Pair
from planning.merges import Merge, MergeHead


class InfluencerRepository(Protocol):
    """Which accounts are one influencer's, and which only look like it."""

    async def list_linked(self, account_id: int) -> list[Account]:
        """The other accounts of the same influencer, largest first."""
        ...

    async def list_influencers(self) -> dict[int, int]:
        """The number of the influencer of every account that shares theirs, by the account's id."""
        ...

    async def list_influencers_of(self, account_ids: Sequence[int]) -> dict[int, int]:
        """The same of these accounts alone, in one or few statements (imports ask for thousands)."""
        ...

    async def link(self, groups: Sequence[Sequence[int]]) -> None:
        """Make each of these groups of accounts one influencer of its own, whatever they belonged to before."""
        ...

    async def join(self, members: Sequence[tuple[int, int]]) -> None:
        """Put each of these accounts, the first of a pair, with the influencer of this number, the second."""
        ...

    async def unlink(self, account_ids: Sequence[int]) -> None:
        """Take these accounts out of their influencers."""
        ...

    async def list_identities(self) -> list[Identity]:
        """What is compared of every account, in the order of their ids."""
        ...

    async def list_distinct(self) -> set[Pair]:
        """The pairs of accounts that someone said are not the same."""
        ...

    async def keep_distinct(self, pair: Pair, *, said_by: int) -> None:
        """Keep such a pair, and who said it; once more changes nothing."""
        ...


class MergeRepository(Protocol):
    """Accounts that became part of another, and what it takes to undo that."""

    async def keep(self, merge: Merge) -> None:
        """Keep it."""
        ...

    async def list_heads(self) -> list[MergeHead]:
        """All merges of the server, oldest first, without what they hold."""
        ...

    async def find(self, account_id: int, merged_id: int) -> Merge | None:
        """The merge of these two accounts, or None."""
        ...

    async def forget(self, account_id: int, merged_id: int) -> None:
        """Forget it: the handle is no longer a former one, and the merge can't be undone."""
        ...
