"""What the brief that this product was made for claims of micro-influencers: dated claims by their source, no more.

Shown in the help and the documentation, never as a measurement and never beside an account. Research disagrees: an
inverted U in one study, a micro advantage in another, an advantage of size in a third.
"""

from dataclasses import dataclass
from enum import StrEnum


class ClaimKind(StrEnum):
    """What is claimed."""

    ENGAGEMENT_RATE = "engagement_rate"
    MORE_ENGAGEMENT_THAN_MACRO = "more_engagement_than_macro"
    MORE_CONVERSIONS_THAN_MACRO = "more_conversions_than_macro"
    VALUE_AUTHENTICITY = "value_authenticity"


@dataclass(frozen=True, slots=True)
class Claim:
    """A share (0.05 is 5 %) that someone stated; `at_most`: it was said to be up to that.

    `attributed_to` is whom the brief names. `reported_at` is a public page that repeats it, None where none was found.
    """

    kind: ClaimKind
    share: float
    attributed_to: str
    year: int
    at_most: bool = False
    reported_at: str | None = None


_SOURCE = "Harvard Media"
_YEAR = 2023
_REPORT = "https://quantumrun.com/insight/micro-influencers-why-influencer-segmentation-matters"

CLAIMS: tuple[Claim, ...] = (
    Claim(ClaimKind.ENGAGEMENT_RATE, 0.05, _SOURCE, _YEAR, reported_at=_REPORT),
    Claim(ClaimKind.MORE_ENGAGEMENT_THAN_MACRO, 0.60, _SOURCE, _YEAR, at_most=True, reported_at=_REPORT),
    Claim(ClaimKind.MORE_CONVERSIONS_THAN_MACRO, 0.20, _SOURCE, _YEAR, at_most=True, reported_at=_REPORT),
    Claim(ClaimKind.VALUE_AUTHENTICITY, 0.88, _SOURCE, _YEAR),
)
"""How they got these figures is not stated where they are repeated, nor for which platform."""
