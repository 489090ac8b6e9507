"""Accounts that a file names more than once."""

from dataclasses import dataclass, replace

from planning.accounts import Draft, Engagement
from planning.imports.found import ReadRows
from planning.imports.problems import Problem, problem
from planning.money import Money, format_plain
from planning.niches import MAX_NICHES, SEPARATOR
from planning.reasons import Reason


@dataclass(slots=True)
class FileAccount:
    """One account of a file: the line of its first row, and all that its rows say together.

    `added` counts the later rows that said more, `same` those that did not; a later row that contradicts is a problem.
    `influencer` is the same number in all accounts of the file that are one influencer's, 0 where it has but this one.
    """

    row: int
    draft: Draft
    added: int = 0
    same: int = 0
    influencer: int = 0


def merge_repeats(found: ReadRows) -> tuple[list[FileAccount], list[Problem]]:
    """Each account of the file once, in the order of their first rows, and the rows rejected as contradictions.

    A later row adds its niches and fills gaps. Where one of its figures (followers, averages, posts, price) differs
    from what stands above, it is rejected: which of the two is right, only a person can say. Another country or
    language is left out of it.
    """
    accounts: dict[tuple[str, str], FileAccount] = {}
    problems: list[Problem] = []
    for row, draft in zip(found.lines, found.drafts, strict=True):
        key = draft.key
        first = accounts.get(key)
        if first is None:
            accounts[key] = FileAccount(row, draft)
            continue
        difference = _find_difference(first.draft, draft)
        if difference:
            column, value = difference
            problems.append(problem(row, column, value, Reason.DUPLICATE_DIFFERS, str(first.row)))
            continue
        problems += _find_others(first, row, draft)
        merged = _merge(first.draft, draft)
        if len(merged.niches or ()) > MAX_NICHES:
            niches = SEPARATOR.join(draft.niches or ())
            problems.append(problem(row, "niches", niches, Reason.TOO_MANY_NICHES, rejects_row=False))
            merged = replace(merged, niches=first.draft.niches)
        if merged == first.draft:
            first.same += 1
        else:
            first.added += 1
            first.draft = merged
    return list(accounts.values()), problems


def _find_difference(first: Draft, later: Draft) -> tuple[str, str] | None:
    """The name and the later value of a figure that both give, and give differently."""
    pairs: tuple[tuple[str, object, object], ...] = (
        ("followers", first.followers, later.followers),
        ("likes", first.engagement.likes, later.engagement.likes),
        ("comments", first.engagement.comments, later.engagement.comments),
        ("views", first.engagement.views, later.engagement.views),
        ("posts", first.engagement.posts, later.engagement.posts),
        ("price", first.price, later.price),
    )
    for name, one, other in pairs:
        if one is not None and other is not None and one != other:
            return name, _shown(other)
    return None


def _find_others(first: FileAccount, row: int, later: Draft) -> list[Problem]:
    """The country and the language that a later row gives differently."""
    pairs = (("country", first.draft.country, later.country), ("language", first.draft.language, later.language))
    return [
        problem(row, name, other, Reason.STANDS_OTHERWISE, str(first.row), rejects_row=False)
        for name, one, other in pairs
        if one and other and one != other
    ]


def _shown(figure: object) -> str:
    if isinstance(figure, Money):
        return format_plain(figure)
    return f"{figure:.10g}" if isinstance(figure, int | float) else str(figure)


def _merge(first: Draft, later: Draft) -> Draft:
    one, other = first.engagement, later.engagement
    return replace(
        first,
        niches=tuple(dict.fromkeys((*(first.niches or ()), *(later.niches or ())))) or None,
        name=first.name or later.name,
        country=first.country or later.country,
        language=first.language or later.language,
        price=first.price or later.price,
        influencer=first.influencer or later.influencer,
        declared_rate=later.declared_rate if first.declared_rate is None else first.declared_rate,
        engagement=Engagement(
            one.likes if one.likes is not None else other.likes,
            one.comments if one.comments is not None else other.comments,
            one.views if one.views is not None else other.views,
            one.posts if one.posts is not None else other.posts,
        ),
    )
