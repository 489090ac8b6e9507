import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.matching.encoder import Encoder
from planning.matching.guards import are_opposed
from planning.matching.matcher import MATCH, NEAREST, RELATED, How, match_niches
from planning.matching.tags import Tags
from tests.planning.matching.tags import NAMES, STRANGERS, WANTED

same_fixtures = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_queries_find_the_tag_that_means_the_same(tags: Tags, encoder: Encoder) -> None:
    missed: list[str] = []
    for query, wanted in WANTED.items():
        found = match_niches(query, tags, encoder=encoder)
        first = [one.tag for one in (*found.matches, *found.related, *found.nearest)[:3]]
        missed += [] if wanted in first else [f"{query}: {first}"]
    assert len(missed) <= len(WANTED) // 10, missed


@pytest.mark.parametrize("query", STRANGERS)
def test_a_query_that_means_none_of_the_tags_gets_the_nearest_to_choose_from(
    tags: Tags, encoder: Encoder, query: str
) -> None:
    found = match_niches(query, tags, encoder=encoder)
    assert (found.matches, found.related) == ((), ())
    assert len(found.nearest) == NEAREST
    assert all(one.score < RELATED for one in found.nearest)


def test_a_query_that_says_nothing_finds_nothing(tags: Tags, encoder: Encoder) -> None:
    for query in ("", " ", "#", "\u3000"):
        found = match_niches(query, tags, encoder=encoder)
        assert (found.matches, found.related, found.nearest) == ((), (), ())
    assert match_niches("golf", Tags((), encoder.encode([])), encoder=encoder).nearest == ()


def test_exact_same_and_misspelt_tags_are_pinned_first(encoder: Encoder) -> None:
    names = ("zero waste", "zerowaste", "Zero-Wastes", "zero wasste", "plastic-free living", "golf")
    found = match_niches("#Zero Waste", Tags(names, encoder.encode(names)), encoder=encoder)
    assert [(one.tag, one.how) for one in found.matches[:4]] == [
        ("zero waste", How.EXACT),
        ("Zero-Wastes", How.SAME),
        ("zerowaste", How.SAME),
        ("zero wasste", How.SPELLING),
    ]
    assert "golf" not in {one.tag for one in (*found.matches, *found.related)}


def test_a_servers_own_aliases_beat_the_shipped_ones_and_the_model(tags: Tags, encoder: Encoder) -> None:
    own = {"#DIY": "oil painting", "team blue": "rugby"}
    assert match_niches("DIY", tags, encoder=encoder).matches[0].tag == "do it yourself"
    for query, wanted in (("diy", "oil painting"), ("Team Blue", "rugby")):
        first = match_niches(query, tags, encoder=encoder, own_aliases=own).matches[0]
        assert (first.tag, first.how) == (wanted, How.OWN_ALIAS)


def test_siblings_are_kept_apart(tags: Tags, encoder: Encoder) -> None:
    for query, stranger in (
        ("boardgames", "video games"),
        ("Brettspiele", "video games"),
        ("men's fashion", "women's fashion"),
        ("budget travel", "luxury resorts"),
    ):
        found = match_niches(query, tags, encoder=encoder)
        assert stranger not in {one.tag for one in (*found.matches, *found.related)}
    assert not are_opposed("board games and video games", "video games")
    assert not are_opposed("manicure", "women's fashion")
    assert not are_opposed("meat-free meals", "vegan recipes")


def test_ties_are_broken_by_name(encoder: Encoder) -> None:
    names = ("OOTD", "fit pic", "WIWT")  # one reading, so one vector
    found = match_niches("what I wear every day", Tags(names, encoder.encode(names)), encoder=encoder)
    first = [one.tag for one in (*found.matches, *found.related, *found.nearest)]
    assert first == sorted(names)


def test_without_an_encoder_letters_are_compared(tags: Tags) -> None:
    found = match_niches("lipsticks", tags, encoder=None)
    assert (found.matches[0].tag, found.matches[0].how) == ("lipstick", How.SAME)
    found = match_niches("arkitecture tips", tags, encoder=None)
    assert found.related[0].tag == "architecture" or found.nearest[0].tag == "architecture"
    assert match_niches("gelato", tags, encoder=None).matches == ()
    assert match_niches("golf", Tags(NAMES), encoder=None).matches[0].tag == "golf"


@given(query=st.text(alphabet=st.characters(), max_size=300))
@same_fixtures
def test_any_text_gets_the_same_answer_whatever_the_order_of_the_tags(tags: Tags, encoder: Encoder, query: str) -> None:
    order = list(range(len(NAMES)))
    random.Random(7).shuffle(order)  # noqa: S311 - no secret
    assert tags.vectors is not None
    shuffled = Tags(tuple(NAMES[place] for place in order), tags.vectors[order])
    found = match_niches(query, tags, encoder=encoder)
    assert found == match_niches(query, shuffled, encoder=encoder)
    assert all(one.score >= MATCH for one in found.matches)
    assert all(RELATED <= one.score < MATCH for one in found.related)
    match_niches(query, tags, encoder=None)


@given(name=st.text(min_size=1, max_size=50))
@same_fixtures
def test_a_tag_matches_itself_first(encoder: Encoder, name: str) -> None:
    found = match_niches(name, Tags((name,), encoder.encode([name])), encoder=encoder)
    assert [one.how for one in found.matches] in ([How.EXACT], [])
    if found.matches == ():
        assert not name.replace("#", " ").strip()


def test_tags_are_named_once_and_have_a_vector_each(encoder: Encoder) -> None:
    with pytest.raises(ValueError, match="twice"):
        Tags(("golf", "golf"))
    with pytest.raises(ValueError, match="1 vectors for 2 tags"):
        Tags(("golf", "rugby"), encoder.encode(["golf"]))
