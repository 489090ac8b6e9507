"""The channels of the loopback Discord: messages, nonces, private channels, and what can go wrong with them."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from aiohttp import web

from tests import reading
from tests.loopback import payloads

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
"""From here on Discord counts the milliseconds that its ids begin with."""
MOST_AT_ONCE = 100
PRIVATE = "1400000000000000006"
"""The channel in which the bot writes to a person alone."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a request meets: an error of this status and code, or none (0): the connection closes without an answer.

    `taken` says that Discord did all the same what was asked; `silent` that no answer ever comes. `everywhere` makes a
    429 one of the whole bot.
    """

    status: int = 0
    code: int = 0
    retry_after: float = 0.0
    everywhere: bool = False
    taken: bool = False
    silent: bool = False

    def response(self) -> web.Response:
        """The error as Discord tells it."""
        told = {"message": f"trouble {self.status}", "code": self.code}
        if self.status != 429:
            return answer(told, self.status)
        told |= {"retry_after": self.retry_after, "global": self.everywhere}
        return answer(told, 429, {"Retry-After": str(self.retry_after), "Via": "1.1 loopback"})


class Channels:
    """What was written where. A nonce is known for `nonce_window`; times are those of `clock`.

    `witness` is told "received" before a message of the bot's is kept, "stored" after, and "answered" once its answer
    is on its way.
    """

    def __init__(self, closing: asyncio.Event, gate: asyncio.Event) -> None:
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.nonce_window = timedelta(minutes=5)
        self.witness: Callable[[str], None] = lambda _stage: None
        self.kept: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._references: defaultdict[str, list[str]] = defaultdict(list)
        self._by_nonce: dict[str, dict[str, Any]] = {}
        self._troubles: defaultdict[str, deque[Trouble]] = defaultdict(deque)
        self._closing = closing
        self._gate = gate
        self._last = 0

    def fail(self, what: str, trouble: Trouble, *, times: int = 1) -> None:
        """What the next requests meet: to "send", to "read", to "open" a private channel, to "tell" in one."""
        self._troubles[what].extend([trouble] * times)

    def mend(self) -> None:
        """Nothing goes wrong any more."""
        self._troubles.clear()

    def references(self, channel: str = payloads.CHANNEL) -> list[str]:
        """The references of the scheduled posts in a channel, in their order."""
        return self._references[channel]

    def write(self, channel: str = payloads.CHANNEL, *, count: int = 1) -> None:
        """Other messages, which are no business of ours."""
        for _ in range(count):
            self._keep(channel, {"content": "hello"})

    async def reply(self, request: web.Request, path: list[str], body: Any) -> web.Response:
        """The answer to a request for a channel."""
        match request.method, path:
            case "POST", ["users", "@me", "channels"]:
                opened = {"id": PRIVATE, "type": 1, "recipients": [payloads.person(body["recipient_id"])]}
                return await self._troubled(request, "open", lambda: opened)
            case "GET", ["channels", channel, "messages"]:
                return await self._troubled(request, "read", lambda: self._page(channel, request.query))
            case "POST", ["channels", channel, "messages"]:
                self.witness("received")
                what = "tell" if channel == PRIVATE else "send"
                response = await self._troubled(request, what, lambda: self._send(channel, body))
                await self._gate.wait()
                self.witness("answered")
                return response
            case "PATCH", ["channels", channel, "messages", message]:
                return answer(self._edit(channel, message, body))
        return answer({"message": "404: Not Found", "code": 0}, 404)

    async def _troubled(self, request: web.Request, what: str, do: Callable[[], Any]) -> web.Response:
        troubles = self._troubles[what]
        if not troubles:
            return answer(do())
        trouble = troubles.popleft()
        if trouble.taken:
            do()
        if trouble.silent:
            await self._closing.wait()
        if trouble.status:
            return trouble.response()
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    def _send(self, channel: str, body: dict[str, Any]) -> dict[str, Any]:
        nonce = body.get("nonce")
        known = self._by_nonce.get(nonce) if nonce and body.get("enforce_nonce") else None
        if known is not None and self.clock() - datetime.fromisoformat(known["timestamp"]) < self.nonce_window:
            return known
        message = self._keep(channel, body)
        if nonce:
            self._by_nonce[nonce] = message
        self.witness("stored")
        return message

    def _keep(self, channel: str, body: dict[str, Any]) -> dict[str, Any]:
        now = self.clock()
        number = int((now - EPOCH) / timedelta(milliseconds=1)) << 22
        self._last = max(self._last + 1, number)
        message = payloads.posted(str(self._last), channel, now, body)
        self.kept[channel].append(message)
        self._references[channel] += _marks(message)
        return message

    def _edit(self, channel: str, message_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Change a message of the bot's in its place."""
        [place] = [place for place, message in enumerate(self.kept[channel]) if message["id"] == message_id]
        before = self.kept[channel][place]
        changed = payloads.posted(message_id, channel, datetime.fromisoformat(before["timestamp"]), body)
        self.kept[channel][place] = changed
        return changed

    def _page(self, channel: str, query: Mapping[str, str]) -> list[dict[str, Any]]:
        """The newest first, as Discord gives them; after an id, those that come next to it."""
        limit = int(query.get("limit", 50))
        assert limit <= MOST_AT_ONCE
        found = self.kept[channel]
        if "after" in query:
            found = [message for message in found if int(message["id"]) > int(query["after"])][:limit]
        elif "before" in query:
            found = [message for message in found if int(message["id"]) < int(query["before"])]
        return found[-limit:][::-1]


def answer(data: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    """An answer in JSON."""
    # discord.py reads JSON only under exactly this content type.
    told = {"Content-Type": "application/json"} | dict(headers or {})
    return web.Response(body=json.dumps(data).encode(), status=status, headers=told)


def _marks(message: Mapping[str, Any]) -> list[str]:
    """The references that the buttons of a scheduled post carry."""
    ids = (button.custom_id or "" for button in reading.buttons(message))
    return [mark.rpartition(":")[2] for mark in ids if mark.startswith("v1:sch:")]
