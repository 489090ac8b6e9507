"""What the use cases need of a database for shortlists that are kept."""

from datetime import datetime
from typing import Protocol

from planning.lists import ListEvent, ListPick, NamedList, Vote
from planning.results import Result, ResultHead


class ResultRepository(Protocol):
    """Every shortlist that was answered, by the id that the answer showed."""

    async def keep(self, result: Result) -> None:
        """Keep a result; one that is there under its id already stays."""
        ...

    async def has(self, result_id: str) -> bool:
        """Whether a result is kept under this id."""
        ...

    async def find(self, result_id: str) -> Result | None:
        """The result, or None."""
        ...

    async def list_newest(self, *, containing: str, limit: int) -> list[ResultHead]:
        """The newest results whose id begins with the text, or whose niche contains it."""
        ...

    async def purge(self, *, before: datetime) -> int:
        """Forget those that are older, and that no list was saved from; how many those were."""
        ...


class ListRepository(Protocol):
    """A team's named lists."""

    async def create(self, entry: NamedList) -> int:
        """Make a list, whose `id` and `picks` play no part; its id. Its name must be free."""
        ...

    async def get(self, list_id: int) -> NamedList | None:
        """The list, or None."""
        ...

    async def find(self, name: str) -> NamedList | None:
        """The list of this name, whatever its case, or None."""
        ...

    async def list_all(self, *, containing: str = "", limit: int, offset: int = 0) -> list[NamedList]:
        """The lists whose name contains the text, newest first."""
        ...

    async def count(self) -> int:
        """How many lists there are."""
        ...

    async def rename(self, list_id: int, name: str) -> None:
        """Give it another name, which must be free."""
        ...

    async def delete(self, list_id: int) -> None:
        """Delete it with its picks, its votes and its trail."""
        ...

    async def list_picks(self, list_id: int) -> list[ListPick]:
        """Its picks by their place."""
        ...

    async def find_pick(self, list_id: int, account_id: int) -> ListPick | None:
        """The pick of this account, or None."""
        ...

    async def list_picks_of(self, account_id: int) -> list[tuple[int, ListPick]]:
        """Every list's id that has a pick of this account, and the pick."""
        ...

    async def save_pick(self, list_id: int, pick: ListPick) -> None:
        """Keep a pick, in the place of the one that is there of the same account."""
        ...

    async def remove_pick(self, list_id: int, account_id: int) -> None:
        """Take a pick off the list, with its votes."""
        ...

    async def list_votes(self, list_id: int) -> list[Vote]:
        """All votes on its picks."""
        ...

    async def save_vote(self, list_id: int, vote: Vote) -> None:
        """Keep a member's vote, in the place of their last one on that pick."""
        ...

    async def remove_vote(self, list_id: int, vote: Vote) -> None:
        """Take a member's vote on a pick back."""
        ...

    async def append_event(self, list_id: int, event: ListEvent) -> None:
        """Add to the trail."""
        ...

    async def list_events(self, list_id: int, *, limit: int, offset: int = 0) -> list[ListEvent]:
        """The trail, newest first."""
        ...
