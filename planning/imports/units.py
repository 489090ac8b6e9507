"""Figures whose header says that they are counted in thousands or millions."""

from collections.abc import Iterable, Mapping, Sequence

from planning.imports.columns import ColumnUse
from planning.imports.headers import COUNTED
from planning.packed import PackedRows, Row, pack


def units_of(columns: Iterable[ColumnUse]) -> dict[int, str]:
    """The letter that such a column's bare figures lack, by its index."""
    return {use.index: use.unit for use in columns if use.unit and use.field in COUNTED}


def written_out(rows: Sequence[Row], units: Mapping[int, str]) -> list[Row]:
    """The rows with each bare figure of these columns as it is meant: 12.4 in thousands as 12.4K."""
    return (
        [[_meant(cell, units.get(place, "")) for place, cell in enumerate(row)] for row in rows] if units else [*rows]
    )


def all_written_out(rows: PackedRows, units: Mapping[int, str]) -> PackedRows:
    """The same of a whole file."""
    return PackedRows(pack(written_out(part.rows(), units)) for part in rows.parts) if units else rows


def _meant(cell: str, unit: str) -> str:
    bare = cell.rstrip()
    return bare + unit if bare[-1:].isdigit() else cell
