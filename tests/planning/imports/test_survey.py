"""What is plainly good is told by whole columns at once; cell by cell, the same must come out to the letter."""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from benchmarks.made_tables import made_table
from benchmarks.mutations import mutated
from planning.errors import UnreadableFile
from planning.files import Table
from planning.handles import parse_handle
from planning.imports import cells, plain_rows, row_reader
from planning.imports.cells import parse_average
from planning.imports.headers import Field
from planning.imports.layout import choose_best
from planning.imports.plain import CODES, NO_PLATFORM, account_of, odd_places, plain_keys
from planning.imports.problems import Problem
from planning.imports.repeats import FileAccount, merge_repeats
from planning.imports.roster_file import RosterFile
from planning.imports.rows import read_rows
from planning.imports.survey import Survey
from planning.money import parse_price
from planning.names import parse_name
from planning.niches import parse_niches
from planning.numbers import parse_count
from planning.packed import PackedRows, pack
from planning.platform import Platform
from sheets.files import SpreadsheetFiles

ROSTERS = sorted(Path("../shared/data/rosters").glob("*/*.csv"))

Outcome = tuple[int, list[Problem], list[FileAccount]]

# Each column's first cells are plain, the others good or bad in every way that cells are.
COLUMNS: dict[str, Sequence[str]] = {
    "handle": ("ann", "bob_2", "c.d.e", "@Eve", "UC" + "x" * 22, "total", "here", " ann", "", "n/a", "a b", "é", "x/y",
               "tiktok.com/@ann", "f@g.social", "-", "a" * 25, "a-b", "_", "a.", "-a"),
    "platform": ("instagram", "TikTok", "YouTube", "x", "blog", "", "n/a", "Myspace", "mastodon", "linkedin"),
    "followers": ("5", "1000.0", "999999999", "1.2K", "12.400", "", "many", "-1", "1e9", "007", "5.5"),
    "name": ("Ann B.", "", "Zoë", "n/a", "a  b", "x" * 101, "\ufb2c" * 40, "é" * 90),
    "niches": ("food, art", "", "Beauté", "a;b|c", ",".join("abcdefghijk"), "x" * 51, "\ufdfa" * 4, "n/a", "ß" * 26),
    "country": ("NL", "", "Belgium", "NA", "n/a", "Atlantis"),
    "likes": ("5", "5.25", "", "1.234", "5,5", "few", "n/a", "1.2K"),
    "posts": ("12", "", "0", "n/a", "1000000", "9999999"),
    "price": ("250 EUR", "10.00 EUR", "", "300", "5.00 JPY", "250", "€1.234", "free", "1.5 KWD"),
    "ER": ("3.4%", "", "0.5", "7", "2000%"),
}  # fmt: skip
HEADER = [*COLUMNS]
ROWS = st.lists(
    st.tuples(*(st.sampled_from(pool[:2]) | st.sampled_from(pool) for pool in COLUMNS.values())).map(list)
    | st.just([""] * len(HEADER))
    | st.sampled_from([["ann"], ["ann", "x", "5", *[""] * 7, "too many"], ["bob_2", "tiktok", "5", *[" "] * 9]]),
    max_size=12,
)


@contextmanager
def cell_by_cell() -> Iterator[None]:
    """Without any look at whole columns."""

    def none_plain(codes: Sequence[str], _cells: Sequence[str]) -> list[str]:
        return [""] * len(codes)

    with (
        patch.object(cells, "_read_plain", lambda *_: None),
        patch.object(row_reader, "plain_keys", none_plain),
        patch.object(plain_rows, "plain_keys", none_plain),
    ):
        yield


def read_slowly(table: Table, platform: Platform | None) -> Outcome:
    with cell_by_cell():
        found = read_rows(table, platform=platform, currency="EUR")
        accounts, contradictions = merge_repeats(found)
    return found.rows, sorted(found.problems + contradictions, key=lambda told: told.row), accounts


def read_fast(table: Table, platform: Platform | None, size: int) -> Outcome:
    survey = Survey(RosterFile(table, platform=platform, currency="EUR"))
    sample = survey.sample(3)
    accounts = [account for chunk in survey.chunks(size) for account in survey.read(chunk)]
    assert (sample, survey.total) == (accounts[:3], len(accounts))
    return survey.rows, sorted(survey.problems, key=lambda told: told.row), accounts


@given(ROWS, st.integers(1, 4), st.integers(1, 5), st.sampled_from([None, Platform.X, Platform.OTHER]), st.booleans())
def test_a_file_is_understood_as_cell_by_cell(
    rows: list[list[str]], part: int, size: int, platform: Platform | None, cut_off: bool
) -> None:
    packed = PackedRows(pack(rows[start : start + part]) for start in range(0, len(rows), part))
    table = Table(HEADER, packed, range(2, 2 + len(rows)), cut_off=cut_off)
    assert read_fast(table, platform, size) == read_slowly(table, platform)


