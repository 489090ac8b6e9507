"""Countries and languages, by any name."""

import pytest

from planning.countries import COUNTRIES, parse_country
from planning.errors import InvalidValue
from planning.languages import LANGUAGES, parse_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NL", "NL"),
        ("nl", "NL"),
        ("Netherlands", "NL"),
        ("the Netherlands", "NL"),
        ("Holland", "NL"),
        ("Nederland", "NL"),
        ("Niederlande", "NL"),
        ("Pays-Bas", "NL"),
        ("Países Bajos", "NL"),
        ("paises bajos", "NL"),
        ("🇳🇱", "NL"),
        ("🇳🇱 Nederland", "NL"),
        ("NLD", "NL"),
        ("south-korea", "KR"),
        ("united-arab-emirates", "AE"),
        ("morocco", "MA"),
        ("UK", "GB"),
        ("U.S.A.", "US"),
        ("United States", "US"),
        ("Turkey", "TR"),
        ("Czech Republic", "CZ"),
        ("NA", "NA"),
        (" Côte d\u2019Ivoire ", "CI"),
    ],
)
def test_a_country_is_known_by_its_names(text: str, code: str) -> None:
    assert parse_country(text) == code


@pytest.mark.parametrize("text", ["Narnia", "", "unknown", "🇳🇱 Spain", "https://x.com/a", "🏳", "N", "a" * 20_000])
def test_what_is_no_country_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="not_a_country"):
        parse_country(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nl", "nl"),
        ("nl-BE", "nl"),
        ("en_US", "en"),
        ("Dutch", "nl"),
        ("Español", "es"),
        ("Flemish", "nl"),
        ("日本語", "ja"),
    ],
)
def test_a_language_is_known_by_its_names(text: str, code: str) -> None:
    assert parse_language(text) == code


@pytest.mark.parametrize("text", ["Klingon", "", "nlx", "a" * 20_000])
def test_what_is_no_language_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="not_a_language"):
        parse_language(text)


def test_every_code_is_its_own_name() -> None:
    assert [parse_country(code) for code in COUNTRIES] == list(COUNTRIES)
    assert [parse_language(code) for code in LANGUAGES] == list(LANGUAGES)
    assert len(COUNTRIES) == 250
