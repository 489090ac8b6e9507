"""The posting lists: for each niche its accounts in the order of a shortlist.

The list is clustered in the order of the engagement goal, so the best 25 are the first 25 rows, read backwards, that
pass the filters; only those are then joined with their accounts. Of several tags the best 25 are among the first 25 of
each: who is beaten by 25 in the list that serves it best is beaten by them in the whole (a threshold stop, as in
Fagin's algorithm, with the best score in place of a sum). The other goals read the whole list of a tag, which holds
all that they rank and filter by.
"""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Subquery,
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

from planning.ranking import RankingGoal, shift
from planning.shortlists import Filter, LeftOut, NearMiss, Pick, ShortlistQuery
from storage.repositories.posting_terms import (
    GUILD,
    POSTING,
    Shape,
    failed,
    in_list,
    parameters,
    passes,
    score_for,
    shape_of,
    weighted,
)
from storage.rows import ACCOUNT_COLUMNS, to_account
from storage.tables import account

Rows = Select[*tuple[Any, ...]]

_LOWEST = -(2**40)
"""Below every score."""
_LAST = tuple_(
    bindparam("last_score", type_=BigInteger),
    bindparam("last_followers", type_=BigInteger),
    bindparam("last_id", type_=Integer),
)
_LIMIT = bindparam("limit", type_=Integer)


def _firsts(shape: Shape, place: int, rows: Rows, limit: ColumnElement[Any]) -> Subquery:
    """The first of these postings of the tag at this place, in their order."""
    order = (score_for(shape).desc(), POSTING.followers.desc(), POSTING.account_id.desc())
    return rows.order_by(*order).limit(limit).subquery(f"first_{place}")


def _posting(shape: Shape, place: int, *more: ColumnElement[Any]) -> Rows:
    return select(
        weighted(shape, place).label("weighted"),
        literal(place).label("place"),
        POSTING.followers,
        POSTING.account_id,
        POSTING.position,
        *more,
    ).where(in_list(place))


def _once(firsts: list[Subquery], *more: str) -> Subquery:
    """Each account once, by the best of its tags."""
    rows = union_all(*(select(first) for first in firsts)).subquery("firsts").c
    turn = func.row_number().over(partition_by=rows.account_id, order_by=(rows.weighted.desc(), rows.place))
    names = ("weighted", "place", "followers", "account_id", "position", *more)
    turns = select(*(rows[name] for name in names), turn.label("turn")).subquery("turns")
    return select(turns).where(turns.c.turn == 1).subquery("once")


def _with_accounts(rows: Rows, *more: str) -> Rows:
    picked = rows.cte("picked").c
    order = (picked.weighted.desc(), picked.followers.desc(), picked.account_id.desc())
    return (
        select(picked.weighted, picked.place, picked.position, *(picked[name] for name in more), *ACCOUNT_COLUMNS)
        .join_from(picked.weighted.table, account, and_(account.c.guild_id == GUILD, account.c.id == picked.account_id))
        .order_by(*order)
    )


def _best_first(rows: Subquery) -> Rows:
    return select(rows).order_by(rows.c.weighted.desc(), rows.c.followers.desc(), rows.c.account_id.desc())


def _picked(shape: Shape) -> Rows:
    """The postings of the picks."""
    offset = bindparam("offset", type_=Integer)
    if shape.tags == 1:
        order = (score_for(shape).desc(), POSTING.followers.desc(), POSTING.account_id.desc())
        return _posting(shape, 0).where(*passes(shape)).order_by(*order).limit(_LIMIT).offset(offset)
    enough = bindparam("enough", type_=Integer)
    firsts = [
        _firsts(shape, place, _posting(shape, place).where(*passes(shape)), enough) for place in range(shape.tags)
    ]
    return _best_first(_once(firsts)).limit(_LIMIT).offset(offset)


@lru_cache
def _best(shape: Shape) -> Rows:
    """The picks: the score, the tag's place, its position, and the account."""
    return _with_accounts(_picked(shape))


def _failing(shape: Shape, place: int) -> Rows:
    """The postings of a tag that rank above the last pick, each with the filter that it fails; 0 is none."""
    above = tuple_(weighted(shape, place), POSTING.followers, POSTING.account_id) > _LAST
    if shape.goal is RankingGoal.ENGAGEMENT:
        # The list's own order again, without the tag's weight: it is read no further than that.
        above = and_(POSTING.score >= bindparam(f"least_{place}", type_=BigInteger), above)
    else:
        above = or_(above, score_for(shape).is_(None))
    return _posting(shape, place, failed(shape).label("failed")).where(above)


@lru_cache
def _left_out(shape: Shape) -> Rows:
    """How many accounts fell to which filter, each once, of those above the last pick."""
    rows = union_all(*(_failing(shape, place) for place in range(shape.tags))).subquery("failures").c
    fallen = {reason: case((rows.failed == int(reason), rows.account_id)) for reason in Filter}
    return select(
        *(func.count(ids if shape.tags == 1 else distinct(ids)).label(reason.name) for reason, ids in fallen.items())
    )


@lru_cache
def _near(shape: Shape) -> Rows:
    """The best of those that fell to a filter, as `_best` gives them, with the filter's number before the account."""
    missed = [
        _firsts(shape, place, _failing(shape, place).where(failed(shape) != 0, score_for(shape).is_not(None)), _LIMIT)
        for place in range(shape.tags)
    ]
    return _with_accounts(_best_first(_once(missed, "failed")).limit(_LIMIT), "failed")


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
        wanted = parameters(query, self._guild_id) | {"limit": query.limit, "offset": query.offset}
        wanted["enough"] = query.offset + query.limit
        rows = (await self._connection.execute(_best(shape_of(query)), wanted)).all()
        names = [tag.name for tag in query.tags]
        return [Pick(to_account(row[3:]), row[0], row[2], names[int(row[1])]) for row in rows]

    async def left_out(self, query: ShortlistQuery, *, down_to: Pick | None) -> list[LeftOut]:
        """How many accounts of the tags that rank above `down_to` (None: all of them) fell to which filter."""
        if not query.tags:
            return []
        wanted = self._above(query, down_to)
        row = (await self._connection.execute(_left_out(shape_of(query)), wanted)).one()
        return [LeftOut(reason, count) for reason, count in zip(Filter, row, strict=True) if count]

    async def near_misses(self, query: ShortlistQuery, *, down_to: Pick | None, limit: int) -> list[NearMiss]:
        """The best accounts that rank above `down_to` (None: of all) and fell to a filter, best first."""
        if not query.tags:
            return []
        wanted = self._above(query, down_to) | {"limit": limit}
        rows = (await self._connection.execute(_near(shape_of(query)), wanted)).all()
        names = [tag.name for tag in query.tags]
        return [NearMiss(Pick(to_account(row[4:]), row[0], row[2], names[int(row[1])]), Filter(row[3])) for row in rows]

    def _above(self, query: ShortlistQuery, down_to: Pick | None) -> dict[str, object]:
        wanted = parameters(query, self._guild_id)
        last = (down_to.score, down_to.account.followers, down_to.account.id) if down_to else (_LOWEST, -1, -1)
        wanted |= dict(zip(("last_score", "last_followers", "last_id"), last, strict=True))
        for place, tag in enumerate(query.tags):
            wanted[f"least_{place}"] = last[0] - (shift(tag.weight) if len(query.tags) > 1 else 0)
        return wanted
