"""What alerts and shortlists have to tell, from one look to the next."""

from dataclasses import replace

import pytest
import pytest_asyncio

from planning.accounts import Engagement
from planning.scheduling.changes import WhyGone
from planning.scheduling.schedules import AlertTask, HaltReason, Schedule, Status, Unchanged
from planning.services import contents
from planning.services.deliveries import Step
from planning.services.publishing import AlertContent, ShortlistContent
from planning.services.schedules import Edit, edit, run_now
from storage.database import SqlDatabase
from tests.planning.scheduling.made import ALERT, DAILY
from tests.planning.services.schedule_world import GUILD, PLANNER, Team


@pytest_asyncio.fixture
async def team(database: SqlDatabase) -> Team:
    team = Team(database)
    await team.add(leaf=1_500, moss=3_000, fern=4_800)
    return team


def handles(alerts: AlertContent) -> tuple[list[str], list[str]]:
    """Who moved, and whose numbers became old."""
    found = alerts.alerts
    return [one.account.handle for one in found.moved], [one.handle for one in found.old]


def last_alert(team: Team) -> AlertContent:
    content = team.discord.posts[-1].content
    assert isinstance(content, AlertContent)
    return content


def last_shortlist(team: Team) -> ShortlistContent:
    content = team.discord.posts[-1].content
    assert isinstance(content, ShortlistContent)
    return content


class TestAlerts:
    async def test_another_tier_and_a_jump_are_told_once(self, team: Team):
        await team.make(task=ALERT, cadence=DAILY)
        assert await team.steps_at(days=1) == [Step.QUIET]
        await team.change("fern", followers=5_200)
        await team.change("leaf", followers=2_000)
        await team.change("moss", followers=3_100)
        assert await team.steps_at(days=1) == [Step.POSTED]
        content = last_alert(team)
        assert handles(content) == (["fern", "leaf"], [])
        assert content.accounts == 3
        assert await team.steps_at(days=1) == [Step.QUIET], "it is told already"

    async def test_nothing_is_told_that_was_so_before_the_alert_was_made(self, team: Team):
        await team.change("fern", followers=5_200)
        await team.make(task=ALERT, cadence=DAILY)
        assert await team.steps_at(days=1) == [Step.QUIET]

    async def test_there_and_back_between_two_looks_is_nothing(self, team: Team):
        await team.make(task=ALERT, cadence=DAILY)
        await team.change("fern", followers=9_000)
        await team.change("fern", followers=4_800)
        assert await team.steps_at(days=1) == [Step.QUIET]

    async def test_small_steps_between_two_looks_add_up(self, team: Team):
        await team.make(task=ALERT, cadence=DAILY)
        for followers in (1_600, 1_700, 1_800):
            await team.change("leaf", followers=followers)
        assert await team.steps_at(days=1) == [Step.POSTED]
        [moved] = last_alert(team).alerts.moved
        assert (moved.before, moved.jump) == (1_500, pytest.approx(0.2))

    async def test_old_numbers_are_told_once_until_they_are_read_again(self, team: Team):
        await team.make(task=replace(ALERT, older_than=30), cadence=DAILY)
        assert await team.steps_at(days=1) == [Step.QUIET]
        assert await team.steps_at(days=30) == [Step.POSTED]
        assert handles(last_alert(team)) == ([], ["fern", "moss", "leaf"])
        assert await team.steps_at(days=1) == [Step.QUIET]
        await team.change("moss", followers=3_001, engagement_at=team.now)
        assert await team.steps_at(days=31) == [Step.POSTED]
        assert handles(last_alert(team)) == ([], ["moss"])

    async def test_a_failed_post_is_told_the_next_time(self, team: Team):
        await team.make(task=ALERT, cadence=DAILY)
        await team.change("fern", followers=5_200)
        team.discord.up = False
        assert await team.steps_at(days=1) == [Step.POSTPONED]
        team.discord.up = True
        assert await team.steps_at(hours=1) == [Step.POSTED]
        assert handles(last_alert(team)) == (["fern"], [])

    async def test_by_hand_it_posts_also_that_there_is_nothing(self, team: Team):
        made = await team.make(task=ALERT, cadence=DAILY)
        await run_now(team.database, PLANNER, made.id, now=team.now)
        assert await team.steps_at() == [Step.POSTED]
        assert not last_alert(team).news

    async def test_of_another_niche_it_says_nothing(self, team: Team):
        await team.make(task=ALERT, cadence=DAILY)
        await team.change("fern", followers=5_200, niches=("travel",))
        assert await team.steps_at(days=1) == [Step.QUIET]

    async def test_a_niche_called_followers_is_no_count(self, team: Team):
        await team.change("fern", niches=("vegan", "followers"))
        await team.make(task=ALERT, cadence=DAILY)
        await team.change("fern", niches=("vegan",))
        assert await team.steps_at(days=1) == [Step.QUIET]

    async def test_of_a_list_only_its_accounts(self, team: Team, monkeypatch: pytest.MonkeyPatch):
        list_id = await team.save_list("Autumn", "leaf", "fern")
        await team.make(task=AlertTask(None, list_id), cadence=DAILY)
        monkeypatch.setattr(contents, "CHUNK", 1)  # read in parts
        for handle, followers in (("leaf", 3_000), ("moss", 9_000), ("fern", 9_001)):
            await team.change(handle, followers=followers)
        assert await team.steps_at(days=1) == [Step.POSTED]
        assert handles(last_alert(team)) == (["fern", "leaf"], [])
        assert last_alert(team).accounts == 2

    async def test_where_the_list_is_gone_it_stops_and_says_so(self, team: Team):
        list_id = await team.save_list("Autumn", "leaf")
        made = await team.make(task=AlertTask(None, list_id), cadence=DAILY)
        async with team.database.writing(GUILD) as store:
            await store.lists.delete(list_id)
        assert await team.steps_at(days=1) == [Step.HALTED, Step.TOLD]
        stopped = await team.get(made.id)
        assert stopped.status is Status.HALTED
        assert stopped.notice is not None
        assert stopped.notice.halt is HaltReason.LIST_GONE


