"""Posts that were given, against those that are known: what is new, what changed.

A post is known by its reference, else by its time, else, where only the day is known, by its figures and its place
among the day's posts, of which one side may know the time. Giving the same posts twice changes nothing, and neither
does their order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain, pairwise
from typing import Any

from planning.posts import Post

_FIGURES = ("likes", "comments", "shares", "saves", "views", "reach", "kind", "sponsored")
_Slot = tuple[datetime, bool]

MOST_AT_ONCE = 100
"""Of more posts of one time with different blanks, those that are left are matched in their order."""


@dataclass(frozen=True, slots=True)
class Change:
    """A known post that now says more or other: `place` is where it stands among the known."""

    place: int
    known: Post
    now: Post


@dataclass(frozen=True, slots=True)
class MergedPosts:
    """What given posts bring: `new` ones, changes in the order of the known, and how many said nothing new.

    New posts of one time stand in an order of their own, whatever that of the file.
    """

    new: tuple[Post, ...]
    changed: tuple[Change, ...]
    unchanged: int


def merge_posts(known: Sequence[Post], given: Sequence[Post]) -> MergedPosts:
    """What the given posts bring to the known ones of the same account; takes as long as there are posts.

    `given` has each post once (as `read_posts` leaves them), `known` stands in the order of its keys. A given figure
    replaces the known one, None keeps it. A change may move a post to another time: `posted_at` is then the new one.
    """
    matches = _Matches(known)
    unnamed = matches.by_reference(given)
    for slot, posts in unnamed.items():
        matches.by_slot(slot, sorted(posts, key=_order) if len(posts) > 1 else posts)
    matches.by_day()
    changed: list[Change] = []
    for place, before in enumerate(known):
        post = matches.found.get(place)
        if post is not None and (now := _updated(before, post)) != before:
            changed.append(Change(place, before, now))
    return MergedPosts(tuple(matches.new), tuple(changed), len(matches.found) - len(changed))


def number_posts(taken: Iterable[tuple[datetime, int]], posts: Iterable[Post]) -> list[int]:
    """Numbers for posts that are to be stored, by which those of one time (of one day, where only that is known)
    differ. `taken` are the times and numbers of those that stay as they are; counted from 0."""
    following: dict[datetime, int] = {}
    for posted_at, number in taken:
        following[posted_at] = max(following.get(posted_at, 0), number + 1)
    numbers: list[int] = []
    for post in posts:
        number = following.get(post.posted_at, 0)
        following[post.posted_at] = number + 1
        numbers.append(number)
    return numbers


class _Matches:
    """Which known post each given one is. `found` has given posts by the places of the known, `new` the others."""

    def __init__(self, known: Sequence[Post]) -> None:
        self._known = known
        self.found: dict[int, Post] = {}
        self.new: list[Post] = []
        self._slots: dict[_Slot, list[int]] = defaultdict(list)

    def by_reference(self, given: Sequence[Post]) -> dict[_Slot, list[Post]]:
        """Match what has the same reference; the given posts that are left, by their times."""
        references = {post.reference: place for place, post in enumerate(self._known) if post.reference is not None}
        left: dict[_Slot, list[Post]] = defaultdict(list)
        for post in given:
            place = references.get(post.reference) if post.reference is not None else None
            if place is None:
                left[post.posted_at, post.dated_only].append(post)
            else:
                self.found[place] = post
        for place, post in enumerate(self._known):
            slot = (post.posted_at, post.dated_only)
            if slot in left and place not in self.found:
                self._slots[slot].append(place)
        return left

    def by_slot(self, slot: _Slot, posts: list[Post]) -> None:
        """Match the posts of one time: first to known ones that say all that they say, the others in order."""
        free = self._slots[slot]
        plain = [post for post in posts if post.reference is None]
        named = [post for post in posts if post.reference is not None]
        plain, free = self._contained(plain, free)
        named, _ = self._contained(named, [place for place in free if self._known[place].reference is None])
        free = [place for place in free if place not in self.found]
        self.found.update(zip(free, plain, strict=False))
        self.new += plain[len(free) :]
        unnamed = [place for place in free[len(plain) :] if self._known[place].reference is None]
        self.found.update(zip(unnamed, named, strict=False))
        self.new += named[len(unnamed) :]

    def by_day(self) -> None:
        """Match what is left where one side knows the day alone and the other the time.

        Those are the same post where either side has only the one on that day (in UTC), or where all figures that the
        given one has are the known one's; then it may be a day off, as the day may have been another one where the post
        was made.
        """
        if len({post.dated_only for post in chain(self._known, self.new)}) < 2:
            return
        known: dict[date, list[int]] = defaultdict(list)
        for place, post in enumerate(self._known):
            known[post.posted_at.date()].append(place)
        given = Counter(post.posted_at.date() for post in chain(self.new, self.found.values()))
        left: list[Post] = []
        for post in sorted(self.new, key=_order):
            day = post.posted_at.date()
            alone = known[day] if given[day] == 1 and len(known[day]) == 1 else []
            near = (place for off in (0, -1, 1) for place in known.get(day + timedelta(days=off), ()))
            alike = (place for place in near if self._says(place, post))
            place = next((place for place in chain(alike, alone) if self._is_free(place, post)), None)
            if place is None:
                left.append(post)
            else:
                self.found[place] = post
        self.new = left

    def _is_free(self, place: int, post: Post) -> bool:
        """Whether this known post may be the given one, of which only one side knows the time."""
        known = self._known[place]
        named = known.reference is not None and post.reference is not None
        return place not in self.found and known.dated_only != post.dated_only and not named

    def _says(self, place: int, post: Post) -> bool:
        """Whether the known post has all figures that the given one has."""
        mask = tuple(name for name in _FIGURES if getattr(post, name) is not None)
        return _project(self._known[place], mask) == _project(post, mask)

    def _contained(self, posts: list[Post], free: list[int]) -> tuple[list[Post], list[int]]:
        """Match posts to known ones with the same figures wherever a post has any; what is left of both.

        The posts that say most choose first. Where their blanks differ so that none says more than the other, first
        come might leave a post without the one it was matched to before: there as many as can be are matched at once,
        preferring those that say most, as a post that says little may still be one of which only the time is known.
        """
        by_mask: dict[tuple[str, ...], list[Post]] = defaultdict(list)
        for post in posts:
            by_mask[tuple(name for name in _FIGURES if getattr(post, name) is not None)].append(post)
        masks = sorted(by_mask, key=len, reverse=True)
        if any(not set(less) < set(more) for more, less in pairwise(masks)):
            return self._most_contained(posts, free) if len(posts) <= MOST_AT_ONCE else (posts, free)
        left: list[Post] = []
        for mask in masks:
            places: dict[tuple[Any, ...], list[int]] = defaultdict(list)
            for place in reversed(free):
                places[_project(self._known[place], mask)].append(place)
            for post in by_mask[mask]:
                same = places.get(_project(post, mask))
                if same:
                    self.found[same.pop()] = post
                else:
                    left.append(post)
            free = [place for place in free if place not in self.found]
        return sorted(left, key=_order), free

    def _most_contained(self, posts: list[Post], free: list[int]) -> tuple[list[Post], list[int]]:
        """As `_contained`, by augmenting paths (Kuhn 1955): a post gives way where that lets one more be matched."""
        wanted = [[place for place in free if self._says(place, post)] for post in posts]
        owners: dict[int, int] = {}

        def finds_place(one: int, tried: set[int]) -> bool:
            for place in wanted[one]:
                if place not in tried:
                    tried.add(place)
                    if place not in owners or finds_place(owners[place], tried):
                        owners[place] = one
                        return True
            return False

        ranked = sorted(range(len(posts)), key=lambda one: -sum(value is not None for value in _figures(posts[one])))
        left = [posts[one] for one in ranked if not finds_place(one, set())]
        self.found.update((place, posts[one]) for place, one in owners.items())
        return sorted(left, key=_order), [place for place in free if place not in owners]


def _project(post: Post, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(post, name) for name in names)


def _figures(post: Post) -> tuple[Any, ...]:
    return _project(post, _FIGURES)


def _order(post: Post) -> tuple[Any, ...]:
    """The same for the same post, whatever the order of the file."""
    return (
        post.posted_at,
        post.dated_only,
        *(-1 if value is None else int(value) for value in _figures(post)),
        (post.reference or ""),
    )


def _updated(known: Post, given: Post) -> Post:
    """The known post with all that the given one says."""
    said = {name: value for name in _FIGURES if (value := getattr(given, name)) is not None}
    if known.reference is None and given.reference is not None:
        said["reference"] = given.reference
    # The day of a file that has no times, within a zone of the known time, says less than that.
    near = abs(given.posted_at + timedelta(hours=12) - known.posted_at) <= timedelta(hours=26)
    if known.dated_only or not given.dated_only or not near:
        said |= {"posted_at": given.posted_at, "dated_only": given.dated_only}
    return replace(known, **said)
