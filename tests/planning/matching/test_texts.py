import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.matching.aliases import load_aliases, spelled_out
from planning.matching.tags import Tags
from planning.matching.texts import joined, readable, singulars


def same_niche(one: str, other: str) -> bool:
    """Whether either finds the other among a server's tags."""
    return bool(Tags((one,)).same_as(other) or Tags((other,)).same_as(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zero waste", "#ZeroWaste"),
        ("zero-waste", "zerowaste"),
        ("recipe", "recipes"),
        ("vegan recipe", "vegan recipes"),
        ("running shoe review", "running shoes reviews"),
        ("hobby", "hobbies"),
        ("dish", "dishes"),
        ("child", "children"),
        ("hond", "honden"),
        ("kat", "katten"),
        ("huis", "huizen"),
        ("brief", "brieven"),
        ("boom", "bomen"),
        ("boek", "boeken"),
        ("auto", "auto's"),
        ("kamerplant", "kamerplanten"),
        ("Rezept", "Rezepte"),
        ("Hund", "Hunde"),
        ("Buch", "Bücher"),
        ("Haus", "Häuser"),
        ("Garten", "garten"),
        ("Blume", "Blumen"),
        ("Brettspiel", "Brettspiele"),
        ("cupcake", "#cupcakes"),
        ("décor", "decor"),
    ],
)
def test_one_niche_however_it_is_written(one: str, other: str) -> None:
    assert same_niche(one, other)
    assert same_niche(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cats", "cars"),
        ("care", "car"),
        ("wine", "win"),
        ("new", "news"),
        ("good", "goods"),
        ("physic", "physics"),
        ("glass", "glasses"),
        ("board games", "video games"),
        ("men's fashion", "women's fashion"),
        ("vegan", "vegetarian"),
        ("baking", "bakes"),
        ("hair", "hare"),
    ],
)
def test_two_niches_stay_two(one: str, other: str) -> None:
    assert not same_niche(one, other)


@given(st.text(max_size=60), st.text(max_size=60))
def test_being_the_same_is_mutual(one: str, other: str) -> None:
    assert same_niche(one, one)
    assert same_niche(one, other) == same_niche(other, one)
    assert joined(one) in singulars(one)


def test_what_is_read_and_compared() -> None:
    assert readable("  #PlantBased   Desserts\n") == "Plant Based Desserts"
    assert readable("DIY") == "DIY"
    assert readable("x" * 1000) == "x" * 200
    assert readable("a\ud800b") == "a?b"
    assert joined("Zero-Waste!") == "zerowaste"
    assert joined("🙂") == "🙂"


def test_each_alias_has_one_reading_and_no_alias_is_read_twice() -> None:
    readings = load_aliases()
    assert spelled_out("#OOTD") == "outfit of the day"
    assert spelled_out("home baking") == "home baking"
    for alias, reading in readings.items():
        assert alias, reading
        assert joined(reading) != alias
        assert readings.get(joined(reading)) is None, f"{reading} is itself read as something else"
        assert reading.isascii(), "plain English words"
