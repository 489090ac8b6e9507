"""The cards of accounts that become one, or one influencer's, and of those that are two again."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import discord

from cogs.influencer.cards import change_value, changes
from cogs.kit.buttons import ActionButton
from cogs.kit.cards import WARNING, Card, bold, capital, heading, joined, lines, small
from cogs.kit.fields import field_name
from cogs.kit.language import Language
from cogs.kit.problems import platform_label
from cogs.kit.safe import code, plain
from cogs.kit.state import pack
from cogs.kit.time import day
from planning.accounts import Account
from planning.merging import Conflict
from planning.services.linking import Linked, Unlinked
from planning.services.merging import LinkProposal, Merged, MergeProposal
from planning.services.splitting import Unmerged


def account_line(t: Language, account: Account) -> str:
    """Who it is, on one line: handle, platform, followers, name."""
    return joined(
        _handle(account),
        platform_label(t, account.platform),
        t.many("{n} follower", "{n} followers", account.followers),
        plain(account.name) if account.name else None,
    )


def merge_card(t: Language, proposal: MergeProposal) -> Card:
    """What merging two accounts of one platform would do."""
    into, other = proposal.into, proposal.other
    names = {"handle": _handle(into), "other": _handle(other)}
    added = [niche for niche in proposal.after.niches if niche not in into.niches]
    changed = changes(t, into, replace(proposal.after, niches=into.niches))
    if added:
        changed.append(t("Niches that come along: {niches}", niches=_niches(added)))
    differing = [_conflict(t, proposal, conflict) for conflict in proposal.conflicts]
    left_out = _niches(proposal.left_out)
    return Card(
        lines(
            heading(t("Merge {other} into {handle}?", **names)),
            account_line(t, into),
            account_line(t, other),
            t("They become one account, under {handle}. Whoever asks for {other}, or imports it, finds it.", **names),
        ),
        lines(bold(t("What becomes of {handle}", **names)), *(changed or [t("Nothing of it changes.")])),
        *([lines(bold(t("Where they differ")), *differing)] if differing else []),
        lines(
            bold(t("What goes over")),
            joined(
                t.many("{n} reading", "{n} readings", proposal.readings),
                t.many("{n} post", "{n} posts", proposal.posts),
                t.many("{n} post that both have", "{n} posts that both have", proposal.same_posts)
                if proposal.same_posts
                else None,
                t.many("its place on {n} list", "its place on {n} lists", proposal.lists) if proposal.lists else None,
            ),
            t("There is no room for these niches: {niches}", niches=left_out) if left_out else None,
            small(t("Nothing is lost, and it can be undone as a whole.")),
        ),
        buttons=[_ask(t, proposal.token, t("Merge"))],
        accent=WARNING,
    )


def link_card(t: Language, proposal: LinkProposal) -> Card:
    """What it means that two accounts on different platforms are one influencer's."""
    into, other = proposal.into, proposal.other
    linked = [account_line(t, account) for account in proposal.linked[:MOST_LINKED]]
    return Card(
        lines(
            heading(t("Are {handle} and {other} one influencer?", handle=_handle(into), other=_handle(other))),
            account_line(t, into),
            account_line(t, other),
            *([t("With them, as they are linked already:"), *linked] if linked else []),
            small(t("Nothing of their numbers changes. The report of each then names the others.")),
        ),
        buttons=[_ask(t, proposal.token, t("Yes, link them"))],
        accent=WARNING,
    )


SHOWN_NICHE = 30
"""Letters of a niche that a card shows, as there may be many."""
MOST_LINKED = 8
"""Linked accounts that a card names at most."""


def merged_card(t: Language, result: Merged) -> Card:
    """Says that two accounts are one, and how to undo it."""
    undo = ActionButton("merge-undo", pack(result.into.id, result.other.id), label=t("Undo"))
    said = t("{other} is part of {handle} now.", other=_handle(result.other), handle=_handle(result.into))
    return Card(lines(said, account_line(t, result.into)), buttons=[[_report(t, result.into), undo]])


def linked_card(t: Language, result: Linked) -> Card:
    """Says that accounts are one influencer's; undone by one button where they are these two alone."""
    undo = [] if result.others else [ActionButton("link-undo", result.other.id, label=t("Undo"))]
    said = t("{handle} and {other} are one influencer now.", handle=_handle(result.into), other=_handle(result.other))
    others = [account_line(t, account) for account in result.others[:MOST_LINKED]]
    return Card(lines(said, *others), buttons=[[_report(t, result.into), *undo]])


def split_card(t: Language, result: Unlinked | Unmerged) -> Card:
    """Says that what was one is two again."""
    if isinstance(result, Unlinked):
        said = t("{handle} stands for itself again.", handle=_handle(result.account))
        return Card(said, buttons=[[_report(t, result.account)]])
    return Card(
        lines(
            t(
                "{handle} and {other} are two accounts again.",
                handle=_handle(result.into),
                other=_handle(result.other),
            ),
            account_line(t, result.into),
            account_line(t, result.other),
            small(t("What was written since the merge stays with {handle}.", handle=_handle(result.into))),
        ),
        buttons=[[_report(t, result.into), _report(t, result.other)]],
    )


def _niches(niches: Sequence[str]) -> str:
    return ", ".join(plain(niche, SHOWN_NICHE) for niche in niches)


def _conflict(t: Language, proposal: MergeProposal, conflict: Conflict) -> str:
    values = {
        "field": capital(field_name(t, conflict.field)),
        "stays": change_value(t, conflict.field, conflict.stays),
        "goes": change_value(t, conflict.field, conflict.goes),
    }
    if not conflict.newer:
        return t("{field}: {stays} stays; {goes} is kept in the history.", **values)
    stays, goes = proposal.into, proposal.other
    if conflict.from_other:
        stays, goes = goes, stays
    when, then = (
        account.followers_at if conflict.field == "followers" else account.engagement_at or account.followers_at
        for account in (stays, goes)
    )
    return t(
        "{field}: {stays} stays, from {when}; {goes}, from {then}, is kept as a reading.",
        when=day(when),
        then=day(then),
        **values,
    )


def _ask(t: Language, token: str, yes: str) -> list[discord.ui.Item[Any]]:
    return [
        ActionButton("merge", token, label=yes, style=discord.ButtonStyle.primary),
        ActionButton("cancel", token, label=t("Leave it")),
    ]


def _report(t: Language, account: Account) -> ActionButton:
    return ActionButton("tier", account.id, label=t("Report of {handle}", handle=f"@{account.handle}"[:50]))


def _handle(account: Account) -> str:
    return code("@" + account.handle)
