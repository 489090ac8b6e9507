"""A loopback Discord with many servers, with Discord's latency, its limits, and a count of who breaks them."""

import asyncio
import json
import time
from collections import defaultdict, deque
from typing import Any

from aiohttp import web

from tests.loopback import payloads
from tests.loopback.server import Loopback

LATENCY = 0.1
"""Seconds that Discord takes to answer a request."""
A_SECOND = 50
"""Requests of one bot, but for its answers to commands."""
IN_CHANNEL, PER_SECONDS = 5, 5.0
CHANNELS = 4
"""In each server."""


def server_id(number: int) -> int:
    """The Discord id of a server; 0 is that of all loopbacks."""
    return int(payloads.GUILD) + number * 1_000


def channel_id(server: int, number: int) -> int:
    """The Discord id of one of a server's channels."""
    return server + 10 + number


class BusyDiscord(Loopback):
    """`posts` are (when, channel, nonce) of each message; `violations` counts those that Discord would refuse."""

    def __init__(self, token: str, servers: int) -> None:
        super().__init__(token)
        self.posts: list[tuple[float, int, str]] = []
        self.violations = 0
        self._servers = servers
        self._lately: dict[int, deque[float]] = defaultdict(deque)
        self._all_lately: deque[float] = deque()

    async def _welcome(self, socket: web.WebSocketResponse, identity: dict[str, Any]) -> None:
        self.identities.append(identity)
        self._socket = socket
        servers = [_server(server_id(number)) for number in range(self._servers)]
        ready = {
            "v": 10,
            "user": payloads.BOT_USER,
            "guilds": [{"id": server["id"], "unavailable": True} for server in servers],
            "session_id": "loopback",
            "resume_gateway_url": self.gateway_url,
            "application": {"id": payloads.APPLICATION, "flags": 0},
        }
        await self._dispatch(socket, "READY", ready)
        for server in servers:
            await self._dispatch(socket, "GUILD_CREATE", server)
        await self._tell()

    async def rest(self, request: web.Request) -> web.Response:
        """One REST call; a message in a channel takes its time, and counts towards the limits."""
        match request.method, request.path.removeprefix("/api/v10").strip("/").split("/"):
            case "POST", ["channels", channel, "messages"]:
                return await self._post(int(channel), await request.json())
        return await super().rest(request)

    async def _post(self, channel: int, body: dict[str, Any]) -> web.Response:
        now = time.perf_counter()
        self.posts.append((now, channel, str(body["nonce"])))
        everywhere = _within(self._all_lately, now, 1.0)
        lately = self._lately[channel]
        if lately and now >= lately[0] + PER_SECONDS:
            lately.clear()  # Discord counts from the first of them on, and then anew
        lately.append(now)
        here = len(lately)
        self.violations += everywhere > A_SECOND or here > IN_CHANNEL
        await asyncio.sleep(LATENCY)
        message = payloads.message(len(self.posts), body) | {"channel_id": str(channel)}
        left = max(0, IN_CHANNEL - here)
        reset = lately[0] + PER_SECONDS - time.perf_counter()
        limits = {
            "X-RateLimit-Limit": str(IN_CHANNEL),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset-After": f"{max(0.0, reset):.3f}",
            "X-RateLimit-Reset": f"{time.time() + max(0.0, reset):.3f}",
            "X-RateLimit-Bucket": "messages",
            "Content-Type": "application/json",
        }
        return web.Response(body=json.dumps(message).encode(), headers=limits)


def _within(lately: deque[float], now: float, seconds: float) -> int:
    """How many there were within so many seconds, this one included."""
    lately.append(now)
    while lately[0] <= now - seconds:
        lately.popleft()
    return len(lately)


def _server(server: int) -> dict[str, Any]:
    roles = [payloads.EVERYONE | {"id": str(server), "permissions": str(2**50 - 1)}]
    channels = [
        payloads.TEXT_CHANNEL | {"id": str(channel_id(server, number)), "guild_id": str(server)}
        for number in range(CHANNELS)
    ]
    if str(server) == payloads.GUILD:
        channels.append(payloads.TEXT_CHANNEL)
    return payloads.SERVER | {"id": str(server), "name": f"Server {server}", "roles": roles, "channels": channels}
