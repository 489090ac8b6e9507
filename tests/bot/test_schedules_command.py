"""`python -m bot schedules`: how schedules stand, for whoever runs the bot."""

import asyncio
import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from planning.cadence.days import Daily
from planning.cadence.rules import Cadence
from planning.scheduling.schedules import AlertTask, HaltReason, Notice, NoticeKind, Schedule, Status
from storage.database import SqlDatabase
from tests.loopback.process import CommandLine

GUILD = 1_097_170_000_000_000_000
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def schedule(name: str, wake_at: datetime | None, status: Status = Status.ACTIVE) -> Schedule:
    notice = Notice(NoticeKind.HALTED, NOON, HaltReason.PERMISSIONS, "send_messages", told=True)
    return Schedule(
        name=name,
        task=AlertTask("vegan", None),
        cadence=Cadence(Daily(1, 0), time(9)),
        zone=None,
        channel_id=1,
        created_by=1,
        created_at=NOON,
        status=status,
        next_at=wake_at,
        wake_at=wake_at,
        notice=notice if status is Status.HALTED else None,
    )


@pytest.fixture
def filled(tmp_path: Path, cli: CommandLine) -> CommandLine:
    # The command goes by the machine's clock.
    now = datetime.now(UTC)

    async def fill() -> None:
        database = SqlDatabase(f"sqlite:///{tmp_path}/microscout.db")
        await database.migrate()
        async with database.writing(GUILD) as store:
            await store.schedules.create(schedule("coming", now + timedelta(days=1)))
            await store.schedules.create(schedule("just due", now - timedelta(minutes=1)))
            await store.schedules.create(schedule("late", now - timedelta(hours=2)))
            await store.schedules.create(schedule("stopped", None, Status.HALTED))
        async with database.writing(GUILD + 1) as store:
            await store.schedules.create(schedule("given up", None, Status.DEAD))
        await database.close()

    asyncio.run(fill())
    return cli


def test_it_counts_what_is_due_late_stopped_and_dead(filled: CommandLine):
    ended = filled("schedules")
    assert ended.code == 0
    rows = [line.split() for line in ended.out.splitlines()]
    assert rows[1][:6] == [str(GUILD), "4", "2", "1", "1", "0"]
    assert rows[2][:6] == [str(GUILD + 1), "1", "0", "0", "0", "1"]
    assert rows[3][:6] == ["all", "5", "2", "1", "1", "1"]
    assert 7_200 <= int(rows[3][6]) < 7_400


def test_of_one_server_it_names_every_schedule_and_what_stands_in_its_way(filled: CommandLine):
    ended = filled("schedules", "--guild", str(GUILD))
    assert not [line for line in ended.out.splitlines() if line.endswith("given up")]
    [stopped] = [line for line in ended.out.splitlines() if line.rstrip().endswith("send_messages")]
    assert "halted" in stopped
    assert "permissions" in stopped


def test_as_json_it_is_one_line(filled: CommandLine):
    told = json.loads(filled("schedules", "--json").out)
    assert [server["due"] for server in told["servers"]] == [2, 0]
    assert told["lag_seconds"] >= 7_200


def test_without_any_it_says_so(cli: CommandLine):
    cli("migrate")
    ended = cli("schedules")
    assert (ended.code, ended.out) == (0, "no schedules\n")


def test_it_makes_no_database(cli: CommandLine, tmp_path: Path):
    ended = cli("schedules")
    assert ended.code == 1
    assert "there is no database" in ended.err
    assert not (tmp_path / "microscout.db").exists()
