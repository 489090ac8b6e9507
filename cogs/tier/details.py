"""What stands behind an account's report: every definition side by side, and the posts themselves."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from cogs.kit.buttons import ActionButton
from cogs.kit.cards import Card, bold, heading, joined, lines, small, table
from cogs.kit.language import Language, mark
from cogs.kit.problems import platform_label
from cogs.kit.safe import plain
from cogs.kit.state import pack
from cogs.kit.time import ago, day, days
from cogs.tier.rates import DEFINITIONS, definition_of, estimate_words, read_at_of, sample
from planning.accounts import Account
from planning.posts import Post, PostKind
from planning.services.reports import Report

if TYPE_CHECKING:
    import discord

POSTS_PAGE = 20
MOST_FIGURES = 5
"""Columns beside the date: more would break the lines on a phone."""

FIGURES: dict[str, Callable[[Post], int | None]] = {
    mark("likes"): lambda post: post.likes,
    mark("comm."): lambda post: post.comments,
    mark("seen"): lambda post: post.views,
    mark("reach"): lambda post: post.reach,
    mark("shares"): lambda post: post.shares,
    mark("saves"): lambda post: post.saves,
}
COUNTED: dict[str, str] = {
    "likes": mark("Likes"),
    "likes_comments": mark("Likes + comments"),
    "likes_comments_shares_saves": mark("Likes + comments + shares + saves"),
}
BASES: dict[str, str] = {
    "followers": mark("by followers"),
    "reach": mark("by reach"),
    "views": mark("by views"),
}

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
    note = t(
        "The mean says what many posts bring together, the median what a typical post brings. Rates by different "
        "definitions can't be compared."
    )
    if not report.measured:
        note = t("Posts with their own numbers would show more: mean and median, by reach and by views.")
    return Card(title, estimate, *_measured(t, report), small(note))


def _origin(t: Language, report: Report) -> str:
    """What the estimate leans on beside the account's own posts."""
    platform = report.account.platform
    basis = report.model.describe(platform)
    shipped = t.number(report.model.accounts)
    own = t.many("{n} account of this server", "{n} accounts of this server", basis.own) if basis.own else None
    if own and basis.fitted:
        leans = t("Leans on {own} and on {shipped} public ones that come with Microscout.", own=own, shipped=shipped)
    elif own:
        leans = t(
            "Leans on {own} and, while these are few, on {shipped} public Instagram accounts that come with "
            "Microscout.",
            own=own,
            shipped=shipped,
        )
    elif basis.fitted:
        leans = t("Leans on {shipped} public Instagram accounts that come with Microscout.", shipped=shipped)
    else:
        leans = t(
            "Leans on {shipped} public Instagram accounts that come with Microscout: for {platform} a rough start.",
            shipped=shipped,
            platform=platform_label(t, platform),
        )
    fewer = t("The fewer posts are known, the more these accounts count. Newer posts count for more than older ones.")
    version = t("Model {version}.", version=report.model.version)
    return f"{leans} {fewer} {version}"


def _measured(t: Language, report: Report) -> list[str]:
    """A table for each way to count interactions: by what they are divided, and over how many posts."""
    blocks: list[str] = []
    for counted, words in COUNTED.items():
        rows = [found for found in report.measured if found.definition.partition("_by_")[0] == counted]
        if rows:
            cells = [
                (
                    t(BASES[found.definition.partition("_by_")[2]]),
                    t.percent(found.mean),
                    t.percent(found.median),
                    t.number(found.posts),
                )
                for found in rows
            ]
            first, last = min(found.first_at for found in rows), max(found.last_at for found in rows)
            header = ("", t("mean"), t("median"), t("posts"))
            blocks.append(lines(bold(t(words)), table([header, *cells]), small(days(first, last))))
    return blocks


def posts_card(t: Language, account: Account, posts: list[Post], offset: int, total: int) -> Card:
    """A page of the account's posts, newest first."""
    title = heading(t("Posts of {handle}", handle=plain("@" + account.handle)))
    if not posts:
        return Card(title, t("Nothing more is on record."))
    place = t(
        "{first}–{last} of {total}, newest first",
        first=t.number(offset + 1),
        last=t.number(offset + len(posts)),
        total=t.number(total),
    )
    pages: list[discord.ui.Item[Any]] = []
    if offset:
        pages.append(ActionButton("tier-posts", pack(account.id, max(0, offset - POSTS_PAGE)), label=t("Newer")))
    if offset + len(posts) < total:
        pages.append(ActionButton("tier-posts", pack(account.id, offset + len(posts)), label=t("Older")))
    sponsored = small(t("* sponsored")) if any(post.sponsored for post in posts) else None
    return Card(lines(title, small(place)), lines(_table(t, posts), sponsored), buttons=[pages])


def _table(t: Language, posts: list[Post]) -> str:
    """A row a post, with the figures that any of them has."""
    figures = [(word, get) for word, get in FIGURES.items() if any(get(post) is not None for post in posts)]
    header = ["", *(t(word) for word, _ in figures[:MOST_FIGURES])]
    rows = [
        [
            t.short_date(post.posted_at) + ("*" if post.sponsored else ""),
            *("" if (count := get(post)) is None else t.compact(count) for _, get in figures[:MOST_FIGURES]),
        ]
        for post in posts
    ]
    return table([header, *rows])


def post_line(t: Language, post: Post) -> str:
    """One post: its day, what it is, and what it got."""
    counts = (
        t.many("{n} like", "{n} likes", post.likes) if post.likes is not None else None,
        t.many("{n} comment", "{n} comments", post.comments) if post.comments is not None else None,
        t.many("{n} share", "{n} shares", post.shares) if post.shares is not None else None,
        t.many("{n} save", "{n} saves", post.saves) if post.saves is not None else None,
        t.many("{n} view", "{n} views", post.views) if post.views is not None else None,
        t("{n} reach", n=t.number(post.reach)) if post.reach is not None else None,
    )
    return joined(
        day(post.posted_at),
        t(KINDS[post.kind]) if post.kind else None,
        t("sponsored") if post.sponsored else None,
        *counts,
        t("not counted for rates") if post.kind is PostKind.STORY else None,
    )
