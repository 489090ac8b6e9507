"""A server's settings, in its guild row."""

import json
from decimal import Decimal

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.settings import GuildSettings
from planning.tiers import CUSTOM, DEFAULT_LADDER, PRESETS, Ladder, build_ladder
from storage.tables import guild

_COLUMNS = (
    guild.c.ladder_id,
    guild.c.ladder_bands,
    guild.c.currency,
    guild.c.language,
    guild.c.timezone,
    guild.c.planner_role_id,
    guild.c.exchange_rates,
)
_LOAD = select(*_COLUMNS).where(guild.c.id == bindparam("guild_id"))
_SAVE = update(guild).where(guild.c.id == bindparam("small_id"))


class SqlSettings:
    """Implements `planning.ports.SettingsRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def load(self) -> GuildSettings:
        """The settings, the defaults where the server never set any."""
        row = (await self._connection.execute(_LOAD, {"guild_id": self._guild_id})).one_or_none()
        if row is None or row.ladder_id is None:
            return GuildSettings()
        return GuildSettings(
            ladder=_ladder(row.ladder_id, row.ladder_bands),
            currency=row.currency,
            language=row.language,
            timezone=row.timezone,
            planner_role_id=row.planner_role_id,
            rates=_rates(row.exchange_rates),
        )

    async def save(self, settings: GuildSettings) -> None:
        """Keep these settings."""
        ladder = settings.ladder
        bands = None if ladder.id in PRESETS else json.dumps([[tier.name, tier.low] for tier in ladder.tiers])
        values = {
            "ladder_id": ladder.id,
            "ladder_bands": bands,
            "currency": settings.currency,
            "language": settings.language,
            "timezone": settings.timezone,
            "planner_role_id": settings.planner_role_id,
            "exchange_rates": json.dumps({code: str(rate) for code, rate in settings.rates.items()}),
        }
        await self._connection.execute(_SAVE.values(values), {"small_id": self._guild_id})


def _ladder(ladder_id: str, bands: str | None) -> Ladder:
    if bands is None:
        # A preset that a later version dropped falls back to the default.
        return PRESETS.get(ladder_id, DEFAULT_LADDER)
    return build_ladder(ladder_id, CUSTOM, [(name, low) for name, low in json.loads(bands)])


def _rates(kept: str | None) -> dict[str, Decimal]:
    return {code: Decimal(rate) for code, rate in json.loads(kept or "{}").items()}
