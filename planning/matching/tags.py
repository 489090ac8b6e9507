"""A server's tags, ready to be compared with a query."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from planning.matching.encoder import Vectors, from_bytes
from planning.matching.texts import joined, readable, singulars

_BEGINNING = 3
_ALIKE = 60
"""Similarity (0-100, rapidfuzz.ratio) that a singular and its plural have at least: huis and huizen."""


@dataclass(frozen=True)
class Tags:
    """Tags by name, each once, with their vectors, shape (tags, 256), in the same order; None where nothing made them.

    What is looked up in them is built at the first query and kept, so keep the object while the tags stay.
    """

    names: tuple[str, ...]
    vectors: Vectors | None = None

    def __post_init__(self) -> None:
        if len(set(self.names)) < len(self.names):
            raise ValueError("a tag is there twice")
        if self.vectors is not None and len(self.vectors) != len(self.names):
            raise ValueError(f"{len(self.vectors)} vectors for {len(self.names)} tags")

    @classmethod
    def stored(cls, vectors: Mapping[str, bytes]) -> "Tags":
        """From each tag's stored vector (`encoder.to_bytes`)."""
        return cls(tuple(vectors), from_bytes(list(vectors.values())))

    @cached_property
    def spelled(self) -> Sequence[str]:
        """The names, `joined`, in order."""
        return [joined(name) for name in self.names]

    def same_as(self, query: str) -> list[int]:
        """The places of the tags that are the query but for number, spaces, hyphens, # or case."""
        spelled = joined(query)
        found = {place for reading in singulars(query) for place in self._spellings.get(reading, ())}
        alike = (
            place
            for place in self._beginning(spelled[:_BEGINNING])
            if fuzz.ratio(spelled, self.spelled[place]) >= _ALIKE
        )
        found.update(place for place in alike if spelled in singulars(self.names[place]))
        return sorted(found)

    def _beginning(self, letters: str) -> list[int]:
        """The places of the tags that begin so. A plural begins as its singular does."""
        first = bisect_left(self._sorted, (letters,))
        last = bisect_left(self._sorted, (letters + "\U0010ffff",))
        return [place for _, place in self._sorted[first:last]]

    def written_as(self, query: str) -> list[int]:
        """The places of the tags that are the query but for case, # and spaces."""
        wanted = readable(query).casefold()
        return [
            place
            for place in self._spellings.get(joined(query), ())
            if readable(self.names[place]).casefold() == wanted
        ]

    @cached_property
    def _spellings(self) -> Mapping[str, list[int]]:
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, spelled in enumerate(self.spelled):
            places[spelled].append(place)
        return places

    @cached_property
    def _sorted(self) -> list[tuple[str, int]]:
        return sorted((spelled, place) for place, spelled in enumerate(self.spelled))
