import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.errors import UnreadableFile
from planning.files import Table
from sheets import csv_files
from sheets.csv_files import CsvFiles, guard, unguard


def read(content: bytes) -> Table:
    return CsvFiles().read("roster.csv", content)


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("cp1252", "cp1252")],
)
def test_an_encoding_is_found(encoding: str, named: str) -> None:
    table = read("naam;volgers\nJosé Muñoz;1200\nZoë;5\n".encode(encoding))
    assert (list(table.header), [list(row) for row in table.rows]) == (
        ["naam", "volgers"],
        [["José Muñoz", "1200"], ["Zoë", "5"]],
    )
    assert (table.encoding, table.delimiter) == (named, ";")


def test_another_alphabet_without_a_mark_is_found() -> None:
    header = ["όνομα", "ακόλουθοι"]
    rows = "".join(f"μικρή επιχείρηση {number},{number}\n" for number in range(9))
    assert list(read(f"{','.join(header)}\n{rows}".encode("cp1253")).header) == header


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_line_end(delimiter: str, end: str) -> None:
    content = end.join([delimiter.join("abc"), delimiter.join("123"), ""]).encode()
    table = read(content)
    assert (list(table.header), [list(row) for row in table.rows]) == (["a", "b", "c"], [["1", "2", "3"]])


def test_a_decimal_comma_is_no_delimiter() -> None:
    assert [list(row) for row in read(b"handle;followers\na;87,5k\nb;1,2\n").rows] == [["a", "87,5k"], ["b", "1,2"]]


def test_excels_hint_is_no_header() -> None:
    table = read(b"sep=;\r\na;b\r\n1;2\r\n")
    assert (list(table.header), list(table.line_numbers)) == (["a", "b"], [3])


def test_rows_know_their_lines_in_the_file() -> None:
    table = read(b'\na,b\n1,"x\ny"\n\n2,z\n')
    assert ([list(row) for row in table.rows], list(table.line_numbers)) == ([["1", "x\ny"], ["2", "z"]], [3, 6])


def test_a_quote_that_never_closes_swallows_no_rows() -> None:
    table = read(b'a,b\n1,2\n3,"four\n5,6\n7,8\n')
    assert [list(row) for row in table.rows] == [["1", "2"], ["3", '"four'], ["5", "6"], ["7", "8"]]
    assert list(table.line_numbers) == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04\x14\x00\x06\x00", "binary"),
        (b"a,b\n1,\x00\n", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        (b"\xff\xfea\x00\x00\xd8", "encoding"),
        (b"a,b\n<<<<<<< HEAD\n1,2\n=======\n", "conflict 2"),
        (b"a,b\r\n1,2\r\n>>>>>>> theirs\r\n", "conflict 3"),
    ],
)
def test_what_is_no_table_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as failure:
        read(content)
    assert f"{failure.value.reason} {failure.value.detail}".strip() == reason


@pytest.mark.parametrize(
    ("content", "cut_off"),
    [
        (b"a,b,c\n1,2,3\n4,5", True),
        (b"a,b,c\n1,2,3\n4,5\n", False),
        (b"a,b,c\n1,2\n4,5", False),
        (b"a,b\n1,2\n3,4", False),
        (b'a,b\n1,2\n3,"New Yo', True),
        (b'a,b\n1,2\n3,"x\ny"', False),
        (b"a,b", False),
    ],
)
def test_a_file_that_ends_within_its_last_row_says_so(content: bytes, cut_off: bool) -> None:
    assert read(content).cut_off is cut_off


def test_titles_and_notes_around_a_table_say_nothing_of_its_delimiter() -> None:
    table = read(b"Creators, all of them\n\nhandle;followers;niches\na;1;x, y\nb;2;x, y\n")
    assert [list(row) for row in table.rows] == [
        ["handle", "followers", "niches"],
        ["a", "1", "x, y"],
        ["b", "2", "x, y"],
    ]


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_files, "MAX_BYTES", 2**20)
    with pytest.raises(UnreadableFile, match="too_large 1"):
        read(b"a,b\n" * 2**19)


def test_a_cell_may_be_long() -> None:
    assert read(b"a,b\n" + b"x" * 300_000 + b",1\n").rows[0][0] == "x" * 300_000


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    try:
        table = read(content)
    except UnreadableFile:
        return
    assert len(table.rows) == len(table.line_numbers)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@name", "\tx", "\rx", "'=x", "''@y", "\uff1d1"])
def test_what_begins_a_formula_is_made_harmless(cell: str) -> None:
    assert guard(cell) == f"'{cell}"
    assert unguard(guard(cell)) == cell


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("'=+-@,;\"\t\r\n|"), max_size=12)


@given(cells)
def test_every_cell_comes_back_exactly(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.tuples(cells, cells, cells), max_size=8))
def test_a_written_table_is_read_back(rows: list[tuple[str, str, str]]) -> None:
    table = read(CsvFiles().write(["handle", "name", "followers"], rows))
    assert list(table.header) == ["handle", "name", "followers"]
    assert [tuple(row) for row in table.rows] == rows
