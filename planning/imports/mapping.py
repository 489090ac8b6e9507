"""What a person said that columns are, kept for files with the same headers."""

import hashlib
import json
from collections.abc import Mapping, Sequence

from planning.imports.headers import Field
from planning.tables import fold

Chosen = Mapping[int, Field | None]
"""What columns are read as, by their index from 0; None is not used."""


def headers_key(header: Sequence[str]) -> str:
    """What stands for these headers, whatever their case and accents."""
    return hashlib.sha256("\n".join(map(fold, header)).encode()).hexdigest()


def pack_chosen(chosen: Chosen) -> str:
    """The choices as JSON."""
    return json.dumps({str(index): field.value if field else None for index, field in chosen.items()})


def unpack_chosen(text: str | None) -> dict[int, Field | None]:
    """The choices again; none where nothing was kept."""
    return {int(index): Field(field) if field else None for index, field in json.loads(text or "{}").items()}
