"""Which of a server's own niches someone means by what they typed."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from planning.errors import DatabaseUnavailable
from planning.matching.encoder import RECIPE, Encoder, LazyEncoder, to_bytes
from planning.matching.matcher import RELATED, How, NicheMatch, NicheMatches, match_niches
from planning.matching.tags import Tags
from planning.ports import Database
from planning.records import NicheMeaning
from planning.shortlists import Tag

MOST_TAGS = 8
"""So many tags at most make one shortlist: the surest, then the nearest in meaning."""
LEAST_WEIGHT = 0.7
"""What a tag counts that is only just related; the query itself counts 1. A judgement, not a measurement."""
KEPT_TAGS = 50_000
"""Of all servers together so many tags are kept in memory, a kilobyte each; who asked longest ago is forgotten."""
KEPT_QUERIES = 256
ENCODED_TOGETHER = 128
"""Tags whose vectors are made at a time: about a tenth of a second."""


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
    more: int = 0
    """So many other tags mean it as well, and are not used."""

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
    asked: OrderedDict[str, NicheMatches] = field(default_factory=OrderedDict[str, NicheMatches])


class Meanings:
    """Matches queries to the servers' own tags; keeps what it read of a server until that writes anything."""

    def __init__(self, encoder: LazyEncoder) -> None:
        self._encoder = encoder
        self._servers: OrderedDict[int, _Known] = OrderedDict()
        self._tags = 0  # of all of them together
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def match(self, database: Database, guild_id: int, query: str, flipped: tuple[str, ...] = ()) -> Meaning:
        """What the query means among the server's tags. `flipped` marks tags to be switched over.

        May write, so never call it while the database is open. Raises `DatabaseUnavailable`.
        """
        encoder = await self._encoder.load()
        # One at a time: many who ask at once after a large import would all make the same vectors.
        async with self._turns.setdefault(guild_id, asyncio.Lock()):
            known = await self._known(database, guild_id, encoder)
        found = known.asked.get(query)
        if found is None:
            found = await asyncio.to_thread(match_niches, query, known.tags, encoder=encoder, own_aliases=known.aliases)
            known.asked[query] = found
            if len(known.asked) > KEPT_QUERIES:
                known.asked.popitem(last=False)
        return _meaning(found, flipped)

    async def _known(self, database: Database, guild_id: int, encoder: Encoder | None) -> _Known:
        before = self._servers.get(guild_id)
        async with database.reading(guild_id) as store:
            trail = await store.models.trail()
            if before is not None and before.trail == trail:
                self._servers.move_to_end(guild_id)
                return before
            meanings = await store.niches.list_meanings(RECIPE)
            aliases = await store.niches.list_aliases()
        names = tuple(meaning.name for meaning in meanings)
        if before is not None and before.tags.names == names and before.aliases == aliases:
            before.trail = trail
            known = before
        elif encoder is None:
            known = _Known(trail, Tags(names), aliases)
        else:
            vectors = await _vectors(database, guild_id, encoder, meanings)
            known = _Known(trail, await asyncio.to_thread(Tags.stored, vectors), aliases)
        self._keep(guild_id, known)
        return known

    def _keep(self, guild_id: int, known: _Known) -> None:
        self._forget(self._servers.pop(guild_id, None))
        self._servers[guild_id] = known
        self._tags += len(known.tags.names)
        while len(self._servers) > 1 and self._tags > KEPT_TAGS:
            _, oldest = self._servers.popitem(last=False)
            self._forget(oldest)

    def _forget(self, known: _Known | None) -> None:
        self._tags -= len(known.tags.names) if known is not None else 0


async def _vectors(
    database: Database, guild_id: int, encoder: Encoder, meanings: Sequence[NicheMeaning]
) -> dict[str, bytes]:
    """Every tag's vector in the tags' order. Those that are missing are made, and kept for the next time."""
    made: dict[str, bytes] = {}
    missing = [meaning.name for meaning in meanings if meaning.vector is None]
    writable = True
    # In parts: between them another server's query finds the encoder free, and what is made is not lost.
    for start in range(0, len(missing), ENCODED_TOGETHER):
        names = missing[start : start + ENCODED_TOGETHER]
        vectors = dict(zip(names, to_bytes(await asyncio.to_thread(encoder.encode, names)), strict=True))
        writable = writable and await _save(database, guild_id, vectors)
        made |= vectors
    return {meaning.name: meaning.vector or made[meaning.name] for meaning in meanings}


async def _save(database: Database, guild_id: int, vectors: dict[str, bytes]) -> bool:
    """Keep vectors; whether the database could be written to. Where it can't, they are made again another time."""
    try:
        async with database.writing(guild_id) as store:
            await store.niches.save_meanings(RECIPE, vectors)
    except DatabaseUnavailable:
        return False
    return True


def _meaning(found: NicheMatches, flipped: tuple[str, ...]) -> Meaning:
    matched = [(match, True) for match in found.matches] + [(match, False) for match in found.related]
    choices = tuple(
        Choice(match, on != (mark_of(match.tag) in flipped), mark_of(match.tag)) for match, on in matched[:MOST_TAGS]
    )
    return Meaning(found.query, choices, found.nearest, max(0, len(found.matches) - MOST_TAGS))


def mark_of(tag: str) -> str:
    """Three characters that tell a tag from the few others that one query means; they fit into a button's id."""
    number = int.from_bytes(hashlib.blake2b(tag.encode(), digest_size=4).digest())
    return "".join(DIGITS[number // 36**place % 36] for place in range(3))


DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
