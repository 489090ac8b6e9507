"""What a team does with a schedule while it is being posted."""

from dataclasses import replace
from datetime import timedelta

import pytest_asyncio

from planning.matching.encoder import Encoder
from planning.scheduling.schedules import (
    Schedule,
    Seen,
    Status,
)
from planning.services.deliveries import Step
from planning.services.meanings import Meanings
from planning.services.schedules import (
    Edit,
    edit,
    list_schedules,
    pause,
    remove,
    run_now,
)
from storage.database import SqlDatabase
from tests.encoders import Given
from tests.planning.scheduling.made import DAILY
from tests.planning.services.schedule_world import CLAIM, LEASE, PASTA, PLANNER, Team, changing


@pytest_asyncio.fixture
async def team(database: SqlDatabase) -> Team:
    team = Team(database)
    await team.add(leaf=1_500, moss=3_000, fern=4_800)
    return team


class TestWhileItIsPosted:
    """A person acts in the moment between what was kept before the sending and what is kept after it."""

    async def post(self, team: Team, act) -> Schedule:
        made = await team.make()
        await team.steps_at(days=7)
        await team.change("leaf", followers=2_900)
        team.discord.before_sending = lambda: act(made)
        await team.steps_at(days=7)
        assert len(team.discord.posts) == 2
        team.discord.before_sending = _nothing
        return made

    async def test_edited_the_answer_to_the_question_before_is_no_comparison(self, team: Team):
        async def act(made: Schedule) -> None:
            await edit(team.database, team.meanings, PLANNER, made.name, changing(task=PASTA), now=team.now)

        made = await self.post(team, act)
        after = await team.get(made.id)
        assert after.task == PASTA
        assert after.seen.result_id is None
        assert (after.claim, after.attempt) == (None, None)

    async def test_edited_in_all_else_the_comparison_is_what_was_posted(self, team: Team):
        async def act(made: Schedule) -> None:
            wanted = Edit(lambda one: replace(one, channel_id=8, cadence=DAILY), "Others", replan=True)
            await edit(team.database, team.meanings, PLANNER, made.name, wanted, now=team.now)

        made = await self.post(team, act)
        after = await team.get(made.id)
        assert (after.name, after.channel_id, after.cadence) == ("Others", 8, DAILY)
        assert after.seen.at == team.now
        assert after.wake_at is not None
        assert after.wake_at == after.next_at
        assert await team.steps_at(days=1) == [Step.POSTED]
        assert team.discord.posts[-1].schedule.channel_id == 8

    async def test_paused_it_stays_so(self, team: Team):
        async def act(made: Schedule) -> None:
            await pause(team.database, PLANNER, made.id, now=team.now)

        made = await self.post(team, act)
        after = await team.get(made.id)
        assert (after.status, after.wake_at, after.claim) == (Status.PAUSED, None, None)
        assert after.seen.at == team.now

    async def test_removed_it_stays_so(self, team: Team):
        async def act(made: Schedule) -> None:
            await remove(team.database, PLANNER, made.id)

        await self.post(team, act)
        assert await list_schedules(team.database, PLANNER) == []

    async def test_asked_for_by_hand_it_posts_again(self, team: Team):
        async def act(made: Schedule) -> None:
            team.discord.before_sending = _nothing
            await run_now(team.database, PLANNER, made.id, now=team.now)

        made = await team.make()
        team.discord.before_sending = lambda: act(made)
        assert await team.steps_at(days=7) == [Step.POSTED, Step.POSTED]

    async def test_edited_while_it_is_made_the_question_before_is_not_posted(self, team: Team):
        made = await team.make()
        team.now += timedelta(days=7)
        [claimed] = await team.database.queue.claim(CLAIM, now=team.now, until=team.now + LEASE, limit=9)

        class Meanwhile(Given):
            """A person changes the schedule while its niche is matched."""

            async def load(self) -> Encoder | None:
                await edit(team.database, team.meanings, PLANNER, made.name, changing(task=PASTA), now=team.now)
                return await super().load()

        slow = Meanings(Meanwhile(None))
        assert (await replace(team.deliveries, meanings=slow).work(claimed, CLAIM)).step is Step.NOTHING
        assert team.discord.posts == []
        assert await team.steps_at() == [Step.POSTED], "at once"
        assert team.discord.posts[0].schedule.task == PASTA

    async def test_edited_after_an_answer_was_lost_the_post_is_still_found(self, team: Team):
        made = await team.make()
        team.discord.loses_answers = True
        assert await team.steps_at(days=7) == [Step.POSTPONED]
        wanted = changing(task=PASTA, channel_id=8)
        await edit(team.database, team.meanings, PLANNER, made.name, wanted, now=team.now)
        assert await team.steps_at(minutes=5) == [Step.FOUND]
        assert len(team.discord.posts) == 1
        after = await team.get(made.id)
        assert after.seen == Seen(trail=after.seen.trail)


async def _nothing() -> None:
    return
