"""Draws one account's picture."""

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from cogs.pictures.canvas import (
    ACCENT,
    ESTIMATE,
    LARGE,
    MARGIN,
    PAPER,
    PEERS,
    QUIET,
    SMALL,
    WIDTH,
    Sheet,
    Sign,
    legible,
    lettering,
)
from cogs.pictures.signs import draw_dashes, draw_dot, draw_estimate
from cogs.pictures.spec import Interval, PeersSpec, PostsSpec, ReportSpec

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TOP, FIELD = 206, 470
DATES, BELOW = 734, 776
FOOT = 24
TICKS = 112
SIDE, GAP = 330, 24
FIGURE = 38
TICK, APART = 10, 16


def draw_report(spec: ReportSpec) -> bytes:
    """The picture as a PNG."""
    sheet = Sheet((BELOW if spec.peers else DATES) + FOOT)
    sheet.write(MARGIN, 60, spec.title, room=WIDTH - 2 * MARGIN, size=LARGE, bold=True)
    sheet.write(MARGIN, 108, spec.subtitle, room=WIDTH - 2 * MARGIN, size=SMALL, colour=QUIET)
    sheet.legend(166, _legend(spec))
    left, right = MARGIN + TICKS, WIDTH - MARGIN
    split = left
    if spec.posts:
        split = right - SIDE - GAP if spec.peers else right
        axes = sheet.axes(left, TOP, split - left, FIELD)
        sheet.scale(axes, spec.rates, upright=True)
        _plot_posts(sheet, axes, spec.posts, spec.expected)
        split += GAP
    if spec.peers:
        axes = sheet.axes(split, TOP, right - split, FIELD)
        sheet.scale(axes, spec.rates, upright=True, labels=not spec.posts)
        _plot_peers(sheet, axes, spec.peers, spec.expected)
    return sheet.png()


def _plot_posts(sheet: Sheet, axes: "Axes", posts: PostsSpec, expected: Interval | None) -> None:
    axes.set_xlim(posts.time.low, posts.time.high)
    if posts.mean:
        draw_dashes(axes, posts.time.low, posts.after, posts.mean.at)
    many = sum(len(dots.times) for dots in posts.dots)
    for dots in posts.dots:
        draw_dot(axes, dots.times, dots.rates, sponsored=dots.sponsored, many=many)
    _name_dates(sheet, axes, posts, estimated=expected is not None)
    if expected:
        axes.axhspan(expected.low.at, expected.high.at, color=ACCENT, alpha=0.28, linewidth=0, zorder=1)
        _plot_next(sheet, axes, posts, expected)


def _name_dates(sheet: Sheet, axes: "Axes", posts: PostsSpec, *, estimated: bool) -> None:
    """The dates below the field, none over another, and at their end what stands beyond them."""
    end, foot = sheet.place(axes, posts.time.high, axes.get_ylim()[0])
    free = end
    if estimated:
        words = sheet.write(end, DATES, posts.next_label, room=end - MARGIN, size=SMALL, colour=ESTIMATE, align="right")
        free -= words + APART
    taken = 0.0
    for tick in posts.time.ticks:
        place, _ = sheet.place(axes, tick.at, axes.get_ylim()[0])
        half = sheet.width(legible(tick.label), lettering(SMALL)) / 2
        middle = min(place, free - half)
        if middle - half > taken and place < free:
            sheet.write(middle, DATES, tick.label, room=WIDTH, size=SMALL, colour=QUIET, align="center")
            sheet.stroke(place, foot, foot + TICK)
            taken = middle + half + APART


def _plot_next(sheet: Sheet, axes: "Axes", posts: PostsSpec, expected: Interval) -> None:
    """The estimate as a block of its own beyond the newest post, its figures in and around it."""
    begin, end = posts.after, posts.time.high
    width = end - begin
    axes.fill_between((begin, end), expected.low.at, expected.high.at, color=ACCENT, linewidth=0, zorder=3)
    axes.hlines(expected.rate.at, begin, end, color=ESTIMATE, linewidth=6, zorder=4)
    middle, y = sheet.place(axes, begin + width / 2, expected.rate.at)
    _, high = sheet.place(axes, begin, expected.high.at)
    _, low = sheet.place(axes, begin, expected.low.at)
    sheet.write(middle, y - 12, expected.rate.label, room=WIDTH, size=FIGURE, bold=True, align="center")
    sheet.write(middle, min(high - 10, y - 56), expected.high.label, room=WIDTH, size=SMALL, align="center")
    sheet.write(middle, max(low + 34, y + 38), expected.low.label, room=WIDTH, size=SMALL, align="center")


def _plot_peers(sheet: Sheet, axes: "Axes", peers: PeersSpec, expected: Interval | None) -> None:
    axes.set_xlim(0, max(peers.counts) * 1.05)
    heights = [high - low for low, high in pairwise(peers.edges)]
    axes.barh(
        peers.edges[:-1], peers.counts, heights, align="edge", color=PEERS, edgecolor=PAPER, linewidth=1.5, zorder=2
    )
    if expected:
        axes.axhspan(expected.low.at, expected.high.at, color=ACCENT, alpha=0.45, linewidth=0, zorder=3)
        axes.axhline(expected.rate.at, color=ESTIMATE, linewidth=6, zorder=4)
    left, _ = sheet.place(axes, 0, 1)
    room = WIDTH - MARGIN - left
    lines = [peers.standing, peers.group] if peers.standing else [peers.group]
    for line, y in zip(lines, (DATES, BELOW), strict=False):
        first = line is peers.standing
        sheet.write(left, y, line, room=room, size=SMALL, colour=ESTIMATE if first else QUIET, bold=first)


def _legend(spec: ReportSpec) -> list[tuple[Sign, str]]:
    posts = spec.posts
    return [
        *((partial(draw_dot, sponsored=dots.sponsored), dots.label) for dots in (posts.dots if posts else ())),
        *([(draw_dashes, posts.mean.label)] if posts and posts.mean else ()),
        *([(draw_estimate, spec.expected_label)] if spec.expected else ()),
    ]
