"""The cards of the settings."""

import discord

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import WARNING, Card, bold, heading, joined, lines, small, table
from cogs.kit.language import Language, Languages
from cogs.kit.options import band, tier_name
from cogs.tier.card import ladder_name
from planning.services.settings import LadderChange
from planning.settings import GuildSettings
from planning.tiers import Ladder

SHOWN_RATES = 25


def settings_card(t: Language, settings: GuildSettings, languages: Languages, *, title: str) -> Card:
    """Everything that is set."""
    role = settings.planner_role_id
    planners = f"<@&{role}>" if role else t("whoever may manage the server")
    facts = (
        t("Currency: {currency}", currency=settings.currency),
        t("Language in channels: {language}", language=language_name(languages, settings.language)),
        t("Time zone: {timezone}", timezone=settings.timezone),
        t("Planners: {planners}", planners=planners),
    )
    return Card(heading(title), lines(*facts, _rates(t, settings)), _ladder(t, settings.ladder))


def _rates(t: Language, settings: GuildSettings) -> str | None:
    """What other currencies are worth, as many as fit."""
    worth = [
        t("1 {code} is {rate} {currency}", code=code, rate=t.exact(rate), currency=settings.currency)
        for code, rate in settings.rates.items()
    ]
    if not worth:
        return None
    shown = worth[:SHOWN_RATES]
    if len(worth) > len(shown):
        shown.append(t("{n} more", n=t.number(len(worth) - len(shown))))
    return t("Exchange rates: {rates}", rates=joined(*shown))


def language_name(languages: Languages, code: str) -> str:
    """The language's own name for itself."""
    language = languages.get(code)
    return language.language(language.code).capitalize()


def _ladder(t: Language, ladder: Ladder) -> str:
    tiers = [(tier_name(t, tier, ladder), band(t, tier.low, tier.high)) for tier in ladder.tiers]
    return lines(bold(t("Tiers")), small(ladder_name(t, ladder)), table(tiers))


def ladder_card(t: Language, change: LadderChange) -> Card:
    """What changing the ladder would do, and the button that does it."""
    if change.token is None:
        return Card(t("This ladder is in force already."), _ladder(t, change.after))
    moved = t.many(
        "{n} of {total} accounts moves.", "{n} of {total} accounts move.", change.moved, total=t.number(change.accounts)
    )
    moves = [
        (f"{tier_name(t, was, change.before)} → {tier_name(t, becomes, change.after)}", t.number(count))
        for was, becomes, count in change.moves
    ]
    return Card(
        lines(heading(t("Change the ladder?")), small(t("Now: {ladder}", ladder=ladder_name(t, change.before)))),
        _ladder(t, change.after),
        lines(moved, table(moves) if moves else None),
        buttons=[
            [
                ActionButton("ladder", change.token, label=t("Change it"), style=discord.ButtonStyle.primary),
                ActionButton("cancel", change.token, label=t("Leave it")),
            ]
        ],
        accent=WARNING,
    )
