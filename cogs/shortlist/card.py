"""The cards of a shortlist: the picks with their reasons, and the answer to a niche that nobody carries."""

from dataclasses import replace
from typing import Any

import discord

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import WARNING, Card, fitting, heading, joined, lines, small
from cogs.kit.language import Language
from cogs.kit.options import band, tier_name
from cogs.kit.problems import platform_label
from cogs.kit.safe import code, plain
from cogs.shortlist.state import fits, write_query
from cogs.tier.card import ladder_name
from cogs.tier.rates import rate_facts, rate_note
from planning.costs import engagement_cost
from planning.matching.matcher import How
from planning.money import Money, format_plain
from planning.services.meanings import Meaning
from planning.services.shortlists import NoSuchNiche, Shortlist
from planning.shortlists import Filter, LeftOut, Pick, ShortlistQuery
from planning.tiers import Ladder

BUTTONS_A_ROW = 5
LONGEST_LABEL = 80
SHOWN_TAG = 30
ROOM_FOR_PICKS = 2800
"""Characters of a card's 4,000 that the picks may take; the header, what was left out and the notes need the rest."""


def shortlist_card(t: Language, result: Shortlist, ladder: Ladder, *, share: bool = True) -> Card:
    """One page of a shortlist. Picks that don't fit into a card come on the next page."""
    query = result.query
    entries = [_entry(t, query.offset + rank, pick, query) for rank, pick in enumerate(result.picks, start=1)]
    shown = fitting(entries, room=ROOM_FOR_PICKS) if entries else 0
    more = result.more or shown < len(entries)
    blocks = [_header(t, query, ladder, result.meaning)]
    if query.tags:
        body = "\n".join(entries[:shown]) if entries else t("None of the accounts with this niche passes the filters.")
        blocks += [body, _notes(t, result, any_picks=bool(entries))]
    switches = _switches(t, result) if share else []
    rows = [switches[start : start + BUTTONS_A_ROW] for start in range(0, len(switches), BUTTONS_A_ROW)]
    return Card(*blocks, buttons=[_buttons(t, query, shown, more=more, share=share), *rows])


def _switches(t: Language, result: Shortlist) -> list[discord.ui.Item[Any]]:
    """A button for each tag, to switch it over; none where only one is meant, and is used."""
    choices = result.meaning.choices
    if len(choices) == 1 and choices[0].on:
        return []
    buttons: list[discord.ui.Item[Any]] = []
    flipped = {choice.mark for choice in choices} & set(result.query.flipped)
    for choice in choices:
        marks = flipped ^ {choice.mark}
        switched = replace(result.query, offset=0, flipped=tuple(sorted(marks)))
        label = t("Without {tag}", tag=choice.match.tag) if choice.on else t("With {tag}", tag=choice.match.tag)
        if fits(switched):
            buttons.append(ActionButton("slx", write_query(switched), label=label[:LONGEST_LABEL]))
    return buttons


def _header(t: Language, query: ShortlistQuery, ladder: Ladder, meaning: Meaning) -> str:
    tier = ladder.spanning(query.followers)
    limit = query.max_price_minor
    filters = joined(
        plain(tier_name(t, tier, ladder)) if tier else None,
        t("{band} followers", band=band(t, *query.followers)),
        ladder_name(t, ladder) if tier else None,
        platform_label(t, query.platform) if query.platform else None,
        t.country(query.country) if query.country else None,
        t.language(query.language) if query.language else None,
        t("up to {price}", price=t.money(Money(limit, query.currency))) if limit is not None else None,
    )
    return lines(
        heading(t("Shortlist: {niche}", niche=plain(query.niche))), small(filters), *_meaning(t, query, meaning)
    )


def _meaning(t: Language, query: ShortlistQuery, meaning: Meaning) -> list[str]:
    """Which tags the niche was taken for, and which are close."""
    if meaning.tags and [choice.match.how for choice in meaning.choices] == [How.EXACT]:
        return []
    on = [plain(choice.match.tag, SHOWN_TAG) for choice in meaning.choices if choice.on]
    off = [plain(choice.match.tag, SHOWN_TAG) for choice in meaning.choices if not choice.on]
    if on:
        first = t("Tags: {tags}", tags=", ".join(on))
    elif any(choice.mark in query.flipped for choice in meaning.choices):
        first = t("Every tag is switched off, so there is nobody to show.")
    else:
        first = t("No tag here surely means this. Switch on what fits, or ask for it by name.")
    return [
        first,
        *([small(t("Not used, but close: {tags}", tags=", ".join(off)))] if off else []),
        *([small(_more_tags(t, meaning.more))] if meaning.more else []),
    ]


def _more_tags(t: Language, more: int) -> str:
    return t.many(
        "{n} other tag means it too and is not used: ask for it by name.",
        "{n} other tags mean it too and are not used: ask for them by name.",
        more,
    )


def _entry(t: Language, rank: int, pick: Pick, query: ShortlistQuery) -> str:
    account = pick.account
    facts = joined(
        f"**{rank}.** {code('@' + account.handle)}",
        platform_label(t, account.platform),
        t.many("{n} follower", "{n} followers", account.followers),
        t.money(account.price) if account.price else None,
    )
    return f"{facts}\n{small(joined(*reasons(t, pick, query)))}"


