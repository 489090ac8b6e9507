"""The cards of a shortlist: the picks with their reasons, and the answer to a niche that nobody carries."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import discord

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import MAX_CHARACTERS, WARNING, Card, heading, joined, lines, small, taken
from cogs.kit.language import Language
from cogs.kit.options import band, tier_name
from cogs.kit.problems import platform_label
from cogs.kit.safe import code, plain
from cogs.shortlist.arguments import SHOWN_TAG, argument_lines
from cogs.shortlist.left_out import left_out
from cogs.shortlist.ranking import GOALS, ranked_by
from cogs.shortlist.state import fits, write_query
from cogs.tier.card import ladder_name
from cogs.tier.rates import rate_facts, rate_note
from planning.accounts import Account
from planning.arguments import typical, weigh
from planning.costs import engagement_cost
from planning.matching.matcher import How
from planning.money import Money
from planning.overlaps import Runs, not_told_apart
from planning.ranking import RankingGoal
from planning.services.meanings import Meaning
from planning.services.shortlists import NoSuchNiche, Shortlist
from planning.shortlists import Pick, ShortlistQuery
from planning.tiers import Ladder

BUTTONS_A_ROW = 5
LONGEST_LABEL = 80
ROOM_FOR_REST = 60
SHOWN_RUNS = 4
ALIKE = "≈ "
"""Marks picks that can't be told apart from a neighbour."""


def shortlist_card(
    t: Language,
    result: Shortlist,
    ladder: Ladder,
    now: datetime,
    *,
    share: bool = True,
    news: str = "",
    beside: Sequence[discord.ui.Item[Any]] = (),
) -> Card:
    """One page of a shortlist. Picks that don't fit into a card come on the next page.

    `news` is told above the picks; the buttons `beside` those for the export stand last.
    """
    query = result.query
    alike = not_told_apart(result.picks, query)
    header, notes = _header(t, query, ladder, result.meaning), _notes(t, result, ladder, alike, now)
    switches = _switches(t, result) if share else []
    rows = [switches[start : start + BUTTONS_A_ROW] for start in range(0, len(switches), BUTTONS_A_ROW)]
    if not query.tags:
        return Card(header, buttons=rows)
    room = MAX_CHARACTERS - len(header) - len(news) - len(notes) - ROOM_FOR_REST
    entries = taken(_entries(t, result, alike, now), room=room)
    rest = len(result.picks) - len(entries)
    more = result.more or rest > 0
    on = small(t.many("{n} more pick is on the next page.", "{n} more picks are on the next page.", rest))
    body = lines(*entries, on if rest else None) or t("None of the accounts with this niche passes the filters.")
    first, second = _buttons(t, result, len(entries), more=more, share=share)
    above = [news] if news else []
    return Card(header, *above, body, notes, buttons=[first, [*second, *beside], *rows])


def _entries(t: Language, result: Shortlist, alike: Runs, now: datetime) -> Iterator[str]:
    among, query = typical(result.picks), result.query
    marked = {place for first, last in alike for place in range(first, last + 1)}
    for place, pick in enumerate(result.picks):
        yield lines(
            _entry(t, query.offset + place + 1, pick, query.goal, alike=place in marked),
            small("\n".join(argument_lines(t, weigh(pick, query, among, now), pick, query))),
        )


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
    return lines(
        heading(t("Shortlist: {niche}", niche=plain(query.niche))),
        small(conditions(t, query, ladder)),
        *_meaning(t, query, meaning),
    )