def test_of_the_accounts_those_are_read_that_are_wanted_or_repeated() -> None:
    rows = [["ann", "1"], ["bob", "2"], ["ann", "1"], ["cat", "3"], ["dan", "4"]]
    file = RosterFile(
        Table(["handle", "followers"], PackedRows(pack([row]) for row in rows), range(2, 7)),
        platform=Platform.X, currency=None,
    )  # fmt: skip
    survey = Survey(file)
    chunk = next(survey.chunks(10))
    read = survey.read(chunk, {CODES[Platform.X] + "cat"})
    assert [(account.row, account.draft.handle, account.same) for account in read] == [(2, "ann", 1), (5, "cat", 0)]
    assert survey.read(chunk, ()) == [read[0]]


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_made_and_broken_files_are_understood_as_cell_by_cell(start: int) -> None:
    for seed in range(start, start + 50):
        for content in (made_table(seed).content, mutated(seed, workbooks=0.0)):
            try:
                table = SpreadsheetFiles().read("roster", content, choose_best)
                slowly = read_slowly(table, Platform.INSTAGRAM)
            except UnreadableFile:
                continue
            assert read_fast(table, Platform.INSTAGRAM, 7) == slowly, seed


@pytest.mark.skipif(not ROSTERS, reason="the real rosters are not here")
@pytest.mark.parametrize("path", ROSTERS, ids=lambda path: f"{path.parent.name}-{path.stem[-12:]}")
def test_real_files_are_understood_as_cell_by_cell(path: Path) -> None:
    table = SpreadsheetFiles().read(path.name, path.read_bytes(), choose_best)
    fast = read_fast(table, Platform.INSTAGRAM, 10_000)
    assert fast == read_slowly(table, Platform.INSTAGRAM)
    assert fast[2]


ALIKE = st.text("abzAZ019_.-@é·/ C", max_size=32) | st.text(max_size=8) | st.just("UC" + "x" * 22)


@given(st.lists(st.tuples(st.sampled_from([None, *Platform]), ALIKE), min_size=1, max_size=4))
@example([(Platform.TIKTOK, "UC" + "x" * 22), (Platform.YOUTUBE, "UC" + "x" * 21), (Platform.X, "@" + "A" * 15)])
@example([(platform, name) for platform in Platform for name in ("everyone", "HERE", "@here", "total", "a" * 65)])
def test_a_plain_handle_is_read_as_any_other(given: list[tuple[Platform | None, str]]) -> None:
    texts = [text.replace("\0", "") for _, text in given]
    keys = plain_keys([NO_PLATFORM if platform is None else CODES[platform] for platform, _ in given], texts)
    for key, (platform, _), text in zip(keys, given, texts, strict=True):
        if key:
            assert account_of(key) == parse_handle(text, platform)


def test_most_handles_are_plain() -> None:
    assert plain_keys(["a", "b", "c"], ["@Ann.Lee_1", "b" * 24, "C_d-e"]) == ["aann.lee_1", "b" + "b" * 24, "cc_d-e"]
    assert plain_keys(["a", "a"], ["é", "ann"]) == ["", "aann"]


PARSERS = {
    Field.FOLLOWERS: parse_count,
    Field.POSTS: lambda cell: not cell or parse_count(cell, maximum=1_000_000),
    Field.PRICE: lambda cell: not cell or parse_price(cell, None),
    Field.NAME: parse_name,
    Field.NICHES: parse_niches,
    **dict.fromkeys(
        (Field.LIKES, Field.COMMENTS, Field.VIEWS), lambda cell: not cell or parse_average(cell, column="")
    ),
}
SIMILAR = (
    st.text("0159.,KE UR-", max_size=12)
    | st.text("ab,;|/\n ßé#İ\u0390\u1f82\u0344", max_size=60)
    | st.from_regex(r"[0-9]{1,8}(\.[0-9]{1,3})? ?[A-Z]{3}", fullmatch=True)
    | st.text(max_size=110)
)


@given(st.lists(SIMILAR, min_size=1, max_size=4), st.sampled_from([*PARSERS]))
def test_a_plain_cell_can_be_read(given: list[str], field: Field) -> None:
    texts = [text.replace("\0", "") for text in given]
    odd = odd_places(field, "\0".join(texts))
    for place, text in enumerate(texts):
        if place not in odd:
            PARSERS[field](text)
        else:
            assert odd_places(field, text) == [0]


def test_no_letter_of_a_plain_niche_or_name_grows_beyond_what_they_may_hold() -> None:
    grown = {text: unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
             for text in map(chr, range(0x2000))}  # fmt: skip
    assert max(map(len, grown.values())) * 12 <= 50
    named = (text for text in map(chr, range(0x110000)) if not "\ud800" <= text <= "\udfff")
    assert max(len(unicodedata.normalize("NFC", text)) for text in named) * 33 <= 100


def test_a_plain_figure_of_a_bad_column_is_still_told_apart() -> None:
    assert odd_places(Field.FOLLOWERS, "\0".join(["5", "1.2K", "7", ""])) == [1, 3]
