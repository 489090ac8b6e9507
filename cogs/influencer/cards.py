"""The cards of the roster: registered, changed, listed, removed, its history."""

from collections.abc import Mapping, Sequence
from typing import Any

import discord

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import WARNING, Card, capital, fitting, heading, joined, lines, small
from cogs.kit.fields import field_name
from cogs.kit.language import Language, mark
from cogs.kit.options import band, tier_label
from cogs.kit.problems import platform_label
from cogs.kit.safe import code, plain
from cogs.kit.state import pack, pack_band, pack_platform
from cogs.kit.time import at
from cogs.tier.card import ladder_name
from cogs.tier.doubts import doubts
from cogs.tier.rates import rate_facts, rate_note
from planning.accounts import Account
from planning.audit import Action, AuditEntry, Origin, differences
from planning.caller import COMMAND_LINE
from planning.money import Money
from planning.records import AccountFilter
from planning.services.accounts import Trail
from planning.tiers import PRESETS, Ladder

PAGE = 12

ACTIONS: dict[Action, str] = {
    Action.ADDED: mark("registered"),
    Action.EDITED: mark("changed"),
    Action.REMOVED: mark("removed"),
    Action.IMPORTED: mark("imported"),
    Action.SETTING: mark("set"),
    Action.LOGGED: mark("logged a reading"),
    Action.POSTS: mark("read posts from a file"),
    Action.MERGED: mark("merged"),
    Action.LINKED: mark("linked"),
    Action.SPLIT: mark("split again"),
}


def exists_card(t: Language, account: Account, updated: Account, token: str | None) -> Card:
    """The account was there already: what would change, and a button that changes it."""
    known = t(
        "{handle} ({platform}) is registered already.",
        handle=_name(account),
        platform=platform_label(t, account.platform),
    )
    if token is None:
        return Card(lines(known, t("What you gave is what is known: nothing to change.")))
    return Card(
        known,
        lines(t("What you gave would change this:"), *changes(t, account, updated)),
        buttons=[
            [
                ActionButton("update", token, label=t("Update it"), style=discord.ButtonStyle.primary),
                ActionButton("cancel", token, label=t("Leave it")),
            ]
        ],
        accent=WARNING,
    )


def edited_card(t: Language, before: Account, after: Account) -> Card:
    """What an edit changed."""
    if before == after:
        return Card(t("Nothing to change: {handle} is as you say already.", handle=_name(after)))
    return Card(
        lines(t("{handle} is updated.", handle=_name(after)), *changes(t, before, after)), *doubts(t, before, after)
    )


def changes(t: Language, before: Account, after: Account) -> list[str]:
    """One line a changed field: before → after."""
    was, becomes = differences(before, after)
    return change_lines(t, was, becomes)


def change_lines(t: Language, was: Mapping[str, object], becomes: Mapping[str, object]) -> list[str]:
    """One line a field: before → after, an unknown as a dash."""
    fields = list(dict.fromkeys((*was, *becomes)))
    values = {name: (change_value(t, name, was.get(name)), change_value(t, name, becomes.get(name))) for name in fields}
    return [f"{capital(field_name(t, name))}: {before} → {after}" for name, (before, after) in values.items()]


def change_value(t: Language, name: str, value: object) -> str:
    """A value of the trail in words, an unknown as a dash."""
    match value:
        case None:
            return "—"
        case int() | float() if name == "planner_role_id":
            return f"<@&{value}>"
        case int() | float() if name == "declared_rate":
            return t.percent(value)
        case int() | float():
            return t.number(value)
        case list():
            return ", ".join(plain(str(item)) for item in value)
        case _ if name == "price":
            minor, currency = str(value).split()
            return t.money(Money(int(minor), currency))
        case _ if name == "country":
            return t.country(str(value))
        case _ if name == "language":
            return t.language(str(value))
        case _ if name == "ladder":
            return plain(PRESETS[str(value)].title) if str(value) in PRESETS else t("this server's own ladder")
        case _:
            return plain(str(value))


def remove_card(t: Language, account: Account) -> Card:
    """Asks before an account is removed."""
    return Card(
        lines(
            t("Remove {handle} ({platform})?", handle=_name(account), platform=platform_label(t, account.platform)),
            small(t("Its numbers and their history go with it. The trail of who changed what stays.")),
        ),
        buttons=[
            [
                ActionButton("remove", account.id, label=t("Remove"), style=discord.ButtonStyle.danger),
                ActionButton("cancel", label=t("Keep it")),
            ]
        ],
        accent=WARNING,
    )


