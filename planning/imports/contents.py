"""What a column holds, by a sample of its cells."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planning.blanks import is_blank
from planning.countries import parse_country
from planning.errors import InvalidValue
from planning.handles import parse_handle
from planning.imports.headers import PLATFORM_WORDS, Field
from planning.languages import parse_language
from planning.money import parse_price
from planning.numbers import is_scaled, parse_average, parse_count, parse_figure, parse_share
from planning.tables import fold

SAMPLE = 200
"""Cells of a column that are looked at, from its whole length."""
LONGEST = 300
"""A longer cell is prose, whatever it begins with."""

_COUNTRY_CODE = re.compile(r"[A-Za-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Contents:
    """A sample of a column's cells, blank ones left out."""

    cells: tuple[str, ...]

    def share(self, is_such: Callable[[str], bool]) -> float:
        """The share of the cells that are such; 0 where there are none."""
        return sum(map(is_such, self.cells)) / len(self.cells) if self.cells else 0.0

    def fit(self, field: Field) -> float:
        """The share of the cells that can be read as the field's; 1 where there are none to say otherwise."""
        return self.share(FITS[field]) if self.cells else 1.0

    @property
    def exact(self) -> float:
        """The share of figures that are written out and not rounded (48500000 beside 48.5M)."""
        figures = [cell for cell in self.cells if is_figure(cell)]
        return sum(not is_scaled(cell) for cell in figures) / len(figures) if figures else 0.0


def sample_columns(sample: Sequence[Sequence[str]], width: int) -> list[Contents]:
    """Each column of a sample of rows. Rows with one cell alone are notes and sums, and say nothing of it."""
    looked_at = [row for row in sample if width < 3 or sum(map(bool, row)) > 1]
    return [
        Contents(tuple(row[place].strip() for row in looked_at if place < len(row) and not is_blank(row[place])))
        for place in range(width)
    ]


def _reads(parse: Callable[[str], object]) -> Callable[[str], bool]:
    def is_such(cell: str) -> bool:
        try:
            parse(cell)
        except InvalidValue:
            return False
        return len(cell) <= LONGEST

    return is_such


def is_figure(cell: str) -> bool:
    """Whether the cell is a figure, of whatever."""
    return len(cell) < 100 and parse_figure(cell) is not None


def is_at_name(cell: str) -> bool:
    """Whether the cell is a handle with its @."""
    return cell.startswith("@") and _is_handle(cell)


def is_address(cell: str) -> bool:
    """Whether the cell is the address of a profile."""
    return "/" in cell and _is_handle(cell)


def is_country_name(cell: str) -> bool:
    """Whether the cell names a country by more than a code, which could as well be a language's or a word."""
    return not _COUNTRY_CODE.fullmatch(cell) and _is_country(cell)


def is_priced(cell: str) -> bool:
    """Whether the cell is an amount of money with its currency."""
    return any(map(str.isdigit, cell)) and not is_figure(cell) and _reads(lambda text: parse_price(text, None))(cell)


def is_platform(cell: str) -> bool:
    """Whether the cell names a platform."""
    return len(cell) <= 40 and fold(cell) in PLATFORM_WORDS


def is_percentage(cell: str) -> bool:
    """Whether the cell is a figure with its percent sign."""
    return _reads(parse_share)(cell)


def _is_bare_rate(cell: str) -> bool:
    """Whether the figure may be a share, or per cent without its sign; above 100 it is a count of something."""
    figure = parse_figure(cell) if len(cell) < 9 else None
    return figure is not None and figure.scale == 1 and int(figure.whole) <= 100


def _is_text(cell: str) -> bool:
    return not is_figure(cell) and "/" not in cell and not cell.endswith("%")


_is_handle = _reads(parse_handle)
_is_country = _reads(parse_country)
_is_average = _reads(lambda cell: parse_average(cell, column=""))
FITS: dict[Field, Callable[[str], bool]] = {
    Field.HANDLE: _is_handle,
    Field.PROFILE: is_address,
    Field.PLATFORM: is_platform,
    Field.NAME: lambda cell: not is_figure(cell) and not is_address(cell),
    Field.FOLLOWERS: _reads(parse_count),
    Field.NICHES: _is_text,
    Field.COUNTRY: _is_country,
    Field.LANGUAGE: _reads(parse_language),
    Field.LIKES: _is_average,
    Field.COMMENTS: _is_average,
    Field.VIEWS: _is_average,
    Field.POSTS: _reads(parse_count),
    Field.PRICE: lambda cell: is_figure(cell) or is_priced(cell),
    Field.FOLLOWERS_AT: lambda cell: not is_figure(cell),
    Field.ENGAGEMENT_AT: lambda cell: not is_figure(cell),
    Field.DECLARED_RATE: lambda cell: is_percentage(cell) or _is_bare_rate(cell),
    Field.INFLUENCER: lambda cell: len(cell) <= LONGEST,
}
