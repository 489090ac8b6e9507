"""Which column is what: by its header, by what it holds, and against the other columns that say the same."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from planning.errors import UnreadableFile
from planning.imports.columns import By, Candidate, ColumnUse, Ignored, candidates_of
from planning.imports.contents import (
    SAMPLE,
    Contents,
    is_address,
    is_at_name,
    is_country_name,
    is_figure,
    is_platform,
    is_priced,
    sample_columns,
)
from planning.imports.doubts import FEW, without_doubtful, without_shifted
from planning.imports.headers import Field
from planning.imports.mapping import Chosen
from planning.imports.units import units_of, written_out
from planning.platform import Platform
from planning.tables import fold

TELLING = 0.8
"""The share of a column's cells from which on they say what it is, against its header too."""
DOUBTFUL = 0.5
READABLE = 0.6
"""A short table has notes and sums among its figures: they must not make its exact column the worse."""

_BY_CONTENT: tuple[tuple[Field, Callable[[str], bool]], ...] = (
    (Field.PROFILE, is_address),
    (Field.HANDLE, is_at_name),
    (Field.PRICE, is_priced),
    (Field.PLATFORM, is_platform),
    (Field.COUNTRY, is_country_name),
)
"""Fields that a column can be known by without its header."""

UNNAMED = frozenset({"columns", "no_handles", "no_followers"})
"""Reasons for which a file's columns are no roster's: neither handles nor followers, or not the one of them."""

_OWN = (*(Field.FOLLOWERS, Field.LIKES, Field.COMMENTS, Field.VIEWS, Field.POSTS, Field.PRICE, Field.DECLARED_RATE),)
"""What each of several accounts in a row has of its own."""

_SHARED = (*(Field.NAME, Field.COUNTRY, Field.LANGUAGE, Field.FOLLOWERS_AT, Field.ENGAGEMENT_AT, Field.INFLUENCER),)
"""What they have in common, beside niches."""


