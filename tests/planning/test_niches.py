import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.errors import InvalidValue
from planning.names import parse_name
from planning.niches import SEPARATOR, normalise_niche, parse_niches


def test_niches_are_one_however_they_are_written() -> None:
    assert parse_niches("Fashion, #fashion;  BEAUTY |food/Home  Décor") == ("fashion", "beauty", "food", "home décor")
    assert parse_niches("none, unknown, -, ") == ()
    assert parse_niches("n/a") == ()


def test_too_long_and_too_many_are_refused() -> None:
    with pytest.raises(InvalidValue, match="niche_too_long"):
        parse_niches("x" * 300)
    with pytest.raises(InvalidValue, match="niche_too_long"):
        normalise_niche("x" * 51)
    with pytest.raises(InvalidValue, match="too_many_niches"):
        parse_niches(",".join(str(number) for number in range(11)))


@given(st.text(max_size=60))
def test_niches_survive_being_written_and_read(text: str) -> None:
    try:
        niches = parse_niches(text)
    except InvalidValue:
        return
    assert parse_niches(SEPARATOR.join(niches)) == niches
    assert all(normalise_niche(niche) == niche for niche in niches)


def test_a_name_stays_on_its_line_and_keeps_its_style() -> None:
    assert parse_name("  ʟᴏᴜʙɴᴀ \n ʙᴀɢʜᴅᴀᴅ\x00 ") == "ʟᴏᴜʙɴᴀ ʙᴀɢʜᴅᴀᴅ"
    assert parse_name("👩\u200d🍳 Ann") == "👩\u200d🍳 Ann"
    assert parse_name("\u202eevil\u2066") == "evil"
    assert parse_name(" ") is None
    with pytest.raises(InvalidValue, match="name_too_long"):
        parse_name("x" * 101)


@given(st.text(max_size=120))
def test_a_name_read_again_is_the_same(text: str) -> None:
    try:
        name = parse_name(text)
    except InvalidValue:
        return
    assert name is None or parse_name(name) == name
