"""Shortlists: the best accounts of a niche, and what fell to which filter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from planning.caller import Caller
from planning.ports import Database
from planning.records import NicheCount
from planning.shortlists import LeftOut, Pick, ShortlistQuery

NEAREST = 5
CUTOFF = 55
"""Similarity (0–100, rapidfuzz.WRatio) below which another niche is no help."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The picks of one page in rank order, whether more follow, and what ranked above the last but was left out."""

    query: ShortlistQuery
    picks: list[Pick]
    more: bool
    left_out: list[LeftOut]


@dataclass(frozen=True, slots=True)
class NoSuchNiche:
    """No account carries this niche: the niches of the server that are `similar`, or else those that most carry."""

    niche: str
    nearest: list[NicheCount]
    similar: bool


async def make_shortlist(database: Database, caller: Caller, query: ShortlistQuery) -> Shortlist | NoSuchNiche:
    """The page of the shortlist that the query asks for."""
    async with database.reading(caller.guild_id) as store:
        picks = await store.shortlists.best(replace(query, limit=query.limit + 1))
        more = len(picks) > query.limit
        picks = picks[: query.limit]
        left_out = await store.shortlists.left_out(query, down_to=picks[-1] if more else None)
        if not picks and not left_out:
            return _nearest(query.niche, await store.niches.list_counts())
        return Shortlist(query, picks, more, left_out)


async def list_niches(database: Database, guild_id: int, text: str, *, limit: int) -> list[NicheCount]:
    """The server's niches that contain the text, the most carried first; for autocomplete."""
    async with database.reading(guild_id) as store:
        return await store.niches.list_counts(containing=text.strip().removeprefix("#").casefold(), limit=limit)


def _nearest(niche: str, known: Sequence[NicheCount]) -> NoSuchNiche:
    names = [count.name for count in known]
    similar = process.extract(niche, names, scorer=fuzz.WRatio, score_cutoff=CUTOFF, limit=NEAREST)
    chosen = [known[index] for _, _, index in similar] or known[:NEAREST]
    return NoSuchNiche(niche, list(chosen), similar=bool(similar))
