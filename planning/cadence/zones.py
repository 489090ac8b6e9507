"""The zone that a phrase names: an IANA name, a city, or an abbreviation that means one zone only."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib import resources

from planning.cadence.tokens import Token, folded
from planning.cadence.unclear import Unclear
from planning.errors import UnclearCadence

_REGIONS = ("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Pacific/")
_WORDS = 5
"""Words in the longest name that is looked for."""

_NAMES = {
    "Europe/Amsterdam": "rotterdam utrecht den_haag hague eindhoven groningen nederland netherlands nederlandse dutch",
    "Europe/Brussels": "brussel antwerpen antwerp gent ghent belgie belgium belgische belgian cet cest",
    "Europe/London": "londen manchester united_kingdom uk",
    "Europe/Paris": "parijs france frankrijk",
    "Europe/Berlin": "berlijn germany duitsland munich munchen hamburg frankfurt cologne keulen",
    "Europe/Madrid": "barcelona",
    "Europe/Rome": "milan milaan",
    "Europe/Vienna": "wenen",
    "Europe/Lisbon": "lissabon wet",
    "Europe/Copenhagen": "kopenhagen",
    "Europe/Prague": "praag",
    "Europe/Warsaw": "warschau",
    "Europe/Athens": "athene eet eest",
    "Europe/Moscow": "moskou msk",
    "America/New_York": "nyc et edt eastern boston washington miami atlanta philadelphia",
    "America/Chicago": "ct cdt central dallas houston austin",
    "America/Denver": "mt mdt mountain",
    "America/Los_Angeles": "la pt pdt pacific san_francisco seattle san_diego las_vegas",
    "America/Toronto": "montreal ottawa",
    "Asia/Kolkata": "mumbai delhi new_delhi bangalore bengaluru chennai calcutta",
    "Asia/Shanghai": "beijing peking shenzhen",
    "Asia/Tokyo": "tokio jst",
    "Asia/Seoul": "kst",
    "Asia/Hong_Kong": "hkt",
    "Asia/Singapore": "sgt",
    "Australia/Sydney": "aedt canberra",
    "Australia/Brisbane": "aest",
    "Australia/Perth": "awst",
    "Pacific/Auckland": "nzst nzdt",
    "UTC": "utc gmt",
}
"""What people call a zone besides its IANA name. CET is what IANA makes of it: the zone of Brussels."""

_AMBIGUOUS = {
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "cst": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "est": ("America/New_York", "America/Panama", "Australia/Brisbane"),
    "pst": ("America/Los_Angeles", "Asia/Manila"),
    "mst": ("America/Denver", "America/Phoenix", "Asia/Kuala_Lumpur"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "ast": ("America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"),
    "gst": ("Asia/Dubai", "Atlantic/South_Georgia"),
    "sst": ("Pacific/Pago_Pago", "Asia/Singapore"),
    "wst": ("Pacific/Apia", "Australia/Perth"),
}
"""EST is what New York has in winter, and what Panama has all year: who writes it in summer means either."""

_OFFSET = re.compile(r"(utc|gmt)[+-][0-9:]+")


@cache
def known_zones() -> dict[str, tuple[str, ...]]:
    """The zones of each name, in lower case with spaces: one, or several that a person has to choose from."""
    known: dict[str, tuple[str, ...]]
    by_name: dict[str, set[str]] = defaultdict(set)
    # `available_timezones` opens every file there is, which holds the event loop for 50 ms.
    zones = (resources.files("tzdata") / "zones").read_text(encoding="utf-8").split()
    for zone in zones:
        if zone.startswith(_REGIONS):
            by_name[_key(zone.rpartition("/")[2])].add(zone)
    # A city under two names (Asia/Istanbul, Europe/Istanbul) has the same rules under both.
    known = {name: (max(found, key=lambda zone: (zone.count("/"), zone)),) for name, found in by_name.items()}
    known |= {_key(zone): (zone,) for zone in zones if "/" in zone}
    known |= _AMBIGUOUS
    return known | {_key(name): (zone,) for zone, names in _NAMES.items() for name in names.split()}


def _key(name: str) -> str:
    return folded(name).replace("_", " ")


def split_zone(tokens: Sequence[Token]) -> tuple[str | None, list[Token]]:
    """The zone that the phrase names, None where it names none, and the tokens that are left.

    Raises `UnclearCadence`.
    """
    zone: str | None = None
    left: list[Token] = []
    at = 0
    while at < len(tokens):
        found = None if tokens[at].meanings else _longest(tokens[at : at + _WORDS])
        if found is None:
            left.append(tokens[at])
            at += 1
            continue
        count, zones = found
        said = " ".join(token.text for token in tokens[at : at + count])
        first, *others = zones
        if others:
            raise UnclearCadence(Unclear.AMBIGUOUS_ZONE, said, zones)
        if zone not in {None, first}:
            raise UnclearCadence(Unclear.TWO_ZONES, said)
        zone = first
        at += count
        if at < len(tokens) and "zone" in tokens[at].meanings:
            at += 1
    return zone, left


def _longest(tokens: Sequence[Token]) -> tuple[int, tuple[str, ...]] | None:
    known = known_zones()
    for count in range(len(tokens), 0, -1):
        if found := known.get(_key(" ".join(token.text for token in tokens[:count]))):
            return count, found
    return None


def meant_as_zone(tokens: Sequence[Token], at: int) -> bool:
    """Whether an unknown word stands where a zone would: with a slash, an offset, or before “time”."""
    text = tokens[at].text
    named = at + 1 < len(tokens) and "zone" in tokens[at + 1].meanings
    return named or _OFFSET.fullmatch(text) is not None or ("/" in text and not text[0].isdigit())
