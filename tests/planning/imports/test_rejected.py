from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.files import Table
from planning.imports.columns import candidates_of
from planning.imports.problems import Problem
from planning.imports.rejected import REASON, ROW, Rejected, RejectedRow, find_rejected, report_rows, without_report
from planning.imports.rows import read_rows
from planning.reasons import Reason
from sheets.csv_files import CsvFiles

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=6)
ODD = Problem(3, "followers", "many", Reason.NOT_A_NUMBER)


def say(told: Problem) -> str:
    return told.reason.value


def written(rejected: Rejected) -> Table:
    return CsvFiles().read("a.csv", CsvFiles().write(*report_rows(rejected, say)))


@given(st.lists(CELLS, min_size=1, max_size=5), st.lists(st.lists(CELLS, max_size=7), min_size=1, max_size=5))
def test_the_rows_come_back_as_they_were(header: list[str], rows: list[list[str]]) -> None:
    header = [*header, "handle"]
    found = Rejected(header, [RejectedRow(place + 2, row, [ODD]) for place, row in enumerate(rows)])
    table = without_report(written(found))
    assert list(table.header) == header
    for row, back in zip(rows, table.rows, strict=True):
        assert list(back[: len(row)]) == row
        assert not any(back[len(row) :])


def test_only_rejected_rows_are_taken_each_once_with_its_line_and_reasons() -> None:
    rows = [["ann", "5"], ["bob", "many"], ["cat", "7"], ["dan", "-2"]]
    table = Table(["handle", "followers"], rows, [2, 3, 5, 6])
    left_out = Problem(5, "country", "Atlantis", Reason.NOT_A_COUNTRY, rejects_row=False)
    again = replace(ODD, reason=Reason.FOLLOWERS_MISSING)
    found = find_rejected(table, [ODD, again, ODD, left_out, replace(ODD, row=6)], None)
    assert report_rows(found, say) == (
        ["handle", "followers", ROW, REASON],
        [
            ["bob", "many", "3", "not_a_number; followers_missing"],
            ["dan", "-2", "6", "not_a_number"],
        ],
    )


def test_a_row_with_too_many_cells_stays_rejected_until_it_is_mended() -> None:
    table = Table(["handle", "platform", "followers"], [["ann", "tiktok", "5", "6"], ["bob", "tiktok", "1"]], [2, 3])
    told = read_rows(table, platform=None, currency=None).problems
    assert [one.reason for one in told] == [Reason.TOO_MANY_CELLS]
    back = without_report(written(find_rejected(table, told, None)))
    assert [one.reason for one in read_rows(back, platform=None, currency=None).problems] == [Reason.TOO_MANY_CELLS]
    mended = replace(back, rows=[[*row[:3], ""] for row in back.rows])
    assert read_rows(mended, platform=None, currency=None).problems == []


def test_a_table_of_ones_own_is_left_alone_and_columns_may_be_moved() -> None:
    table = Table(["row", "reason", "handle", ""], [["1", "x", "ann"]], [2])
    assert without_report(table) is table
    moved = Table([REASON, "handle", ROW, "followers"], [["why", "ann", "7", "5"], ["why", "bob"]], [2, 3])
    assert without_report(moved) == replace(moved, header=["handle", "followers"], rows=[["ann", "5"], ["bob"]])


@pytest.mark.parametrize("header", [ROW, REASON])
def test_what_is_added_is_no_field(header: str) -> None:
    [candidate] = candidates_of([header])
    assert candidate.column.field is None
