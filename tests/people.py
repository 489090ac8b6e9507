"""People in the simulated Discord, so that a journey reads like their steps.

answer = await world.planner.slash("tier", handle="@moss.kitchen")
assert "micro" in answer.text
answer = await answer.click("History")
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.simulator import InteractionResult, MemberActor, RoleHandle, Server, World
from tests import reading
from tests.reading import Button


@dataclass(frozen=True, slots=True)
class Choice:
    """One suggestion of an autocomplete."""

    name: str
    value: str | int | float


class Shown:
    """A message, always as it stands at the moment of asking: an edit shows here too."""

    def __init__(self, world: World, handle: Any) -> None:
        self.handle = handle
        self._backend = world.env.backend
        channel_id = handle.channel.id if isinstance(handle, discord.Message) else handle.channel_id
        self._stored = self._backend.get_message(channel_id, handle.id)

    @property
    def payload(self) -> dict[str, Any]:
        """Its content and components as they went over the wire."""
        return {"content": self._stored.content, "components": self._stored.components}

    @property
    def text(self) -> str:
        """Its texts, one below the other (no labels of buttons)."""
        return reading.texts(self.payload)

    @property
    def words(self) -> list[str]:
        """All that a person can read in it."""
        return reading.words(self.payload)

    @property
    def buttons(self) -> list[Button]:
        """Its buttons, links too."""
        return reading.buttons(self.payload)

    @property
    def labels(self) -> list[str]:
        """The labels of its buttons."""
        return [button.label for button in self.buttons]

    @property
    def files(self) -> dict[str, bytes]:
        """The files that came with it, by name."""
        return {file["filename"]: self._backend.cdn.get(file["url"]) or b"" for file in self._stored.attachments}

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self._stored.flags & discord.MessageFlags.ephemeral.flag)


class Answer:
    """What one interaction brought: messages (new, or the one with the button, edited), or a form to fill."""

    def __init__(self, person: "Person", result: InteractionResult) -> None:
        self.person = person
        self.result = result

    @property
    def messages(self) -> list[Shown]:
        """The first response and what followed it; none where the bot answered with nothing or with a form."""
        sent = [self.result.response] if self.result.response else []
        return [Shown(self.person.world, message) for message in (*sent, *self.result.followups)]

    @property
    def last(self) -> Shown:
        """The newest of its messages. Raises LookupError where there is none."""
        if not self.messages:
            raise LookupError(f"nothing was answered: {self.result!r}")
        return self.messages[-1]

    @property
    def text(self) -> str:
        """The texts of all its messages."""
        return "\n".join(message.text for message in self.messages)

    @property
    def words(self) -> list[str]:
        """All that a person can read in it, a form's words too."""
        return [word for message in self.messages for word in message.words] + reading.words(self.form or {})

    @property
    def buttons(self) -> list[Button]:
        """The buttons of all its messages."""
        return [button for message in self.messages for button in message.buttons]

    @property
    def labels(self) -> list[str]:
        """The labels of all its buttons."""
        return [button.label for button in self.buttons]

    @property
    def files(self) -> dict[str, bytes]:
        """The files of all its messages, by name."""
        return {name: content for message in self.messages for name, content in message.files.items()}

    @property
    def ephemeral(self) -> bool:
        """Whether there is an answer and nobody else sees any of it."""
        return bool(self.messages) and all(message.ephemeral for message in self.messages)

    @property
    def form(self) -> dict[str, Any] | None:
        """The form (modal) that opened, as Discord's payload."""
        return self.result.modal

    async def click(self, label: str | None = None, *, custom_id: str | None = None) -> "Answer":
        """The same person presses a button of the newest message."""
        return await self.person.click(self.last, label, custom_id=custom_id)

    async def select(self, *values: Any, custom_id: str | None = None) -> "Answer":
        """The same person chooses in a menu of the newest message: the one that offers this, unless it is named."""
        return await self.person.select(
            self.last, *values, custom_id=custom_id or reading.menu_of(self.last.payload, values[0])
        )

    async def submit(self, values: Mapping[str, Any]) -> "Answer":
        """The same person fills the form that opened, by custom id, and sends it."""
        return Answer(self.person, await self.person.actor.submit_modal(self.result, dict(values)))


class Person:
    """A member of one server at their keyboard, in its channel."""

    def __init__(self, world: World, server: Server, actor: MemberActor) -> None:
        self.world = world
        self.server = server
        self.actor = actor
        self.id = actor.id

    def speaks(self, language: str) -> "Person":
        """Their Discord is in this language from now on (`nl`, `en-US`, ...)."""
        self.world.languages[self.id] = language
        return self

    async def slash(self, command: str, /, **options: Any) -> Answer:
        """Send a slash command; a file is (name, bytes), a role its handle."""
        return Answer(self, await self.actor.slash(self.server.channel, command, **options))

    async def autocomplete(self, command: str, option: str, typed: str, /, **filled: Any) -> list[Choice]:
        """What an option suggests while this is typed."""
        offered = await self.actor.autocomplete(self.server.channel, command, option, typed, **filled)
        return [Choice(choice["name"], choice["value"]) for choice in offered]

    async def click(self, message: Shown, label: str | None = None, *, custom_id: str | None = None) -> Answer:
        """Press a button of a message, one's own or another's."""
        return Answer(self, await self.actor.click(message.handle, label=label, custom_id=custom_id))

    async def select(self, message: Shown, *values: Any, custom_id: str | None = None) -> Answer:
        """Choose in a menu of a message."""
        return Answer(self, await self.actor.select(message.handle, values, custom_id=custom_id))

    def sees(self) -> list[Shown]:
        """The channel as this person sees it, oldest first."""
        return [Shown(self.world, message) for message in self.server.channel.history(viewer=self.actor)]


class Team:
    """The people of one server."""

    def __init__(self, world: World, server: Server) -> None:
        self.world = world
        self.server = server
        self.id = server.id
        self.planner = Person(world, server, server.planner)
        self.member = Person(world, server, server.member)

    def add_role(self, name: str, *, mentionable: bool = False) -> RoleHandle:
        """A role without any rights of its own."""
        return self.server.guild.create_role(name, mentionable=mentionable)

    def add_person(self, name: str, *roles: RoleHandle) -> Person:
        """One more member."""
        return Person(self.world, self.server, self.world.join(self.server.guild, name, roles=roles))