def removed_card(t: Language, account: Account) -> Card:
    """Says that an account is gone."""
    return Card(t("{handle} is removed.", handle=_name(account)))


def list_card(
    t: Language, accounts: Sequence[Account], total: int, wanted: AccountFilter, offset: int, ladder: Ladder
) -> Card:
    """A page of the roster."""
    filters = joined(
        *map(plain, wanted.niches),
        t("{band} followers", band=band(t, *wanted.followers)) if wanted.followers else None,
        platform_label(t, wanted.platform) if wanted.platform else None,
        t.country(wanted.country) if wanted.country else None,
    )
    title = heading(
        t.many("{n} account found", "{n} accounts found", total)
        if filters
        else t.many("Roster: {n} account", "Roster: {n} accounts", total)
    )
    if not accounts:
        return Card(lines(title, small(filters) if filters else None), t("Nobody here passes these filters."))
    last = offset + len(accounts)
    place = t(
        "{first}–{last} of {total}, by handle", first=t.number(offset + 1), last=t.number(last), total=t.number(total)
    )
    return Card(
        lines(title, small(joined(filters, place, ladder_name(t, ladder)))),
        "\n".join(_entry(t, account, ladder) for account in accounts),
        small(rate_note(t)),
        buttons=[_pages(t, wanted, offset, last < total)],
    )


def _entry(t: Language, account: Account, ladder: Ladder) -> str:
    facts = joined(
        code("@" + account.handle, 40),
        platform_label(t, account.platform),
        plain(tier_label(t, ladder, account.followers)),
        t.number(account.followers),
    )
    niches = ", ".join(plain(niche, 16) for niche in account.niches[:3]) or None
    return f"{facts}\n{small(joined(*rate_facts(t, account), niches))}"


def _pages(t: Language, wanted: AccountFilter, offset: int, more: bool) -> list[discord.ui.Item[Any]]:
    rest = pack(
        pack_band(*wanted.followers) if wanted.followers else None,
        pack_platform(wanted.platform),
        wanted.country,
        *(wanted.niches or (None,)),
    )
    pages: list[discord.ui.Item[Any]] = []
    if offset:
        pages.append(ActionButton("list", pack(max(0, offset - PAGE), rest), label=t("Previous page")))
    if more:
        pages.append(ActionButton("list", pack(offset + PAGE, rest), label=t("Next page")))
    return pages


def history_card(t: Language, trail: Trail, offset: int, reference: str) -> Card:
    """The trail of one account, newest first: a page of it, and where there are more, an entry more."""
    title = heading(t("History of {handle}", handle=plain("@" + trail.handle)))
    if not trail.entries:
        return Card(title, t("Nothing more is on record."))
    entries = [_entry_of_trail(t, entry, trail.former) for entry in trail.entries[:HISTORY_PAGE]]
    shown = fitting(entries, room=ROOM_FOR_TRAIL)
    pages: list[discord.ui.Item[Any]] = []
    if offset:
        pages.append(ActionButton("history", pack(max(0, offset - HISTORY_PAGE), reference), label=t("Newer")))
    if shown < len(trail.entries):
        pages.append(ActionButton("history", pack(offset + shown, reference), label=t("Older")))
    return Card(title, "\n".join(entries[:shown]), buttons=[pages])


HISTORY_PAGE = 6
ROOM_FOR_TRAIL = 3600
"""Characters of a card's 4,000 that entries may take."""


def _entry_of_trail(t: Language, entry: AuditEntry, former: Mapping[int, str]) -> str:
    who = t("the command line") if entry.actor_id == COMMAND_LINE else f"<@{entry.actor_id}>"
    handle = former.get(entry.account_id)
    head = joined(
        at(entry.at),
        code("@" + handle) if handle else None,
        t(ACTIONS[entry.action]),
        who,
        _origin(t, entry.origin) if entry.origin else None,
    )
    if not entry.before or not entry.after or entry.handle:
        facts = {**entry.after, **entry.before}.items()
        return lines(head, small(joined(*(_fact(t, name, value) for name, value in facts if value is not None))))
    return lines(head, small("\n".join(change_lines(t, entry.before, entry.after))))


def _origin(t: Language, origin: Origin) -> str:
    file = plain(origin.file)
    return file if origin.row is None else t("{file}, row {row}", file=file, row=origin.row)


def _fact(t: Language, name: str, value: object) -> str:
    return f"{field_name(t, name)} {change_value(t, name, value)}"


def cancelled_card(t: Language) -> Card:
    """Says that nothing was done."""
    return Card(t("Nothing was changed."))


def _name(account: Account) -> str:
    return code("@" + account.handle)
