"""`/influencer merge`, `split` and `duplicates`: several accounts that are one."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.influencer.duplicates_card import PAGE, duplicates_card
from cogs.influencer.merge_cards import link_card, linked_card, merge_card, merged_card, split_card
from cogs.kit import options
from cogs.kit.buttons import action
from cogs.kit.cards import Card
from cogs.kit.request import Request
from cogs.kit.services import Services
from cogs.kit.state import unpack
from cogs.tier.card import unknown_card
from planning.duplicates.identities import pair_of
from planning.services.accounts import Unknown
from planning.services.duplicates import keep_apart, list_duplicates
from planning.services.merging import Merged, MergeProposal, confirm_merge, propose_merge
from planning.services.splitting import split, undo_link, undo_merge


class MergeCommands(commands.Cog):
    """The part of `/influencer` that keeps one influencer from standing there twice."""

    services: Services

    @app_commands.command()
    @app_commands.autocomplete(handle=options.suggest_handle, other=options.suggest_handle)
    async def merge(self, interaction: discord.Interaction, handle: options.Typed, other: options.Typed) -> None:
        """Make two accounts one, or one influencer's on two platforms; asks first, and can be undone.

        Args:
            handle: The account that stays.
            other: The account that becomes part of it, or belongs to the same person.
        """
        request = await Request.begin(interaction, self.services)
        await self._ask(request, handle, other)

    @app_commands.command()
    @app_commands.autocomplete(handle=options.suggest_handle)
    async def split(self, interaction: discord.Interaction, handle: options.Typed) -> None:
        """Undo the last merge of an account, or take it out of an influencer with several.

        Args:
            handle: The account, or the handle that was merged into it.
        """
        request = await Request.begin(interaction, self.services)
        result = await split(request.database, request.caller, handle, now=request.now)
        if isinstance(result, Unknown):
            await request.answer(unknown_card(request.t, result, may_register=False))
        else:
            await request.answer(split_card(request.t, result))

    @app_commands.command()
    async def duplicates(self, interaction: discord.Interaction) -> None:
        """Accounts that are likely the same, or the same person's, with the reasons; you decide."""
        request = await Request.begin(interaction, self.services)
        await request.answer(await self._duplicates(request, 0))

    @action("duplicates")
    async def turn_duplicates(self, interaction: discord.Interaction, state: str) -> None:
        """Another page of the likely duplicates."""
        request = await Request.begin_page(interaction, self.services)
        await request.answer(await self._duplicates(request, int(state)))

    @action("apart")
    async def keep_apart(self, interaction: discord.Interaction, state: str) -> None:
        """Remember that two accounts are not the same; the page without them."""
        request = await Request.begin_page(interaction, self.services)
        offset, one, other = (int(part or 0) for part in unpack(state, 3))
        await keep_apart(request.database, request.caller, pair_of(one, other))
        await request.answer(await self._duplicates(request, offset))

    @action("merge-ask")
    async def ask(self, interaction: discord.Interaction, state: str) -> None:
        """Show what merging two accounts would do, as an answer of its own."""
        request = await Request.begin(interaction, self.services)
        into, other = (int(part or 0) for part in unpack(state, 2))
        await self._ask(request, into, other)

    @action("merge")
    async def confirm_merge(self, interaction: discord.Interaction, state: str) -> None:
        """Do what was shown."""
        request = await Request.begin_update(interaction, self.services)
        result = await confirm_merge(request.database, request.caller, state, now=request.now)
        card = merged_card(request.t, result) if isinstance(result, Merged) else linked_card(request.t, result)
        await request.answer(card)

    @action("merge-undo")
    async def undo_merge(self, interaction: discord.Interaction, state: str) -> None:
        """Make two accounts of one again."""
        request = await Request.begin_update(interaction, self.services)
        into, other = (int(part or 0) for part in unpack(state, 2))
        result = await undo_merge(request.database, request.caller, into, other, now=request.now)
        await request.answer(split_card(request.t, result))

    @action("link-undo")
    async def undo_link(self, interaction: discord.Interaction, state: str) -> None:
        """Take an account out of its influencer."""
        request = await Request.begin_update(interaction, self.services)
        result = await undo_link(request.database, request.caller, int(state), now=request.now)
        await request.answer(split_card(request.t, result))

    async def _ask(self, request: Request, into: str | int, other: str | int) -> None:
        result = await propose_merge(request.database, request.caller, into, other, now=request.now)
        if isinstance(result, Unknown):
            await request.answer(unknown_card(request.t, result, may_register=False))
        elif isinstance(result, MergeProposal):
            await request.answer(merge_card(request.t, result))
        else:
            await request.answer(link_card(request.t, result))

    async def _duplicates(self, request: Request, offset: int) -> Card:
        found, total = await list_duplicates(request.database, request.caller, offset=offset, limit=PAGE)
        return duplicates_card(request.t, found, total, offset)
