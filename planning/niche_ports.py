"""What the use cases need of a database for a server's niches (see `planning.ports`)."""

from collections.abc import Mapping
from typing import Protocol

from planning.records import NicheCount, NicheMeaning


class NicheRepository(Protocol):
    """The server's own niches."""

    async def list_counts(self, *, containing: str = "", limit: int | None = None) -> list[NicheCount]:
        """The niches in use, most accounts first, then by name; those that contain the text where one is given."""
        ...

    async def list_meanings(self, recipe: str) -> list[NicheMeaning]:
        """The niches in use by name, with the vectors that are stored of this recipe."""
        ...

    async def save_meanings(self, recipe: str, vectors: Mapping[str, bytes]) -> None:
        """Keep these niches' vectors."""
        ...

    async def list_aliases(self) -> dict[str, str]:
        """What else the team calls its niches: alias to niche, by alias."""
        ...

    async def save_alias(self, alias: str, niche: str) -> None:
        """Keep an alias of a niche that is in use, in the place of another niche's where it was one."""
        ...

    async def forget_alias(self, alias: str) -> None:
        """Forget it."""
        ...
