"""Tier ladders: which follower counts make a micro or a macro. The field disagrees, so a ladder is chosen and named."""

from dataclasses import dataclass
from itertools import pairwise

from planning.errors import LadderInvalid

MAX_BANDS = 12
MAX_TIER_NAME = 24


@dataclass(frozen=True, slots=True)
class Tier:
    """A half-open band of followers [low, high); high None has no end."""

    name: str
    low: int
    high: int | None

    def __contains__(self, followers: int) -> bool:
        return self.low <= followers and (self.high is None or followers < self.high)


@dataclass(frozen=True, slots=True)
class Ladder:
    """A named ladder with its source and year; tiers rise without gaps. Below the first there is no tier."""

    id: str
    title: str
    tiers: tuple[Tier, ...]

    def tier(self, followers: int) -> Tier | None:
        """The tier of an account of this size; None below the first band."""
        return next((tier for tier in self.tiers if followers in tier), None)

    def find(self, name: str) -> Tier | None:
        """The tier with this name, whatever its case."""
        return next((tier for tier in self.tiers if tier.name.casefold() == name.casefold()), None)

    def spanning(self, followers: tuple[int, int | None] | None) -> Tier | None:
        """The tier that is exactly this range, from and up to but not with, as a filter keeps it."""
        return next((tier for tier in self.tiers if (tier.low, tier.high) == followers), None)

    def next_up(self, followers: int) -> Tier | None:
        """The tier above the one of this size."""
        return next((tier for tier in self.tiers if tier.low > followers), None)


def build_ladder(ladder_id: str, title: str, bounds: list[tuple[str, int]]) -> Ladder:
    """A ladder from (name, lowest followers) pairs in rising order; each band ends where the next begins.

    Raises `LadderInvalid` with the name of the band that does not fit.
    """
    if not 1 <= len(bounds) <= MAX_BANDS:
        raise LadderInvalid("count", str(len(bounds)))
    seen: set[str] = set()
    for name, low in bounds:
        if not name or len(name) > MAX_TIER_NAME or name.casefold() in seen:
            raise LadderInvalid("name", name)
        if low < 0:
            raise LadderInvalid("bound", name)
        seen.add(name.casefold())
    for (_, low), (name, high) in pairwise(bounds):
        if high <= low:
            raise LadderInvalid("order", name)
    highs = [low for _, low in bounds[1:]] + [None]
    return Ladder(ladder_id, title, tuple(Tier(n, low, high) for (n, low), high in zip(bounds, highs, strict=True)))


CUSTOM = "custom"

PRESETS: dict[str, Ladder] = {
    ladder.id: ladder
    for ladder in (
        # Attributed to Harvard Media (2023) in the brief that this product was made for.
        build_ladder(
            "harvard-media-2023",
            "Harvard Media 2023",
            [
                ("nano", 500),
                ("micro", 1_000),
                ("mid-tier", 5_000),
                ("macro", 10_000),
                ("mega", 25_000),
                ("all-star", 50_000),
            ],
        ),
        build_ladder(
            "mediakix-2019",
            "Mediakix 2019",
            [("nano", 1_000), ("micro", 10_000), ("mid", 50_000), ("macro", 500_000), ("mega", 1_000_000)],
        ),
        build_ladder(
            "iab-uk",
            "IAB UK",
            [
                ("nano", 1_000),
                ("micro", 10_000),
                ("mid", 50_000),
                ("macro", 500_000),
                ("top", 1_000_000),
                ("VIP", 5_000_000),
            ],
        ),
        build_ladder(
            "later-fohr-2021",
            "Later × Fohr 2021",
            [("nano", 0), ("micro", 10_000), ("mid", 100_000), ("macro", 500_000), ("mega-macro", 1_000_000)],
        ),
        build_ladder(
            "hypeauditor-classic",
            "HypeAuditor classic",
            [("nano", 1_000), ("micro", 5_000), ("mid", 20_000), ("macro", 100_000), ("mega", 1_000_000)],
        ),
        build_ladder("upfluence-simple", "Upfluence simple", [("micro", 0), ("mid", 20_000), ("macro", 400_000)]),
        build_ladder(
            "iconosquare-2020",
            "Iconosquare 2020",
            [("nano", 0), ("micro", 10_000), ("macro", 100_000), ("mega", 1_000_000)],
        ),
    )
}

DEFAULT_LADDER = PRESETS["harvard-media-2023"]


def parse_bands(text: str) -> Ladder:
    """A server's own ladder from "nano 500, micro 1000, macro 10000". Raises `LadderInvalid`."""
    bounds: list[tuple[str, int]] = []
    for part in text.split(","):
        name, _, low = part.strip().rpartition(" ")
        digits = low.replace(".", "").replace("_", "")
        if not name or not digits.isdecimal():
            raise LadderInvalid("format", part.strip())
        bounds.append((name.strip(), int(digits)))
    return build_ladder(CUSTOM, CUSTOM, bounds)


def cuts(*ladders: Ladder) -> list[int]:
    """Every bound of these ladders, rising: between two of them no account changes its tier in any."""
    return sorted({tier.low for ladder in ladders for tier in ladder.tiers})


NEAR_SHARE = 0.03


def near_bound(ladder: Ladder, followers: int) -> Tier | None:
    """The next tier up, where at most 3 % more followers would reach it: today's count may already be stale."""
    above = ladder.next_up(followers)
    return above if above and above.low - followers <= followers * NEAR_SHARE else None
