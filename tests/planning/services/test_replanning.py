"""The wall clock holds: when a zone's rules change, and when a server moves to another zone."""

import importlib.resources
import zoneinfo
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from planning.cadence.days import Daily
from planning.cadence.rules import Cadence
from planning.scheduling.due import due_run, planned
from planning.scheduling.schedules import Schedule, Status
from planning.services.deliveries import Step
from planning.services.replanning import follow_rules
from planning.services.schedules import pause, run_now
from planning.services.settings import change_settings
from storage.database import SqlDatabase
from tests.planning.scheduling.made import DAILY, MONDAYS, schedule, utc
from tests.planning.services.schedule_world import CLAIM, GUILD, LEASE, PLANNER, Team

AMSTERDAM = "Europe/Amsterdam"
BEFORE_SPRING = utc(3, 28, 12)
"""The Saturday before the clocks go on."""

NewRules = Callable[[str, str], None]


@pytest.fixture
def new_rules(tmp_path: Path) -> Iterator[NewRules]:
    """A later tzdata, in which a zone has another's rules."""
    known = zoneinfo.TZPATH

    def install(zone: str, like: str) -> None:
        file = tmp_path / zone
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(importlib.resources.files("tzdata").joinpath("zoneinfo", like).read_bytes())
        zoneinfo.reset_tzpath([str(tmp_path), *known])
        ZoneInfo.clear_cache(only_keys=[zone])

    yield install
    zoneinfo.reset_tzpath(known)
    ZoneInfo.clear_cache()


@pytest_asyncio.fixture
async def team(database: SqlDatabase) -> Team:
    team = Team(database, now=BEFORE_SPRING)
    await team.add(leaf=1_500, moss=3_000)
    await move(team, AMSTERDAM)
    return team


async def move(team: Team, zone: str) -> None:
    await change_settings(team.database, PLANNER, timezone=zone, now=team.now)


async def next_of(team: Team, made: Schedule, zone: str = AMSTERDAM) -> str:
    """The next run on the wall clock of a zone; the bot wakes at it."""
    found = await team.get(made.id)
    assert found.next_at is not None
    assert found.wake_at == found.next_at
    return f"{found.next_at.astimezone(ZoneInfo(zone)):%d %b %H:%M}"


def test_the_rules_that_are_given_are_those_that_hold():
    """No summer time any more: as Algiers has it."""
    with importlib.resources.files("tzdata").joinpath("zoneinfo/Africa/Algiers").open("rb") as rules:
        ever_winter = ZoneInfo.from_file(rules, AMSTERDAM)
    made = schedule(DAILY)
    assert planned(made, ZoneInfo(AMSTERDAM), utc(6, 1)).next_at == utc(6, 1, 7)
    assert planned(made, ever_winter, utc(6, 1)).next_at == utc(6, 1, 8)
    assert due_run(planned(made, ever_winter, utc(6, 1)), ever_winter, utc(6, 1, 7)) is None


