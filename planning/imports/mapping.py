"""What a person said that columns are, kept for files with the same headers."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planning.errors import UnreadableFile
from planning.files import index_of
from planning.imports.headers import Field
from planning.tables import fold

Chosen = Mapping[int, Field | None]
"""What columns are read as, by their index from 0; None is not used."""


@dataclass(frozen=True, slots=True)
class ChosenByHeader:
    """What columns are read as, by their headers, whose case and accents play no part, or by their letters: "C" or
    "column C", where no header is so.
    """

    fields: Mapping[str, Field | None]

    def places(self, header: Sequence[str]) -> Chosen:
        """The same by index, for a file with these headers. Raises `UnreadableFile("no_such_column")`."""
        folded = [fold(text) for text in header]
        chosen: dict[int, Field | None] = {}
        for name, field in self.fields.items():
            found = [index for index, text in enumerate(folded) if text == fold(name)] or _by_letters(name, len(header))
            if not found:
                raise UnreadableFile("no_such_column", ", ".join(text.strip()[:40] for text in header if text)[:300])
            chosen |= dict.fromkeys(found, field)
        return chosen


def _by_letters(name: str, width: int) -> list[int]:
    letters = fold(name).removeprefix("column ").upper()
    index = index_of(letters) if re.fullmatch("[A-Z]{1,3}", letters) else width
    return [index] if index < width else []


def headers_key(header: Sequence[str]) -> str:
    """What stands for these headers, whatever their case and accents."""
    return hashlib.sha256("\n".join(map(fold, header)).encode()).hexdigest()


def pack_chosen(chosen: Chosen) -> str:
    """The choices as JSON."""
    return json.dumps({str(index): field.value if field else None for index, field in chosen.items()})


def unpack_chosen(text: str | None) -> dict[int, Field | None]:
    """The choices again; none where nothing was kept."""
    return {int(index): Field(field) if field else None for index, field in json.loads(text or "{}").items()}
