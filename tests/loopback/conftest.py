"""A loopback Discord of the test's own; what was written to its channels is checked when the test is over."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.loopback.payloads import TOKEN
from tests.loopback.server import Loopback, loopback
from tests.openapi import check_request

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
