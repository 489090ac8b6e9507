"""The buttons of a list's card: votes, notes, vetoes, adding by hand, its trail."""

import asyncio
from functools import partial
from weakref import WeakValueDictionary

import discord
from discord.ext import commands

from cogs.kit.buttons import action
from cogs.kit.cards import WARNING, Card, lines
from cogs.kit.language import Language
from cogs.kit.request import Request, person_language
from cogs.kit.services import Services
from cogs.lists.card import list_card
from cogs.lists.forms import TextForm
from cogs.lists.pick_card import pick_card
from cogs.lists.trail_card import PAGE, trail_card
from cogs.lists.words import handle, handle_code
from planning.services.accounts import Unknown
from planning.services.lists import add_by_hand, list_events, show_list
from planning.services.votes import MAX_WORDS, cast_vote, give_reason, lift_veto, note, show_pick, take_off, veto

LONGEST_HANDLE = 100


class BoardCog(commands.Cog):
    """Answers the buttons of lists; what they say is for every member."""

    def __init__(self, services: Services) -> None:
        self.services = services
        # Of 25 votes at once each redraws the card: in turns, so that the last one drawn shows them all.
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @action("board")
    async def turn_page(self, interaction: discord.Interaction, state: str) -> None:
        """Another page of a list, for the person who asks alone."""
        request = await Request.begin_page(interaction, self.services)
        list_id, start = _numbers(state)
        view = await show_list(request.database, request.caller, list_id)
        await request.answer(list_card(request.t, view, request.settings.ladder, start))

    @action("board-fresh")
    async def refresh(self, interaction: discord.Interaction, state: str) -> None:
        """The same page as it is now, for all who see it."""
        request = await Request.begin_update(interaction, self.services)
        await self._redraw(request, *_numbers(state))

    @action("board-share")
    async def share(self, interaction: discord.Interaction, state: str) -> None:
        """Post the page to the channel, for all to vote on, in the server's language."""
        request = await Request.begin_update(interaction, self.services)
        request.must_post()
        list_id, start = _numbers(state)
        view = await show_list(request.database, request.caller, list_id)
        await request.post(list_card(request.channel_language, view, request.settings.ladder, start, share=False))

    @action("vote-up")
    async def vote_up(self, interaction: discord.Interaction, state: str) -> None:
        """A vote for a pick."""
        await self._vote(interaction, state, up=True)

    @action("vote-down")
    async def vote_down(self, interaction: discord.Interaction, state: str) -> None:
        """A vote against a pick."""
        await self._vote(interaction, state, up=False)

    @action("pick")
    async def open_pick(self, interaction: discord.Interaction, state: str) -> None:
        """Who voted how and why, the note and the veto of one pick."""
        request = await Request.begin(interaction, self.services)
        list_id, account_id, _ = _numbers(state)
        await self._show_pick(request, list_id, account_id)

    @action("vote-why")
    async def open_reason(self, interaction: discord.Interaction, state: str) -> None:
        """Ask why the member voted so."""
        t = person_language(interaction, self.services)
        await self._ask(interaction, t("Why I voted so"), t("Left empty, it is taken back"), state, "reason")

    @action("pick-note")
    async def open_note(self, interaction: discord.Interaction, state: str) -> None:
        """Ask for the note on a pick."""
        t = person_language(interaction, self.services)
        await self._ask(interaction, t("A note for the team"), t("Left empty, it is taken away"), state, "note")

    @action("pick-veto")
    async def open_veto(self, interaction: discord.Interaction, state: str) -> None:
        """Ask why not."""
        t = person_language(interaction, self.services)
        await self._ask(interaction, t("Veto"), t("Why not (may be left empty)"), state, "veto")

    @action("pick-lift")
    async def lift(self, interaction: discord.Interaction, state: str) -> None:
        """Take a veto back."""
        request = await Request.begin_update(interaction, self.services)
        list_id, account_id = _numbers(state)
        await lift_veto(request.database, request.caller, list_id, account_id, now=request.now)
        await self._show_pick(request, list_id, account_id)

    @action("pick-off")
    async def take_off(self, interaction: discord.Interaction, state: str) -> None:
        """Take a pick off the list."""
        request = await Request.begin_update(interaction, self.services)
        list_id, account_id = _numbers(state)
        pick = await take_off(request.database, request.caller, list_id, account_id, now=request.now)
        t = request.t
        text = t("{handle} is off the list. Refresh its card to see it.", handle=handle(pick.pick.account))
        await request.answer(Card(text))

    @action("board-add")
    async def open_adding(self, interaction: discord.Interaction, state: str) -> None:
        """Ask whom to add."""
        t = person_language(interaction, self.services)
        submit = partial(self._add, int(state))
        form = TextForm(t("Add by hand"), t("Handle or address of a profile"), submit, longest=LONGEST_HANDLE)
        await interaction.response.send_modal(form)

    @action("board-trail")
    async def show_trail(self, interaction: discord.Interaction, state: str) -> None:
        """Who did what to a list."""
        list_id, offset = _numbers(state)
        request = await Request.begin(interaction, self.services)
        entry, events = await list_events(request.database, request.caller, list_id, offset=offset, limit=PAGE + 1)
        await request.answer(trail_card(request.t, entry, events, offset))

    async def _vote(self, interaction: discord.Interaction, state: str, *, up: bool) -> None:
        request = await Request.begin_update(interaction, self.services)
        list_id, account_id, start = _numbers(state)
        await cast_vote(request.database, request.caller, list_id, account_id, up=up, now=request.now)
        await self._redraw(request, list_id, start)

    async def _redraw(self, request: Request, list_id: int, start: int) -> None:
        """The list's card in its place, in the language of those who see it."""
        message = request.interaction.message
        assert message is not None, "a button is on a message"
        alone = message.flags.ephemeral
        t = request.t if alone else request.channel_language
        async with self._turns.setdefault(message.id, asyncio.Lock()):
            view = await show_list(request.database, request.caller, list_id)
            await request.answer(list_card(t, view, request.settings.ladder, start, share=alone))

    async def _show_pick(self, request: Request, list_id: int, account_id: int) -> None:
        view = await show_pick(request.database, request.caller, list_id, account_id)
        caller = request.caller
        card = pick_card(request.t, view, request.settings.ladder, user_id=caller.user_id, planner=caller.planner)
        await request.answer(card)

    async def _ask(self, interaction: discord.Interaction, title: str, label: str, state: str, kind: str) -> None:
        form = TextForm(title, label, partial(self._say, kind, state), longest=MAX_WORDS, required=False)
        await interaction.response.send_modal(form)

    async def _say(self, kind: str, state: str, interaction: discord.Interaction, text: str) -> None:
        """Keep what was typed about a pick."""
        request = await Request.begin_update(interaction, self.services)
        list_id, account_id = _numbers(state)
        keep = {"reason": give_reason, "note": note, "veto": veto}[kind]
        await keep(request.database, request.caller, list_id, account_id, text, now=request.now)
        await self._show_pick(request, list_id, account_id)

    async def _add(self, list_id: int, interaction: discord.Interaction, text: str) -> None:
        request = await Request.begin(interaction, self.services)
        t = request.t
        added = await add_by_hand(request.database, request.caller, list_id, text, now=request.now)
        if isinstance(added, Unknown):
            await request.answer(_not_added(t, added))
            return
        await request.answer(Card(t("{handle} is on the list now. Refresh its card to see it.", handle=handle(added))))


def _not_added(t: Language, unknown: Unknown) -> Card:
    near = t.any_of([handle_code(match.handle) for match in unknown.nearest])
    return Card(
        lines(
            t("{handle} isn't registered on this server.", handle=handle_code(unknown.handle)),
            t("Did you mean {handles}? Press Add by hand again with that.", handles=near) if unknown.nearest else None,
        ),
        accent=WARNING,
    )


def _numbers(state: str) -> tuple[int, ...]:
    """The numbers in a button's id."""
    return tuple(int(part) for part in state.split(":"))
