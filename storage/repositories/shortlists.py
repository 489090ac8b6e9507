"""The posting lists: for each niche its accounts in the order of a shortlist.

The list is clustered in that order, so the best 25 are the first 25 rows, read backwards, that pass the filters;
only those are then joined with their accounts. Of several tags the best 25 are among the first 25 of each: who is
beaten by 25 in the list that serves it best is beaten by them in the whole (a threshold stop, as in Fagin's algorithm,
with the best score in place of a sum).
"""

from functools import lru_cache
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
    distinct,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
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
_LOWEST = -(2**40)
"""Below every score."""

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

_FAILURE = case(*((failure, literal(int(reason))) for reason, failure in _FAILURES.items()), else_=literal(0)).label(
    "failed"
)
_FAILED = select(_FAILURE).where(_IN_LIST)
_LAST = tuple_(
    bindparam("last_score", type_=BigInteger),
    bindparam("last_followers", type_=BigInteger),
    bindparam("last_id", type_=Integer),
)
_ABOVE = tuple_(_posting.score, _posting.followers, _posting.account_id) > _LAST


def _count_by_filter(failed: Any) -> Any:
    rows = failed.subquery("failures")
    counts = (func.count(case((rows.c.failed == int(reason), 1))).label(reason.name) for reason in Filter)
    return select(*counts)


_LEFT_OUT = _count_by_filter(_FAILED)
_LEFT_OUT_ABOVE = _count_by_filter(_FAILED.where(_ABOVE))

WHOLE = 1_000
"""Weights are whole thousandths, so that weighted scores are whole and come in the same order on every database."""


def _thousandths(weight: float) -> int:
    return max(1, round(weight * WHOLE))


def _of_tag(place: int) -> ColumnElement[bool]:
    name = bindparam(f"tag_{place}", type_=Text)
    niche_id = select(niche.c.id).where(niche.c.guild_id == _GUILD, niche.c.name == name).scalar_subquery()
    return and_(_posting.guild_id == _GUILD, _posting.niche_id == niche_id)


def _weighted(place: int) -> ColumnElement[int]:
    # One more, as the lowest score is -1: a lower weight never ranks an account higher.
    return (_posting.score + 1) * bindparam(f"weight_{place}", type_=BigInteger)


@lru_cache
def _best_of(tags: int) -> Select[*tuple[Any, ...]]:
    """The picks of so many tags: the weighted score, the tag's place, its position, and the account."""
    firsts = (
        select(
            _weighted(place).label("weighted"),
            literal(place).label("place"),
            _posting.followers,
            _posting.account_id,
            _posting.position.label("niche_position"),
        )
        .where(_of_tag(place), *_PASSES)
        .order_by(_posting.score.desc(), _posting.followers.desc(), _posting.account_id.desc())
        .limit(bindparam("enough", type_=Integer))
        .subquery(f"first_{place}")
        for place in range(tags)
    )
    rows = union_all(*(select(first) for first in firsts)).subquery("firsts").c
    turn = func.row_number().over(partition_by=rows.account_id, order_by=(rows.weighted.desc(), rows.place))
    turns = select(rows.weighted, rows.place, rows.followers, rows.account_id, rows.niche_position, turn.label("turn"))
    once = turns.subquery("turns")
    picked = (
        select(once)
        .where(once.c.turn == 1)
        .order_by(once.c.weighted.desc(), once.c.followers.desc(), once.c.account_id.desc())
        .limit(bindparam("limit", type_=Integer))
        .offset(bindparam("offset", type_=Integer))
        .cte("picked")
    )
    return (
        select(picked.c.weighted, picked.c.place, picked.c.niche_position, *ACCOUNT_COLUMNS)
        .join_from(picked, account, and_(account.c.guild_id == _GUILD, account.c.id == picked.c.account_id))
        .order_by(picked.c.weighted.desc(), picked.c.followers.desc(), picked.c.account_id.desc())
    )


@lru_cache
def _left_out_of(tags: int) -> Select[*tuple[Any, ...]]:
    """How many accounts of so many tags fell to which filter, each once, of those above the last pick."""
    above = (
        select(_posting.account_id, _FAILURE).where(
            _of_tag(place),
            _posting.score >= bindparam(f"least_{place}", type_=BigInteger),
            tuple_(_weighted(place), _posting.followers, _posting.account_id) > _LAST,
        )
        for place in range(tags)
    )
    rows = union_all(*above).subquery("failures").c
    counts = (
        func.count(distinct(case((rows.failed == int(reason), rows.account_id)))).label(reason.name)
        for reason in Filter
    )
    return select(*counts)


class SqlShortlists:
    """Implements `planning.ports.ShortlistRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def best(self, query: ShortlistQuery) -> list[Pick]:
        """The best accounts of the query's tags under the filters: by score, then followers, then newest id, all
        descending; an account of several tags once, by the best of them."""
        if not query.tags:
            return []
        wanted = self._wanted(query) | {"limit": query.limit, "offset": query.offset}
        if len(query.tags) == 1:
            rows = (await self._connection.execute(_BEST, wanted)).all()
            return [Pick(to_account(row[2:]), row[0], row[1], query.tags[0].name) for row in rows]
        wanted["enough"] = query.offset + query.limit
        rows = (await self._connection.execute(_best_of(len(query.tags)), wanted)).all()
        names = [tag.name for tag in query.tags]
        return [Pick(to_account(row[3:]), row[0], row[2], names[int(row[1])]) for row in rows]

    async def left_out(self, query: ShortlistQuery, *, down_to: Pick | None) -> list[LeftOut]:
        """How many accounts of the tags that rank above `down_to` (None: all of them) fell to which filter."""
        if not query.tags:
            return []
        wanted = self._wanted(query)
        alone = len(query.tags) == 1
        statement = _LEFT_OUT if alone else _left_out_of(len(query.tags))
        if down_to is not None:
            last = down_to.account
            wanted |= {"last_score": down_to.score, "last_followers": last.followers, "last_id": last.id}
            statement = _LEFT_OUT_ABOVE if alone else statement
        if not alone:
            wanted = {"last_score": _LOWEST, "last_followers": -1, "last_id": -1} | wanted
            lowest = down_to.score if down_to else _LOWEST
            for place, tag in enumerate(query.tags):
                wanted[f"least_{place}"] = lowest // _thousandths(tag.weight) - 1
        row = (await self._connection.execute(statement, wanted)).one()
        return [LeftOut(reason, count) for reason, count in zip(Filter, row, strict=True) if count]

    def _wanted(self, query: ShortlistQuery) -> dict[str, object]:
        low, high = query.followers
        wanted: dict[str, object] = {
            "guild_id": self._guild_id,
            "niche": query.tags[0].name,
            "low": low,
            "high": _NO_END if high is None else high,
            "platform": query.platform,
            "country": query.country,
            "language": query.language,
            "max_price": query.max_price_minor,
            "currency": query.currency,
        }
        for place, tag in enumerate(query.tags):
            wanted |= {f"tag_{place}": tag.name, f"weight_{place}": _thousandths(tag.weight)}
        return wanted
