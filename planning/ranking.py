"""What a server ranks its accounts by within a niche: one score for each goal, kept in the posting lists.

A score is a sum of natural logarithms, so that every part of it raises or lowers an account by a share:

    score = sum of weight x part, over the parts of the goal (`WEIGHTS`) + fit + flags + age

    rate    ln(lower end of the estimated engagement rate / what is usual on its platform at its followers)
    reach   ln(average reach a post)                         views   ln(average views a post)
    value   ln(lower end of the rate x followers / price of a post): the engagements that one unit of money surely buys
    fit     0 for the account's main niche, ln 0.8 for another; ln of how well a tag means the query comes on top
    flags   ln 0.8 for each authenticity flag
    age     -ln 2 for each year that the numbers are old

The age is counted from a fixed day instead of from today: that moves all scores alike, so that the order is the same
tomorrow for the same data. Ties: more followers, then the newer account. All constants below are judgements, not
measurements, but for the rate and its lower end, which `planning.estimates` makes and `python -m bot backtest` proves.
"""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from planning.accounts import Account
from planning.money import Money, minor_digits

SIDE_NICHE = 0.8
"""An account names its main niche first; what it also covers counts four fifths."""
FLAGGED = 0.8
"""What a flag leaves: it is a question for the creator, never a verdict, so it costs a fifth and not the place."""
HALF_LIFE_DAYS = 365.25
"""Numbers that are a year old count half."""
UNIT = 100_000
"""Scores are whole: so many to an e-fold, a step of a thousandth of a per cent."""
UNRANKED = -1_000_000_000
"""The score of an account without a computable rate: below every other."""

_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)
_DAY = 86_400.0


class RankingGoal(StrEnum):
    """What a shortlist is for."""

    ENGAGEMENT = "engagement"
    REACH = "reach"
    VALUE = "value"
    VIEWS = "views"


class Part(StrEnum):
    """What a score is made of."""

    RATE = "rate"
    REACH = "reach"
    VIEWS = "views"
    VALUE = "value"
    FIT = "fit"
    FLAGS = "flags"
    AGE = "age"


WEIGHTS: Mapping[RankingGoal, Mapping[Part, float]] = {
    RankingGoal.ENGAGEMENT: {Part.RATE: 1.0},
    RankingGoal.REACH: {Part.REACH: 1.0, Part.RATE: 0.25},
    RankingGoal.VALUE: {Part.VALUE: 1.0},
    RankingGoal.VIEWS: {Part.VIEWS: 1.0, Part.RATE: 0.25},
}
"""What counts for which goal; fit, flags and age count 1 for each."""


class Scores(NamedTuple):
    """An account's scores in one of its niches, in `UNIT`; None where the goal's figure is not known.

    `value` is for one unit of the price's own currency.
    """

    engagement: int
    reach: int | None
    value: int | None
    views: int | None


def scores(account: Account) -> list[Scores]:
    """The account's scores in each of its niches, in order."""
    if not account.niches:
        return []
    rate = rate_part(account)
    shared = flags_part(account) + _freshness(account)
    beside = {goal: weights.get(Part.RATE, 0.0) * (rate or 0.0) for goal, weights in WEIGHTS.items()}
    reach = _log(account.reach.mean if account.reach else None, shared + beside[RankingGoal.REACH])
    views = _log(account.engagement.views, shared + beside[RankingGoal.VIEWS])
    value = _log(engagements_for_one(account), shared)
    return [
        Scores(
            UNRANKED - position if rate is None else round((rate + shared + fit) * UNIT),
            None if reach is None else round((reach + fit) * UNIT),
            None if value is None else round((value + fit) * UNIT),
            None if views is None else round((views + fit) * UNIT),
        )
        for position in range(len(account.niches))
        for fit in (fit_part(position),)
    ]


def rate_part(account: Account) -> float | None:
    """ln(lower end of the rate / the usual rate); None where no rate can be computed."""
    estimate = account.estimate
    return None if estimate is None else math.log(estimate.low / estimate.usual)


def fit_part(position: int) -> float:
    """ln of how well a niche fits an account that names it at this position (0 is the main one)."""
    return 0.0 if position == 0 else _SIDE


def flags_part(account: Account) -> float:
    """ln of what the account's flags leave."""
    return len(account.flags) * _FLAG


def age_part(account: Account, now: datetime) -> float:
    """ln of what the age of the account's numbers leaves."""
    return min(0.0, _AGE * (now - numbers_at(account)).total_seconds())


def numbers_at(account: Account) -> datetime:
    """When the account's newest numbers were read."""
    read = [at for at in (account.engagement_at, account.posts_read_at) if at is not None]
    return max(read) if read else account.followers_at


def engagements_for_one(account: Account) -> float | None:
    """The engagements that one unit of the price's currency (1 EUR, not a cent) surely buys: low x followers / price.

    None without a price or where no rate can be computed. A price of 0 counts as one minor unit.
    """
    price, estimate = account.price, account.estimate
    if price is None or estimate is None:
        return None
    return estimate.low * account.followers / units(Money(max(1, price.minor), price.currency))


def units(money: Money) -> float:
    """The amount in whole units of its currency."""
    return money.minor / 10 ** minor_digits(money.currency)


def shift(share: float) -> int:
    """What a share, above 0, adds to a score."""
    return round(math.log(share) * UNIT)


_SIDE = math.log(SIDE_NICHE)
_FLAG = math.log(FLAGGED)
_AGE = -math.log(2) / (HALF_LIFE_DAYS * _DAY)


def _freshness(account: Account) -> float:
    """The age, counted from a fixed day."""
    return -_AGE * (numbers_at(account) - _COUNTED_FROM).total_seconds()


def _log(figure: float | None, beside: float) -> float | None:
    return math.log(figure) + beside if figure and figure > 0 else None