def reasons(t: Language, pick: Pick, query: ShortlistQuery) -> list[str | None]:
    """Why the account stands where it stands: its rate, how the niche fits, what an engagement costs."""
    account = pick.account
    cost = engagement_cost(account)
    return [
        *rate_facts(t, account),
        _niche(t, pick, query),
        t("{cost} per engagement", cost=t.cost(cost.likely, cost.currency)) if cost else None,
    ]


def _niche(t: Language, pick: Pick, query: ShortlistQuery) -> str:
    """Whether the niche is the account's first, and by which tag it came where there are several."""
    kind = t("main niche") if pick.position == 0 else t("side niche")
    return kind if len(query.tags) == 1 else f"{plain(pick.tag, SHOWN_TAG)} ({kind})"


def _notes(t: Language, result: Shortlist, *, any_picks: bool) -> str:
    definition = joined(
        rate_note(t), t("Ranked by the lower end and by how well the niche fits; ties: more followers first.")
    )
    return lines(left_out(t, result), small(definition) if any_picks else None)


def left_out(t: Language, result: Shortlist) -> str | None:
    """What ranked high enough but fell to a filter, in a line."""
    if not result.left_out:
        return None
    parts = [_left_out(t, item, result.query) for item in result.left_out]
    if result.more:
        return t("Left out so far: {parts}", parts=", ".join(parts))
    return t("Left out: {parts}", parts=", ".join(parts))


def _left_out(t: Language, item: LeftOut, query: ShortlistQuery) -> str:
    n = item.accounts
    match item.filter:
        case Filter.TIER:
            return t.many("{n} in another tier", "{n} in other tiers", n)
        case Filter.PLATFORM:
            return t.many("{n} on another platform", "{n} on other platforms", n)
        case Filter.COUNTRY:
            return t.many("{n} from elsewhere or unknown", "{n} from elsewhere or unknown", n)
        case Filter.LANGUAGE:
            return t.many("{n} in another or unknown language", "{n} in other or unknown languages", n)
        case Filter.NO_PRICE:
            return t.many(
                "{n} without a price in {currency}", "{n} without a price in {currency}", n, currency=query.currency
            )
        case Filter.PRICE:
            price = t.money(Money(query.max_price_minor or 0, query.currency))
            return t.many("{n} above {price}", "{n} above {price}", n, price=price)


def _buttons(t: Language, query: ShortlistQuery, shown: int, *, more: bool, share: bool) -> list[discord.ui.Item[Any]]:
    buttons: list[discord.ui.Item[Any]] = []
    if query.offset:
        back = replace(query, offset=max(0, query.offset - query.limit))
        buttons.append(ActionButton("sl", write_query(back), label=t("Previous page")))
    if more:
        onward = replace(query, offset=query.offset + shown)
        buttons.append(ActionButton("sl", write_query(onward), label=t("Next page")))
    if shown:
        buttons.append(ActionButton("slc", write_query(query), label=t("Export")))
    if share and shown:
        buttons.append(ActionButton("sls", write_query(query), label=t("Share to channel")))
    return buttons


def no_niche_card(t: Language, result: NoSuchNiche, query: ShortlistQuery, *, add: str) -> Card:
    """Nobody carries the niche: the nearest niches that the server does have, a button each."""
    sorry = t("None of this server's niches means {niche}.", niche=code(result.niche))
    if not result.nearest:
        hint = t("No account has a niche yet. Register accounts with {command}, or import a file.", command=add)
        return Card(lines(sorry, hint), accent=WARNING)
    niches = ", ".join(f"{code(count.name)} ({t.number(count.accounts)})" for count in result.nearest)
    if result.similar:
        hint = t("These come nearest: {niches}", niches=niches)
    else:
        hint = t("None comes near. Most carried here: {niches}", niches=niches)
    others = [replace(query, niche=count.name, offset=0, flipped=()) for count in result.nearest]
    buttons = [ActionButton("sl", write_query(other), label=other.niche[:LONGEST_LABEL]) for other in others]
    return Card(lines(sorry, hint), buttons=[buttons], accent=WARNING)


def export_rows(t: Language, result: Shortlist) -> list[list[str]]:
    """The picks as rows of a file, under `EXPORT_HEADER`."""
    return [
        _export_row(t, rank, pick, result.query)
        for rank, pick in enumerate(result.picks, start=result.query.offset + 1)
    ]


EXPORT_HEADER = (
    "rank",
    "handle",
    "platform",
    "name",
    "followers",
    "estimated_rate",
    "rate_from",
    "rate_to",
    "posts",
    "price",
    "reasons",
)


def _export_row(t: Language, rank: int, pick: Pick, query: ShortlistQuery) -> list[str]:
    account = pick.account
    estimate = account.estimate
    rates = (estimate.rate, estimate.low, estimate.high) if estimate else ()
    posts = account.sample.posts if account.sample else account.engagement.posts
    why = [reason for reason in reasons(t, pick, query) if reason and not reason.startswith("<t:")]
    return [
        str(rank),
        account.handle,
        account.platform.value,
        account.name or "",
        str(account.followers),
        *([f"{rate:.4%}" for rate in rates] or ["", "", ""]),
        str(posts or ""),
        format_plain(account.price) if account.price else "",
        "; ".join(why),
    ]
