"""Writes planning/tables/countries.txt and languages.txt from the CLDR that Babel carries.

    python -m locales.make_names

Run it when Babel brings a newer CLDR. planning reads only the files, so that it needs no Babel.
"""

from pathlib import Path

from babel import Locale, localedata
from babel.core import get_global

LOCALES = [Locale.parse(code) for code in ("en", "nl", "de", "fr", "es", "pt", "it")]
TABLES = Path(__file__).parent.parent / "planning" / "tables"

# In CLDR's list, but no countries of ISO 3166: parts of others, groups, and codes for testing. Kosovo (XK) is in no
# version of the standard either, but everyone uses that code.
NOT_COUNTRIES = set("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())  # noqa: SIM905 - a list of 14 strings is harder to read

COUNTRY_ALIASES = {
    "AE": ["UAE", "Emirates", "Emirats", "VAE", "EAU"],
    "BA": ["Bosnia", "Bosnië", "Bosnien"],
    "BO": ["Plurinational State of Bolivia"],
    "BN": ["Brunei Darussalam"],
    "CD": ["DR Congo", "DRC", "Democratic Republic of the Congo", "Congo Kinshasa"],
    "CG": ["Republic of the Congo", "Congo Brazzaville"],
    "CI": ["Ivory Coast", "Ivoorkust", "Elfenbeinküste"],
    "CV": ["Cape Verde"],
    "CZ": ["Czech Republic", "Tsjechische Republiek", "Tschechische Republik", "République tchèque"],
    "GB": [
        *("UK", "U.K.", "Great Britain", "Britain", "England", "Scotland", "Wales", "Northern Ireland", "Engeland"),
        *("Groot-Brittannië", "Großbritannien", "Grande-Bretagne", "Angleterre", "Gran Bretaña", "Inglaterra"),
    ],
    "GR": ["EL", "Hellas"],
    "HK": ["Hong Kong", "Hongkong"],
    "IR": ["Islamic Republic of Iran"],
    "KP": ["DPRK", "Democratic People's Republic of Korea"],
    "KR": ["Korea", "Republic of Korea", "Korea South", "Corea"],
    "LA": ["Lao PDR"],
    "MD": ["Republic of Moldova"],
    "MK": ["Macedonia", "Macedonië", "Mazedonien", "Macédoine"],
    "MM": ["Burma", "Birma"],
    "MO": ["Macau", "Macao"],
    "NL": ["Holland", "The Netherlands", "Hollande", "Holanda", "Niederlanden"],
    "PS": ["Palestine", "Palestina", "Palästina", "State of Palestine"],
    "RU": ["Russian Federation"],
    "SY": ["Syrian Arab Republic"],
    "SZ": ["Swaziland"],
    "TL": ["East Timor"],
    "TR": ["Turkey", "Türkiye", "Turkiye"],
    "TW": ["Taiwan Province of China"],
    "TZ": ["United Republic of Tanzania"],
    "US": [
        *("USA", "U.S.", "United States of America", "America", "the US", "VS", "EEUU", "EE.UU.", "EUA", "Amerika"),
        *("Vereinigte Staaten von Amerika", "Verenigde Staten van Amerika", "États-Unis d'Amérique"),
        "Estados Unidos de América",
    ],
    "VA": ["Vatican", "Holy See"],
    "VE": ["Bolivarian Republic of Venezuela"],
    "VN": ["Viet Nam"],
}
LANGUAGE_ALIASES = {
    "el": ["Modern Greek"],
    "es": ["Castilian", "Castellano"],
    "fa": ["Farsi"],
    "ko": ["Hangul"],
    "nb": ["Norwegian Bokmal"],
    "nl": ["Flemish", "Vlaams", "Flämisch", "Flamand"],
    "zh": ["Mandarin", "Mandarijn"],
}
NOT_LANGUAGES = {"in", "iw", "ji", "jw", "mo", "sh"}
"""Withdrawn codes: each language has a newer one."""


def _line(code: str, names: list[str | None], more: list[str]) -> str:
    return "|".join(dict.fromkeys([code, *(name for name in names if name), *more]))


def _countries() -> list[str]:
    codes = [code for code in map(str, LOCALES[0].territories) if len(code) == 2 and code.isalpha()]
    codes = sorted(set(codes) - NOT_COUNTRIES)
    three = {new[0]: old for old, new in get_global("territory_aliases").items() if len(old) == 3 and old.isalpha()}
    return [
        _line(
            code,
            [locale.territories.get(code) for locale in LOCALES],
            ([three[code]] if code in three else []) + COUNTRY_ALIASES.get(code, []),
        )
        for code in codes
    ]


def _languages() -> list[str]:
    codes = sorted(code for code in map(str, LOCALES[0].languages) if len(code) == 2 and code not in NOT_LANGUAGES)
    return [
        _line(
            code,
            [locale.languages.get(code) for locale in LOCALES] + [_own_name(code)],
            LANGUAGE_ALIASES.get(code, []),
        )
        for code in codes
    ]


def _own_name(code: str) -> str | None:
    """What the language calls itself; None where CLDR has no data in that language."""
    return Locale.parse(code).languages.get(code) if localedata.exists(code) else None


if __name__ == "__main__":
    TABLES.mkdir(exist_ok=True)
    (TABLES / "countries.txt").write_text("\n".join(_countries()) + "\n", encoding="utf-8")
    (TABLES / "languages.txt").write_text("\n".join(_languages()) + "\n", encoding="utf-8")
