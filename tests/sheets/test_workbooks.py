import io
import zipfile
from datetime import UTC, datetime

from planning.files import Column, Format, as_text
from sheets.workbooks import Workbooks

COLUMNS = [
    Column("handle", "Handle"),
    Column("rate", "Rate", Format.PERCENT),
    Column("followers", "Followers", Format.COUNT),
    Column("added", "Added", Format.DATE),
    Column("note", "Note", Format.LONG_TEXT),
]
ADDED = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_what_would_be_a_formula_is_text_and_keeps_every_character():
    rows = [
        ["=HYPERLINK(1)", 0.041, 3_210, ADDED, "+31 6"],
        ["@maya_", None, None, None, None],
        ["http://x.y", 1, 2, None, "'"],
    ]
    found = parts(Workbooks().write("Autumn", COLUMNS, rows))
    sheet = found["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    for text in ("=HYPERLINK(1)", "+31 6", "@maya_", "http://x.y"):
        assert f">{text}<" in found["xl/sharedStrings.xml"]
    assert 'state="frozen"' in sheet
    assert "autoFilter" in sheet
    assert "<v>0.041</v>" in sheet
    assert "<v>3210</v>" in sheet
    assert 'formatCode="0.0%"' in found["xl/styles.xml"]


def test_a_sheet_takes_any_name():
    for name in ("", "a" * 90, "[1]:*?/\\", "'quoted'", "History", "vegan: baking"):
        assert parts(Workbooks().write(name, COLUMNS, []))["xl/workbook.xml"]


def test_the_same_cells_as_text():
    texts = [as_text(column, cell) for column, cell in zip(COLUMNS, ["x", 0.04125, 3_210, ADDED, None], strict=True)]
    assert texts == ["x", "4.1250%", "3210", "2026-03-02T23:30+00:00", ""]
    assert as_text(Column("cost", "Cost", Format.DECIMAL), 1.5) == "1.5000"
