"""What a team does with its schedules."""

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
import pytest_asyncio

from planning.cadence.days import Once
from planning.cadence.rules import Cadence
from planning.caller import Caller
from planning.errors import Expired, InvalidValue, NotAPlanner, NotYours
from planning.reasons import Reason
from planning.scheduling.schedules import (
    MAX_SCHEDULE_NAME,
    MOST_SCHEDULES,
    AlertTask,
    Schedule,
    Status,
    Unchanged,
)
from planning.services.deliveries import Step
from planning.services.schedules import (
    Edit,
    confirm,
    edit,
    find_proposed,
    find_watched,
    list_schedules,
    pause,
    propose,
    remove,
    resume,
    run_now,
    show_by_id,
    show_schedule,
    suggest_schedules,
)
from storage.database import SqlDatabase
from tests.planning.scheduling.made import ALERT, DAILY, SHORTLIST, schedule
from tests.planning.services.schedule_world import (
    COLLEAGUE,
    GUILD,
    MEMBER,
    PASTA,
    PLANNER,
    Team,
    changing,
)

TUESDAY_ONCE = Cadence(Once(date(2026, 3, 3)), time(9))


@pytest_asyncio.fixture
async def team(database: SqlDatabase) -> Team:
    team = Team(database)
    await team.add(leaf=1_500, moss=3_000, fern=4_800)
    return team


async def refused(team: Team, draft: Schedule, caller: Caller = PLANNER) -> str:
    """Why it is not taken."""
    with pytest.raises(InvalidValue) as error:
        await propose(team.database, team.meanings, caller, draft, now=team.now)
    return error.value.reason


class TestMaking:
    async def test_it_is_shown_first_and_runs_once_it_is_confirmed(self, team: Team):
        proposal = await propose(team.database, team.meanings, PLANNER, schedule(name="Greens"), now=team.now)
        assert [f"{at:%d %b %H:%M}" for at in proposal.dates] == ["09 Mar 09:00", "16 Mar 09:00", "23 Mar 09:00"]
        assert await list_schedules(team.database, PLANNER) == []
        assert await find_proposed(team.database, PLANNER, proposal.token) == schedule(name="Greens")
        view = await team.confirm(proposal.token)
        assert (view.schedule.name, view.schedule.status) == ("Greens", Status.ACTIVE)
        assert view.dates == proposal.dates
        assert view.schedule.wake_at == proposal.dates[0]

    async def test_confirmed_twice_it_is_there_once(self, team: Team):
        proposal = await propose(team.database, team.meanings, PLANNER, schedule(), now=team.now)
        twice = [confirm(team.database, PLANNER, proposal.token, now=team.now) for _ in range(2)]
        results = await asyncio.gather(*twice, return_exceptions=True)
        assert sorted(type(result).__name__ for result in results) == ["Expired", "ScheduleView"]
        assert len(await list_schedules(team.database, PLANNER)) == 1
        with pytest.raises(Expired):
            await team.confirm(proposal.token)

    async def test_only_who_asked_confirms_it(self, team: Team):
        proposal = await propose(team.database, team.meanings, PLANNER, schedule(), now=team.now)
        with pytest.raises(NotYours):
            await confirm(team.database, COLLEAGUE, proposal.token, now=team.now)

    async def test_members_only_look(self, team: Team):
        made = await team.make()
        for forbidden in (
            propose(team.database, team.meanings, MEMBER, schedule(), now=team.now),
            edit(team.database, team.meanings, MEMBER, made.name, changing(), now=team.now),
            pause(team.database, MEMBER, made.id, now=team.now),
            resume(team.database, MEMBER, made.id, now=team.now),
            run_now(team.database, MEMBER, made.id, now=team.now),
            remove(team.database, MEMBER, made.id),
        ):
            with pytest.raises(NotAPlanner):
                await forbidden
        assert (await show_schedule(team.database, MEMBER, made.name, now=team.now)).schedule == made

    async def test_no_more_than_fit(self, team: Team):
        for _ in range(MOST_SCHEDULES - 1):
            await team.make()
        last, too_many = [
            await propose(team.database, team.meanings, PLANNER, schedule(name=name), now=team.now)
            for name in ("last", "too many")
        ]
        await team.confirm(last.token)
        assert await refused(team, schedule()) == Reason.TOO_MANY_SCHEDULES
        with pytest.raises(InvalidValue, match=Reason.TOO_MANY_SCHEDULES):
            await team.confirm(too_many.token)
        assert len(await list_schedules(team.database, PLANNER)) == MOST_SCHEDULES

    async def test_without_a_name_it_has_its_subjects(self, team: Team):
        watched = AlertTask(None, await team.save_list("Autumn", "leaf"))
        names = [(await team.make(task=task)).name for task in (SHORTLIST, ALERT, SHORTLIST, watched, watched)]
        assert names == ["vegan", "vegan 2", "vegan 3", "Autumn", "Autumn 2"]
        long = AlertTask(None, await team.save_list("x" * MAX_SCHEDULE_NAME, "leaf"))
        first, second = [(await team.make(task=long)).name for _ in range(2)]
        assert len(second) <= MAX_SCHEDULE_NAME
        assert second == f"{first} 2"

    async def test_a_name_is_one_schedules_alone_whatever_its_case(self, team: Team):
        await team.make("Greens")
        assert await refused(team, schedule(name="GREENS")) == Reason.SCHEDULE_NAME_TAKEN
        elsewhere = replace(PLANNER, guild_id=2)
        assert await refused(team, schedule(name="Greens"), elsewhere) == Reason.NOT_A_NICHE

    async def test_a_name_that_was_taken_meanwhile(self, team: Team):
        first, second = [
            await propose(team.database, team.meanings, PLANNER, schedule(name="Greens"), now=team.now)
            for _ in range(2)
        ]
        await team.confirm(first.token)
        with pytest.raises(InvalidValue, match=Reason.SCHEDULE_NAME_TAKEN):
            await team.confirm(second.token)

    @pytest.mark.parametrize("name", ["\u200b\u202e", "x" * (MAX_SCHEDULE_NAME + 1), "x" * 5_000])
    async def test_a_name_that_is_none(self, team: Team, name: str):
        assert await refused(team, schedule(name=name)) == Reason.NOT_A_LIST_NAME

    async def test_what_nobody_carries_is_no_niche(self, team: Team):
        task = replace(SHORTLIST, query=replace(SHORTLIST.query, niche="submarines"))
        assert await refused(team, schedule(task=task)) == Reason.NOT_A_NICHE

    async def test_a_time_that_is_over(self, team: Team):
        assert await refused(team, schedule(Cadence(Once(date(2026, 3, 2)), time(9)))) == Reason.TIME_OVER
        proposal = await propose(team.database, team.meanings, PLANNER, schedule(TUESDAY_ONCE), now=team.now)
        team.now += timedelta(days=1)
        with pytest.raises(InvalidValue, match=Reason.TIME_OVER):
            await team.confirm(proposal.token)

    async def test_the_list_of_an_alert_must_be_there(self, team: Team):
        list_id = await team.save_list("Autumn", "leaf")
        assert await find_watched(team.database, PLANNER, " autumn ") == list_id
        with pytest.raises(InvalidValue, match=Reason.NO_SUCH_LIST):
            await find_watched(team.database, PLANNER, "winter")


