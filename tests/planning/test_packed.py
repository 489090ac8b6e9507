"""Rows packed by column or one by one come back as they were, however they are cut."""

from hypothesis import given
from hypothesis import strategies as st

from planning.packed import PackedRows, pack

CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=3)
EVEN = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=9))
UNEVEN = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=9)
BOUNDS = st.none() | st.integers(-12, 12)


def packed(rows: list[list[str]], size: int) -> PackedRows:
    return PackedRows(pack(rows[start : start + size]) for start in range(0, len(rows), size))


@given(EVEN | UNEVEN, st.integers(1, 4), BOUNDS, BOUNDS, st.none() | st.sampled_from([1, 2, 3, -1, -2]))
def test_packed_rows_are_a_sequence_of_rows(
    cells: list[list[str]], size: int, start: int | None, stop: int | None, step: int | None
) -> None:
    rows, ours = [tuple(row) for row in cells], packed(cells, size)
    assert (list(ours), len(ours)) == (rows, len(rows))
    assert list(ours[start:stop:step]) == rows[start:stop:step]
    assert [ours[place] for place in range(-len(rows), len(rows))] == rows + rows
    assert ours.widths() == {len(row) for row in rows}
    assert [list(ours.column(place)) for place in range(4)] == [
        [row[place] for row in rows if len(row) > place] for place in range(4)
    ]


def test_a_cell_that_holds_what_stands_between_cells_loses_it() -> None:
    assert pack([["a\0b", "c"], ["d", "e"]]).rows() == [("a\ufffdb", "c"), ("d", "e")]
    assert pack([["a\0b"], ["d", "\0"]]).rows() == [("a\ufffdb",), ("d", "\ufffd")]


def test_rows_are_taken_from_their_source_part_by_part() -> None:
    rows = PackedRows.of(iter([[str(number), "x"] for number in range(4_500)]))
    assert [part.size for part in rows.parts] == [2_000, 2_000, 500]
    assert rows[4_321] == ("4321", "x")
    assert PackedRows.of(rows) is rows