class TestRulesThatChange:
    async def test_summer_time_is_given_up(self, team: Team, new_rules: NewRules):
        made = [await team.make(cadence=cadence) for cadence in (DAILY, MONDAYS)]
        assert [(await team.get(one.id)).next_at for one in made] == [utc(3, 29, 7), utc(3, 30, 7)]
        new_rules(AMSTERDAM, "Africa/Algiers")
        assert await follow_rules(team.database, GUILD, team.now) == 2
        assert [(await team.get(one.id)).next_at for one in made] == [utc(3, 29, 8), utc(3, 30, 8)]
        assert [await next_of(team, one) for one in made] == ["29 Mar 09:00", "30 Mar 09:00"]
        assert await follow_rules(team.database, GUILD, team.now) == 0, "nothing is left to do"

    async def test_the_clock_goes_to_the_other_side_of_the_run(self, team: Team, new_rules: NewRules):
        """From UTC+2 to UTC-2: further than any country ever moved by changing its rules."""
        made = await team.make(cadence=Cadence(Daily(), time(0, 30)))
        assert await next_of(team, made) == "29 Mar 00:30"
        new_rules(AMSTERDAM, "Etc/GMT+2")
        await follow_rules(team.database, GUILD, team.now)
        assert await next_of(team, made) == "29 Mar 00:30"

    async def test_a_run_that_was_due_while_the_bot_was_down_is_still_made_up_for(
        self, team: Team, new_rules: NewRules
    ):
        made = await team.make(cadence=DAILY)
        new_rules(AMSTERDAM, "Africa/Algiers")
        team.now = utc(3, 29, 10)
        await follow_rules(team.database, GUILD, team.now)
        assert await team.steps_at() == [Step.POSTED]
        assert team.discord.posts[0].run.at == utc(3, 29, 8)
        assert await next_of(team, made) == "30 Mar 09:00"

    async def test_what_was_posted_by_the_old_rules_is_not_posted_again(self, team: Team, new_rules: NewRules):
        """It was 9:00 an hour ago, and by the new rules it is 9:00 again."""
        made = await team.make(cadence=DAILY)
        team.now = utc(3, 29, 7)
        assert await team.steps_at() == [Step.POSTED]
        new_rules(AMSTERDAM, "Africa/Algiers")
        await follow_rules(team.database, GUILD, team.now)
        assert await team.steps_at(hours=1) == []
        assert await next_of(team, made) == "30 Mar 09:00"

    async def test_the_same_rules_move_nothing(self, team: Team):
        made = [await team.make(cadence=cadence) for cadence in (DAILY, MONDAYS)]
        assert await follow_rules(team.database, GUILD, team.now) == 0
        assert [await team.get(one.id) for one in made] == made

    async def test_only_what_is_in_that_zone_moves(self, team: Team, new_rules: NewRules):
        own = await team.make(zone="Europe/Berlin", cadence=DAILY)
        follows = await team.make(cadence=DAILY)
        new_rules("Europe/Berlin", "Africa/Algiers")
        assert await follow_rules(team.database, GUILD, team.now) == 1
        assert await next_of(team, own, "Europe/Berlin") == "29 Mar 09:00"
        assert await team.get(follows.id) == follows

    async def test_what_is_paused_is_planned_once_it_is_resumed(self, team: Team, new_rules: NewRules):
        made = await team.make(cadence=DAILY)
        await pause(team.database, PLANNER, made.id, now=team.now)
        new_rules(AMSTERDAM, "Africa/Algiers")
        assert await follow_rules(team.database, GUILD, team.now) == 0

    async def test_what_a_process_is_at_stays_its_own(self, team: Team, new_rules: NewRules):
        made = await team.make(cadence=DAILY)
        team.now = utc(3, 29, 7)
        assert await team.database.queue.claim(CLAIM, now=team.now, until=team.now + LEASE, limit=1)
        new_rules(AMSTERDAM, "Africa/Algiers")
        await follow_rules(team.database, GUILD, team.now)
        found = await team.get(made.id)
        assert (found.claim, found.wake_at) == (CLAIM, team.now + LEASE)

    async def test_where_nobody_planned_anew_nothing_comes_early(self, team: Team, new_rules: NewRules):
        """Woken by the old rules at 7:00 UTC, which is 8:00 by the new ones."""
        made = await team.make(cadence=DAILY)
        new_rules(AMSTERDAM, "Africa/Algiers")
        team.now = utc(3, 29, 7)
        assert await team.steps_at() == [Step.NOTHING]
        assert team.discord.posts == []
        assert await next_of(team, made) == "29 Mar 09:00"
        assert await team.steps_at(hours=1) == [Step.POSTED]


class TestAnotherZone:
    async def test_what_follows_the_server_moves_with_it(self, team: Team):
        made = await team.make(cadence=DAILY)
        await move(team, "America/New_York")
        assert await next_of(team, made, "America/New_York") == "28 Mar 09:00", "it is 8:00 there"
        assert await team.steps_at(minutes=59) == []
        assert await team.steps_at(minutes=1) == [Step.POSTED]

    async def test_what_has_a_zone_of_its_own_stays(self, team: Team):
        own = await team.make(zone="Asia/Tokyo", cadence=DAILY)
        await move(team, "America/New_York")
        assert await team.get(own.id) == own
        assert await next_of(team, own, "Asia/Tokyo") == "29 Mar 09:00"

    async def test_over_a_whole_year_the_wall_clock_holds_in_each(self, team: Team):
        """From Amsterdam to New York in summer, home again in winter."""
        own = await team.make("Tokyo", zone="Asia/Tokyo")
        follows = await team.make("Server")
        said: dict[int, set[str]] = {own.id: set(), follows.id: set()}
        zone = AMSTERDAM
        for day in range(330):
            team.now = BEFORE_SPRING + timedelta(days=day)
            if day in (102, 250):
                zone = "America/New_York" if day == 102 else AMSTERDAM
                await move(team, zone)
            for schedule_id, its_zone in ((own.id, "Asia/Tokyo"), (follows.id, zone)):
                found = await team.get(schedule_id)
                assert found.next_at is not None
                said[schedule_id].add(f"{found.next_at.astimezone(ZoneInfo(its_zone)):%a %H:%M}")
            if day % 7 == 3:
                await team.work()
        assert said == {own.id: {"Mon 09:00"}, follows.id: {"Mon 09:00"}}

    async def test_what_is_paused_or_asked_for_by_hand(self, team: Team):
        paused, asked = await team.make("Paused", cadence=DAILY), await team.make("Asked", cadence=DAILY)
        await pause(team.database, PLANNER, paused.id, now=team.now)
        await run_now(team.database, PLANNER, asked.id, now=team.now)
        await move(team, "America/New_York")
        assert (await team.get(paused.id)).status is Status.PAUSED
        assert (await team.get(asked.id)).wake_at == team.now, "it is still asked for"
        assert await team.steps_at() == [Step.POSTED]

    @pytest.mark.parametrize(("zone", "then"), [("America/New_York", "29 Mar 09:00"), ("Asia/Tokyo", "30 Mar 09:00")])
    async def test_what_was_due_already_is_posted_all_the_same(self, team: Team, zone: str, then: str):
        made = await team.make(cadence=DAILY)
        team.now = utc(3, 29, 7, 5)
        await move(team, zone)
        assert await team.steps_at() == [Step.POSTED]
        assert team.discord.posts[0].run.at == utc(3, 29, 7)
        assert await next_of(team, made, zone) == then
