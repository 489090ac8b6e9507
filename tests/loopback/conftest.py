"""A loopback Discord of the test's own; what was written to its channels is checked when the test is over."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.loopback.payloads import TOKEN
from tests.loopback.server import Loopback, loopback
from tests.openapi import check_request


@pytest_asyncio.fixture
async def discord() -> AsyncIterator[Loopback]:
    async with loopback(TOKEN) as server:
        yield server
        for request in server.requests:
            if request.method == "POST" and "channels" in request.path:
                check_request(request.method, request.path, request.body)
