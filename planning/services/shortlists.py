"""Shortlists: the best accounts of a niche, what they are ranked by, and what fell to which filter."""

from dataclasses import dataclass, replace
from datetime import datetime

from planning.budget.currencies import rates_into
from planning.caller import Caller
from planning.ports import Database, Store
from planning.ranking import RankingGoal
from planning.records import NicheCount
from planning.results import Result, result_id
from planning.services.meanings import Meaning, Meanings
from planning.shortlists import LeftOut, NearMiss, Pick, ShortlistQuery

NEAREST = 5
NEAR = 0.25
"""What scores less has nothing to do with the query, and is not offered as near. A judgement."""
MISSES = 3
"""So many of those that fell to a filter are named."""
NEXT = 2
"""So many of those just below the line are named."""


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The picks of one page in rank order, as `result` keeps them, and what ranked above the last but was left out.

    `meaning` is what the query's niche was taken for; `misses` are the best of those that a filter left out,
    `following` the first of those that rank below the last pick.
    """

    result: Result
    following: list[Pick]
    left_out: list[LeftOut]
    misses: list[NearMiss]
    meaning: Meaning

    @property
    def query(self) -> ShortlistQuery:
        """What was asked, with the tags that it means."""
        return self.result.query

    @property
    def picks(self) -> tuple[Pick, ...]:
        """The picks in rank order."""
        return self.result.picks

    @property
    def more(self) -> bool:
        """Whether any pass the filters below the last pick."""
        return bool(self.following)


@dataclass(frozen=True, slots=True)
class NoSuchNiche:
    """None of the server's niches is meant: those that are `similar`, or else those that most accounts carry."""

    query: ShortlistQuery
    nearest: list[NicheCount]
    similar: bool


async def make_shortlist(
    database: Database, meanings: Meanings, caller: Caller, query: ShortlistQuery, *, now: datetime
) -> Shortlist | NoSuchNiche:
    """The page of the shortlist that the query asks for, over the tags that its niche means."""
    meaning = await meanings.match(database, caller.guild_id, query.niche, query.flipped)
    async with database.reading(caller.guild_id) as store:
        if not meaning.choices:
            return await _nearest(store, query, meaning)
        query = replace(query, tags=meaning.tags)
        if query.goal is RankingGoal.VALUE:
            query = replace(query, worths=await _worths(store, query.currency))
        picks = await store.shortlists.best(replace(query, limit=query.limit + NEXT))
        picks, following = picks[: query.limit], picks[query.limit :]
        last = picks[-1] if following else None
        left_out = await store.shortlists.left_out(query, down_to=last)
        misses = await store.shortlists.near_misses(query, down_to=last, limit=MISSES) if left_out else []
    result = Result(result_id(query, picks), now.replace(microsecond=0), query, tuple(picks))
    return Shortlist(result, following, left_out, misses, meaning)


async def list_niches(database: Database, guild_id: int, text: str, *, limit: int) -> list[NicheCount]:
    """The server's niches that contain the text, the most carried first; for autocomplete."""
    async with database.reading(guild_id) as store:
        return await store.niches.list_counts(containing=text.strip().removeprefix("#").casefold(), limit=limit)


async def _worths(store: Store, currency: str) -> tuple[tuple[str, float], ...]:
    """What one of each currency that the team has a rate for is worth in this one."""
    settings = await store.settings.load()
    rates = rates_into(currency, settings.currency, settings.rates)
    return tuple((code, float(rate)) for code, rate in sorted(rates.items()))


async def _nearest(store: Store, query: ShortlistQuery, meaning: Meaning) -> NoSuchNiche:
    counts = await store.niches.list_counts()
    by_name = {count.name: count for count in counts}
    near = [by_name[match.tag] for match in meaning.nearest if match.score >= NEAR and match.tag in by_name]
    return NoSuchNiche(query, near or counts[:NEAREST], similar=bool(near))
