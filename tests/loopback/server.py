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
from tests.loopback.channels import Channels, answer

PATIENCE = 15.0
"""Seconds after which a wait for the bot fails, rather than hangs."""

HELLO, IDENTIFY, RESUME, INVALID_SESSION, HEARTBEAT, HEARTBEAT_ACK, DISPATCH = 10, 2, 6, 9, 1, 11, 0
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

    `gate` holds back what it replies to the bot's answers and messages while it is cleared, `silent` every reply for
    good.
    `resumed` counts the connections that went on with a session; where `forgets_sessions`, each begins anew. `outage`
    leaves a bot that begins without its servers, until `open_servers`.
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
        self.channels = Channels(self._closing, self.gate)
        self.servers = [payloads.SERVER]
        self.resumed = 0
        self.forgets_sessions = False
        self.outage = False
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

    async def disconnect(self, code: int) -> None:
        """Close the bot's connection to the gateway, as Discord does now and then."""
        assert self._socket is not None, "no bot is connected"
        await self._socket.close(code=code)

    async def open_servers(self) -> None:
        """Tell the bot of its servers."""
        assert self._socket is not None, "no bot is connected"
        socket = self._socket
        for server in self.servers:
            await self._dispatch(socket, "GUILD_CREATE", server)

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
        assert self._socket is not None, "no bot is connected"
        await self._dispatch(self._socket, "INTERACTION_CREATE", sent)
        return sent["token"]

    async def _dispatch(self, socket: web.WebSocketResponse, event: str, data: Any) -> None:
        await socket.send_json({"op": DISPATCH, "t": event, "s": next(self._sequence), "d": data})

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
            elif sent["op"] == RESUME and self.forgets_sessions:
                await socket.send_json({"op": INVALID_SESSION, "d": False})
            elif sent["op"] == RESUME:
                self._socket = socket
                self.resumed += 1
                await self._dispatch(socket, "RESUMED", {})
                await self._tell()
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
            "guilds": [{"id": server["id"], "unavailable": True} for server in self.servers],
            "session_id": "loopback",
            "resume_gateway_url": self.gateway_url,
            "application": {"id": payloads.APPLICATION, "flags": 0},
        }
        await self._dispatch(socket, "READY", ready)
        if not self.outage:
            await self.open_servers()
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
            return answer({"message": "401: Unauthorized", "code": 0}, 401)
        if self.silent:
            await self._closing.wait()
        if kept.answers:
            await self.gate.wait()
        if path.startswith(("/channels/", "/users/@me/channels")):
            response = await self.channels.reply(request, path.strip("/").split("/"), kept.body)
            await self._tell()
            return response
        return self._reply(kept)

    def _reply(self, request: Request) -> web.Response:
        match request.method, request.path.strip("/").split("/"):
            case "GET", ["users", "@me"]:
                return answer(payloads.BOT_USER)
            case "GET", ["oauth2", "applications", "@me"] | ["applications", "@me"]:
                return answer(payloads.APPLICATION_INFO)
            case "PUT", ["applications", application, *_, "commands"]:
                self._registered = [_registered(application, i, command) for i, command in enumerate(request.body)]
                return answer(self._registered)
            case "GET", ["applications", _, *_, "commands"]:
                return answer(self._registered)
            case "POST", ["interactions", number, _, "callback"]:
                return answer({"interaction": {"id": number, "type": COMMAND}})
            case "PATCH" | "POST" | "GET", ["webhooks", _, _, *_]:
                return answer(payloads.message(next(self._numbers), request.body or {}))
            case "DELETE", ["webhooks", _, _, "messages", _]:
                return web.Response(status=204)
        return answer({"message": "404: Not Found", "code": 0}, 404)


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
