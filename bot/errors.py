"""The one place that turns an error into an answer: what went wrong, what to do next, a reference also in the log."""

import secrets
from enum import StrEnum

import discord
import structlog
from discord import app_commands

from cogs.kit.buttons import RetiredButton
from cogs.kit.cards import WARNING, Card, lines, small
from cogs.kit.host import services_of
from cogs.kit.language import Language
from cogs.kit.permissions import permission_names
from cogs.kit.problems import problem_text
from cogs.kit.request import person_language
from planning.errors import DatabaseUnavailable, PlanningError

log = structlog.get_logger(__name__)

ANSWERED_ALREADY = 40060
"""Discord's code for an interaction that was acknowledged before: by another process with the same token."""


class Outcome(StrEnum):
    """How an interaction went: a refusal is what the person, or the server's permissions, can mend."""

    OK = "ok"
    REFUSED = "refused"
    ERROR = "error"


async def answer_error(interaction: discord.Interaction, error: BaseException) -> Outcome:
    """Tell the person who caused it, in one message that only they see; log what was not theirs to mend."""
    cause = _cause(error)
    if isinstance(cause, discord.HTTPException) and cause.code == ANSWERED_ALREADY:
        log.info("another process answered first", request=_request(interaction))
        return Outcome.OK
    t = person_language(interaction, services_of(interaction))
    text = _known(t, cause)
    if text is None or isinstance(cause, DatabaseUnavailable):
        outcome = Outcome.ERROR
        reference = secrets.token_hex(3)
        log.error("request failed", reference=reference, request=_request(interaction), exc_info=cause)
        text = text or t("Something went wrong on our side. Try again; if it happens again, tell whoever runs the bot.")
        text = lines(text, small(t("Reference: {reference}", reference=reference)))
    else:
        outcome = Outcome.REFUSED
        log.info("request refused", error=type(cause).__name__, request=_request(interaction))
    try:
        await _answer(interaction, Card(text, accent=WARNING))
    except discord.HTTPException as gone:
        log.warning("error could not be shown", error=str(gone), request=_request(interaction))
    return outcome


def _cause(error: BaseException) -> BaseException:
    """What really happened, out of the wrappers that discord.py puts around it."""
    while isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError) and error.__cause__:
        error = error.__cause__
    return error


def _known(t: Language, error: BaseException) -> str | None:
    """The words for an error that has some."""
    match error:
        case PlanningError():
            return problem_text(t, error)
        case RetiredButton():
            return t("This button belongs to an older version. Run the command again.")
        case app_commands.TransformerError():
            return t("{value} can't be used here. Pick one of the suggestions.", value=f"`{error.value}`")
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return t("This command has changed. Reload Discord (Ctrl+R) and try again.")
        case app_commands.BotMissingPermissions():
            return t(
                "I lack a permission here: {names}. Ask someone who manages the server to grant it.",
                names=permission_names(t, error.missing_permissions),
            )
        case app_commands.MissingPermissions():
            return t("You lack a permission for this: {names}.", names=permission_names(t, error.missing_permissions))
        case app_commands.NoPrivateMessage():
            return t("Use this in a server: every server has its own roster.")
        case discord.Forbidden():
            return t("Discord doesn't let me do that here. Check my permissions in this channel.")
        case discord.HTTPException() if error.status == 413:
            return t("The file is too large for Discord. Ask whoever runs the bot to export it.")
        case _:
            return None


def _request(interaction: discord.Interaction) -> str:
    """What was asked, without what was typed: the command's name or the button's action."""
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    data = interaction.data or {}
    return ":".join(str(data.get("custom_id", interaction.type.name)).split(":")[:2])


async def _answer(interaction: discord.Interaction, card: Card) -> None:
    if not interaction.response.is_done():
        await interaction.response.send_message(view=card, ephemeral=True)
    elif interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
        await interaction.edit_original_response(view=card, attachments=[])
    else:
        await interaction.followup.send(view=card, ephemeral=True)
