"""What the features are given: the ports they call the use cases with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cogs.kit.language import Languages
from cogs.pictures.studio import Studio
from planning.files import TableReader, TableWriter, WorkbookWriter
from planning.ports import Database
from planning.services.imports import CHUNK
from planning.services.meanings import Meanings


@dataclass(frozen=True, slots=True)
class Services:
    """`clock` gives the aware UTC time of now. An import of more than `import_chunk` rows runs in the background."""

    database: Database
    clock: Callable[[], datetime]
    reader: TableReader
    writer: TableWriter
    workbooks: WorkbookWriter
    languages: Languages
    studio: Studio
    meanings: Meanings
    import_chunk: int = CHUNK