class TestKeeping:
    async def test_looking(self, team: Team):
        watched = AlertTask(None, await team.save_list("Autumn", "leaf"))
        made = await team.make("Greens")
        alert = await team.make("Changes", task=watched, cadence=DAILY)
        views = await list_schedules(team.database, MEMBER)
        assert [view.schedule for view in views] == [alert, made]
        assert [view.list_name for view in views] == ["Autumn", None]
        assert [view.dates for view in views] == [[alert.next_at], [made.next_at]]
        assert [view.runs for view in views] == [[], []]
        await team.steps_at(days=7)
        last = {view.schedule.name: view.runs for view in await list_schedules(team.database, MEMBER)}
        assert [run.message_id for run in last["Greens"]] == [1]
        shown = await show_by_id(team.database, MEMBER, made.id, now=team.now)
        assert (len(shown.runs), len(shown.dates)) == (1, 3)
        assert [one.name for one in await suggest_schedules(team.database, GUILD, " gree ")] == ["Greens"]

    async def test_what_is_not_there(self, team: Team):
        with pytest.raises(InvalidValue, match=Reason.NO_SUCH_SCHEDULE):
            await show_schedule(team.database, PLANNER, "nothing", now=team.now)
        for gone in (
            pause(team.database, PLANNER, 99, now=team.now),
            run_now(team.database, PLANNER, 99, now=team.now),
            remove(team.database, PLANNER, 99),
        ):
            with pytest.raises(InvalidValue, match=Reason.SCHEDULE_GONE):
                await gone

    async def test_paused_it_posts_nothing_and_resumed_from_the_next_time_on(self, team: Team):
        made = await team.make()
        view = await pause(team.database, PLANNER, made.id, now=team.now)
        assert (view.schedule.status, view.dates) == (Status.PAUSED, [])
        with pytest.raises(InvalidValue, match=Reason.NOT_RUNNING):
            await pause(team.database, PLANNER, made.id, now=team.now)
        assert await team.steps_at(days=30) == []
        view = await resume(team.database, PLANNER, made.id, now=team.now)
        assert view.schedule.next_at == view.dates[0] > team.now, "what was missed meanwhile is not made up for"
        with pytest.raises(InvalidValue, match=Reason.RUNNING):
            await resume(team.database, PLANNER, made.id, now=team.now)
        assert await team.steps_at(days=5) == [Step.POSTED]

    async def test_run_by_hand_it_keeps_its_rhythm(self, team: Team):
        made = await team.make()
        for _ in range(2):
            await run_now(team.database, PLANNER, made.id, now=team.now)
        assert await team.steps_at() == [Step.POSTED], "asked for twice before it could be done"
        after = await team.get(made.id)
        assert (after.next_at, after.wake_at) == (made.next_at, made.next_at)
        await run_now(team.database, PLANNER, made.id, now=team.now + timedelta(seconds=30))
        assert await team.steps_at(minutes=1) == [Step.POSTED]

    async def test_for_one_time_it_can_not_be_resumed_after_it(self, team: Team):
        made = await team.make(cadence=TUESDAY_ONCE)
        assert await team.steps_at(days=1) == [Step.POSTED]
        assert (await team.get(made.id)).status is Status.DONE
        with pytest.raises(InvalidValue, match=Reason.TIME_OVER):
            await resume(team.database, PLANNER, made.id, now=team.now)
        await run_now(team.database, PLANNER, made.id, now=team.now)
        assert await team.steps_at() == [Step.POSTED]

    async def test_removed_it_is_gone_with_its_runs(self, team: Team):
        made = await team.make()
        await team.steps_at(days=7)
        assert (await remove(team.database, PLANNER, made.id)).name == made.name
        assert await list_schedules(team.database, PLANNER) == []
        assert await team.steps_at(days=30) == []
        again = await team.make()
        assert again.id != made.id, "buttons under old posts never mean another schedule"
        assert (await show_by_id(team.database, PLANNER, again.id, now=team.now)).runs == []


