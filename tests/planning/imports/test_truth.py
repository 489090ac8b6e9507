"""Tables of which the truth is known, and real ones that tell it twice."""

from pathlib import Path

import pytest

from benchmarks.made_tables import made_table
from benchmarks.truth import find_difference
from planning.imports.choosing import understand_columns
from planning.imports.columns import Ignored
from planning.imports.headers import Field
from planning.imports.layout import find_table
from planning.imports.rows import read_rows
from planning.numbers import parse_count
from planning.platform import Platform
from sheets.files import SpreadsheetFiles

ROSTERS = Path("../shared/data/rosters")
VENDOR = sorted((ROSTERS / "smi-2022").glob("*.csv")) if ROSTERS.exists() else []


@pytest.mark.parametrize("start", range(0, 400, 50))
def test_made_tables_are_read_to_the_last_figure(start: int) -> None:
    """`python -m benchmarks truth` reads two thousand."""
    assert {seed: found for seed in range(start, start + 50) if (found := find_difference(made_table(seed)))} == {}


@pytest.mark.skipif(not VENDOR, reason="the real rosters are not here")
def test_figures_that_a_vendor_gives_twice_agree() -> None:
    pairs = 0
    for path in VENDOR:
        table = find_table(SpreadsheetFiles().read(path.name, path.read_bytes()))
        columns = understand_columns(table.header, table.rows)
        text, exact = (
            next(use for use in columns if "ubscribers" in use.header and (use.ignored is Ignored.BEATEN) is beaten)
            if "DEC" not in path.name
            else next(use for use in columns if use.header == "followers" and (use.field is None) is beaten)
            for beaten in (True, False)
        )
        assert exact.field is Field.FOLLOWERS
        assert text.winner == exact.index
        for row in table.rows:
            one, other = row[text.index], row[exact.index]
            if other.isdecimal():
                assert parse_count(one) == int(other), (path.name, row)
                pairs += 1
    assert pairs > 4_000


@pytest.mark.skipif(not VENDOR, reason="the real rosters are not here")
@pytest.mark.parametrize("path", VENDOR, ids=lambda path: path.stem[-20:])
def test_a_vendors_rows_are_stored_or_rejected_by_name(path: Path) -> None:
    content = path.read_bytes()
    table = SpreadsheetFiles().read(path.name, content)
    found = read_rows(table, platform=Platform.INSTAGRAM, currency=None)
    rejected = {problem.row for problem in found.problems if problem.rejects_row}
    assert len(found.drafts) + len(rejected) == found.rows == len(table.rows)
    [followers] = [use.index for use in found.columns if use.field is Field.FOLLOWERS]
    cells = dict(zip(table.line_numbers, (row[followers] for row in table.rows), strict=True))
    for line, draft in zip(found.lines, found.drafts, strict=True):
        assert draft.followers == int(cells[line])
    lines = {line for line, cell in cells.items() if not cell.isdecimal()}
    assert lines <= rejected