def understand_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]] = (), chosen: Chosen | None = None, *, whole: bool = True
) -> tuple[ColumnUse, ...]:
    """Each column's use. Niches may stand in several columns; of any other field one is taken, for each of a row's
    accounts where its platforms have columns of their own.

    Where two columns say the same, the one wins that can be read; then the one that is exact and not rounded, then the
    one with the better header, then the one further left. What a person has `chosen` stands above all. Raises
    `UnreadableFile`, one of `UNNAMED`, where no column names the accounts or none their followers, unless `whole` is
    false.
    """
    candidates = candidates_of(header)
    sample = written_out(rows[:: max(1, len(rows) // SAMPLE)], units_of(c.column for c in candidates))
    contents = sample_columns(sample, len(header))
    given = chosen or {}
    judged = [
        _chosen(c, given[c.column.index]) if c.column.index in given else _judge(c, contents[c.column.index])
        for c in candidates
    ]
    judged = without_shifted(judged, contents)
    platforms = _platforms(judged)
    if len(platforms) > 1:
        uses = _several(judged, contents, platforms)
    else:
        places = _choose(judged, contents, list(Field))
        if whole:
            _must_name_accounts(places, header)
        uses = _uses(judged, contents, places)
    return without_doubtful(uses, sample)


def _chosen(candidate: Candidate, field: Field | None) -> Candidate:
    ignored = Ignored.CHOSEN if field is None else None
    return Candidate(replace(candidate.column, field=field, ignored=ignored, by=By.CHOSEN), 0)


def _judge(candidate: Candidate, contents: Contents) -> Candidate:
    """The column by its header, or by its contents where these say something else, or where the header says nothing."""
    use = candidate.column
    if use.field is not None and contents.fit(use.field) >= DOUBTFUL:
        return candidate
    if use.field is Field.DECLARED_RATE:
        other = Ignored.CONTENT if contents.share(is_figure) >= DOUBTFUL else Ignored.RATE
        return Candidate(replace(use, field=None, ignored=other), 0)
    if use.ignored not in (None, Ignored.UNKNOWN):
        return candidate
    if use.field is not None and len(contents.cells) < FEW:
        return candidate
    for field, is_such in _BY_CONTENT:
        if contents.share(is_such) >= TELLING:
            return Candidate(replace(use, field=field, ignored=None, by=By.CONTENT), _WORST)
    if use.field is Field.FOLLOWERS or use.field is None or contents.fit(use.field) > 0 or not contents.cells:
        return candidate
    if use.field in (Field.HANDLE, Field.NAME) and contents.share(is_figure) >= TELLING:
        return Candidate(replace(use, field=None, ignored=Ignored.CONTENT), 0)
    return candidate


_WORST = 10_000
"""What a column is worth that is known by its contents alone: any header that says the same is better."""


def _choose(candidates: Sequence[Candidate], contents: Sequence[Contents], fields: Sequence[Field]) -> dict[Field, int]:
    """The column of each field, by its index."""
    chosen: dict[Field, int] = {}
    home: Platform | None = None
    for field in fields:
        if field is Field.NICHES:
            continue
        found = [c for c in candidates if c.column.field is field and home in (None, c.column.platform or home)]
        if found:
            best = max(found, key=lambda c: _worth(c, field, contents)).column
            chosen[field] = best.index
            if field in (Field.HANDLE, Field.PROFILE):
                home = home or best.platform
    _stand_in(chosen, candidates, contents)
    _add_followers(chosen, candidates, contents)
    return chosen


def _worth(
    candidate: Candidate, field: Field, contents: Sequence[Contents]
) -> tuple[bool, bool, float, bool, int, int]:
    held = contents[candidate.column.index]
    fit = held.fit(field)
    exact = held.exact if field in _OWN else 0.0
    return (
        candidate.column.by is By.CHOSEN,
        fit >= READABLE,
        round(exact, 1),
        fit >= DOUBTFUL,
        -candidate.worth,
        -candidate.column.index,
    )


def _stand_in(chosen: dict[Field, int], candidates: Sequence[Candidate], contents: Sequence[Contents]) -> None:
    """Without a column of handles or profiles, or with one that holds none, that column of names is read as the handle
    which holds the most of them."""
    names = [c for c in candidates if c.column.field is Field.NAME and c.column.by is not By.CHOSEN]
    home = chosen.get(Field.HANDLE, chosen.get(Field.PROFILE))
    if any(c.column.index == home and c.column.by is By.CHOSEN for c in candidates):
        return
    if not names or (home is not None and contents[home].fit(Field.HANDLE) >= DOUBTFUL):
        return

    def worth(candidate: Candidate) -> tuple[float, int, int]:
        fit = contents[candidate.column.index].fit(Field.HANDLE)
        return round(fit, 1), -candidate.worth, -candidate.column.index

    best = max(names, key=worth).column.index
    if home is not None and contents[best].fit(Field.HANDLE) < TELLING:
        return
    chosen[Field.HANDLE] = best
    if chosen.get(Field.NAME) in {c.column.index for c in names}:
        del chosen[Field.NAME]
    others = [c.column.index for c in names if c.column.index != best]
    if home is not None and Field.PROFILE not in chosen:
        others.append(home)
    if others and Field.NAME not in chosen:
        chosen[Field.NAME] = others[0]


def _add_followers(chosen: dict[Field, int], candidates: Sequence[Candidate], contents: Sequence[Contents]) -> None:
    """Without a header that says followers, the one column of whole figures whose header says nothing at all.

    A word that isn't known says something: figures under "Age" or "Following" are no followers.
    """
    if Field.FOLLOWERS in chosen:
        return
    figures = [
        c.column.index
        for c in candidates
        if c.column.ignored is Ignored.UNKNOWN
        and _SAYS_NOTHING.fullmatch(fold(c.column.header))
        and contents[c.column.index].cells
        and contents[c.column.index].fit(Field.FOLLOWERS) >= TELLING
    ]
    if len(figures) == 1:
        chosen[Field.FOLLOWERS] = figures[0]


_SAYS_NOTHING = re.compile(r"(?:[a-z]|column|col|field|unnamed|kolom|veld|spalte|feld|colonne|columna|coluna)? ?[0-9]*")
"""Headers, folded, that programs give to columns without one."""


def _must_name_accounts(chosen: dict[Field, int], header: Sequence[str]) -> None:
    handles, followers = bool({Field.HANDLE, Field.PROFILE} & chosen.keys()), Field.FOLLOWERS in chosen
    if not handles or not followers:
        reason = "no_followers" if handles else "no_handles" if followers else "columns"
        raise UnreadableFile(reason, ", ".join(text.strip()[:40] for text in header if text.strip())[:300])


def _platforms(candidates: Sequence[Candidate]) -> list[Platform]:
    """The platforms that have columns of handles or profiles of their own, in the order of the file; none where a
    column of handles goes with one of platforms."""
    found = [
        c.column.platform
        for c in candidates
        if c.column.platform is not None and c.column.field in (Field.HANDLE, Field.PROFILE)
    ]
    fields = [c.column.field for c in candidates if c.column.platform is None]
    return [] if Field.HANDLE in fields and Field.PLATFORM in fields else list(dict.fromkeys(found))


def _several(
    candidates: Sequence[Candidate], contents: Sequence[Contents], platforms: Sequence[Platform]
) -> tuple[ColumnUse, ...]:
    """Columns of a person's accounts on several platforms: each platform's own, and those that all share.

    A figure without a platform in its header is the first account's.
    """
    uses: dict[int, ColumnUse] = {}
    shared = [c for c in candidates if c.column.platform is None]
    for place, platform in enumerate(platforms):
        own = [c for c in candidates if c.column.platform is platform]
        own += [c for c in shared if c.column.field in _OWN] if place == 0 else []
        chosen = _choose(own, contents, [Field.HANDLE, Field.PROFILE, *_OWN])
        if not {Field.HANDLE, Field.PROFILE} & chosen.keys() or Field.FOLLOWERS not in chosen:
            continue
        for use in _uses(own, contents, chosen):
            if use.field is not None:
                uses[use.index] = replace(use, account=place)
    of_all = [c for c in shared if c.column.field not in (*_OWN, Field.HANDLE, Field.PROFILE, Field.PLATFORM)]
    for use in _uses(of_all, contents, _choose_shared(of_all, contents)):
        uses.setdefault(use.index, use)
    if not any(use.account is not None for use in uses.values()):
        chosen = _choose(candidates, contents, list(Field))
        _must_name_accounts(chosen, [c.column.header for c in candidates])
        return _uses(candidates, contents, chosen)
    return tuple(uses.get(c.column.index) or _beaten(c.column, None) for c in candidates)


def _choose_shared(candidates: Sequence[Candidate], contents: Sequence[Contents]) -> dict[Field, int]:
    chosen: dict[Field, int] = {}
    for field in _SHARED:
        found = [c for c in candidates if c.column.field is field]
        if found:
            chosen[field] = max(found, key=lambda c: _worth(c, field, contents)).column.index
    return chosen


def _uses(
    candidates: Sequence[Candidate], contents: Sequence[Contents], chosen: dict[Field, int]
) -> tuple[ColumnUse, ...]:
    taken = {index: field for field, index in chosen.items()}
    uses: list[ColumnUse] = []
    for candidate in candidates:
        use = candidate.column
        field = taken.get(use.index, use.field if use.field is Field.NICHES else None)
        if field is None:
            uses.append(_beaten(use, chosen.get(use.field) if use.field else None))
            continue
        by = use.by if field is use.field else By.CONTENT
        fit = contents[use.index].fit(field)
        sure = {By.CONTENT: 0.8 * fit, By.CHOSEN: 1.0}.get(by, 0.5 + 0.5 * fit)
        currency = use.currency if field is Field.PRICE else None
        uses.append(replace(use, field=field, ignored=None, by=by, confidence=round(sure, 2), currency=currency))
    return tuple(uses)


def _beaten(use: ColumnUse, winner: int | None) -> ColumnUse:
    if use.field is None:
        return use
    return ColumnUse(use.index, use.header, None, Ignored.BEATEN, use.platform, winner=winner)
