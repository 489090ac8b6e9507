"""The model that a server's own numbers were last fitted to."""

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from planning.estimates.values import ModelVersion
from planning.records import FittedModel
from storage.tables import guild, rate_model

_LOAD = select(
    rate_model.c.formula, rate_model.c.fit, rate_model.c.fitted_at, rate_model.c.trail, rate_model.c.payload
).where(rate_model.c.guild_id == bindparam("small_id"))
_FORGET = delete(rate_model).where(rate_model.c.guild_id == bindparam("small_id"))
_TRAIL = select(guild.c.next_audit_id).where(guild.c.id == bindparam("small_id"))


class SqlModels:
    """Implements `planning.ports.ModelRepository`."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self._connection = connection
        self._guild_id = guild_id

    async def load(self) -> FittedModel | None:
        """The newest model, None where nothing was fitted yet."""
        row = (await self._connection.execute(_LOAD, {"small_id": self._guild_id})).one_or_none()
        if row is None:
            return None
        return FittedModel(ModelVersion(row.formula, row.fit), row.fitted_at, row.trail, row.payload)

    async def save(self, fitted: FittedModel) -> None:
        """Keep it in the place of the one before."""
        await self._connection.execute(_FORGET, {"small_id": self._guild_id})
        values = {
            "guild_id": self._guild_id,
            "fit": fitted.version.fit,
            "formula": fitted.version.formula,
            "fitted_at": fitted.fitted_at,
            "trail": fitted.trail,
            "payload": fitted.payload,
        }
        await self._connection.execute(insert(rate_model), values)

    async def trail(self) -> int:
        """The number that the server's next audit entry will have: it grows with every write."""
        return await self._connection.scalar(_TRAIL, {"small_id": self._guild_id}) or 1
