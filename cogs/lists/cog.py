"""`/list`: keep shortlists under a name, show them, compare them, take them along."""

from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from cogs.kit.buttons import action
from cogs.kit.cards import Card
from cogs.kit.options import FORMATS
from cogs.kit.request import Request, person_language
from cogs.kit.safe import plain
from cogs.kit.services import Services
from cogs.kit.state import unpack
from cogs.lists.card import list_card, result_card
from cogs.lists.export import list_columns, list_rows, result_columns, result_rows
from cogs.lists.forms import TextForm
from cogs.lists.options import suggest_list, suggest_list_or_result, suggest_result
from cogs.lists.overview_card import PAGE, all_card, deletion_card, diff_card, saved_card
from cogs.lists.words import SHOWN_NAME
from cogs.shortlist.card import no_niche_card
from cogs.shortlist.export import as_file
from planning.list_changes import differences
from planning.services.lists import (
    MAX_LIST_NAME,
    ListView,
    compare,
    delete_list,
    find_to_delete,
    list_all,
    rename_list,
    save_list,
    show,
)
from planning.services.shortlists import NoSuchNiche

Name = app_commands.Range[str, 1, 100]


class ListCog(commands.GroupCog, name="list", description="Your team's named shortlists."):
    """Keeps shortlists under a name."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command()
    @app_commands.autocomplete(name=suggest_list, result=suggest_result)
    async def save(self, interaction: discord.Interaction, name: Name, result: Name) -> None:
        """Save a shortlist's picks under a name; a list that exists gets those that it lacks.

        Args:
            name: What the team calls the list.
            result: The id at the foot of a shortlist.
        """
        await self._save(result, interaction, name)

    @app_commands.command()
    @app_commands.autocomplete(name=suggest_list_or_result)
    async def show(self, interaction: discord.Interaction, name: Name) -> None:
        """A list with its votes, or a shortlist as it was answered, beside today's numbers.

        Args:
            name: A list's name, or the id at the foot of a shortlist.
        """
        request = await Request.begin(interaction, self.services)
        await self._show(request, name, 0)

    @app_commands.command()
    async def all(self, interaction: discord.Interaction) -> None:
        """Every list of this server."""
        request = await Request.begin(interaction, self.services)
        await self._all(request, 0)

    @app_commands.command()
    @app_commands.autocomplete(name=suggest_list)
    async def rename(self, interaction: discord.Interaction, name: Name, new_name: Name) -> None:
        """Give a list another name.

        Args:
            name: The list.
            new_name: What it is called from now on.
        """
        request = await Request.begin(interaction, self.services)
        entry = await rename_list(request.database, request.caller, name, new_name, now=request.now)
        await request.answer(Card(request.t("The list is called {list} now.", list=plain(entry.name, SHOWN_NAME))))

    @app_commands.command()
    @app_commands.autocomplete(name=suggest_list)
    async def delete(self, interaction: discord.Interaction, name: Name) -> None:
        """Delete a list with its votes; it asks first.

        Args:
            name: The list.
        """
        request = await Request.begin(interaction, self.services)
        await request.answer(deletion_card(request.t, await find_to_delete(request.database, request.caller, name)))

    @app_commands.command()
    @app_commands.choices(kind=FORMATS)
    @app_commands.autocomplete(name=suggest_list_or_result)
    async def export(self, interaction: discord.Interaction, name: Name, kind: str = "xlsx") -> None:
        """A list as a spreadsheet, with the reasons, votes and notes.

        Args:
            name: A list's name, or the id at the foot of a shortlist.
            kind: Excel unless you say otherwise.
        """
        request = await Request.begin(interaction, self.services)
        t = request.t
        view = await show(request.database, request.caller, name)
        if isinstance(view, ListView):
            title, columns, rows = view.entry.name, list_columns(t), list_rows(t, view)
        else:
            title, columns, rows = view.result.query.niche, result_columns(t), result_rows(t, view)
        file = as_file(self.services, title, columns, rows, workbook=kind == "xlsx", filename="list")
        text = t.many("{n} pick, with the reasons.", "{n} picks, with the reasons.", len(rows))
        await request.answer(Card(text, files=[file.filename]), files=[file])

    @app_commands.command()
    @app_commands.autocomplete(first=suggest_list_or_result, second=suggest_list_or_result)
    async def diff(self, interaction: discord.Interaction, first: Name, second: Name | None = None) -> None:
        """How two lists differ, or a list and the same shortlist made today.

        Args:
            first: A list's name, or the id at the foot of a shortlist.
            second: Another one; left out, the first is made again today.
        """
        request = await Request.begin(interaction, self.services)
        one, other = await compare(
            request.database, self.services.meanings, request.caller, first, second, now=request.now
        )
        if isinstance(other, NoSuchNiche):
            await request.answer(no_niche_card(request.t, other, add=request.mention("influencer add")))
            return
        ladder = request.settings.ladder
        await request.answer(diff_card(request.t, one, other, differences(one.picks, other.picks, ladder), ladder))

    @action("save")
    async def open_saving(self, interaction: discord.Interaction, state: str) -> None:
        """Ask for the list's name."""
        t = person_language(interaction, self.services)
        submit = partial(self._save, state)
        form = TextForm(t("Save to a list"), t("The list's name, new or not"), submit, longest=MAX_LIST_NAME)
        await interaction.response.send_modal(form)

    @action("result")
    async def turn_result(self, interaction: discord.Interaction, state: str) -> None:
        """Another page of a result as it was."""
        request = await Request.begin_page(interaction, self.services)
        result_id, start = unpack(state, 2)
        await self._show(request, result_id or "", int(start or 0))

    @action("board-all")
    async def turn_all(self, interaction: discord.Interaction, state: str) -> None:
        """Another page of all lists."""
        request = await Request.begin_page(interaction, self.services)
        await self._all(request, int(state))

    @action("board-gone")
    async def confirm_delete(self, interaction: discord.Interaction, state: str) -> None:
        """Delete it now."""
        request = await Request.begin_update(interaction, self.services)
        entry = await delete_list(request.database, request.caller, int(state))
        await request.answer(Card(request.t("{list} is deleted.", list=plain(entry.name, SHOWN_NAME))))

    @action("board-keep")
    async def keep(self, interaction: discord.Interaction, _state: str) -> None:
        """Not after all."""
        request = await Request.begin_update(interaction, self.services)
        await request.answer(Card(request.t("Nothing was deleted.")))

    async def _save(self, result_id: str, interaction: discord.Interaction, name: str) -> None:
        request = await Request.begin(interaction, self.services)
        saved = await save_list(request.database, request.caller, name, result_id, now=request.now)
        await request.answer(saved_card(request.t, saved, show=request.mention("list show")))

    async def _show(self, request: Request, name: str, start: int) -> None:
        view = await show(request.database, request.caller, name)
        t, ladder = request.t, request.settings.ladder
        card = list_card(t, view, ladder, start) if isinstance(view, ListView) else result_card(t, view, ladder, start)
        await request.answer(card)

    async def _all(self, request: Request, offset: int) -> None:
        found, total = await list_all(request.database, request.caller, offset=offset, limit=PAGE)
        await request.answer(all_card(request.t, found, total, offset, shortlist=request.mention("shortlist")))
