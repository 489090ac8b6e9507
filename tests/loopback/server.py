"""A small Discord on this machine: the gateway and the REST calls that the bot needs, with every request kept."""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from tests.loopback import payloads

PATIENCE = 15.0
"""Seconds after which a wait for the bot fails, rather than hangs."""

HELLO, IDENTIFY, HEARTBEAT, HEARTBEAT_ACK, DISPATCH = 10, 2, 1, 11, 0
COMMAND, COMPONENT = 2, 3


@dataclass(frozen=True, slots=True)
class Request:
    """One REST call of the bot: `path` begins after `/api/v10`, `body` is its JSON, `at` a perf_counter in seconds."""

    method: str
    path: str
    body: Any
    at: float

    @property
    def answers(self) -> bool:
        """Whether it carries an answer's content: a message or a form, not just an acknowledgement."""
        if self.path.endswith("/callback"):
            return self.body["type"] in {4, 7, 8, 9}
        return self.path.startswith("/webhooks/")


class Loopback:
    """`token` is the one it accepts, `gateway_token` the one that its gateway does.

    `gate` holds back what it replies to the bot's answers while it is cleared, `silent` every reply for good.
    """

    def __init__(self, token: str) -> None:
        self.token = token
        self.gateway_token = token
        self.silent = False
        self.identities: list[dict[str, Any]] = []
        self.requests: list[Request] = []
        self.closed_with: list[int | None] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.url = ""
        self._closing = asyncio.Event()
        self._numbers = itertools.count(1)
        self._sequence = itertools.count(1)
        self._changed = asyncio.Condition()
        self._socket: web.WebSocketResponse | None = None
        self._registered: list[dict[str, Any]] = []

    @property
    def api_url(self) -> str:
        """For DISCORD_API_URL."""
        return f"http://{self.url}/api/v10"

    @property
    def gateway_url(self) -> str:
        """For DISCORD_GATEWAY_URL."""
        return f"ws://{self.url}/gateway"

    @property
    def syncs(self) -> list[Request]:
        """The calls that registered commands."""
        return [request for request in self.requests if request.method == "PUT" and request.path.endswith("/commands")]

    def close(self) -> None:
        """Let go of every request that is held back."""
        self.gate.set()
        self._closing.set()

    async def until(self, holds: Callable[[], Any]) -> None:
        """Wait until this holds, looking after each request and each connection."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(holds)

    async def connected(self) -> None:
        """Wait until a bot has identified itself at the gateway."""
        await self.until(lambda: self._socket is not None)

    async def command(self, name: str, *options: dict[str, Any], **person: str) -> str:
        """Someone sends a slash command; the interaction's token."""
        data = {"id": self.command_id(name), "name": name, "type": 1, "options": list(options)}
        return await self._interact(COMMAND, data, **person)

    async def answer_to(self, token: str) -> Request:
        """The first request that carries content for this interaction."""
        await self.until(lambda: self.answers(token))
        return self.answers(token)[0]

    def answers(self, token: str) -> list[Request]:
        """What was answered to this interaction so far."""
        return [request for request in self.requests if token in request.path.split("/") and request.answers]

    async def _interact(self, kind: int, data: dict[str, Any], **person: str) -> str:
        sent = payloads.interaction(next(self._numbers), kind, data, **person)
        await self._dispatch("INTERACTION_CREATE", sent)
        return sent["token"]

    async def _dispatch(self, event: str, data: Any) -> None:
        assert self._socket is not None, "no bot is connected"
        await self._socket.send_json({"op": DISPATCH, "t": event, "s": next(self._sequence), "d": data})

    def command_id(self, name: str) -> str:
        """The id of a registered command; 1 where there is none of this name."""
        return next((command["id"] for command in self._registered if command["name"] == name), "1")

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def gateway(self, request: web.Request) -> web.WebSocketResponse:
        """One bot's connection, from hello to goodbye."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 41250}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            sent = json.loads(message.data)
            if sent["op"] == HEARTBEAT:
                await socket.send_json({"op": HEARTBEAT_ACK})
            elif sent["op"] == IDENTIFY:
                await self._welcome(socket, sent["d"])
        if socket is self._socket:
            self._socket = None
            self.closed_with.append(socket.close_code)
            await self._tell()
        return socket

    async def _welcome(self, socket: web.WebSocketResponse, identity: dict[str, Any]) -> None:
        if identity["token"] != self.gateway_token:
            await socket.close(code=4004)
            return
        self.identities.append(identity)
        self._socket = socket
        ready = {
            "v": 10,
            "user": payloads.BOT_USER,
            "guilds": [{"id": payloads.GUILD, "unavailable": True}],
            "session_id": "loopback",
            "resume_gateway_url": self.gateway_url,
            "application": {"id": payloads.APPLICATION, "flags": 0},
        }
        await self._dispatch("READY", ready)
        await self._dispatch("GUILD_CREATE", payloads.SERVER)
        await self._tell()

    async def rest(self, request: web.Request) -> web.Response:
        """One REST call."""
        path = request.path.removeprefix("/api/v10")
        kept = Request(request.method, path, await _body(request), time.perf_counter())
        self.requests.append(kept)
        await self._tell()
        # Interaction callbacks and webhooks are let in by the token in their path.
        public = path.startswith(("/interactions/", "/webhooks/"))
        if not public and request.headers.get("Authorization") != f"Bot {self.token}":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        if self.silent:
            await self._closing.wait()
        if kept.answers:
            await self.gate.wait()
        return self._reply(kept)

    def _reply(self, request: Request) -> web.Response:
        match request.method, request.path.strip("/").split("/"):
            case "GET", ["users", "@me"]:
                return _json(payloads.BOT_USER)
            case "GET", ["oauth2", "applications", "@me"] | ["applications", "@me"]:
                return _json(payloads.APPLICATION_INFO)
            case "PUT", ["applications", application, *_, "commands"]:
                self._registered = [_registered(application, i, command) for i, command in enumerate(request.body)]
                return _json(self._registered)
            case "GET", ["applications", _, *_, "commands"]:
                return _json(self._registered)
            case "POST", ["interactions", number, _, "callback"]:
                return _json({"interaction": {"id": number, "type": COMMAND}})
            case "PATCH" | "POST" | "GET", ["webhooks", _, _, *_]:
                return _json(payloads.message(next(self._numbers), request.body or {}))
            case "DELETE", ["webhooks", _, _, "messages", _]:
                return web.Response(status=204)
        return _json({"message": "404: Not Found", "code": 0}, status=404)


@asynccontextmanager
async def loopback(token: str) -> AsyncIterator[Loopback]:
    """A loopback Discord on a free port."""
    discord = Loopback(token)
    async with serve_loopback(discord):
        yield discord


@asynccontextmanager
async def serve_loopback(discord: Loopback) -> AsyncIterator[None]:
    """This Discord on a free port."""
    app = web.Application(client_max_size=64 * 1024**2)
    app.router.add_get("/gateway", discord.gateway)
    app.router.add_route("*", "/api/v10/{path:.*}", discord.rest)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        discord.url = f"{host}:{port}"
        yield
    finally:
        discord.close()
        await runner.cleanup()


async def _body(request: web.Request) -> Any:
    if not request.can_read_body:
        return None
    if request.content_type == "multipart/form-data":
        form = await request.post()
        return json.loads(str(form["payload_json"]))
    return await request.json()


def _registered(application: str, i: int, command: dict[str, Any]) -> dict[str, Any]:
    number = str(1_520_000_000_000_000_000 + i)
    return {"options": [], **command, "id": number, "application_id": application, "version": number}


def _json(data: Any, status: int = 200) -> web.Response:
    # discord.py reads JSON only under exactly this content type.
    return web.Response(body=json.dumps(data).encode(), status=status, headers={"Content-Type": "application/json"})
