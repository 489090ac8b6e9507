"""The posting lists: for each niche its accounts in the order of a shortlist.

The list is clustered in that order, so the best 25 are the first 25 rows, read backwards, that pass the filters;
only those are then joined with their accounts.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.shortlists import Filter, LeftOut, Pick, ShortlistQuery
from storage.rows import ACCOUNT_COLUMNS, to_account
from storage.tables import account, niche, niche_posting
from storage.types import PlatformCode

_posting = niche_posting.c
_GUILD = bindparam("guild_id", type_=Integer)
_LOW = bindparam("low", type_=BigInteger)
_HIGH = bindparam("high", type_=BigInteger)
_PLATFORM = bindparam("platform", type_=PlatformCode)
_COUNTRY = bindparam("country", type_=Text)
_LANGUAGE = bindparam("language", type_=Text)
_MAX_PRICE = bindparam("max_price", type_=BigInteger)
_CURRENCY = bindparam("currency", type_=Text)

_NO_END = 2**62
"""Above every count of followers: an open range ends here."""

_IN_LIST = and_(
    _posting.guild_id == _GUILD,
    _posting.niche_id
    == select(niche.c.id).where(niche.c.guild_id == _GUILD, niche.c.name == bindparam("niche")).scalar_subquery(),
)


def _misses(wanted: ColumnElement[Any], column: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(wanted.is_not(None), column.is_distinct_from(wanted))


# Each filter's failure, in the order in which an account is said to have failed them.
_FAILURES: dict[Filter, ColumnElement[bool]] = {
    Filter.TIER: or_(_posting.followers < _LOW, _posting.followers >= _HIGH),
    Filter.PLATFORM: _misses(_PLATFORM, _posting.platform),
    Filter.COUNTRY: _misses(_COUNTRY, _posting.country),
    Filter.LANGUAGE: _misses(_LANGUAGE, _posting.language),
    # A price in another currency can't be compared: for this question the account has none.
    Filter.NO_PRICE: and_(_MAX_PRICE.is_not(None), _posting.price_currency.is_distinct_from(_CURRENCY)),
    Filter.PRICE: and_(_MAX_PRICE.is_not(None), _posting.price_minor > _MAX_PRICE),
}

_PASSES = (
    _posting.followers >= _LOW,
    _posting.followers < _HIGH,
    or_(_PLATFORM.is_(None), _posting.platform == _PLATFORM),
    or_(_COUNTRY.is_(None), _posting.country == _COUNTRY),
    or_(_LANGUAGE.is_(None), _posting.language == _LANGUAGE),
    or_(_MAX_PRICE.is_(None), and_(_posting.price_currency == _CURRENCY, _posting.price_minor <= _MAX_PRICE)),
)

_PICKED = (
    select(_posting.score, _posting.followers, _posting.account_id, _posting.position.label("niche_position"))
    .where(_IN_LIST, *_PASSES)
    .order_by(_posting.score.desc(), _posting.followers.desc(), _posting.account_id.desc())
    .limit(bindparam("limit", type_=Integer))
    .offset(bindparam("offset", type_=Integer))
    .cte("picked")
)
_BEST: Select[*tuple[Any, ...]] = (
    select(_PICKED.c.score, _PICKED.c.niche_position, *ACCOUNT_COLUMNS)
    .join_from(_PICKED, account, and_(account.c.guild_id == _GUILD, account.c.id == _PICKED.c.account_id))
    .order_by(_PICKED.c.score.desc(), _PICKED.c.followers.desc(), _PICKED.c.account_id.desc())
)

_FAILED = select(
    case(*((failure, literal(int(reason))) for reason, failure in _FAILURES.items()), else_=literal(0)).label("failed")
).where(_IN_LIST)
_ABOVE = tuple_(_posting.score, _posting.followers, _posting.account_id) > tuple_(
    bindparam("last_score", type_=BigInteger),
    bindparam("last_followers", type_=BigInteger),
    bindparam("last_id", type_=Integer),
)


def _count_by_filter(failed: Any) -> Any:
    rows = failed.subquery("failures")
    counts = (func.count(case((rows.c.failed == int(reason), 1))).label(reason.name) for reason in Filter)
    return select(*counts)


_LEFT_OUT = _count_by_filter(_FAILED)
_LEFT_OUT_ABOVE = _count_by_filter(_FAILED.where(_ABOVE))


class SqlShortlists:
    """Implements `planning.ports.ShortlistRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def best(self, query: ShortlistQuery) -> list[Pick]:
        """The best accounts for a niche under the filters: by score, then followers, then newest id, all descending."""
        wanted = self._wanted(query) | {"limit": query.limit, "offset": query.offset}
        rows = (await self._connection.execute(_BEST, wanted)).all()
        return [Pick(to_account(row[2:]), row[0], row[1]) for row in rows]

    async def left_out(self, query: ShortlistQuery, *, down_to: Pick | None) -> list[LeftOut]:
        """How many accounts of the niche that rank above `down_to` (None: all of them) fell to which filter."""
        wanted, statement = self._wanted(query), _LEFT_OUT
        if down_to is not None:
            statement = _LEFT_OUT_ABOVE
            last = down_to.account
            wanted |= {"last_score": down_to.score, "last_followers": last.followers, "last_id": last.id}
        row = (await self._connection.execute(statement, wanted)).one()
        return [LeftOut(reason, count) for reason, count in zip(Filter, row, strict=True) if count]

    def _wanted(self, query: ShortlistQuery) -> dict[str, object]:
        low, high = query.followers
        return {
            "guild_id": self._guild_id,
            "niche": query.niche,
            "low": low,
            "high": _NO_END if high is None else high,
            "platform": query.platform,
            "country": query.country,
            "language": query.language,
            "max_price": query.max_price_minor,
            "currency": query.currency,
        }
