from planning.files import Table
from planning.imports.layout import find_table
from planning.imports.rows import read_rows
from planning.platform import Platform
from planning.reasons import Reason


def table(*rows: str, cut_off: bool = False) -> Table:
    cells = [row.split(";") for row in rows]
    return Table(cells[0], cells[1:], range(2, 1 + len(cells)), cut_off=cut_off)


def test_the_header_is_found_below_titles() -> None:
    found = find_table(table("Creators 2026", "as of March;", "handle;followers", "ann;5"))
    assert (list(found.header), list(found.rows), list(found.line_numbers)) == (
        *(["handle", "followers"], [["ann", "5"]], [4]),
    )


def test_a_group_above_the_header_gives_its_platform() -> None:
    found = find_table(table("Instagram;;TikTok;;", "Handle;Followers;Handle;Followers;Notes", "ann;5;annie;6;"))
    assert list(found.header) == [
        *("Instagram Handle", "Instagram Followers", "TikTok Handle", "TikTok Followers", "TikTok Notes"),
    ]


def test_a_header_on_two_rows_is_one() -> None:
    found = find_table(table("Handle;Followers;Averages;", ";;Likes;Comments", "ann;5;1;2"))
    assert (list(found.header), len(found.rows)) == (["Handle", "Followers", "Likes", "Comments"], 1)


def test_a_row_of_data_is_no_second_header() -> None:
    found = find_table(table("handle;followers;name", "ann;many;Likes", "bob;5;Bob"))
    assert len(found.rows) == 2


def test_rows_of_sums_are_rejected_by_name_and_accounts_so_called_are_not() -> None:
    rows = ("handle;followers;name", "ann;5;Ann", "Total;5;", "@total;7;", "total;8;The Total", " GESAMT ;5;")
    found = read_rows(table(*rows), platform=Platform.X, currency=None)
    assert [draft.handle for draft in found.drafts] == ["ann", "total", "total"]
    assert [(problem.row, problem.reason) for problem in found.problems] == [(3, Reason.SUM), (6, Reason.SUM)]


def test_a_row_in_which_the_file_ends_is_rejected() -> None:
    found = read_rows(
        table("handle;followers;x", "ann;5;y", "bob;12", cut_off=True), platform=Platform.X, currency=None
    )
    assert [draft.handle for draft in found.drafts] == ["ann"]
    assert [(problem.row, problem.reason) for problem in found.problems] == [(3, Reason.CUT_OFF)]


def test_a_row_with_a_platform_and_a_figure_is_no_header() -> None:
    table = find_table(Table(["anna", "instagram", "1200"], [["bob", "tiktok", "3400"]], [2]))
    assert (table.header, next(iter(table.rows))) == (["#1", "#2", "#3"], ("anna", "instagram", "1200"))
    assert find_table(Table(["Name", "Instagram", "Plan 2026"], [["Ann", "ann", "x"]], [2])).header[0] == "Name"
