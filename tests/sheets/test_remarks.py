"""Errors, shares and money in workbooks: what a cell shows, where its bare value says less."""

import re

import pytest

from planning.files import Table
from planning.imports.layout import choose_best
from sheets.files import SpreadsheetFiles
from tests.sheets.workbooks import ods, repacked, xlsx

NOTE = "<office:annotation><text:p>why?</text:p></office:annotation>"
ZEROS = '<table:table-cell table:number-columns-repeated="2" office:string-value="" office:value="0"'


def read(content: bytes) -> Table:
    return SpreadsheetFiles().read("roster", content, choose_best)


def test_an_error_is_read_by_its_name() -> None:
    rows = [["handle", "followers", "price"], ["@ann", "=#DIV/0!", 250], ["@bob", "=#VALUE!", "=#N/A"], ["=#REF!"]]
    assert read(xlsx({"S": rows})).rows == [
        ("@ann", "#DIV/0!", "250"),
        ("@bob", "#VALUE!", "#N/A"),
        ("#REF!", "", ""),
    ]


def test_an_error_is_found_off_the_corner_and_after_thousands_of_rows() -> None:
    rows = [[], [None, "handle", "followers"], *([None, f"@ann{number}", number] for number in range(9_000))]
    rows[8_000] = [None, "@bob", "=#NUM!"]
    table = read(xlsx({"S": rows}))
    assert table.rows[7_998] == ("@bob", "#NUM!")
    assert sum(row[1] == "#NUM!" for row in table.rows) == 1


def test_an_error_is_found_in_the_sheet_that_is_read() -> None:
    roster = [["handle", "followers"], ["@ann", "=#N/A"], ["@bob", 5]]
    assert read(xlsx({"Notes": [["=#REF!"]], "Roster": roster})).rows == [("@ann", "#N/A"), ("@bob", "5")]


def test_a_sheet_written_with_a_prefix_is_read_alike() -> None:
    plain = xlsx({"S": [["handle", "followers", "price"], ["@ann", "=#N/A", 250]]}, formats={2: '"EUR" 0'})

    def prefixed(sheet: str) -> str:
        for tag in ("worksheet", "sheetData", "row", "c", "v", "f"):
            sheet = re.sub(rf"<(/?){tag}\b", rf"<\1x:{tag}", sheet)
        return sheet.replace("xmlns=", "xmlns:x=")

    changed = repacked(plain, "xl/worksheets/sheet1.xml", prefixed)
    assert read(changed).rows == read(plain).rows == [("@ann", "#N/A", "250 EUR")]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("[$€-413] #,##0.00", "1250.5 EUR"),
        ('_("$"* #,##0.00_);_("$"* (#,##0.00)', "1250.5 USD"),
        ("[$CA$-1009]#,##0", "1250.5 CAD"),
        ('#,##0 "zł"', "1250.5 PLN"),
        ("\\£#,##0", "1250.5 GBP"),
        ("[$-409]#,##0.0", "1250.5"),
        ('#,##0.0,"K"', "1250.5"),
        ('#,##0 "kr"', "1250.5 kr"),
        ("[$kr-41D] #,##0", "1250.5 SEK"),
        ("[$kr.-406] #,##0", "1250.5 DKK"),
        ("[$-41D]#,##0", "1250.5"),
        ("[$€-41D] #,##0", "1250.5 EUR"),
        ("[$Lt-427] #,##0", "1250.5 Lt"),
        ('"NT$"#,##0', "1250.5 NT$"),
        ('0 "posts"', "1250.5"),
        ('0"K"', "1250.5 K"),
        ('#,##0" mln"', "1250.5 mln"),
        ('0.0,,"M"', "1250.5"),
        ("[Red][<0]0;0", "1250.5"),
        ("0%", "125050%"),
        ('0.0"%"', "1250.5"),
        ("0.0\\%", "1250.5"),
    ],
)
def test_a_figure_has_the_unit_that_it_is_shown_with(code: str, shown: str) -> None:
    content = xlsx({"S": [["handle", "price"], ["@ann", 1250.5]]}, formats={1: code})
    assert read(content).rows == [("@ann", shown)]


def test_each_cell_has_its_own_unit() -> None:
    rows = [["handle", "rate"], ["@ann", 0.04], ["@bob", 3.2], ["@cat", 0.051]]
    assert read(xlsx({"S": rows})).rows == [("@ann", "4%"), ("@bob", "3.2"), ("@cat", "5.1%")]


def test_an_open_document_says_them_too_where_runs_of_cells_are_written_once() -> None:
    error = 'office:value-type="{}" calcext:value-type="error">'
    cells = [
        f"<table:table-cell {error.format('string')}{NOTE}<text:p>#N/A</text:p></table:table-cell>",
        f"{ZEROS} {error.format('float')}<text:p>#DIV/0!</text:p></table:table-cell>",
        '<table:table-cell office:value-type="percentage" office:value="0.034"><text:p>3%</text:p></table:table-cell>',
        '<table:table-cell office:value-type="currency" office:currency="USD" office:value="250"/>',
    ]
    table = read(ods([["handle", "a", "b", "rate", "price"], cells, ["@bob", 1.0, 2.0, 3.0, 4.0]]))
    assert table.rows == [("#N/A", "#DIV/0!", "#DIV/0!", "3.4%", "250 USD"), ("@bob", "1", "2", "3", "4")]


def test_rows_that_an_open_document_repeats_are_counted() -> None:
    shares = [f'<table:table-cell office:value-type="percentage" office:value="{share}"/>' for share in (0.25, 0.5)]
    rows = ods([["handle", "rate"], ["@ann", shares[0]], ["@bob", shares[1]]])

    def repeated(content: str) -> str:
        before, first, second, third = content.split("<table:table-row>")
        thrice = '<table:table-row table:number-rows-repeated="3">'
        return f"{before}<table:table-row>{first}{thrice}{second}<table:table-row>{third}"

    table = read(repacked(rows, "content.xml", repeated))
    assert table.rows == [("@ann", "25%"), ("@ann", "25%"), ("@ann", "25%"), ("@bob", "50%")]
