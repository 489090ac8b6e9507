"""A shortlist: what is asked for, what was picked, and what fell to which filter."""

from dataclasses import dataclass
from enum import IntEnum

from planning.accounts import Account
from planning.platform import Platform


@dataclass(frozen=True, slots=True)
class ShortlistQuery:
    """The best accounts for one of the server's niches; None is any.

    `followers` is a half-open range [low, high), high None: no end. `max_price_minor` is in `currency`; with it, an
    account without a price, or priced in another currency, is left out.
    """

    niche: str
    followers: tuple[int, int | None] = (0, None)
    platform: Platform | None = None
    country: str | None = None
    language: str | None = None
    max_price_minor: int | None = None
    currency: str = "EUR"
    offset: int = 0
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Pick:
    """An account on a shortlist. `score` as `planning.ranking` has it; `position` of the niche among its own."""

    account: Account
    score: int
    position: int


class Filter(IntEnum):
    """The filters in the order in which an account is said to have failed them."""

    TIER = 1
    PLATFORM = 2
    COUNTRY = 3
    LANGUAGE = 4
    NO_PRICE = 5
    PRICE = 6


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many accounts fell to a filter."""

    filter: Filter
    accounts: int
