"""What the use cases need of a database for posts and for the model that is fitted to them (see `planning.ports`)."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Protocol

from planning.posts import Post
from planning.records import FittedModel


class PostRepository(Protocol):
    """Posts with their own numbers. An account's posts of one second (or day) are told apart by a number."""

    async def list_newest(self, account_id: int, *, limit: int = ..., offset: int = 0) -> list[Post]:
        """The account's posts, newest first."""
        ...

    async def list_numbered(self, account_id: int) -> list[tuple[int, Post]]:
        """The account's posts with their numbers, oldest first."""
        ...

    async def count(self, account_id: int) -> int:
        """How many posts of the account are known."""
        ...

    async def list_newest_of(self, account_ids: Sequence[int], *, limit: int) -> dict[int, list[Post]]:
        """The newest so many posts of each of these accounts, newest first; accounts without any are left out."""
        ...

    def stream(self, *, batch: int = 5_000) -> AsyncIterator[list[tuple[int, Post]]]:
        """Every post with its account's id, by account and time, in batches."""
        ...

    async def write(self, account_id: int, posts: Sequence[tuple[int, Post]]) -> None:
        """Keep these posts, each under its number; one that is there under its time and number is replaced."""
        ...

    async def remove(self, account_id: int, keys: Sequence[tuple[datetime, int]]) -> None:
        """Forget the posts of these times and numbers."""
        ...


class ModelRepository(Protocol):
    """The model that the server's own numbers were last fitted to."""

    async def load(self) -> FittedModel | None:
        """The newest model, None where nothing was fitted yet."""
        ...

    async def save(self, fitted: FittedModel) -> None:
        """Keep it in the place of the one before."""
        ...

    async def trail(self) -> int:
        """The number that the server's next audit entry will have: it grows with every write."""
        ...
