from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, create_engine, insert, select
from sqlalchemy.exc import StatementError

from planning.accounts import Source
from planning.platform import Platform
from storage.types import (
    PLATFORM_CODES,
    EnumCode,
    Hundredths,
    PlatformCode,
    UtcDateTime,
    from_seconds,
    to_hundredths,
    to_seconds,
)

TABLE = Table(
    "sample",
    MetaData(),
    Column("at", UtcDateTime),
    Column("platform", PlatformCode),
    Column("source", EnumCode(Source)),
    Column("likes", Hundredths),
)


def through_the_database(**values: object) -> tuple[object, ...]:
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            TABLE.create(connection)
            connection.execute(insert(TABLE).values(**values))
            return tuple(connection.execute(select(TABLE)).one())
    finally:
        engine.dispose()


def test_values_come_back_as_they_went() -> None:
    at = datetime(2026, 3, 1, 12, 30, 15, tzinfo=UTC)
    stored = through_the_database(at=at, platform=Platform.TIKTOK, source=Source.FILE, likes=12.34)
    assert stored == (at, Platform.TIKTOK, Source.FILE, 12.34)
    assert through_the_database() == (None, None, None, None)


def test_a_naive_time_is_refused() -> None:
    naive = datetime(2026, 3, 1)  # noqa: DTZ001 - that is the point
    with pytest.raises(StatementError, match="without a zone"):
        through_the_database(at=naive)
    with pytest.raises(ValueError, match="without a zone"):
        to_seconds(naive)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(timezone(timedelta(hours=2)))))  # noqa: DTZ001
def test_a_time_keeps_its_instant_cut_to_seconds_and_comes_back_in_utc(at: datetime) -> None:
    back = from_seconds(to_seconds(at))
    assert back.tzinfo is UTC
    assert timedelta(0) <= at - back < timedelta(seconds=1)


def test_every_platform_has_a_code_of_its_own() -> None:
    assert set(PLATFORM_CODES) == set(Platform)
    assert len(set(PLATFORM_CODES.values())) == len(Platform)


def test_codes_in_use_never_change() -> None:
    assert [PLATFORM_CODES[p] for p in (Platform.INSTAGRAM, Platform.TIKTOK, Platform.OTHER)] == [1, 2, 0]
    assert isinstance(Source.TYPED, IntEnum)


@given(st.integers(0, 10**11))
def test_two_decimals_of_an_average_are_kept(hundredths: int) -> None:
    assert to_hundredths(hundredths / 100) == hundredths
