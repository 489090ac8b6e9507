"""One account's picture: its posts over time with what the next ones will bring, and its peers beside them."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from cogs.kit.cards import joined
from cogs.kit.language import Language
from cogs.pictures.axes import DAY, dates, days, drawable, rate, rate_axis, time_ticks, whole
from cogs.pictures.figures import Expected, Peers, PostRate, ReportFigures
from cogs.pictures.picture import MOST_DESCRIPTION, Drawing
from cogs.pictures.spec import Axis, Dots, Interval, Mark, PeersSpec, PostsSpec, ReportSpec
from planning.peers import MIN_PEERS

MOST_POSTS = 1_000
"""More dots would lie on each other; of more posts, some are drawn, evenly over time."""

BINS = 18
OUTER = (0.01, 0.25, 0.5, 0.75, 0.99)
"""The peers' quantiles that the axis makes room for: who is beyond them is counted in the outermost bars."""

SHORTEST = timedelta(days=14)
"""What the axis of time spans at least."""

HEADROOM = 1.1
"""The figure above an interval needs some of the axis as well."""

BEFORE, AFTER, BEYOND = 0.04, 0.05, 0.38
"""Shares of the posts' time: room before the oldest, where the estimate begins and ends beyond the newest."""


def report_drawing(t: Language, report: ReportFigures) -> Drawing | None:
    """What is to be drawn for `/tier`; None where there is neither a post nor enough peers."""
    peers = report.peers if report.peers and len(report.peers.rates) >= MIN_PEERS else None
    if not report.posts and not peers:
        return None
    posts = thinned(report.posts)
    axis = rate_axis(t, _all_rates(report, posts, peers), (report.expected.rate,) if report.expected else ())
    spec = ReportSpec(
        title="@" + report.handle,
        subtitle=_subtitle(t, report),
        rates=axis,
        expected=interval(t, report.expected) if report.expected else None,
        expected_label=t("estimate, 90% interval"),
        posts=_posts(t, report, posts, axis) if posts else None,
        peers=_peers(t, peers, axis) if peers else None,
    )
    return Drawing(spec, f"{_safe(report.handle)}.png", _description(t, report, peers))


def interval(t: Language, expected: Expected) -> Interval:
    """An estimate with its labels."""
    return Interval(*(Mark(at, rate(t, at)) for at in (expected.rate, expected.low, expected.high)))


