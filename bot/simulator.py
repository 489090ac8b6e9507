"""A simulated Discord around the real bot, for the demo and for tests. The only module that imports SimCord.

Two servers, each with a text channel, a planner (who may manage the server) and a member without rights. The bot has
what an ordinary invite gives it. What people do and see is SimCord's own (`MemberActor.slash`, `click`, ...); tests
have shorter ways in `tests/people.py`.

SimCord steers the event loop, so that it knows when the bot is done: only asyncio's own loop will do (no uvloop),
and a task of the bot that waits for an event of its own counts as busy unless it waits through `Env.external_wait`.
Inside the bot `time.monotonic` stands still; `time.perf_counter` does not.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from cogs.kit.buttons import RetiredButton
from planning.errors import PlanningError

# SimCord makes a client without intents when it is imported, of which discord.py warns: that is no news to anyone.
logging.getLogger("discord.state").addFilter(lambda record: "Guilds intent" not in record.msg)

from simcord import ChannelHandle, Env, GuildHandle, InteractionResult, MemberActor, RoleHandle, SetupError  # noqa: E402
from simcord.backend.models import Overwrite  # noqa: E402
from simcord.enums import OverwriteType  # noqa: E402
from simcord.preview import Preview  # noqa: E402

__all__ = ["ChannelHandle", "GuildHandle", "InteractionResult", "MemberActor", "RoleHandle"]

BOT_NAME = "Microscout"
SERVER_NAMES = ("Green Fork Studio", "North Pier Agency")
GUILD_IDS = (1_456_000_000_000_000_001, 1_456_000_000_000_000_002)
"""Fixed, so that the demo's database finds its servers again at the next start."""

PEOPLE = (("rosa", "milo"), ("ines", "theo"))
INVITED_WITH = discord.Permissions(
    view_channel=True, send_messages=True, embed_links=True, attach_files=True, read_message_history=True
)
FOLLOW_SECONDS = 0.2


class _Clock:
    """SimCord's clock stands at 1 January 2026; this one shows our own time, plus what a test advances it by."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.elapsed = 0.0

    def now(self) -> datetime:
        return self._now() + timedelta(seconds=self.elapsed)

    def advance(self, seconds: float) -> None:
        self.elapsed += seconds


class _Env(Env):
    """SimCord's environment, which counts as an error only what is a bug: its page marks every error as a failure."""

    def _record_error(self, error: BaseException) -> None:
        if not _is_told(error):
            super()._record_error(error)


@dataclass(frozen=True, slots=True)
class Server:
    """One server, its channel and its people."""

    name: str
    guild: GuildHandle
    channel: ChannelHandle
    planner: MemberActor
    member: MemberActor

    @property
    def id(self) -> int:
        """Its Discord id."""
        return self.guild.id


@dataclass(frozen=True, slots=True)
class Page:
    """The page as it is served: its address (whoever has it may use it), and a wait for its End button."""

    url: str
    wait_closed: Callable[[], Coroutine[Any, Any, None]]


class PageError(Exception):
    """The page can't be served, a taken port for one; the text says why."""


