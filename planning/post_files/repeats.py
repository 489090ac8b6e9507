"""A post that stands in a file more than once."""

from dataclasses import replace

from planning.imports.problems import problem
from planning.post_files.found import ReadPosts
from planning.post_files.headers import FIGURES
from planning.posts import Post
from planning.reasons import Reason

Figures = tuple[int | None, int | None, int | None, int | None, int | None, int | None]

_GAPS = (*(figure.value for figure in FIGURES), "kind", "sponsored", "reference")


def figures_of(post: Post) -> Figures:
    """The post's figures in one order: likes, comments, shares, saves, views, reach."""
    return post.likes, post.comments, post.shares, post.saves, post.views, post.reach


def merge_repeats(found: ReadPosts) -> None:
    """Leave each post of the file once.

    The same post has the same reference, or, where one row has none, the same time of the same account; where only
    the day is known, the same figures too. A later row fills the gaps of the first. Where a figure of it contradicts
    the first, the row is rejected: which of the two is right, only a person can say.
    """
    seen = _Seen()
    posts, lines, owners = found.posts, found.lines, found.owners
    found.posts, found.lines, found.owners = [], [], []
    for post, line, owner in zip(posts, lines, owners, strict=True):
        place = seen.find(owner, post)
        if place is None:
            seen.add(owner, post, len(found.posts))
            found.posts.append(post)
            found.lines.append(line)
            found.owners.append(owner)
            continue
        first = found.posts[place]
        difference = _find_difference(first, post)
        if difference is not None:
            name, value = difference
            detail = str(found.lines[place])
            found.problems.append(problem(line, name, value, Reason.POST_DIFFERS, detail))
            continue
        found.repeated += 1
        gaps = {name: getattr(post, name) for name in _GAPS if getattr(first, name) is None}
        merged = replace(first, **gaps)
        if merged != first:
            found.posts[place] = merged
            seen.fill(owner, first, merged, place)


class _Seen:
    """Where each post stands, by all that it can be known by."""

    def __init__(self) -> None:
        self._references: dict[object, int] = {}
        self._times: dict[object, int] = {}
        self._unnamed: dict[object, int] = {}

    def find(self, owner: str | None, post: Post) -> int | None:
        """The place of the same post; None where it is new. Two posts with references of their own are two."""
        if post.reference is None:
            return self._times.get(_moment(owner, post))
        place = self._references.get((owner, post.reference))
        return self._unnamed.get(_moment(owner, post)) if place is None else place

    def add(self, owner: str | None, post: Post, place: int) -> None:
        moment = _moment(owner, post)
        self._times.setdefault(moment, place)
        if post.reference is None:
            self._unnamed.setdefault(moment, place)
        else:
            self._references[owner, post.reference] = place

    def fill(self, owner: str | None, first: Post, merged: Post, place: int) -> None:
        """The post at this place has got what it lacked."""
        if first.reference is None and merged.reference is not None:
            del self._unnamed[_moment(owner, first)]
        self.add(owner, merged, place)


def _moment(owner: str | None, post: Post) -> object:
    return owner, post.posted_at, figures_of(post) if post.dated_only else None


def _find_difference(first: Post, later: Post) -> tuple[str, str] | None:
    """The name and the later value of what both rows give, and give differently."""
    if first.dated_only == later.dated_only and first.posted_at != later.posted_at:
        return "posted_at", later.posted_at.isoformat(sep=" ", timespec="minutes")
    for figure, one, other in zip(FIGURES, figures_of(first), figures_of(later), strict=True):
        if one is not None and other is not None and one != other:
            return figure.value, str(other)
    return None
