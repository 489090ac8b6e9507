"""Sends scheduled posts to Discord: at a pace that leaves room for answers, and never the same one twice."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import aiohttp
import discord
import structlog
from discord import ui

from bot.client import Microscout
from cogs.kit.cards import Card
from cogs.schedule.permissions import lacking
from cogs.schedule.posts import POST_ACTION, post_card, telling_card
from planning.scheduling.schedules import HaltReason
from planning.services.publishing import Halt, NotNow, Post, Telling

EVERYWHERE = (38, 1.0)
"""Requests in seconds that posts may take: Discord lets a bot have 50, and answers to commands don't count as those."""
IN_CHANNEL = (5, 5.5)
"""Messages in seconds in one channel: Discord takes five in five, from the first that reaches it. discord.py would wait
for that as well, but after our turn, and then let go of many at once."""
SECONDS = 60.0
"""How long one request may take, discord.py's own tries included."""
PAGE = 100
"""Messages that Discord gives at a time."""

_log = structlog.stdlib.get_logger("microscout.publishing")


class Pace:
    """Turns at most so many in so many seconds, in the order in which they were asked for."""

    def __init__(self, many: int, seconds: float) -> None:
        self._seconds = seconds
        self._turns: deque[float] = deque(maxlen=many)
        self._order = asyncio.Lock()

    async def turn(self, also: "Pace | None" = None) -> None:
        """Wait for one's turn, and for that in another pace as well: both count from when both have come."""
        loop = asyncio.get_running_loop()
        async with self._order:
            if len(self._turns) == self._turns.maxlen:
                await asyncio.sleep(max(0.0, self._turns[0] + self._seconds - loop.time()))
            if also is not None:
                await also.turn()
            self._turns.append(loop.time())


class DiscordPublisher:
    """Implements `planning.services.publishing.Publisher` with the bot's own connection."""

    def __init__(self, bot: Microscout) -> None:
        self._bot = bot
        self._pace = Pace(*EVERYWHERE)
        self._channels: defaultdict[int, Pace] = defaultdict(lambda: Pace(*IN_CHANNEL))

    async def missing(self, guild_id: int, channel_id: int, role_id: int | None) -> Sequence[str]:
        """The permissions that the bot lacks. Raises `Halt` where the channel is gone, `NotNow`."""
        channel = self._channel(guild_id, channel_id)
        return lacking(channel, channel.guild.get_role(role_id) if role_id is not None else None)

    async def find(self, guild_id: int, channel_id: int, reference: str, *, since: datetime) -> int | None:
        """The id of the bot's own message with this reference. Raises `Halt`, `NotNow`."""
        channel = self._channel(guild_id, channel_id)
        after: datetime | discord.Message = since
        while True:
            # Each page in a turn and a time of its own: a busy channel has many.
            async with self.asking():
                page = [one async for one in channel.history(limit=PAGE, after=after, oldest_first=True)]
            for message in page:
                if message.author == channel.guild.me and _carries(message, reference):
                    return message.id
            if len(page) < PAGE:
                return None
            after = page[-1]

    async def post(self, post: Post) -> int:
        """Send it; the message's id. Raises `Halt`, `NotNow`."""
        channel = self._channel(post.guild_id, post.schedule.channel_id)
        language = self._bot.services.languages.get(post.settings.language)
        role = channel.guild.get_role(post.schedule.mention_role_id or 0)
        mentions = discord.AllowedMentions(everyone=False, users=False, roles=[role] if role else False)
        _log.info("sending", reference=post.reference, guild_id=post.guild_id, channel_id=channel.id)
        return await self._send(channel, post_card(language, post), post.reference, mentions)

    async def tell(self, telling: Telling) -> None:
        """Send it to the planner alone, or where they take no messages, to the channel. Raises `Halt`, `NotNow`."""
        language = self._bot.services.languages.get(telling.settings.language)
        guild = self._bot.get_guild(telling.guild_id)
        server = guild.name if guild else ""
        card = telling_card(language, telling, server)
        _log.info("telling", reference=telling.reference, guild_id=telling.guild_id, kind=telling.notice.kind.name)
        nobody = discord.AllowedMentions.none()
        try:
            async with self.asking():
                person = await self._bot.create_dm(discord.Object(telling.schedule.created_by))
            await self._send(person, card, telling.reference, nobody)
        except Halt:
            channel = self._channel(telling.guild_id, telling.schedule.channel_id)
            await self._send(channel, telling_card(language, telling, server), telling.reference, nobody)

    async def _send(
        self,
        place: discord.TextChannel | discord.DMChannel,
        card: Card,
        reference: str,
        mentions: discord.AllowedMentions,
    ) -> int:
        async with self.asking(place.id):
            # With a nonce, discord.py has Discord give the first message back where the same comes again.
            message = await place.send(view=card, nonce=reference, allowed_mentions=mentions)
        return message.id

    def _channel(self, guild_id: int, channel_id: int) -> discord.TextChannel:
        if not self._bot.is_ready():
            raise NotNow("the connection to Discord is not up")
        guild = self._bot.get_guild(guild_id)
        if guild is None:
            raise Halt(HaltReason.CHANNEL_GONE)
        if guild.unavailable:
            raise NotNow("the server is not available at Discord")
        channel = guild.get_channel(channel_id)
        if not isinstance(channel, discord.TextChannel):
            raise Halt(HaltReason.CHANNEL_GONE)
        return channel

    @asynccontextmanager
    async def asking(self, channel_id: int | None = None) -> AsyncGenerator[None]:
        """A request in its turn, a message in that of its channel too. What goes wrong is a reason to stop (`Halt`) or
        to try again later (`NotNow`)."""
        await (self._pace.turn() if channel_id is None else self._channels[channel_id].turn(self._pace))
        try:
            async with asyncio.timeout(SECONDS):
                yield
        except discord.NotFound as error:
            raise Halt(HaltReason.CHANNEL_GONE, error.text) from error
        except discord.Forbidden as error:
            raise Halt(HaltReason.REFUSED, error.text) from error
        except discord.HTTPException as error:
            # 429 and what begins with 5 pass; any other says that the message itself is wrong, which is ours to mend.
            if error.status != 429 and error.status < 500:
                raise
            raise NotNow(f"Discord answered {error.status}") from error
        except (TimeoutError, OSError, aiohttp.ClientError) as error:
            # Cut off while it waits for the whole bot's limit to pass, discord.py would hold back all else for good.
            self._bot.http._global_over.set()  # noqa: SLF001 - it has no other way
            raise NotNow(f"Discord can't be reached: {type(error).__name__}") from error


def _carries(message: discord.Message, reference: str) -> bool:
    """Whether the message has the button of the post with this reference."""
    items = ui.LayoutView.from_message(message, timeout=None).walk_children()
    marks = (item.custom_id or "" for item in items if isinstance(item, ui.Button))
    return any(mark.startswith(f"v1:{POST_ACTION}:") and mark.endswith(f":{reference}") for mark in marks)
