"""Search by any part of a handle or name, fast enough for autocomplete in a server of a million accounts.

Three sources, each capped: handles that begin with the text, from the handle index; where they do not fill the
answer, texts of three characters or more by their trigrams (FTS5 on SQLite, pg_trgm where PostgreSQL has it), and
shorter ones by reading the oldest accounts. The caps mean that of thousands of hits a larger account may be missed;
one more letter finds it.
"""

from typing import Any

from sqlalchemy import BigInteger, Integer, Select, Text, bindparam, column, func, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.records import HandleMatch
from storage.rows import fold
from storage.tables import account

Rows = Select[*tuple[Any, ...]]

GRAM = 3
PREFIX_CANDIDATES = 1_000
PART_CANDIDATES = 1_000
SCANNED_ACCOUNTS = 20_000
LONGEST_TEXT = 100
_ABOVE_ALL = "\U0010ffff"

_COLUMNS = (account.c.id, account.c.platform, account.c.handle, account.c.name, account.c.followers)
_OF_GUILD = account.c.guild_id == bindparam("guild_id", type_=Integer)
_TEXT = bindparam("text", type_=Text)
_LENGTH = bindparam("length", type_=Integer)
_LIKE = bindparam("like", type_=Text)
_CONTAINS = account.c.search_text.like(_LIKE, escape="\\")

_PREFIX_IDS = (
    select(account.c.id)
    .where(_OF_GUILD, account.c.handle >= _TEXT, account.c.handle < bindparam("end", type_=Text))
    .order_by(account.c.handle)
    .limit(PREFIX_CANDIDATES)
)

# The rowids of the full-text table are guild_id << 32 | account id, so a guild is a range of them.
_INDEXED = table("account_search", column("rowid", BigInteger), column("account_search", Text))
_GUILD_ROWID = bindparam("guild_rowid", type_=BigInteger)
_TRIGRAM_IDS_SQLITE = (
    select(_INDEXED.c.rowid - _GUILD_ROWID)
    .where(
        _INDEXED.c.account_search.op("MATCH")(bindparam("match", type_=Text)),
        _INDEXED.c.rowid >= _GUILD_ROWID,
        _INDEXED.c.rowid < bindparam("next_guild_rowid", type_=BigInteger),
    )
    .limit(PART_CANDIDATES)
)
_PART_IDS_POSTGRESQL = select(account.c.id).where(_OF_GUILD, _CONTAINS).limit(PART_CANDIDATES)


def _best(matches: Rows) -> Rows:
    """Of these matches those whose handle begins with the text first, then the largest."""
    found = matches.subquery("matches").c
    begins = func.substr(found.search_text, 1, _LENGTH) == _TEXT
    wanted = [found[entry.name] for entry in _COLUMNS]
    return (
        select(*wanted)
        .order_by(begins.desc(), found.followers.desc(), found.id)
        .limit(bindparam("limit", type_=Integer))
    )


_MATCHES = select(*_COLUMNS, account.c.search_text).where(_OF_GUILD)
_OLDEST = _MATCHES.order_by(account.c.id).limit(SCANNED_ACCOUNTS).subquery("oldest")
_BY_PREFIX = _best(_MATCHES.where(account.c.id.in_(_PREFIX_IDS)))
_BY_SCAN = _best(select(_OLDEST).where(_OLDEST.c.search_text.like(_LIKE, escape="\\")))
_BY_TRIGRAMS = {
    "sqlite": _best(_MATCHES.where(account.c.id.in_(_TRIGRAM_IDS_SQLITE), _CONTAINS)),
    "postgresql": _best(_MATCHES.where(account.c.id.in_(_PART_IDS_POSTGRESQL))),
}


class AccountSearch:
    """Searches one server's accounts."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def search(self, text: str, *, limit: int) -> list[HandleMatch]:
        """Accounts whose handle or name contains the text, handles that begin with it first, then the largest.

        Case folded as `str.casefold` does. An empty text finds the first handles of the roster.
        """
        text = fold(_storable(text))[:LONGEST_TEXT]
        wanted = self._wanted(text, limit)
        matches = await self._run(_BY_PREFIX, wanted)
        if text and len(matches) < limit:
            parts = _BY_TRIGRAMS[self._connection.dialect.name] if len(text) >= GRAM else _BY_SCAN
            known = {match.account_id for match in matches}
            matches += [match for match in await self._run(parts, wanted) if match.account_id not in known]
        return matches[:limit]

    def _wanted(self, text: str, limit: int) -> dict[str, object]:
        escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return {
            "guild_id": self._guild_id,
            "text": text,
            "length": len(text),
            "end": text + _ABOVE_ALL,
            "like": f"%{escaped}%",
            "match": _all_trigrams(text),
            "guild_rowid": self._guild_id << 32,
            "next_guild_rowid": (self._guild_id + 1) << 32,
            "limit": limit,
        }

    async def _run(self, statement: Rows, wanted: dict[str, object]) -> list[HandleMatch]:
        rows = await self._connection.execute(statement, wanted)
        return [HandleMatch(row.id, row.platform, row.handle, row.name, row.followers) for row in rows]


def _storable(text: str) -> str:
    """Without what no stored text has: a line end, a NUL, half a surrogate pair."""
    return text.replace("\n", " ").replace("\0", "").encode(errors="ignore").decode()


def _all_trigrams(text: str) -> str:
    """The full-text query for every trigram of the text, each quoted so that no operator is read in it."""
    trigrams = dict.fromkeys(text[start : start + GRAM] for start in range(len(text) - GRAM + 1))
    return " AND ".join('"' + trigram.replace('"', '""') + '"' for trigram in trigrams)
