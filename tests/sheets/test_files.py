import sys
from datetime import datetime

import pytest

from planning.errors import UnreadableFile
from planning.files import Table
from planning.imports.layout import choose_best, choose_named
from sheets import archives, workbook_reader
from sheets.files import SpreadsheetFiles
from tests.sheets.workbooks import archive, ods, xlsx

ROSTER = [["Handle", "Followers"], ["@ann", 1200], ["@bob", "1.3M"]]
NOTES = [["To do"], ["call Ann"]]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(content: bytes, sheet: str | None = None) -> Table:
    return SpreadsheetFiles().read("roster.csv", content, choose_named(sheet) if sheet else choose_best)


def refusal(content: bytes, sheet: str | None = None) -> str:
    with pytest.raises(UnreadableFile) as failure:
        read(content, sheet)
    return failure.value.reason


def test_a_workbook_is_known_by_its_content_and_read_as_text() -> None:
    rows = [["h", "f", "share", "day"], ["@ann", 1200.0, 0.034, datetime(2026, 3, 2)], [], ["0012", 12.5, 0.5, 1e16]]  # noqa: DTZ001 - a spreadsheet knows no time zones
    table = read(xlsx({"Roster": rows}))
    assert table.header == ("h", "f", "share", "day")
    assert table.rows == [("@ann", "1200", "3.4%", "2026-03-02"), ("0012", "12.5", "50%", "10000000000000000")]
    assert (table.sheet, table.sheets, table.line_numbers) == ("Roster", ("Roster",), [2, 4])


def test_columns_and_percents_are_found_where_the_table_stands_off_the_corner() -> None:
    table = read(xlsx({"S": [[], [None, None, "handle", "share"], [None, None, "ann", 0.25]]}))
    assert (table.header, table.rows, table.line_numbers) == (("handle", "share"), [("ann", "25%")], [3])


def test_an_open_document_is_read_too() -> None:
    table = read(ods([["naam", "volgers"], ["ann", 1200], ["bob", "1,3 mln"]]))
    assert (table.header, table.rows) == (("naam", "volgers"), [("ann", "1200"), ("bob", "1,3 mln")])
    assert table.sheet == "Lijst"


def test_the_sheet_with_a_roster_is_proposed_and_any_can_be_named() -> None:
    content = xlsx({"Notes": NOTES, "Old": ROSTER, "Roster": ROSTER}, hidden=["Old"])
    table = read(content)
    assert (table.sheet, table.sheets) == ("Roster", ("Notes", "Old", "Roster"))
    assert read(content, "old").sheet == "Old"
    assert read(content, "Notes").rows == [("call Ann",)]
    with pytest.raises(UnreadableFile, match="no_such_sheet Notes, Old, Roster"):
        read(content, "New")


def test_a_hidden_sheet_is_read_where_no_other_is_a_roster() -> None:
    assert read(xlsx({"Notes": NOTES, "Roster": ROSTER}, hidden=["Roster"])).sheet == "Roster"


def test_merged_text_stands_in_every_cell_and_a_figure_does_not() -> None:
    rows = [["handle", "followers", "country"], ["ann", 1200, "NL"], ["bob", None, None], ["cat", 5, "BE"]]
    table = read(xlsx({"S": rows}, merged=["B2:B3", "C2:C3"]))
    assert table.rows == [("ann", "1200", "NL"), ("bob", "", "NL"), ("cat", "5", "BE")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (OLE + bytes(600) + "Workbook".encode("utf-16-le"), "old_excel"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "old_excel"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (ods([["a"]], manifest='<manifest:encryption-data checksum="x"/>'), "password"),
        (archive({"Index/Document.iwa": "x"}), "numbers"),
        (archive({"word/document.xml": "x"}), "binary"),
        (xlsx({"S": ROSTER})[:-300], "damaged"),
        (archive({"xl/workbook.xml": "<workbook", "[Content_Types].xml": ""}), "damaged"),
        (xlsx({"S": []}), "empty"),
        (b"<!DOCTYPE html><html><body><table>", "web_page"),
        (b'\xef\xbb\xbf\n <?xml version="1.0"?><Workbook>', "web_page"),
        (b"\xef\xbb\xbf<html>", "web_page"),
    ],
)
def test_what_cannot_be_read_says_what_it_is(content: bytes, reason: str) -> None:
    assert refusal(content) == reason


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED", 1_000)
    assert refusal(xlsx({"S": ROSTER})) == "unpacked"


def test_a_cell_far_away_takes_no_memory_that_there_is_not() -> None:
    content = xlsx({"S": [*ROSTER, *[[]] * 600_000, [None] * 900 + [1]]})
    assert len(content) < 10_000
    assert refusal(content) == "workbook_large"


@pytest.mark.parametrize("program", ["import time; time.sleep(60)", "raise SystemExit", "print('half'); exit()"])
def test_a_process_that_dies_or_hangs_is_a_refusal(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_reader, "COMMAND", (sys.executable, "-c", program))
    monkeypatch.setattr(workbook_reader, "DEADLINE", 0.5)
    content = xlsx({"S": [[str(number) * 20] for number in range(20_000)]})
    assert refusal(content) in {"workbook_large", "damaged"}