class World:
    """The simulated Discord. `env` is SimCord's own; `languages` holds each person's, by id, `en-US` unless set."""

    def __init__(self, env: Env) -> None:
        self.env = env
        self.languages: dict[int, str] = {}
        self._forgiven = 0
        self._changed = asyncio.Event()
        self._preview: Preview | None = None
        env.backend.bot_user.name = BOT_NAME
        self.home, self.away = (self._open_server(*row) for row in zip(SERVER_NAMES, GUILD_IDS, PEOPLE, strict=True))

    @property
    def servers(self) -> tuple[Server, Server]:
        """Both servers."""
        return self.home, self.away

    async def restart(self, bot: commands.Bot) -> None:
        """The old bot's process ends, a fresh one connects to the same Discord."""
        await self.env.restart_bot(bot)

    @property
    def bugs(self) -> list[BaseException]:
        """What the bot raised that was no person's mistake; `simulate` raises them at its end."""
        return self.env.errors[self._forgiven :]

    def forgive(self) -> list[BaseException]:
        """The bugs so far, which a test caused on purpose: they no longer count."""
        bugs = self.bugs
        self._forgiven += len(bugs)
        return bugs

    def join(self, server: GuildHandle, name: str, *, roles: Sequence[RoleHandle] = ()) -> MemberActor:
        """One more person, in a server."""
        return server.add_member(self.env.create_user(name), roles=roles)

    def forbid(self, server: Server, **permissions: bool) -> None:
        """Take permissions from everyone in the server's channel (`send_messages=False`); none gives all back."""
        _, denied = discord.PermissionOverwrite(**permissions).pair()
        everyone = Overwrite(server.guild.id, OverwriteType.ROLE, deny=denied.value)
        self.env.backend.set_overwrite(server.channel.id, everyone)

    def private_messages(self, person: MemberActor) -> list[dict[str, Any]]:
        """The components of what the bot told someone outside of any server, oldest first."""
        channel_id = self.env.backend.dm_channels.get(person.id, 0)
        kept = self.env.backend.messages.get(channel_id, {})
        return [{"components": message.components} for message in kept.values()]

    @asynccontextmanager
    async def page(self, server: Server, *, port: int, language: str) -> AsyncIterator[Page]:
        """Serve a local page in which one uses the bot as one of the server's people, until the block ends.

        `port` 0 takes a free one. Raises `PageError`.
        """
        viewers = (server.planner, server.member)
        try:
            preview = self.env.preview(server.channel, viewers=viewers, layout="channel", port=port, locale=language)
            await preview.__aenter__()
        except SetupError as error:
            raise PageError(str(error)) from error
        self._preview = preview
        follower = asyncio.create_task(self._follow(preview))
        try:
            yield Page(preview.url, preview.wait_closed)
        finally:
            follower.cancel()
            await asyncio.gather(follower, return_exceptions=True)
            await preview.close()

    def overhear(self, event: str, payload: Any) -> None:
        """Give an interaction its person's and its server's language: SimCord says en-US for everyone.

        Called with each gateway event before the bot gets it; that a message came or changed is noted too.
        """
        if event == "INTERACTION_CREATE":
            payload["locale"] = self.languages.get(int(payload["member"]["user"]["id"]), "en-US")
            payload["guild_locale"] = self.env.backend.get_guild(int(payload["guild_id"])).preferred_locale
            if self._preview is not None:
                # Or the page would show the answer at the time of the one before: "counted in 2 minutes".
                self._preview._advance_presentation_time()  # noqa: SLF001
        elif event.startswith("MESSAGE_"):
            self._changed.set()

    async def _follow(self, preview: Preview) -> None:
        """Show what the bot posts of its own accord: left alone, the page shows what a person's action brought."""
        while True:
            await self._changed.wait()
            await asyncio.sleep(FOLLOW_SECONDS)
            self._changed.clear()
            # Not `refresh`: while that waits, SimCord turns away whatever a person does.
            preview._advance_presentation_time()  # noqa: SLF001
            preview._publish_message_pages(reason="refresh")  # noqa: SLF001

    def _open_server(self, name: str, guild_id: int, people: tuple[str, str]) -> Server:
        guild = self.env.create_guild(name, id=guild_id)
        for role in self.env.backend.get_guild(guild_id).roles.values():
            if role.managed:
                role.permissions = INVITED_WITH.value
        channel = guild.create_text_channel("influencers", topic="Who we work with")
        lead = guild.create_role("Lead", permissions=discord.Permissions(manage_guild=True))
        planner, member = people
        return Server(name, guild, channel, self.join(guild, planner, roles=[lead]), self.join(guild, member))


@asynccontextmanager
async def simulate(bot: commands.Bot, *, clock: Callable[[], datetime]) -> AsyncIterator[World]:
    """The bot, connected to a simulated Discord that shows `clock`'s time.

    At the end it raises, as a group, what went wrong in the bot beside the mistakes of people that it answered.
    The bot's database outlives it: close that afterwards.
    """
    env = _Env(bot, check_errors=False)
    world = World(env)
    # Only now, so that ids, which carry their time, are the same at every start.
    env.backend.clock = _Clock(clock)  # pyright: ignore[reportAttributeAccessIssue] - the same three members
    env.backend.subscribers.insert(0, world.overhear)
    await env.start()
    try:
        yield world
    finally:
        await env.shutdown()
    if world.bugs:
        raise BaseExceptionGroup("the bot raised", world.bugs)


def _is_told(error: BaseException | None) -> bool:
    """Whether it is a person's mistake, or a refusal, that reached the error ladder by design."""
    if isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError) and error.__cause__:
        return _is_told(error.__cause__)
    return isinstance(error, PlanningError | RetiredButton | app_commands.AppCommandError)
