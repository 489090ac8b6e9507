"""What the statements over the posting lists are made of: the score for a goal, the filters, and their parameters."""

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Integer, Text, and_, bindparam, case, literal, or_, select

from planning.ranking import RankingGoal, shift
from planning.shortlists import Filter, ShortlistQuery
from storage.tables import niche, niche_posting
from storage.types import NO_END, PlatformCode

POSTING = niche_posting.c
GUILD = bindparam("guild_id", type_=Integer)
_LOW = bindparam("low", type_=BigInteger)
_HIGH = bindparam("high", type_=BigInteger)
_PLATFORM = bindparam("platform", type_=PlatformCode)
_COUNTRY = bindparam("country", type_=Text)
_LANGUAGE = bindparam("language", type_=Text)
_MAX_PRICE = bindparam("max_price", type_=BigInteger)
_CURRENCY = bindparam("currency", type_=Text)


class Shape(NamedTuple):
    """What tells one statement from another: questions of one shape differ in their parameters alone."""

    goal: RankingGoal
    tags: int
    currencies: int


def shape_of(query: ShortlistQuery) -> Shape:
    """The shape of a question."""
    currencies = len(query.comparable) if query.goal is RankingGoal.VALUE else 0
    return Shape(query.goal, len(query.tags), currencies)


def in_list(place: int) -> ColumnElement[bool]:
    """The postings of the question's tag at this place."""
    name = bindparam(f"tag_{place}", type_=Text)
    niche_id = select(niche.c.id).where(niche.c.guild_id == GUILD, niche.c.name == name).scalar_subquery()
    return and_(POSTING.guild_id == GUILD, POSTING.niche_id == niche_id)


def score_for(shape: Shape) -> ColumnElement[Any]:
    """The score for the goal; null where its figure is not known, which only the engagement goal never has."""
    match shape.goal:
        case RankingGoal.ENGAGEMENT:
            return POSTING.score
        case RankingGoal.REACH:
            return POSTING.reach_score
        case RankingGoal.VIEWS:
            return POSTING.views_score
        case RankingGoal.VALUE:
            worths = (
                (
                    POSTING.price_currency == bindparam(f"currency_{place}", type_=Text),
                    bindparam(f"worth_{place}", type_=BigInteger),
                )
                for place in range(shape.currencies)
            )
            return POSTING.value_score + case(*worths, else_=None)


def weighted(shape: Shape, place: int) -> ColumnElement[Any]:
    """The score with the weight of the tag at this place."""
    score = score_for(shape)
    return score if shape.tags == 1 else score + bindparam(f"weight_{place}", type_=BigInteger)


def passes(shape: Shape) -> list[ColumnElement[bool]]:
    """What a posting must meet to be picked."""
    met: list[ColumnElement[bool]] = [
        POSTING.followers >= _LOW,
        POSTING.followers < _HIGH,
        or_(_PLATFORM.is_(None), POSTING.platform == _PLATFORM),
        or_(_COUNTRY.is_(None), POSTING.country == _COUNTRY),
        or_(_LANGUAGE.is_(None), POSTING.language == _LANGUAGE),
        or_(_MAX_PRICE.is_(None), and_(POSTING.price_currency == _CURRENCY, POSTING.price_minor <= _MAX_PRICE)),
    ]
    return met if shape.goal is RankingGoal.ENGAGEMENT else [*met, score_for(shape).is_not(None)]


def _misses(wanted: ColumnElement[Any], column: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(wanted.is_not(None), column.is_distinct_from(wanted))


# Each filter's failure, in the order in which an account is said to have failed them.
_FAILURES: dict[Filter, ColumnElement[bool]] = {
    Filter.TIER: or_(POSTING.followers < _LOW, POSTING.followers >= _HIGH),
    Filter.PLATFORM: _misses(_PLATFORM, POSTING.platform),
    Filter.COUNTRY: _misses(_COUNTRY, POSTING.country),
    Filter.LANGUAGE: _misses(_LANGUAGE, POSTING.language),
    # A price in another currency can't be compared: for this question the account has none.
    Filter.NO_PRICE: and_(_MAX_PRICE.is_not(None), POSTING.price_currency.is_distinct_from(_CURRENCY)),
    Filter.PRICE: and_(_MAX_PRICE.is_not(None), POSTING.price_minor > _MAX_PRICE),
}


def failed(shape: Shape) -> ColumnElement[int]:
    """The number of the filter that a posting fails first, 0 where it fails none.

    A posting without the goal's figure has no rank: it is said to lack that, or nothing at all.
    """
    score = score_for(shape)
    ranked = case(*((failure, literal(int(reason))) for reason, failure in _FAILURES.items()), else_=literal(0))
    if shape.goal is RankingGoal.ENGAGEMENT:
        return ranked
    lacking = case((or_(*_FAILURES.values()), literal(0)), else_=literal(int(Filter.NO_FIGURE)))
    return case((score.is_(None), lacking), else_=ranked)


def parameters(query: ShortlistQuery, guild_id: int) -> dict[str, object]:
    """The parameters of a question, for every statement of its shape."""
    low, high = query.followers
    wanted: dict[str, object] = {
        "guild_id": guild_id,
        "low": low,
        "high": NO_END if high is None else high,
        "platform": query.platform,
        "country": query.country,
        "language": query.language,
        "max_price": query.max_price_minor,
        "currency": query.currency,
    }
    for place, tag in enumerate(query.tags):
        wanted |= {f"tag_{place}": tag.name, f"weight_{place}": shift(tag.weight)}
    if query.goal is RankingGoal.VALUE:
        for place, (currency, worth) in enumerate(query.comparable):
            # What one unit of money buys is less, the more of the question's currency that unit is worth.
            wanted |= {f"currency_{place}": currency, f"worth_{place}": -shift(worth)}
    return wanted