def thinned(posts: Sequence[PostRate]) -> Sequence[PostRate]:
    """As many posts as can be told apart, evenly over time, the newest among them."""
    every = -(-len(posts) // MOST_POSTS)
    return posts[::-1][::every][::-1] if every > 1 else posts


def _all_rates(report: ReportFigures, posts: Sequence[PostRate], peers: Peers | None) -> list[float]:
    expected = report.expected
    return [
        *(post.rate for post in posts),
        *((expected.low, expected.rate, expected.high * HEADROOM) if expected else ()),
        *((report.mean,) if report.mean is not None and posts else ()),
        *(np.quantile(peers.rates, OUTER) if peers else ()),
    ]


def _subtitle(t: Language, report: ReportFigures) -> str:
    if not report.posts:
        return report.definition
    count = t.many("{n} post", "{n} posts", len(report.posts))
    return joined(report.definition, count, dates(t, report.posts[0].posted_at, report.posts[-1].posted_at))


def _posts(t: Language, report: ReportFigures, posts: Sequence[PostRate], axis: Axis) -> PostsSpec:
    oldest, newest = posts[0].posted_at, posts[-1].posted_at
    span = max(newest - oldest, SHORTEST)
    first = min(oldest, newest - SHORTEST / 2)
    begin = days(first - span * BEFORE)
    after = days(newest + span * AFTER)
    end = days(newest) + span / DAY * (BEYOND if report.expected else BEFORE)
    some = t("posts ({n} shown)", n=t.number(len(posts))) if len(posts) < len(report.posts) else t("posts")
    kinds = ((some, False), (t("sponsored"), True))
    return PostsSpec(
        time=Axis(begin, end, time_ticks(t, oldest, newest)),
        dots=tuple(
            _dots(axis, label, kind)
            for label, sponsored in kinds
            if (kind := [post for post in posts if post.sponsored is sponsored])
        ),
        mean=Mark(max(report.mean, axis.low), t("mean {rate}", rate=rate(t, report.mean)))
        if report.mean is not None and len(report.posts) > 1
        else None,
        after=after,
        next_label=t("next posts"),
    )


def _dots(axis: Axis, label: str, posts: Sequence[PostRate]) -> Dots:
    times = tuple(days(post.posted_at) for post in posts)
    return Dots(label, posts[0].sponsored, times, drawable(axis, [post.rate for post in posts]))


def _peers(t: Language, peers: Peers, axis: Axis) -> PeersSpec:
    space = np.geomspace if axis.log else np.linspace
    edges = space(axis.low, axis.high, BINS + 1)
    counts, _ = np.histogram(np.clip(peers.rates, axis.low, axis.high), edges)
    return PeersSpec(
        standing=_stands(t, peers.below),
        group=_group(t, peers),
        edges=tuple(edges.tolist()),
        counts=tuple(counts.tolist()),
    )


def _stands(t: Language, below: float | None) -> str:
    match below:
        case None:
            return ""
        case 1.0:
            return t("highest")
        case 0.0:
            return t("lowest")
        case _:
            return t("higher than {share}", share=whole(t, below))


def _group(t: Language, peers: Peers) -> str:
    count = len(peers.rates)
    if peers.below is None:
        return t.many("{n} {tier} account", "{n} {tier} accounts", count, tier=peers.tier)
    return t.many("of {n} {tier} account", "of {n} {tier} accounts", count, tier=peers.tier)


def _description(t: Language, report: ReportFigures, peers: Peers | None) -> str:
    """The picture in words, for whoever can't see it."""
    sponsored = sum(post.sponsored for post in report.posts)
    expected = report.expected
    sentences = (
        t("Engagement rates of {handle}: {facts}.", handle="@" + report.handle, facts=_subtitle(t, report)),
        *(_measured(t, report) if report.posts else ()),
        t.many("{n} post is sponsored.", "{n} posts are sponsored.", sponsored) if sponsored else "",
        t(
            "The next posts are estimated at {rate}, and with 90% certainty between {low} and {high}.",
            rate=rate(t, expected.rate),
            low=rate(t, expected.low),
            high=rate(t, expected.high),
        )
        if expected
        else "",
        _standing(t, peers) if peers else "",
    )
    return " ".join(filter(None, sentences))[:MOST_DESCRIPTION]


def _measured(t: Language, report: ReportFigures) -> list[str]:
    rates = [post.rate for post in report.posts]
    if len(rates) == 1:
        return [t("The post's rate is {rate}.", rate=rate(t, rates[0]))]
    lie = t("The posts lie between {low} and {high}.", low=rate(t, min(rates)), high=rate(t, max(rates)))
    return [lie, t("Their mean is {rate}.", rate=rate(t, report.mean))] if report.mean is not None else [lie]


def _standing(t: Language, peers: Peers) -> str:
    low, high = (rate(t, value) for value in np.quantile(peers.rates, (0.25, 0.75)).tolist())
    among = t.many(
        "Beside them {n} {tier} account on {platform}; the middle half lies between {low} and {high}.",
        "Beside them {n} {tier} accounts on {platform}; the middle half lies between {low} and {high}.",
        len(peers.rates),
        tier=peers.tier,
        platform=peers.platform,
        low=low,
        high=high,
    )
    if peers.below is None:
        return among
    higher = t("The estimate is higher than that of {share} of them.", share=whole(t, peers.below))
    return f"{among} {higher}"


def _safe(handle: str) -> str:
    """A name for the file that every system takes."""
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in handle)[:64].strip("-") or "report"
