"""A shortlist's query in a button's custom id: a shortlist can be turned, exported and shared for ever after."""

from string import ascii_lowercase

from cogs.kit.state import (
    pack,
    pack_band,
    pack_number,
    pack_platform,
    unpack,
    unpack_band,
    unpack_number,
    unpack_platform,
)
from planning.ranking import RankingGoal
from planning.shortlists import ShortlistQuery

PARTS = 9
GOALS: dict[RankingGoal, str] = {
    RankingGoal.ENGAGEMENT: "",
    RankingGoal.REACH: "R",
    RankingGoal.VALUE: "V",
    RankingGoal.VIEWS: "W",
}
CAPITALS = "".join(GOALS.values())
MARK = 3
"""Characters of the mark of a tag that is switched over."""
ROOM = 93
"""Characters of a custom id that `v1:` and a short action leave."""


def fits(query: ShortlistQuery) -> bool:
    """Whether a button can carry the query: each tag that is switched over takes three characters."""
    return len(write_query(query)) <= ROOM


def write_query(query: ShortlistQuery) -> str:
    """At most 93 characters without tags that are switched over, of which the niche takes up to 50."""
    return pack(
        pack_number(query.offset),
        pack_number(query.limit),
        pack_band(*query.followers),
        # A platform is in small letters, a goal in a capital.
        (pack_platform(query.platform) or "") + GOALS[query.goal] or None,
        query.country,
        query.language,
        pack_number(query.max_price_minor),
        # Marks are in small letters, a currency in capitals: together they save a colon, which the longest niche needs.
        (query.currency if query.max_price_minor is not None else "") + "".join(query.flipped) or None,
        query.niche,
    )


def read_query(state: str, default_currency: str) -> ShortlistQuery:
    """The query again."""
    offset, limit, band, aim, country, language, price, money, niche = unpack(state, PARTS)
    currency = money[:3] if money and money[:3].isupper() else None
    marks = (money or "").removeprefix(currency or "")
    return ShortlistQuery(
        niche=niche or "",
        followers=unpack_band(band) or (0, None),
        platform=unpack_platform((aim or "").rstrip(CAPITALS) or None),
        country=country,
        language=language,
        max_price_minor=unpack_number(price),
        currency=currency or default_currency,
        offset=unpack_number(offset) or 0,
        limit=unpack_number(limit) or 10,
        goal=next(goal for goal, capital in GOALS.items() if capital == (aim or "")[-1:].lstrip(ascii_lowercase)),
        flipped=tuple(marks[start : start + MARK] for start in range(0, len(marks), MARK)),
    )