class TestEditing:
    async def change(self, team: Team, made: Schedule, wanted: Edit) -> Schedule:
        return (await edit(team.database, team.meanings, PLANNER, made.name, wanted, now=team.now)).schedule

    async def test_another_question_has_nothing_to_compare_with(self, team: Team):
        made = await team.make()
        await team.steps_at(days=7)
        changed = await self.change(team, made, changing(task=PASTA))
        assert changed.seen.result_id is None
        assert await team.steps_at(days=7) == [Step.POSTED]
        content = team.discord.posts[-1].content
        assert content.news

    async def test_the_same_question_keeps_what_it_is_compared_with(self, team: Team):
        made = await team.make()
        await team.steps_at(days=7)
        seen = (await team.get(made.id)).seen
        for wanted in (
            changing(channel_id=8),
            changing(unchanged=Unchanged.NOTHING),
            changing(task=replace(SHORTLIST, query=replace(SHORTLIST.query, limit=2))),
            Edit(lambda one: replace(one, cadence=DAILY), "Others", replan=True),
        ):
            assert (await self.change(team, made, wanted)).seen == seen
        assert (await show_schedule(team.database, PLANNER, "others", now=team.now)).schedule.channel_id == 8

    async def test_an_alert_for_another_niche_looks_from_now_on(self, team: Team):
        made = await team.make(task=ALERT, cadence=DAILY)
        await team.change("fern", followers=9_000)
        await self.change(team, made, changing(task=replace(ALERT, niche="pasta")))
        assert await team.steps_at(days=1) == [Step.QUIET]

    async def test_another_time(self, team: Team):
        made = await team.make()
        changed = await self.change(team, made, Edit(lambda one: replace(one, cadence=DAILY), replan=True))
        assert f"{changed.wake_at:%d %b %H:%M}" == "03 Mar 09:00"
        over = Cadence(Once(date(2026, 3, 1)), time(9))
        with pytest.raises(InvalidValue, match=Reason.TIME_OVER):
            await self.change(team, made, Edit(lambda one: replace(one, cadence=over), replan=True))
        assert await team.get(made.id) == changed, "nothing is changed then"

    async def test_another_name(self, team: Team):
        made, other = await team.make("Greens"), await team.make("Others")
        assert (await self.change(team, made, Edit(lambda one: one, "GREENS"))).name == "GREENS"
        with pytest.raises(InvalidValue, match=Reason.SCHEDULE_NAME_TAKEN):
            await self.change(team, other, Edit(lambda one: one, "greens"))

    async def test_what_nobody_carries_is_no_niche(self, team: Team):
        made = await team.make()
        nothing = replace(SHORTLIST, query=replace(SHORTLIST.query, niche="submarines"))
        with pytest.raises(InvalidValue, match=Reason.NOT_A_NICHE):
            await self.change(team, made, changing(task=nothing))
        assert await team.get(made.id) == made


async def _nothing() -> None:
    return
