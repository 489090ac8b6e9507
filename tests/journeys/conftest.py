"""The whole bot in a simulated Discord, on a database of its own, at a time that stands until a test moves it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.app import App, build
from bot.settings import Settings
from bot.simulator import World, simulate
from cogs.pictures.studio import Studio
from planning.caller import COMMAND_LINE, Caller
from planning.matching.encoder import LazyEncoder
from planning.services.imports import CHUNK, ImportReport, run_import
from sheets.csv_files import CsvFiles
from tests.openapi import check_request
from tests.people import Answer, Person, Team

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class SharedStudio(Studio):
    """Draws for every journey of the session: its process begins once."""

    async def close(self) -> None:
        """Stays open for the next journey."""

    async def end(self) -> None:
        """Ends its process."""
        await super().close()


class Clock:
    """The time that the bot and the simulated Discord share."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **amount: float) -> None:
        """Let time pass: `hours=1`, `days=30`, ..."""
        self.now += timedelta(**amount)


class Journey:
    """Where a journey takes place. `planner` and `member` are those of the team at home; `away` is another server."""

    def __init__(
        self, world: World, settings: Settings, clock: Clock, kit: "Kit", apps: AsyncExitStack, app: App
    ) -> None:
        self.world = world
        self.clock = clock
        self.app = app
        self.home, self.away = (Team(world, server) for server in world.servers)
        self.planner, self.member = self.home.planner, self.home.member
        self._settings = settings
        self._kit = kit
        self._apps = apps

    async def restart(self) -> None:
        """The bot's process ends and another begins, on the same database."""
        self.app = await _start(self._settings, self.clock, self._kit, self._apps)
        await self.world.restart(self.app.bot)

    async def load(self, team: Team, csv: str) -> ImportReport:
        """Fill a team's roster from a table, the quick way."""
        caller = Caller(team.id, COMMAND_LINE, planner=True)
        content = csv.encode()
        return await run_import(
            self.app.database,
            CsvFiles(),
            caller,
            filename="roster.csv",
            content=content,
            platform=None,
            now=self.clock(),
        )


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def studio() -> AsyncIterator[SharedStudio]:
    drawing = SharedStudio()
    yield drawing
    await drawing.end()


@dataclass(frozen=True, slots=True)
class Kit:
    """What all journeys of a session share, since it takes long to begin."""

    studio: Studio
    encoder: LazyEncoder
    import_chunk: int = CHUNK


@pytest.fixture(scope="session")
def encoder() -> LazyEncoder:
    return LazyEncoder(pytest.fail)


@pytest.fixture
def kit(studio: SharedStudio, encoder: LazyEncoder) -> Kit:
    return Kit(studio, encoder)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings.model_validate({"discord_token": None, "database_url": database_url})


@pytest_asyncio.fixture
async def world(settings: Settings, clock: Clock, kit: Kit) -> AsyncIterator[Journey]:
    async with AsyncExitStack() as apps:
        app = await _start(settings, clock, kit, apps)
        async with simulate(app.bot, clock=clock) as simulated:
            yield Journey(simulated, settings, clock, kit, apps, app)
            _check_requests(simulated)


def _check_requests(world: World) -> None:
    """Everything the bot sent in a journey is what Discord says that it takes."""
    for request in world.env.http_requests:
        if request.json is not None:
            body: Any = request.json
            for attachment in body.get("attachments", []) if isinstance(body, dict) else []:
                # discord.py numbers them 0, 1, …: Discord takes that, though its description says text.
                attachment["id"] = str(attachment["id"])
            check_request(request.method, request.path, body)


async def _start(settings: Settings, clock: Clock, kit: Kit, apps: AsyncExitStack) -> App:
    app = build(settings, clock=clock, studio=kit.studio, encoder=kit.encoder, import_chunk=kit.import_chunk)
    apps.push_async_callback(app.close)
    await app.start_database()
    return app


async def enrol(planner: Person, handle: str, **options: object) -> Answer:
    """Register an influencer as a planner would; `platform` is Instagram and `followers` 3,210 unless said."""
    given = {"platform": "instagram", "followers": 3210} | options
    answer = await planner.slash("influencer add", handle=handle, **given)
    assert answer.messages, f"no answer to /influencer add {handle}"
    return answer
