"""`/influencer`: the commands that keep the roster, and their buttons."""

import discord
from discord import app_commands
from discord.ext import commands

from cogs.influencer import cards
from cogs.influencer.files import FileCommands
from cogs.influencer.filters import SUGGESTED, read_filter
from cogs.influencer.form import RegisterForm, Typed, read_handle
from cogs.influencer.merging import MergeCommands
from cogs.influencer.posts import PostCommands
from cogs.kit import options
from cogs.kit.buttons import action
from cogs.kit.cards import Card
from cogs.kit.request import Request, person_language
from cogs.kit.services import Services
from cogs.kit.state import pack, unpack, unpack_band, unpack_platform
from cogs.tier.card import account_card, unknown_card
from planning.platform import Platform
from planning.records import AccountFilter
from planning.services.accounts import (
    Added,
    Unknown,
    add_account,
    confirm_update,
    edit_account,
    list_accounts,
    list_history,
    look_up,
    parse_reference,
    remove_account,
)
from planning.services.pending import discard

SUGGESTIONS = {
    "niches": options.suggest_niches,
    "country": options.suggest_country,
    "language": options.suggest_language,
}


class InfluencerCog(
    FileCommands,
    PostCommands,
    MergeCommands,
    commands.GroupCog,
    name="influencer",
    description="The roster of this server.",
):
    """Registers, changes, lists and removes influencers."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command()
    @app_commands.choices(platform=options.PLATFORMS)
    @app_commands.autocomplete(**SUGGESTIONS)
    async def add(
        self,
        interaction: discord.Interaction,
        handle: options.Typed,
        platform: str,
        followers: options.Followers,
        niches: options.Typed | None = None,
        name: app_commands.Range[str, 1, 100] | None = None,
        country: options.Typed | None = None,
        language: options.Typed | None = None,
        likes: options.Average | None = None,
        comments: options.Average | None = None,
        views: options.Average | None = None,
        posts: options.Posts | None = None,
        price: options.Typed | None = None,
    ) -> None:
        """Register an influencer's account.

        Args:
            handle: @name, name, or the address of the profile.
            platform: Where the account is.
            followers: How many followers it has.
            niches: What it is about, the main niche first, with commas between.
            name: The person's or the channel's name.
            country: Where the influencer is.
            language: The language of the posts.
            likes: Likes of an average post.
            comments: Comments on an average post.
            views: Views of an average post.
            posts: Over how many posts these averages are.
            price: Price of a post, such as 250 EUR.
        """
        typed = Typed(followers, niches, name, country, language, likes, comments, views, posts, price)
        await self._add(interaction, handle, platform, typed)

    @app_commands.command()
    @app_commands.choices(platform=options.PLATFORMS)
    @app_commands.autocomplete(handle=options.suggest_handle, **SUGGESTIONS)
    async def edit(
        self,
        interaction: discord.Interaction,
        handle: options.Typed,
        platform: str | None = None,
        followers: options.Followers | None = None,
        niches: options.Typed | None = None,
        name: app_commands.Range[str, 1, 100] | None = None,
        country: options.Typed | None = None,
        language: options.Typed | None = None,
        likes: options.Average | None = None,
        comments: options.Average | None = None,
        views: options.Average | None = None,
        posts: options.Posts | None = None,
        price: options.Typed | None = None,
    ) -> None:
        """Change what is known of an influencer; what you leave out stays, and - empties a field.

        Args:
            handle: Whom to change.
            platform: Where the account is, when the handle is on several platforms.
            followers: How many followers it has now.
            niches: What it is about, the main niche first, with commas between; replaces the niches it has.
            name: The person's or the channel's name.
            country: Where the influencer is.
            language: The language of the posts.
            likes: Likes of an average post.
            comments: Comments on an average post.
            views: Views of an average post.
            posts: Over how many posts these averages are.
            price: Price of a post, such as 250 EUR.
        """
        request = await Request.begin(interaction, self.services)
        reference = pack(platform, handle.removeprefix(f"{platform}:")) if platform else handle
        typed = Typed(followers, niches, name, country, language, likes, comments, views, posts, price)
        named, normal = parse_reference(reference)
        draft = typed.draft(named or Platform.OTHER, normal, currency=request.settings.currency)
        result = await edit_account(request.database, request.caller, reference, draft, now=request.now)
        if isinstance(result, Unknown):
            await request.answer(unknown_card(request.t, result, may_register=True))
        else:
            await request.answer(cards.edited_card(request.t, result.before, result.after))

    @app_commands.command()
    @app_commands.autocomplete(handle=options.suggest_handle)
    async def remove(self, interaction: discord.Interaction, handle: options.Typed) -> None:
        """Remove an influencer's account from the roster; asks first.

        Args:
            handle: Whom to remove.
        """
        request = await Request.begin(interaction, self.services)
        request.caller.must_plan()
        result = await look_up(request.database, request.caller, handle)
        if isinstance(result, Unknown):
            await request.answer(unknown_card(request.t, result, may_register=False))
        else:
            await request.answer(cards.remove_card(request.t, result.account))

    @app_commands.command(name="list")
    @app_commands.choices(platform=options.PLATFORMS)
    @app_commands.autocomplete(**SUGGESTED)
    async def list_(
        self,
        interaction: discord.Interaction,
        niche: options.Typed | None = None,
        tier: options.Typed | None = None,
        platform: str | None = None,
        country: options.Typed | None = None,
    ) -> None:
        """The roster, page by page.

        Args:
            niche: Only this niche.
            tier: Only this size, by the server's ladder.
            platform: Only this platform.
            country: Only this country.
        """
        request = await Request.begin(interaction, self.services)
        wanted = read_filter(request.settings.ladder, niche, tier, platform, country)
        await request.answer(await self._list(request, wanted, 0))

    @app_commands.command()
    @app_commands.autocomplete(handle=options.suggest_handle)
    async def history(self, interaction: discord.Interaction, handle: options.Typed) -> None:
        """Where every value of an account came from: who changed what, when, and from which file and row.

        Args:
            handle: Whose history, also of an account that was removed.
        """
        request = await Request.begin(interaction, self.services)
        await request.answer(await self._history(request, handle, 0))

    @action("register")
    async def open_form(self, interaction: discord.Interaction, state: str) -> None:
        """Open the form that registers a handle."""
        platform, handle = unpack(state, 2)
        t = person_language(interaction, self.services)
        await interaction.response.send_modal(RegisterForm(t, handle=handle or "", platform=platform, submit=self._add))

    @action("update")
    async def update(self, interaction: discord.Interaction, state: str) -> None:
        """Carry out the update that `add` offered."""
        request = await Request.begin_update(interaction, self.services)
        result = await confirm_update(request.database, request.caller, state, now=request.now)
        await request.answer(cards.edited_card(request.t, result.before, result.after))

    @action("cancel")
    async def cancel(self, interaction: discord.Interaction, state: str) -> None:
        """Leave everything as it is, and forget what waited for a Confirm."""
        request = await Request.begin_update(interaction, self.services)
        if state:
            await discard(request.database, request.caller, state)
        await request.answer(cards.cancelled_card(request.t))

    @action("remove")
    async def confirm_removal(self, interaction: discord.Interaction, state: str) -> None:
        """Remove the account."""
        request = await Request.begin_update(interaction, self.services)
        account = await remove_account(request.database, request.caller, int(state), now=request.now)
        await request.answer(cards.removed_card(request.t, account))

    @action("list")
    async def turn_page(self, interaction: discord.Interaction, state: str) -> None:
        """Another page of the roster."""
        request = await Request.begin_page(interaction, self.services)
        offset, band, platform, country, niche = unpack(state, 5)
        wanted = AccountFilter((niche,) if niche else (), unpack_band(band), unpack_platform(platform), country)
        await request.answer(await self._list(request, wanted, int(offset or 0)))

    @action("history")
    async def turn_history(self, interaction: discord.Interaction, state: str) -> None:
        """Another page of an account's history; without an offset, its first page as an answer of its own."""
        offset, reference = unpack(state, 2)
        begin = Request.begin_page if offset else Request.begin
        request = await begin(interaction, self.services)
        await request.answer(await self._history(request, reference or "", int(offset or 0)))

    async def _add(self, interaction: discord.Interaction, handle: str, platform: str, typed: Typed) -> None:
        request = await Request.begin(interaction, self.services)
        draft = typed.draft(*read_handle(handle, platform), currency=request.settings.currency)
        result = await add_account(request.database, request.caller, draft, now=request.now)
        if isinstance(result, Added):
            edit = request.mention("influencer edit")
            note = request.t("Registered.")
            await request.answer(account_card(request.t, result.account, request.settings.ladder, edit=edit, note=note))
        else:
            await request.answer(cards.exists_card(request.t, result.account, result.updated, result.token))

    async def _list(self, request: Request, wanted: AccountFilter, offset: int) -> Card:
        accounts, total = await list_accounts(request.database, request.caller, wanted, offset=offset, limit=cards.PAGE)
        return cards.list_card(request.t, accounts, total, wanted, offset, request.settings.ladder)

    async def _history(self, request: Request, reference: str, offset: int) -> Card:
        limit = cards.HISTORY_PAGE + 1
        result = await list_history(request.database, request.caller, reference, offset=offset, limit=limit)
        if isinstance(result, Unknown):
            return unknown_card(request.t, result, may_register=request.caller.planner)
        return cards.history_card(request.t, result, offset, reference)
