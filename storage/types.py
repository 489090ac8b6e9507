# ruff: noqa: ARG002, D102 - TypeDecorator names these methods and what they are given
"""Column types: times as whole seconds, enums as small numbers, averages as hundredths.

The functions are the conversions themselves; bulk writes call them, the types serve everything else.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import IntEnum
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Dialect, SmallInteger
from sqlalchemy.types import TypeDecorator

from planning.flags import FlagReason
from planning.platform import Platform

NO_END = 2**62
"""Above every count of followers: an open range ends here."""

# Stored in rows, so a code is never changed or used again.
PLATFORM_CODES: dict[Platform, int] = {
    Platform.OTHER: 0,
    Platform.INSTAGRAM: 1,
    Platform.TIKTOK: 2,
    Platform.YOUTUBE: 3,
    Platform.TWITCH: 4,
    Platform.BLUESKY: 5,
    Platform.MASTODON: 6,
    Platform.X: 7,
    Platform.THREADS: 8,
    Platform.LINKEDIN: 9,
    Platform.PINTEREST: 10,
}
PLATFORMS: dict[int, Platform] = {code: platform for platform, code in PLATFORM_CODES.items()}
_PLATFORM_OR_NONE: dict[int | None, Platform | None] = {None: None, **PLATFORMS}

# Each reason's bit, kept as the codes are.
FLAG_BITS: dict[FlagReason, int] = {
    FlagReason.GROWTH_IN_STEPS: 1,
    FlagReason.CONSTANT_LIKES: 2,
    FlagReason.RATE_BELOW: 4,
    FlagReason.VIEWS_BELOW: 8,
    FlagReason.RATE_ABOVE: 16,
    FlagReason.COMMENTS_ABOVE: 32,
    FlagReason.COMMENTS_BELOW: 64,
    FlagReason.HIDDEN_LIKES: 128,
}


def to_bits(flags: Iterable[FlagReason]) -> int:
    """Flags as one number."""
    return sum(FLAG_BITS[flag] for flag in flags)


@lru_cache(maxsize=256)
def to_flags(bits: int) -> tuple[FlagReason, ...]:
    """The flags of a number, the weightiest first."""
    return tuple(flag for flag, bit in FLAG_BITS.items() if bits & bit)


@lru_cache(maxsize=256)
def to_seconds(value: datetime) -> int:
    """Whole seconds since 1970 in UTC; fractions are cut. Raises ValueError for a time without a zone."""
    if value.utcoffset() is None:
        raise ValueError(f"a time without a zone: {value!r}")
    return int(value.timestamp() // 1)


@lru_cache(maxsize=1024)
def from_seconds(value: int) -> datetime:
    """The aware UTC time of these seconds since 1970."""
    return datetime.fromtimestamp(value, UTC)


def _to_time(value: int | None) -> datetime | None:
    return None if value is None else from_seconds(value)


def to_hundredths(value: float | None) -> int | None:
    """An average to two decimals, as an integer."""
    return None if value is None else round(value * 100)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept as whole seconds since 1970; comes back in UTC. Refuses naive values."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_seconds(value)

    # Not process_result_value, here and below: a wrapper around each value cost a shortlist a twentieth of its time.
    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _to_time


class PlatformCode(TypeDecorator[Platform]):
    """A platform, kept as its code."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Platform | None, dialect: Dialect) -> int | None:
        return None if value is None else PLATFORM_CODES[value]

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _PLATFORM_OR_NONE.__getitem__


Code = TypeVar("Code", bound=IntEnum)


class EnumCode(TypeDecorator[Code]):
    """A member of an IntEnum, kept as its number."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, members: type[Code]) -> None:
        super().__init__()
        self.members = members  # part of the statement cache's key
        self._by_number: dict[int | None, Code | None] = {None: None, **{int(member): member for member in members}}

    def process_bind_param(self, value: Code | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return self._by_number.__getitem__


class Hundredths(TypeDecorator[float]):
    """An average to two decimals, kept as an integer: two or three bytes where a float takes eight.

    The history of a million accounts fits its file by this; the account's own row keeps the exact value.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: float | None, dialect: Dialect) -> int | None:
        return to_hundredths(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> float | None:
        return None if value is None else value / 100
