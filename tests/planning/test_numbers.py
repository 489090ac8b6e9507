import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.errors import InvalidValue
from planning.numbers import MAX_FOLLOWERS, decimal_mark, format_average, parse_average, parse_count, parse_share
from planning.reasons import Reason


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1234", 1234),
        ("0", 0),
        ("1.2M", 1_200_000),
        ("87,5k", 87_500),
        ("12.400", 12_400),
        ("12,400", 12_400),
        ("12 400", 12_400),
        ("12\u00a0400", 12_400),
        ("12\u202f400", 12_400),
        ("12\u2009400", 12_400),
        ('"1,234"', 1234),
        ("~20K", 20_000),
        ("≈ 20 k", 20_000),
        ("1432.0", 1432),
        ("475.8m", 475_800_000),
        ("0.89k", 890),
        ("1.234.567", 1_234_567),
        ("12,34,567", 1_234_567),
        ("12'400", 12_400),
        ("12\u2019400", 12_400),
        ("1.5 Mio", 1_500_000),
        ("9.9b", 9_900_000_000),
        (" 77 ", 77),
    ],
)
def test_a_count_is_read_as_it_is_meant(text: str, count: int) -> None:
    assert parse_count(text) == count


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.NOT_A_NUMBER),
        ("abc", Reason.NOT_A_NUMBER),
        ("TBD", Reason.NOT_A_NUMBER),
        ("3.4%", Reason.NOT_A_NUMBER),
        ("10-20", Reason.NOT_A_NUMBER),
        ("12 40", Reason.NOT_A_NUMBER),
        ("1.2.3", Reason.NOT_A_NUMBER),
        ("1.234.56", Reason.NOT_A_NUMBER),
        ("1,23,45", Reason.NOT_A_NUMBER),
        ("0.123.456", Reason.NOT_A_NUMBER),
        ("1e5", Reason.NOT_A_NUMBER),
        ("nan", Reason.NOT_A_NUMBER),
        ("inf", Reason.NOT_A_NUMBER),
        ("0x10", Reason.NOT_A_NUMBER),
        ("1_000", Reason.NOT_A_NUMBER),
        ("12K followers", Reason.NOT_A_NUMBER),
        ("1.234K", Reason.NOT_A_NUMBER),
        ("٣", Reason.NOT_A_NUMBER),
        ("²", Reason.NOT_A_NUMBER),
        ("#VALOR!", Reason.NOT_A_NUMBER),
        ("9" * 20_000, Reason.NOT_A_NUMBER),
        ("523.7", Reason.NOT_WHOLE),
        ("1.234,56", Reason.NOT_WHOLE),
        ("0.123", Reason.NOT_WHOLE),
        ("1.2345k", Reason.NOT_WHOLE),
        ("-5", Reason.NEGATIVE),
        ("\u22125", Reason.NEGATIVE),
        ("-1.5k", Reason.NEGATIVE),
        ("1" + "0" * 18, Reason.TOO_LARGE),
        ("29.0b", Reason.TOO_LARGE),
        (str(MAX_FOLLOWERS + 1), Reason.TOO_LARGE),
    ],
)
def test_a_count_that_cannot_be_read_says_why(text: str, reason: Reason) -> None:
    with pytest.raises(InvalidValue) as failure:
        parse_count(text)
    assert failure.value.reason is reason
    assert failure.value.value == text


def test_the_column_decides_what_one_figure_cannot() -> None:
    assert parse_average("1.234", column="likes", decimal=".") == 1.234
    assert parse_average("1.234", column="likes", decimal=",") == 1234
    assert parse_count("1.234K", decimal=".") == 1234
    assert parse_count("1.234K", decimal=",") == 1_234_000
    with pytest.raises(InvalidValue, match="not_whole"):
        parse_count("12.400", decimal=".")
    with pytest.raises(InvalidValue, match="not_a_number"):
        parse_average("1.234", column="likes")


@pytest.mark.parametrize(
    ("column", "mark"),
    [
        (["1.234", "523.7"], "."),
        (["1.234", "0.123"], "."),
        (["1.234", "1432.0"], "."),
        (["1.234", "12,5"], ","),
        (["1.234", "1.234.567"], ","),
        (["1,234", "1,234.5"], "."),
        (["1.234", "987"], ","),
        (["1.234", "0"], None),
        (["1.234"], None),
        (["523.7", "12,5"], None),
        (["abc", ""], None),
    ],
)
def test_a_columns_decimal_mark_is_what_its_clear_figures_show(column: list[str], mark: str | None) -> None:
    assert decimal_mark(column) == mark


def test_averages_keep_their_fractions() -> None:
    assert parse_average("523.7", column="likes") == 523.7
    assert parse_average("1.234,56", column="likes") == 1234.56
    assert parse_average("1,234.56", column="likes") == 1234.56
    assert parse_average("1.1K", column="likes") == 1100
    assert parse_average("1,234", column="likes") == 1234


def test_a_share_needs_its_percent_sign() -> None:
    assert parse_share("3.4%") == 0.034
    assert parse_share("3,4 %") == 0.034
    with pytest.raises(InvalidValue):
        parse_share("3.4")


counts = st.integers(0, MAX_FOLLOWERS)


@given(counts, st.sampled_from([",", ".", " ", "\u00a0", "\u202f", "'", "_"]))
def test_grouped_counts_come_back(count: int, mark: str) -> None:
    text = f"{count:,}".replace(",", mark)
    if mark == "_" and count >= 1000:
        with pytest.raises(InvalidValue):
            parse_count(text)
    else:
        assert parse_count(text) == count


@given(counts, st.sampled_from(".,"), st.sampled_from([("k", 3), ("M", 6), ("b", 9)]))
def test_scaled_counts_come_back(count: int, mark: str, scale: tuple[str, int]) -> None:
    letters, digits = scale
    text = f"{count // 10**digits}{mark}{count % 10**digits:0{digits}}0{letters}"
    assert parse_count(text) == count


@given(st.just(0.0) | st.floats(1e-9, MAX_FOLLOWERS))
def test_averages_survive_a_file_whatever_stands_beside_them(average: float) -> None:
    assert parse_average(format_average(average), column="likes") == average


@given(st.text(max_size=30))
def test_anything_else_is_refused_and_never_breaks(text: str) -> None:
    try:
        count = parse_count(text)
    except InvalidValue:
        return
    assert 0 <= count <= MAX_FOLLOWERS
    assert any(c.isdecimal() for c in text)
