"""What stands behind an account's report: every definition side by side, and the posts themselves."""

from typing import TYPE_CHECKING, Any

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import Card, bold, fitting, heading, joined, lines, small
from cogs.kit.language import Language, mark
from cogs.kit.safe import plain
from cogs.kit.state import pack
from cogs.kit.time import ago, day, days
from cogs.tier.rates import DEFINITIONS, definition_of, estimate_words, read_at_of, sample
from planning.accounts import Account
from planning.measured import Measured
from planning.posts import Post, PostKind
from planning.services.reports import Report

if TYPE_CHECKING:
    import discord

POSTS_PAGE = 15
ROOM_FOR_POSTS = 3_400

KINDS: dict[PostKind, str] = {
    PostKind.POST: mark("post"),
    PostKind.REEL: mark("reel"),
    PostKind.STORY: mark("story"),
    PostKind.VIDEO: mark("video"),
    PostKind.SHORT: mark("short"),
    PostKind.STREAM: mark("stream"),
}


def definitions_card(t: Language, report: Report) -> Card:
    """Every rate that the numbers allow, the mean and the median of each, and how the estimate is made."""
    account = report.account
    title = heading(t("Rates of {handle}, side by side", handle=plain("@" + account.handle)))
    if account.estimate is None:
        return Card(title, t("None can be computed."))
    read_at = read_at_of(account)
    estimate = lines(
        bold(t("Estimated for the next posts")),
        estimate_words(t, account.estimate),
        small(
            joined(
                t(DEFINITIONS[definition_of(account)]),
                sample(t, account),
                t("numbers from {when}", when=ago(read_at)) if read_at else None,
            )
        ),
        small(_origin(t, report)),
    )
    measured = [_measured(t, found) for found in report.measured]
    note = t(
        "The mean says what many posts bring together, the median what a typical post brings. Rates by different "
        "definitions can't be compared."
    )
    if not measured:
        note = t("Posts with their own numbers would show more: mean and median, by reach and by views.")
    return Card(title, estimate, *(["\n".join(measured)] if measured else []), small(note))


def _origin(t: Language, report: Report) -> str:
    """What the estimate leans on beside the account's own posts."""
    basis = report.model.describe(report.account.platform)
    if basis.own:
        text = t(
            "Leans on {n} accounts of this server and on {shipped} public ones that come with Microscout.",
            n=t.number(basis.own),
            shipped=t.number(report.model.accounts),
        )
    else:
        text = t("Leans on {n} public Instagram accounts that come with Microscout.", n=t.number(report.model.accounts))
    fewer = t("The fewer posts are known, the more it does. Newer posts count for more than older ones.")
    version = t("Model {version}.", version=report.model.version)
    return f"{text} {fewer} {version}"


def _measured(t: Language, found: Measured) -> str:
    return lines(
        t(
            "Mean {mean}, median {median}: {definition}",
            mean=t.percent(found.mean),
            median=t.percent(found.median),
            definition=t(DEFINITIONS[found.definition]),
        ),
        small(joined(t.many("{n} post", "{n} posts", found.posts), days(found.first_at, found.last_at))),
    )


def posts_card(t: Language, account: Account, posts: list[Post], offset: int, total: int) -> Card:
    """A page of the account's posts, newest first."""
    title = heading(t("Posts of {handle}", handle=plain("@" + account.handle)))
    if not posts:
        return Card(title, t("Nothing more is on record."))
    rows = [post_line(t, post) for post in posts]
    shown = fitting(rows, room=ROOM_FOR_POSTS)
    place = t(
        "{first}–{last} of {total}, newest first",
        first=t.number(offset + 1),
        last=t.number(offset + shown),
        total=t.number(total),
    )
    pages: list[discord.ui.Item[Any]] = []
    if offset:
        pages.append(ActionButton("tier-posts", pack(account.id, max(0, offset - POSTS_PAGE)), label=t("Newer")))
    if offset + shown < total:
        pages.append(ActionButton("tier-posts", pack(account.id, offset + shown), label=t("Older")))
    return Card(lines(title, small(place)), "\n".join(rows[:shown]), buttons=[pages])


def post_line(t: Language, post: Post) -> str:
    """One post: its day, what it is, and what it got."""
    counts = joined(
        *(
            None if count is None else f"{t.number(count)} {t(word)}"
            for count, word in (
                (post.likes, mark("likes")),
                (post.comments, mark("comments")),
                (post.shares, mark("shares")),
                (post.saves, mark("saves")),
                (post.views, mark("views")),
                (post.reach, mark("reach")),
            )
        )
    )
    head = joined(
        day(post.posted_at), t(KINDS[post.kind]) if post.kind else None, t("sponsored") if post.sponsored else None
    )
    return f"{head} · {counts}" if counts else head
