"""Which of a server's own niches someone means by what they typed."""

import asyncio
import hashlib
from collections import OrderedDict
from dataclasses import dataclass

from planning.caller import Caller
from planning.errors import DatabaseUnavailable
from planning.matching.encoder import RECIPE, Encoder, LazyEncoder, to_bytes
from planning.matching.matcher import RELATED, How, NicheMatch, NicheMatches, match_niches
from planning.matching.tags import Tags
from planning.ports import Database, Store
from planning.shortlists import Tag

MOST_TAGS = 8
"""So many tags at most make one shortlist: the surest, then the nearest in meaning."""
LEAST_WEIGHT = 0.7
"""What a tag counts that is only just related; one that is the query itself counts 1. A judgement, not a measurement."""
KEPT_SERVERS = 64
KEPT_QUERIES = 256


@dataclass(frozen=True, slots=True)
class Choice:
    """A tag that a query may mean: `on` says whether it is used, `mark` is what switches it over."""

    match: NicheMatch
    on: bool
    mark: str

    @property
    def tag(self) -> Tag:
        """With its weight: 1 where it is the query itself, less the farther its meaning is."""
        if self.match.how not in {How.MEANING, How.LETTERS}:
            return Tag(self.match.tag)
        near = (max(self.match.score, RELATED) - RELATED) / (1 - RELATED)
        return Tag(self.match.tag, LEAST_WEIGHT + (1 - LEAST_WEIGHT) * near)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a query means: `choices` best first, `nearest` tags to offer where there is none."""

    query: str
    choices: tuple[Choice, ...]
    nearest: tuple[NicheMatch, ...]

    @property
    def tags(self) -> tuple[Tag, ...]:
        """Those that are used."""
        return tuple(choice.tag for choice in self.choices if choice.on)


@dataclass(slots=True)
class _Known:
    """A server's tags as they were at a place of its trail, and what was asked of them since."""

    trail: int
    tags: Tags
    aliases: dict[str, str]
    asked: OrderedDict[str, NicheMatches]


class Meanings:
    """Matches queries to the servers' own tags; keeps what it read of a server until that writes anything."""

    def __init__(self, encoder: LazyEncoder) -> None:
        self._encoder = encoder
        self._servers: OrderedDict[int, _Known] = OrderedDict()

    async def match(
        self, database: Database, store: Store, caller: Caller, query: str, flipped: tuple[str, ...] = ()
    ) -> Meaning:
        """What the query means among the server's tags. `flipped` marks tags to be switched over."""
        encoder = await self._encoder.load()
        known = await self._known(database, store, caller, encoder)
        found = known.asked.get(query)
        if found is None:
            found = await asyncio.to_thread(
                match_niches, query, known.tags, encoder=encoder, own_aliases=known.aliases
            )
            known.asked[query] = found
            if len(known.asked) > KEPT_QUERIES:
                known.asked.popitem(last=False)
        return _meaning(found, flipped)

    async def _known(self, database: Database, store: Store, caller: Caller, encoder: Encoder | None) -> _Known:
        trail = await store.models.trail()
        known = self._servers.get(caller.guild_id)
        if known is None or known.trail != trail:
            known = await self._read(database, store, caller, encoder, trail)
            self._servers[caller.guild_id] = known
            if len(self._servers) > KEPT_SERVERS:
                self._servers.popitem(last=False)
        return known

    async def _read(
        self, database: Database, store: Store, caller: Caller, encoder: Encoder | None, trail: int
    ) -> _Known:
        meanings = await store.niches.list_meanings(RECIPE)
        aliases = await store.niches.list_aliases()
        if encoder is None:
            return _Known(trail, Tags(tuple(meaning.name for meaning in meanings)), aliases, OrderedDict())
        stored = {meaning.name: meaning.vector for meaning in meanings if meaning.vector is not None}
        missing = [meaning.name for meaning in meanings if meaning.vector is None]
        if missing:
            made = await asyncio.to_thread(lambda: to_bytes(encoder.encode(missing)))
            fresh = dict(zip(missing, made, strict=True))
            await _keep(database, caller, fresh)
            stored |= fresh
        tags = await asyncio.to_thread(Tags.stored, {name: stored[name] for name in sorted(stored)})
        return _Known(trail, tags, aliases, OrderedDict())


async def _keep(database: Database, caller: Caller, vectors: dict[str, bytes]) -> None:
    """Keep vectors for the next time; where the database can't be written to now, they are made again then."""
    try:
        async with database.writing(caller.guild_id) as store:
            await store.niches.save_meanings(RECIPE, vectors)
    except DatabaseUnavailable:
        return


def _meaning(found: NicheMatches, flipped: tuple[str, ...]) -> Meaning:
    matched = [(match, True) for match in found.matches] + [(match, False) for match in found.related]
    choices = tuple(
        Choice(match, on != (mark_of(match.tag) in flipped), mark_of(match.tag)) for match, on in matched[:MOST_TAGS]
    )
    return Meaning(found.query, choices, found.nearest)


def mark_of(tag: str) -> str:
    """Two characters that tell a tag from the few others that one query means."""
    number = int.from_bytes(hashlib.blake2b(tag.encode(), digest_size=4).digest()) % 36**2
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return digits[number // 36] + digits[number % 36]
