"""What a server chooses: its ladder, currency, language, time zone and planners."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import cast

from planning.audit import Action, AuditEntry
from planning.caller import Caller
from planning.errors import InvalidValue
from planning.ports import Database, Store
from planning.reasons import Reason
from planning.records import Pending
from planning.services.pending import claim
from planning.services.replanning import follow_zone
from planning.settings import GuildSettings
from planning.tiers import CUSTOM, PRESETS, Ladder, Tier, build_ladder, cuts

LADDER = "ladder"


@dataclass(frozen=True, slots=True)
class LadderChange:
    """What a change of ladder does: `moves` (tier before, tier after, accounts), None below the first; the most first.

    `token` confirms it; None where the ladder is in force already.
    """

    before: Ladder
    after: Ladder
    accounts: int
    moves: tuple[tuple[Tier | None, Tier | None, int], ...]
    token: str | None

    @property
    def moved(self) -> int:
        """How many accounts change the name of their tier."""
        return sum(count for _, _, count in self.moves)


async def load_settings(database: Database, guild_id: int) -> GuildSettings:
    """The server's settings."""
    async with database.reading(guild_id) as store:
        return await store.settings.load()


async def change_settings(database: Database, caller: Caller, *, now: datetime, **changes: object) -> GuildSettings:
    """Set the given fields of `GuildSettings` and put it in the trail."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        return await _save(store, caller, changes, now)


async def change_rate(
    database: Database, caller: Caller, currency: str, rate: Decimal | None, *, now: datetime
) -> GuildSettings:
    """Say what one of a currency is worth in the server's own, or forget it (None). Raises `InvalidValue`."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        settings = await store.settings.load()
        if currency == settings.currency:
            raise InvalidValue("currency", currency, Reason.OWN_CURRENCY)
        rates = {code: known for code, known in settings.rates.items() if code != currency}
        if rate is not None:
            rates[currency] = rate
        return await _save(store, caller, {"rates": dict(sorted(rates.items()))}, now)


async def propose_ladder(database: Database, caller: Caller, ladder: Ladder, *, now: datetime) -> LadderChange:
    """What changing to this ladder would do, and the token that confirms it."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        before = (await store.settings.load()).ladder
        bounds = cuts(before, ladder)
        counts = await store.accounts.count_between(bounds)
        token = None
        if ladder != before:
            token = secrets.token_urlsafe(9)
            await store.pending.put(Pending(token, LADDER, caller.user_id, now, _encode(ladder)))
    return LadderChange(before, ladder, sum(counts), _moves(before, ladder, bounds, counts), token)


async def confirm_ladder(database: Database, caller: Caller, token: str, *, now: datetime) -> GuildSettings:
    """Change to the ladder that was proposed. Raises `Expired`, `NotYours`."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        pending = await claim(store, caller, token)
        return await _save(store, caller, {"ladder": _decode(pending.payload)}, now)


async def _save(store: Store, caller: Caller, changes: dict[str, object], now: datetime) -> GuildSettings:
    before = await store.settings.load()
    if changes.get("currency", before.currency) != before.currency:
        changes |= {"rates": {}}  # they said what others are worth in the currency before
    after = replace(before, **changes)  # pyright: ignore[reportArgumentType] - named by the callers, checked by replace
    changed = [name for name in changes if getattr(after, name) != getattr(before, name)]
    if changed:
        await store.settings.save(after)
        if "timezone" in changed:
            await follow_zone(store, now)
        was = {name: _value(getattr(before, name)) for name in changed}
        values = {name: _value(getattr(after, name)) for name in changed}
        await store.audit.append(AuditEntry(now, caller.user_id, Action.SETTING, was, values))
    return after


def _value(value: object) -> object:
    if isinstance(value, Ladder):
        return value.id
    if isinstance(value, Mapping):
        return [f"{code} {rate}" for code, rate in cast("Mapping[str, Decimal]", value).items()]
    return value


def _moves(
    before: Ladder, after: Ladder, bounds: Sequence[int], counts: Sequence[int]
) -> tuple[tuple[Tier | None, Tier | None, int], ...]:
    moves: dict[tuple[Tier | None, Tier | None], int] = {}
    for low, count in zip([0, *bounds], counts, strict=True):
        was, becomes = before.tier(low), after.tier(low)
        if count and (was and was.name) != (becomes and becomes.name):
            moves[was, becomes] = moves.get((was, becomes), 0) + count
    return tuple((was, becomes, count) for (was, becomes), count in sorted(moves.items(), key=lambda move: -move[1]))


def _encode(ladder: Ladder) -> bytes:
    return json.dumps({"id": ladder.id, "bounds": [[tier.name, tier.low] for tier in ladder.tiers]}).encode()


def _decode(payload: bytes) -> Ladder:
    values = json.loads(payload)
    if values["id"] != CUSTOM:
        return PRESETS[values["id"]]
    return build_ladder(CUSTOM, CUSTOM, [(name, low) for name, low in values["bounds"]])
