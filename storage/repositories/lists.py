"""Named lists, with votes and their trail."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.lists import ListEvent, ListPick, NamedList, Veto, Vote
from storage.list_tables import list_event, list_pick, list_vote, named_list
from storage.pick_codec import pack_pick, unpack_pick
from storage.repositories.counters import take_numbers
from storage.rows import fold
from storage.upserts import insert_into

_LIST, _PICK, _VOTE, _EVENT = named_list.c, list_pick.c, list_vote.c, list_event.c
_GUILD = bindparam("small_id", type_=Integer)
_ID = bindparam("of_list", type_=Integer)
_ACCOUNT = bindparam("of_account", type_=Integer)
_PICKS = (
    select(func.count())
    .where(_PICK.guild_id == _LIST.guild_id, _PICK.list_id == _LIST.id)
    .correlate(named_list)
    .scalar_subquery()
    .label("picks")
)
_HEADS = select(_LIST.id, _LIST.name, _LIST.created_at, _LIST.created_by, _LIST.result_id, _PICKS).where(
    _LIST.guild_id == _GUILD
)
_GET = _HEADS.where(_LIST.id == _ID)
_FIND = _HEADS.where(_LIST.folded == bindparam("wanted"))
_ALL = (
    _HEADS.order_by(_LIST.created_at.desc(), _LIST.id.desc())
    .limit(bindparam("limit", type_=Integer))
    .offset(bindparam("offset", type_=Integer))
)
_COUNT = select(func.count()).select_from(named_list).where(_LIST.guild_id == _GUILD)
_RENAME = (
    update(named_list)
    .where(_LIST.guild_id == _GUILD, _LIST.id == _ID)
    .values(name=bindparam("new_name"), folded=bindparam("new_folded"))
)
_DELETES = [
    delete(table).where(table.c.guild_id == _GUILD, table.c.list_id == _ID)
    for table in (list_event, list_vote, list_pick)
] + [delete(named_list).where(_LIST.guild_id == _GUILD, _LIST.id == _ID)]
_PICK_COLUMNS = (
    *(_PICK.payload, _PICK.place, _PICK.added_at, _PICK.added_by, _PICK.result_id, _PICK.note),
    *(_PICK.vetoed_by, _PICK.veto_reason),
)
_PICKS_OF = (
    select(_PICK.list_id, *_PICK_COLUMNS)
    .where(_PICK.guild_id == _GUILD, _PICK.account_id == _ACCOUNT)
    .order_by(_PICK.list_id)
)
_LIST_PICKS = (
    select(*_PICK_COLUMNS).where(_PICK.guild_id == _GUILD, _PICK.list_id == _ID).order_by(_PICK.place, _PICK.account_id)
)
_FIND_PICK = _LIST_PICKS.where(_PICK.account_id == _ACCOUNT)
_VOTES = (
    select(_VOTE.account_id, _VOTE.user_id, _VOTE.up, _VOTE.reason)
    .where(_VOTE.guild_id == _GUILD, _VOTE.list_id == _ID)
    .order_by(_VOTE.account_id, _VOTE.user_id)
)
_REMOVE_VOTE = delete(list_vote).where(
    _VOTE.guild_id == _GUILD,
    _VOTE.list_id == _ID,
    _VOTE.account_id == _ACCOUNT,
    _VOTE.user_id == bindparam("of_user"),
)
_REMOVE_PICK = [
    delete(table).where(table.c.guild_id == _GUILD, table.c.list_id == _ID, table.c.account_id == _ACCOUNT)
    for table in (list_vote, list_pick)
]
_LAST_EVENT = select(func.max(_EVENT.number)).where(_EVENT.guild_id == _GUILD, _EVENT.list_id == _ID)
_EVENTS = (
    select(_EVENT.at, _EVENT.actor_id, _EVENT.action, _EVENT.handle, _EVENT.detail)
    .where(_EVENT.guild_id == _GUILD, _EVENT.list_id == _ID)
    .order_by(_EVENT.number.desc())
    .limit(bindparam("limit", type_=Integer))
    .offset(bindparam("offset", type_=Integer))
)


_PICK_KEY = ("guild_id", "list_id", "account_id")


@lru_cache
def _replacing(table: Table, kept: tuple[str, ...], dialect: str) -> Any:
    """An INSERT that takes the place of the row of the same key."""
    statement = insert_into(table, dialect)
    others = [column.name for column in table.c if column.name not in kept]
    return statement.on_conflict_do_update(
        index_elements=[table.c[name] for name in kept], set_={name: statement.excluded[name] for name in others}
    )


class SqlLists:
    """Implements `planning.list_ports.ListRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def create(self, entry: NamedList) -> int:
        """Make a list; its id. Its name must be free."""
        list_id = await take_numbers(self._connection, self._guild_id, "next_list_id", 1)
        values = {
            "guild_id": self._guild_id,
            "id": list_id,
            "name": entry.name,
            "folded": fold(entry.name),
            "created_at": entry.created_at,
            "created_by": entry.created_by,
            "result_id": entry.result_id,
        }
        await self._connection.execute(insert(named_list), values)
        return list_id

    async def get(self, list_id: int) -> NamedList | None:
        """The list, or None."""
        return _head((await self._connection.execute(_GET, self._of(list_id))).one_or_none())

    async def find(self, name: str) -> NamedList | None:
        """The list of this name, whatever its case, or None."""
        wanted = {"small_id": self._guild_id, "wanted": fold(name)}
        return _head((await self._connection.execute(_FIND, wanted)).one_or_none())

    async def list_all(self, *, containing: str = "", limit: int, offset: int = 0) -> list[NamedList]:
        """The lists whose name contains the text, newest first."""
        statement = _ALL.where(_LIST.folded.contains(fold(containing), autoescape=True)) if containing else _ALL
        wanted = {"small_id": self._guild_id, "limit": limit, "offset": offset}
        return [NamedList(*row) for row in await self._connection.execute(statement, wanted)]

    async def count(self) -> int:
        """How many lists there are."""
        return await self._connection.scalar(_COUNT, {"small_id": self._guild_id}) or 0

    async def rename(self, list_id: int, name: str) -> None:
        """Give it another name, which must be free."""
        await self._connection.execute(_RENAME, self._of(list_id) | {"new_name": name, "new_folded": fold(name)})

    async def delete(self, list_id: int) -> None:
        """Delete it with its picks, its votes and its trail."""
        for statement in _DELETES:
            await self._connection.execute(statement, self._of(list_id))

    async def list_picks(self, list_id: int) -> list[ListPick]:
        """Its picks by their place."""
        return [_to_pick(row) for row in await self._connection.execute(_LIST_PICKS, self._of(list_id))]

    async def find_pick(self, list_id: int, account_id: int) -> ListPick | None:
        """The pick of this account, or None."""
        wanted = self._of(list_id) | {"of_account": account_id}
        row = (await self._connection.execute(_FIND_PICK, wanted)).one_or_none()
        return None if row is None else _to_pick(row)

    async def list_picks_of(self, account_id: int) -> list[tuple[int, ListPick]]:
        """Every list's id that has a pick of this account, and the pick."""
        rows = await self._connection.execute(_PICKS_OF, {"small_id": self._guild_id, "of_account": account_id})
        return [(row[0], _to_pick(row[1:])) for row in rows]

    async def save_pick(self, list_id: int, pick: ListPick) -> None:
        """Keep a pick, in the place of the one that is there of the same account."""
        values = {
            "guild_id": self._guild_id,
            "list_id": list_id,
            "account_id": pick.account_id,
            "place": pick.place,
            "payload": pack_pick(pick.pick),
            "added_at": pick.added_at,
            "added_by": pick.added_by,
            "result_id": pick.result_id,
            "note": pick.note,
            "vetoed_by": pick.veto.by if pick.veto else None,
            "veto_reason": pick.veto.reason if pick.veto else None,
        }
        statement = _replacing(list_pick, _PICK_KEY, self._connection.dialect.name)
        await self._connection.execute(statement, values)

    async def remove_pick(self, list_id: int, account_id: int) -> None:
        """Take a pick off the list, with its votes."""
        for statement in _REMOVE_PICK:
            await self._connection.execute(statement, self._of(list_id) | {"of_account": account_id})

    async def list_votes(self, list_id: int) -> list[Vote]:
        """All votes on its picks."""
        return [Vote(*row) for row in await self._connection.execute(_VOTES, self._of(list_id))]

    async def save_vote(self, list_id: int, vote: Vote) -> None:
        """Keep a member's vote, in the place of their last one on that pick."""
        values = {
            "guild_id": self._guild_id,
            "list_id": list_id,
            "account_id": vote.account_id,
            "user_id": vote.user_id,
            "up": vote.up,
            "reason": vote.reason,
        }
        statement = _replacing(list_vote, (*_PICK_KEY, "user_id"), self._connection.dialect.name)
        await self._connection.execute(statement, values)

    async def remove_vote(self, list_id: int, vote: Vote) -> None:
        """Take a member's vote on a pick back."""
        wanted = self._of(list_id) | {"of_account": vote.account_id, "of_user": vote.user_id}
        await self._connection.execute(_REMOVE_VOTE, wanted)

    async def append_event(self, list_id: int, event: ListEvent) -> None:
        """Add to the trail; the writer of a server holds its row, so no number is given twice."""
        last = await self._connection.scalar(_LAST_EVENT, self._of(list_id))
        values = {
            "guild_id": self._guild_id,
            "list_id": list_id,
            "number": (last or 0) + 1,
            "at": event.at,
            "actor_id": event.actor_id,
            "action": event.action,
            "handle": event.handle,
            "detail": event.detail,
        }
        await self._connection.execute(insert(list_event), values)

    async def list_events(self, list_id: int, *, limit: int, offset: int = 0) -> list[ListEvent]:
        """The trail, newest first."""
        wanted = self._of(list_id) | {"limit": limit, "offset": offset}
        return [ListEvent(*row) for row in await self._connection.execute(_EVENTS, wanted)]

    def _of(self, list_id: int) -> dict[str, object]:
        return {"small_id": self._guild_id, "of_list": list_id}


def _head(row: Sequence[Any] | None) -> NamedList | None:
    return None if row is None else NamedList(*row)


def _to_pick(row: Sequence[Any]) -> ListPick:
    payload, place, added_at, added_by, result_id, note, vetoed_by, veto_reason = row
    veto = None if vetoed_by is None else Veto(vetoed_by, veto_reason)
    return ListPick(unpack_pick(payload), place, added_at, added_by, result_id, note, veto)
