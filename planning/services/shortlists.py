"""Shortlists: the best accounts of a niche, and what fell to which filter."""

from dataclasses import dataclass, replace

from planning.caller import Caller
from planning.ports import Database, Store
from planning.records import NicheCount
from planning.services.meanings import Meaning, Meanings
from planning.shortlists import LeftOut, Pick, ShortlistQuery

NEAREST = 5
NEAR = 0.25
"""What scores less has nothing to do with the query, and is not offered as near. A judgement."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The picks of one page in rank order, whether more follow, and what ranked above the last but was left out.

    `meaning` is what the query's niche was taken for.
    """

    query: ShortlistQuery
    picks: list[Pick]
    more: bool
    left_out: list[LeftOut]
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class NoSuchNiche:
    """None of the server's niches is meant: those that are `similar`, or else those that most accounts carry."""

    niche: str
    nearest: list[NicheCount]
    similar: bool


async def make_shortlist(
    database: Database, meanings: Meanings, caller: Caller, query: ShortlistQuery
) -> Shortlist | NoSuchNiche:
    """The page of the shortlist that the query asks for, over the tags that its niche means."""
    meaning = await meanings.match(database, caller.guild_id, query.niche, query.flipped)
    async with database.reading(caller.guild_id) as store:
        if not meaning.choices:
            return await _nearest(store, meaning)
        query = replace(query, tags=meaning.tags)
        picks = await store.shortlists.best(replace(query, limit=query.limit + 1))
        more = len(picks) > query.limit
        picks = picks[: query.limit]
        left_out = await store.shortlists.left_out(query, down_to=picks[-1] if more else None)
        return Shortlist(query, picks, more, left_out, meaning)


async def list_niches(database: Database, guild_id: int, text: str, *, limit: int) -> list[NicheCount]:
    """The server's niches that contain the text, the most carried first; for autocomplete."""
    async with database.reading(guild_id) as store:
        return await store.niches.list_counts(containing=text.strip().removeprefix("#").casefold(), limit=limit)


async def _nearest(store: Store, meaning: Meaning) -> NoSuchNiche:
    counts = await store.niches.list_counts()
    by_name = {count.name: count for count in counts}
    near = [by_name[match.tag] for match in meaning.nearest if match.score >= NEAR and match.tag in by_name]
    return NoSuchNiche(meaning.query, near or counts[:NEAREST], similar=bool(near))
