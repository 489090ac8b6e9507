"""A bot whose time a test moves, connected to the loopback Discord."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.app import App
from planning.scheduling.runs import Outcome
from planning.scheduling.schedules import Schedule
from planning.services.schedules import Edit, edit
from tests import reading
from tests.journeys.conftest import Clock
from tests.loopback import payloads
from tests.loopback.channels import PRIVATE
from tests.loopback.posting import GUILD, PLANNER, post_all
from tests.loopback.server import Loopback

MOST_WAITS = 20


@dataclass
class Posting:
    """A bot in this process whose time the test moves, with a schedule that is due every day at nine."""

    app: App
    discord: Loopback
    clock: Clock
    schedule: Schedule

    async def work(self) -> None:
        """Do all that is due now."""
        await post_all(self.app.scheduler)

    async def persist(self) -> None:
        """Do all that is due, waiting as long as the bot itself waits between its tries, for an hour at most."""
        until = self.clock() + timedelta(hours=1)
        for _ in range(MOST_WAITS):
            await self.work()
            wake = await self.app.database.queue.earliest()
            if wake is None or wake > until:
                return
            self.clock.now = max(self.clock(), wake)
        pytest.fail("it never ends")

    async def now(self) -> Schedule:
        """The schedule as it stands."""
        async with self.app.database.reading(GUILD) as store:
            found = await store.schedules.get(self.schedule.id)
        assert found is not None
        return found

    async def outcomes(self) -> list[Outcome]:
        """How its runs ended, oldest first."""
        async with self.app.database.reading(GUILD) as store:
            runs = await store.schedules.list_runs(self.schedule.id, limit=20)
        return [run.outcome for run in reversed(runs)]

    async def edit(self, change: Callable[[Schedule], Schedule], *, replan: bool = False) -> None:
        """Change the schedule as a planner does."""
        meanings = self.app.bot.services.meanings
        await edit(
            self.app.database, meanings, PLANNER, self.schedule.name, Edit(change, replan=replan), now=self.clock()
        )

    @property
    def posts(self) -> list[str]:
        """The references of the posts in the channel."""
        return self.discord.channels.references()

    @property
    def told(self) -> list[str]:
        """What the planner was told alone."""
        return [reading.texts(message) for message in self.discord.channels.kept[PRIVATE]]

    @property
    def last_post(self) -> str:
        """The text of the newest message in the channel."""
        return reading.texts(self.discord.channels.kept[payloads.CHANNEL][-1])
