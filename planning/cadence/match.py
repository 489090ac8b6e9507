"""The words that a pattern of the grammar has found."""

from collections.abc import Sequence
from dataclasses import dataclass

from planning.cadence.tokens import Token


@dataclass(frozen=True, slots=True)
class Match:
    """The words of one pattern: the values by kind, in order, and the words themselves."""

    values: Sequence[tuple[str, int]]
    tokens: Sequence[Token]

    def all(self, kind: str) -> list[int]:
        """The values of this kind."""
        return [value for found, value in self.values if found == kind]

    def get(self, kind: str) -> int:
        """The value of this kind, which is there."""
        return self.all(kind)[0]

    def number(self) -> int:
        """How many: one where no number is said."""
        return next(iter(self.all("number")), 1)

    @property
    def text(self) -> str:
        """The words as they were read."""
        return " ".join(token.text for token in self.tokens)
