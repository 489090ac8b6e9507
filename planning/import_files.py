"""A file of influencers that waits in the database: for its Confirm, or for its turn."""

import json
import zlib
from dataclasses import dataclass

from planning.imports.mapping import Chosen, pack_chosen, unpack_chosen
from planning.platform import Platform


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file and how it is to be read: `sheet` is the one of a workbook that was chosen, None for the best; `chosen`
    what was said of its columns, None for what was said of such a file before. `rows` is how many of its rows were to
    be kept when it was shown."""

    filename: str
    content: bytes
    platform: Platform | None = None
    sheet: str | None = None
    chosen: Chosen | None = None
    rows: int = 0

    def pack(self) -> bytes:
        """The bytes that wait in the database."""
        chosen = None if self.chosen is None else pack_chosen(self.chosen)
        about = {
            "filename": self.filename,
            "platform": self.platform,
            "sheet": self.sheet,
            "chosen": chosen,
            "rows": self.rows,
        }
        return json.dumps(about).encode() + b"\n" + zlib.compress(self.content)

    @classmethod
    def unpack(cls, payload: bytes) -> "ImportFile":
        """The file again."""
        about, _, packed = payload.partition(b"\n")
        values = json.loads(about)
        platform = Platform(values["platform"]) if values["platform"] else None
        kept = values.get("chosen")
        chosen = None if kept is None else unpack_chosen(kept)
        content = zlib.decompress(packed)
        return cls(values["filename"], content, platform, values.get("sheet"), chosen, values.get("rows", 0))
