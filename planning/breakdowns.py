"""What a pick's score is made of, as factors: multiplied, they are what it is ranked by."""

import math
from datetime import datetime

from planning.accounts import Account
from planning.ranking import (
    WEIGHTS,
    Part,
    age_part,
    engagements_for_one,
    fit_part,
    flags_part,
    rate_part,
)
from planning.shortlists import Pick, ShortlistQuery


def break_down(pick: Pick, query: ShortlistQuery, now: datetime) -> dict[Part, float]:
    """The factors of a pick's score for the query's goal, with the age of its numbers as of `now`.

    Reach and views are the counts themselves, value the engagements that one unit of the query's currency surely buys;
    all others are shares of 1. A part that is not known is left out.
    """
    account = pick.account
    found: dict[Part, float] = {}
    for part, weight in WEIGHTS[query.goal].items():
        figure = _figure(part, account, query)
        if figure is not None:
            found[part] = figure**weight
    weight = next((tag.weight for tag in query.tags if tag.name == pick.tag), 1.0) if len(query.tags) > 1 else 1.0
    found[Part.FIT] = math.exp(fit_part(pick.position)) * weight
    found[Part.FLAGS] = math.exp(flags_part(account))
    found[Part.AGE] = math.exp(age_part(account, now))
    return found


def _figure(part: Part, account: Account, query: ShortlistQuery) -> float | None:
    match part:
        case Part.REACH:
            return account.reach.mean if account.reach else None
        case Part.VIEWS:
            return account.engagement.views
        case Part.VALUE:
            bought, price = engagements_for_one(account), account.price
            worth = dict(query.comparable).get(price.currency) if price else None
            return bought / worth if bought is not None and worth else None
        case _:
            rate = rate_part(account)
            return None if rate is None else math.exp(rate)