class TestShortlists:
    async def test_the_first_has_nothing_to_compare_with(self, team: Team):
        made = await team.make()
        assert await team.steps_at(days=7) == [Step.POSTED]
        first = last_shortlist(team)
        assert first.changes is None
        assert first.news
        assert (await team.get(made.id)).seen.result_id == first.shortlist.result.id

    async def test_unchanged_it_posts_one_line_or_nothing(self, team: Team):
        made = await team.make()
        await team.steps_at(days=7)
        assert await team.steps_at(days=7) == [Step.POSTED]
        assert not last_shortlist(team).news
        await quiet(team, made)
        assert await team.steps_at(days=7) == [Step.QUIET]
        assert len(team.discord.posts) == 2

    async def test_what_changed_since_the_last_post(self, team: Team):
        await team.make()
        await team.steps_at(days=7)
        since = team.now
        await team.add(reed=2_000)
        await team.change("fern", followers=6_000)
        assert await team.steps_at(days=7) == [Step.POSTED]
        changes = last_shortlist(team).changes
        assert changes is not None
        assert changes.since == since
        assert [pick.account.handle for pick in changes.new] == ["reed"]
        assert [(gone.then.account.handle, gone.why) for gone in changes.gone] == [("fern", WhyGone.TIER)]
        assert await team.steps_at(days=7) == [Step.POSTED]
        assert not last_shortlist(team).news, "told once"

    async def test_small_steps_add_up_over_quiet_weeks(self, team: Team):
        made = await team.make()
        await quiet(team, made)
        await team.steps_at(days=7)
        before = team.discord.posts[-1]
        for likes in (80.0, 95.0, 115.0, 150.0, 250.0):
            await team.change("leaf", engagement=Engagement(likes, 3.0, posts=12), engagement_at=team.now)
            if await team.steps_at(days=7) == [Step.POSTED]:
                break
        assert before is not team.discord.posts[-1]
        changes = last_shortlist(team).changes
        assert changes is not None
        assert changes.since == before.made_at
        assert [kept.now.account.handle for kept in changes.rates] == ["leaf"]

    async def test_it_is_by_the_ladder_that_is_in_force(self, team: Team):
        await team.make()
        await team.ladder(("micro", 2_000), ("large", 4_000))
        assert await team.steps_at(days=7) == [Step.POSTED]
        assert [pick.account.handle for pick in last_shortlist(team).shortlist.picks] == ["moss"]

    async def test_where_the_tier_is_gone_its_own_band_holds(self, team: Team):
        await team.make()
        await team.ladder(("small", 0), ("large", 4_000))
        assert await team.steps_at(days=7) == [Step.POSTED]
        assert len(last_shortlist(team).shortlist.picks) == 3

    async def test_without_anyone_in_the_niche_it_stops(self, team: Team):
        made = await team.make()
        for handle in ("leaf", "moss", "fern"):
            await team.change(handle, niches=("travel",))
        assert await team.steps_at(days=7) == [Step.HALTED, Step.TOLD]
        notice = (await team.get(made.id)).notice
        assert notice is not None
        assert (notice.halt, notice.detail) == (HaltReason.NO_NICHE, "vegan")


async def quiet(team: Team, made: Schedule) -> None:
    wanted = Edit(lambda one: replace(one, unchanged=Unchanged.NOTHING))
    await edit(team.database, team.meanings, PLANNER, made.name, wanted, now=team.now)