def conditions(t: Language, query: ShortlistQuery, ladder: Ladder) -> str:
    """What was asked for beside the niche."""
    tier = ladder.spanning(query.followers)
    limit = query.max_price_minor
    return joined(
        t(GOALS[query.goal]),
        plain(tier_name(t, tier, ladder)) if tier else None,
        t("{band} followers", band=band(t, *query.followers)),
        ladder_name(t, ladder) if tier else None,
        platform_label(t, query.platform) if query.platform else None,
        t.country(query.country) if query.country else None,
        t.language(query.language) if query.language else None,
        t("up to {price}", price=t.money(Money(limit, query.currency))) if limit is not None else None,
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


def _entry(t: Language, rank: int, pick: Pick, goal: RankingGoal, *, alike: bool) -> str:
    """Who it is, and the figures; `alike` marks who can't be told apart from a neighbour."""
    account = pick.account
    facts = joined(
        f"**{rank}.** {ALIKE if alike else ''}{code('@' + account.handle)}",
        platform_label(t, account.platform),
        t.many("{n} follower", "{n} followers", account.followers),
        t.money(account.price) if account.price else None,
    )
    return f"{facts}\n{small(joined(*figures(t, account, goal)))}"


def figures(t: Language, account: Account, goal: RankingGoal) -> list[str | None]:
    """What the goal counts, the rate with its range, its posts and its age, and what an engagement costs."""
    cost = engagement_cost(account)
    return [
        _counted(t, account, goal),
        *rate_facts(t, account),
        t("{cost} per engagement", cost=t.cost(cost.likely, cost.currency)) if cost else None,
    ]


def _counted(t: Language, account: Account, goal: RankingGoal) -> str | None:
    """The average that the goal ranks by."""
    if goal is RankingGoal.REACH and account.reach:
        return t("reach {n} a post", n=t.rough(account.reach.mean))
    if goal is RankingGoal.VIEWS and account.engagement.views:
        return t("{n} views a post", n=t.rough(account.engagement.views))
    return None


def _notes(t: Language, result: Shortlist, ladder: Ladder, alike: Runs, now: datetime) -> str:
    if not result.picks:
        return left_out(t, result, ladder, now) or small(ranked_by(t, result.query))
    again = t("Result {id}: /list show brings this page back, with what changed since.", id=code(result.result.id))
    return lines(
        _alike(t, result.query, alike),
        left_out(t, result, ladder, now),
        small(lines(ranked_by(t, result.query), rate_note(t), again)),
    )


def _alike(t: Language, query: ShortlistQuery, alike: Runs) -> str | None:
    """Which ranks can't be told apart."""
    first = query.offset + 1
    runs = [f"{start + first}–{end + first}" for start, end in alike[:SHOWN_RUNS]]
    if not runs:
        return None
    told = ", ".join(runs) + (" …" if len(alike) > SHOWN_RUNS else "")
    if query.goal is RankingGoal.VALUE:
        return t("{mark}Can't be told apart by what they bring for the money: {runs}", mark=ALIKE, runs=told)
    return t("{mark}Can't be told apart, against what is usual at their size: {runs}", mark=ALIKE, runs=told)


def _buttons(
    t: Language, result: Shortlist, shown: int, *, more: bool, share: bool
) -> tuple[list[discord.ui.Item[Any]], list[discord.ui.Item[Any]]]:
    """Those that turn the page and act on it, and those that export it."""
    query = result.query
    first: list[discord.ui.Item[Any]] = []
    if query.offset:
        back = replace(query, offset=max(0, query.offset - query.limit))
        first.append(ActionButton("sl", write_query(back), label=t("Previous page")))
    if more:
        onward = replace(query, offset=query.offset + shown)
        first.append(ActionButton("sl", write_query(onward), label=t("Next page")))
    if not shown:
        return first, []
    first.append(ActionButton("save", result.result.id, label=t("Save to a list"), style=discord.ButtonStyle.primary))
    first.append(ActionButton("slw", write_query(query), label=t("How it is ranked")))
    if share:
        first.append(ActionButton("sls", write_query(query), label=t("Share to channel")))
    second: list[discord.ui.Item[Any]] = [
        ActionButton("slc", write_query(query), label=t("Export CSV")),
        ActionButton("slz", write_query(query), label=t("Export Excel")),
    ]
    return first, second


def no_niche_card(t: Language, result: NoSuchNiche, *, add: str) -> Card:
    """Nobody carries the niche: the nearest niches that the server does have, a button each."""
    sorry = t("None of this server's niches means {niche}.", niche=code(result.query.niche))
    if not result.nearest:
        hint = t("No account has a niche yet. Register accounts with {command}, or import a file.", command=add)
        return Card(lines(sorry, hint), accent=WARNING)
    niches = ", ".join(f"{code(count.name)} ({t.number(count.accounts)})" for count in result.nearest)
    if result.similar:
        hint = t("These come nearest: {niches}", niches=niches)
    else:
        hint = t("None comes near. Most carried here: {niches}", niches=niches)
    others = [replace(result.query, niche=count.name, offset=0, flipped=()) for count in result.nearest]
    buttons = [ActionButton("sl", write_query(other), label=other.niche[:LONGEST_LABEL]) for other in others]
    return Card(lines(sorry, hint), buttons=[buttons], accent=WARNING)
