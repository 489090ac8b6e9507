"""A loopback Discord of the test's own; what was written to its channels is checked when the test is over."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot import publishing
from tests.journeys.conftest import START, Clock
from tests.loopback import payloads
from tests.loopback.clocked import Posting
from tests.loopback.payloads import TOKEN
from tests.loopback.posting import connected, daily_at, fill_roster, keep, settings_for
from tests.loopback.server import Loopback, loopback
from tests.openapi import check_request

PATIENCE = 1.0
"""Seconds that Discord is given."""
CHECKED = 20
"""So many of them: each takes a while, and they are alike."""


@pytest_asyncio.fixture
async def discord() -> AsyncIterator[Loopback]:
    async with loopback(TOKEN) as server:
        yield server
        written = [one for one in server.requests if one.method == "POST" and "channels" in one.path]
        for request in written[:CHECKED]:
            body = dict(request.body)
            if "recipient_id" in body:
                # discord.py gives a number: Discord takes that, though its description says text.
                body["recipient_id"] = str(body["recipient_id"])
            check_request(request.method, request.path, body)


@pytest_asyncio.fixture
async def posting(discord: Loopback, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Posting]:
    monkeypatch.setattr(publishing, "SECONDS", PATIENCE)
    clock = Clock()
    discord.servers = [payloads.SERVER | {"channels": [payloads.TEXT_CHANNEL, payloads.ANOTHER]}]
    discord.channels.clock = clock
    async with connected(settings_for(discord, sqlite_url), clock) as app:
        await fill_roster(app.database)
        [schedule] = await keep(app.database, daily_at(START, "greens"))
        yield Posting(app, discord, clock, schedule)
