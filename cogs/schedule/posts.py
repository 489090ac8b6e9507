"""What is posted on a schedule, and what its planner is told: always in the server's language."""

from collections.abc import Iterable, Sequence
from typing import Any

from discord import ui

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import WARNING, Card, bold, fitting, heading, joined, lines, small
from cogs.kit.language import Language
from cogs.kit.options import tier_name
from cogs.kit.problems import platform_label
from cogs.kit.state import pack
from cogs.kit.time import ago, at
from cogs.lists.words import handle
from cogs.schedule.news import news_lines
from cogs.schedule.words import channel, name_of, told, when
from cogs.shortlist.card import shortlist_card
from planning.accounts import Account
from planning.ranking import numbers_at
from planning.scheduling.alerts import Moved
from planning.scheduling.schedules import Schedule
from planning.services.publishing import AlertContent, Post, ShortlistContent, Telling
from planning.tiers import Ladder

ROOM_FOR_PART = 1_100
POST_ACTION = "sch"
"""The action of the button that every post has, and by which it is found again."""


def mark_of(schedule: Schedule, reference: str) -> str:
    """What the button of a post carries: by it the post is found again."""
    return pack(schedule.id, reference)


def post_card(t: Language, post: Post) -> Card:
    """The post: a shortlist with what is new, an alert, or the line that nothing is new."""
    content = post.content
    if isinstance(content, AlertContent):
        return _alert(t, post, content)
    if not content.news and not post.run.manual:
        return _nothing_new(t, post, content)
    news = lines(_opening(t, post), *news_lines(t, post.schedule, content, post.settings.ladder))
    return shortlist_card(
        t, content.shortlist, post.settings.ladder, post.made_at, share=False, news=news, beside=[_about(t, post)]
    )


def telling_card(t: Language, telling: Telling, server: str) -> Card:
    """What the planner is told. There are no buttons: it is read outside of the server."""
    schedule = telling.schedule
    where = joined(server, channel(schedule.channel_id))
    return Card(lines(heading(name_of(schedule)), small(where), told(t, telling.notice)), accent=WARNING)


def trial_card(t: Language, schedule: Schedule) -> Card:
    """A post that shows that posting works."""
    text = t("Test: {name} will be posted here.", name=bold(name_of(schedule)))
    return Card(text)


def _opening(t: Language, post: Post, *, named: bool = True) -> str:
    """Which schedule it is, whom it concerns, and that it comes late, if it does."""
    schedule, run = post.schedule, post.run
    role = schedule.mention_role_id
    rhythm = None if schedule.cadence.once else when(t, schedule, schedule.zone or post.settings.timezone)
    return lines(
        joined(
            bold(name_of(schedule)) if named else None,
            t("asked for by hand") if run.manual else rhythm,
            f"<@&{role}>" if role else None,
        ),
        t("Late: it was due {when}.", when=at(run.at)) if post.late and not run.manual else None,
    )


def _about(t: Language, post: Post) -> ui.Item[Any]:
    return ActionButton(POST_ACTION, mark_of(post.schedule, post.reference), label=t("This schedule"))


def _nothing_new(t: Language, post: Post, content: ShortlistContent) -> Card:
    """One quiet line."""
    changes, shortlist = content.changes, content.shortlist
    since = at(changes.since) if changes else ""
    picks = t.many("{n} pick", "{n} picks", len(shortlist.picks))
    said = t("Nothing new since {day}: the same {picks}.", day=since, picks=picks)
    # That of the last post: nothing has moved since that would be worth another.
    last = post.schedule.seen.result_id
    shown = [ActionButton("result", pack(last, 0), label=t("Show it"))] if last else []
    return Card(lines(_opening(t, post), said), buttons=[[*shown, _about(t, post)]])


def _alert(t: Language, post: Post, content: AlertContent) -> Card:
    ladder = post.settings.ladder
    tiers = [one for one in content.alerts.moved if one.tiers]
    jumps = [one for one in content.alerts.moved if not one.tiers]
    watched = t.many("{n} account watched", "{n} accounts watched", content.accounts)
    header = lines(
        heading(t("Alert: {name}", name=name_of(post.schedule))), _opening(t, post, named=False), small(watched)
    )
    parts = [
        *_part(t, t("Another tier"), [_moved(t, one, ladder) for one in tiers]),
        *_part(t, t("Followers jumped"), [_moved(t, one, ladder) for one in jumps]),
        *_part(t, t("Numbers have become old"), [_old(t, account) for account in content.alerts.old]),
    ]
    if not parts:
        parts = [t("Nothing to tell since the last look.")]
    return Card(header, *parts, buttons=[[_about(t, post)]])


def _part(t: Language, title: str, told_of: Sequence[str]) -> Iterable[str]:
    if not told_of:
        return []
    shown = fitting(told_of, room=ROOM_FOR_PART)
    rest = len(told_of) - shown
    more = small(t("{n} more", n=t.number(rest))) if rest else None
    return [lines(bold(f"{title} ({t.number(len(told_of))})"), *told_of[:shown], more)]


def _moved(t: Language, one: Moved, ladder: Ladder) -> str:
    account = one.account
    grown = account.followers / one.before - 1 if one.before else None
    share = f" ({'+' if grown > 0 else '−'}{t.whole_percent(abs(grown))})" if grown is not None else ""
    tiers = " → ".join(tier_name(t, tier, ladder) for tier in one.tiers) if one.tiers else None
    followers = t("{before} → {now} followers", before=t.number(one.before), now=t.number(account.followers))
    return joined(handle(account), platform_label(t, account.platform), tiers, followers + share)


def _old(t: Language, account: Account) -> str:
    return joined(handle(account), platform_label(t, account.platform), t("read {when}", when=ago(numbers_at(account))))
