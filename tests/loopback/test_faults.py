"""What goes wrong at Discord while a post is made: it is there once, or its planner is told what to mend."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import pytest_asyncio

from bot import publishing
from bot.app import App
from planning.scheduling.runs import Outcome
from planning.scheduling.schedules import HaltReason, Schedule, Status
from planning.services.schedules import Edit, edit, pause, resume, run_now
from tests import reading
from tests.journeys.conftest import START, Clock
from tests.loopback import payloads
from tests.loopback.channels import PRIVATE, Trouble
from tests.loopback.posting import (
    GUILD,
    PLANNER,
    connected,
    daily_at,
    fill_roster,
    keep,
    next_reference,
    post_all,
    settings_for,
)
from tests.loopback.server import Loopback

PATIENCE = 0.3
"""Seconds that Discord is given here."""
MOST_WAITS = 20
ANOTHER = payloads.TEXT_CHANNEL | {"id": "1400000000000000007", "name": "campaigns"}


@dataclass
class Posting:
    """A bot in this process whose time the test moves, with a schedule that is due every day at nine."""

    app: App
    discord: Loopback
    clock: Clock
    schedule: Schedule

    async def work(self) -> None:
        """Do all that is due now."""
        await post_all(self.app.scheduler)

    async def persist(self) -> None:
        """Do all that is due, waiting as long as the bot itself waits between its tries, for an hour at most."""
        until = self.clock() + timedelta(hours=1)
        for _ in range(MOST_WAITS):
            await self.work()
            wake = await self.app.database.queue.earliest()
            if wake is None or wake > until:
                return
            self.clock.now = max(self.clock(), wake)
        pytest.fail("it never ends")

    async def now(self) -> Schedule:
        """The schedule as it stands."""
        async with self.app.database.reading(GUILD) as store:
            found = await store.schedules.get(self.schedule.id)
        assert found is not None
        return found

    async def outcomes(self) -> list[Outcome]:
        """How its runs ended, oldest first."""
        async with self.app.database.reading(GUILD) as store:
            runs = await store.schedules.list_runs(self.schedule.id, limit=20)
        return [run.outcome for run in reversed(runs)]

    async def edit(self, change: Callable[[Schedule], Schedule], *, replan: bool = False) -> None:
        """Change the schedule as a planner does."""
        meanings = self.app.bot.services.meanings
        await edit(
            self.app.database, meanings, PLANNER, self.schedule.name, Edit(change, replan=replan), now=self.clock()
        )

    @property
    def posts(self) -> list[str]:
        """The references of the posts in the channel."""
        return self.discord.channels.references()

    @property
    def told(self) -> list[str]:
        """What the planner was told alone."""
        return [reading.texts(message) for message in self.discord.channels.kept[PRIVATE]]

    @property
    def last_post(self) -> str:
        """The text of the newest message in the channel."""
        return reading.texts(self.discord.channels.kept[payloads.CHANNEL][-1])


@pytest_asyncio.fixture
async def posting(discord: Loopback, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Posting]:
    monkeypatch.setattr(publishing, "SECONDS", PATIENCE)
    clock = Clock()
    discord.servers = [payloads.SERVER | {"channels": [payloads.TEXT_CHANNEL, ANOTHER]}]
    discord.channels.clock = clock
    async with connected(settings_for(discord, sqlite_url), clock) as app:
        await fill_roster(app.database)
        [schedule] = await keep(app.database, daily_at(START, "greens"))
        yield Posting(app, discord, clock, schedule)


async def test_a_due_post_is_made_with_its_components(posting: Posting) -> None:
    await posting.work()
    [message] = posting.discord.channels.kept[payloads.CHANNEL]
    assert posting.posts == [next_reference(posting.schedule)]
    assert "`@leaf`" in posting.last_post
    assert "greens" in posting.last_post
    assert "Late" not in posting.last_post
    assert message["flags"] & 1 << 15
    assert [button.label for button in reading.buttons(message)][-1] == "This schedule"
    await posting.work()
    assert len(posting.posts) == 1


ONCE = {
    "500": Trouble(500),
    "503": Trouble(503),
    "500 after it was taken": Trouble(500, taken=True),
    "503 after it was taken": Trouble(503, taken=True),
    "too many requests": Trouble(429, retry_after=0.05),
    "too many requests of the bot": Trouble(429, retry_after=0.05, everywhere=True),
    "too many requests for a long time": Trouble(429, retry_after=40),
    "no answer": Trouble(silent=True),
    "no answer after it was taken": Trouble(silent=True, taken=True),
    "cut off": Trouble(),
    "cut off after it was taken": Trouble(taken=True),
}


@pytest.mark.parametrize("trouble", ONCE.values(), ids=ONCE.keys())
@pytest.mark.parametrize("forgetful", [False, True], ids=["", "nonces forgotten"])
async def test_it_is_posted_once_whatever_discord_answers(posting: Posting, trouble: Trouble, forgetful: bool) -> None:
    if forgetful:
        posting.discord.channels.nonce_window = timedelta(0)
    posting.discord.channels.fail("send", trouble)
    await posting.persist()
    assert posting.posts == [next_reference(posting.schedule)]
    assert await posting.outcomes() == [Outcome.POSTED]
    assert (await posting.now()).next_at == START + timedelta(days=1)
    assert posting.told == []


async def test_a_limit_of_the_whole_bot_that_outlasts_our_patience_stops_nothing_for_good(posting: Posting) -> None:
    posting.discord.channels.fail("send", Trouble(429, retry_after=5, everywhere=True))
    await posting.persist()
    assert len(posting.posts) == 1


async def test_a_long_outage_ends_with_one_late_post(posting: Posting) -> None:
    posting.discord.channels.fail("send", Trouble(503), times=6)
    await posting.persist()
    assert len(posting.posts) == 1
    assert "Late: it was due" in posting.last_post


async def test_the_gateway_closes_while_it_posts(posting: Posting) -> None:
    discord = posting.discord

    closing: list[asyncio.Task[None]] = []

    def witness(stage: str) -> None:
        if stage == "received" and not closing:
            closing.append(asyncio.create_task(discord.disconnect(4000)))

    discord.channels.witness = witness
    await posting.work()
    await asyncio.gather(*closing)
    await discord.until(lambda: discord.resumed == 1)
    assert len(posting.posts) == 1
    posting.clock.advance(days=1)
    await posting.persist()
    assert len(posting.posts) == 2


STOPPED = {
    "no permission": (Trouble(403, 50013), HaltReason.REFUSED, "Discord refused it (trouble 403)"),
    "no access": (Trouble(403, 50001), HaltReason.REFUSED, "Discord refused it (trouble 403)"),
    "no channel": (Trouble(404, 10003), HaltReason.CHANNEL_GONE, "the channel is gone"),
}


@pytest.mark.parametrize(("trouble", "reason", "words"), STOPPED.values(), ids=STOPPED.keys())
async def test_what_discord_refuses_stops_the_schedule_until_it_is_mended(
    posting: Posting, trouble: Trouble, reason: HaltReason, words: str
) -> None:
    posting.discord.channels.fail("send", trouble)
    await posting.persist()
    halted = await posting.now()
    assert halted.status is Status.HALTED
    assert halted.notice is not None
    assert halted.notice.halt is reason
    [told] = posting.told
    assert words in told
    posting.clock.advance(days=3)
    await posting.persist()
    assert posting.posts == []
    assert len(posting.told) == 1

    await resume(posting.app.database, PLANNER, halted.id, now=posting.clock())
    await posting.persist()
    assert posting.posts == []
    posting.clock.advance(days=1)
    await posting.persist()
    assert len(posting.posts) == 1
    assert await posting.outcomes() == [Outcome.HALTED, Outcome.POSTED]


async def test_a_planner_who_takes_no_messages_is_told_in_the_channel(posting: Posting) -> None:
    posting.clock.advance(hours=13)
    posting.discord.channels.fail("tell", Trouble(403, 50007), times=100)
    await posting.persist()
    assert posting.posts == []
    assert await posting.outcomes() == [Outcome.MISSED]
    [told] = posting.discord.channels.kept[payloads.CHANNEL]
    assert "was missed" in reading.texts(told)
    assert posting.told == []


@pytest.mark.parametrize("trouble", [Trouble(503, taken=True), Trouble(silent=True, taken=True), Trouble(500)])
async def test_a_planner_is_told_once(posting: Posting, trouble: Trouble) -> None:
    posting.clock.advance(hours=13)
    posting.discord.channels.fail("tell", trouble)
    await posting.persist()
    [told] = posting.told
    assert "was missed" in told
    assert (await posting.now()).status is Status.ACTIVE


async def test_a_week_away_gives_one_post(posting: Posting) -> None:
    posting.clock.advance(days=7, hours=2)
    await posting.persist()
    assert len(posting.posts) == 1
    assert "Late: it was due" in posting.last_post
    assert (await posting.now()).next_at == START + timedelta(days=8)


async def lose_the_answer(posting: Posting) -> None:
    """The post is there, and the bot doesn't know."""
    posting.discord.channels.fail("send", Trouble(503, taken=True))
    await posting.work()
    assert len(posting.posts) == 1
    assert await posting.outcomes() == []


async def test_a_post_that_is_found_late_takes_no_later_one_with_it(posting: Posting) -> None:
    await lose_the_answer(posting)
    posting.clock.advance(days=1)
    await posting.persist()
    assert len(posting.posts) == 2
    assert await posting.outcomes() == [Outcome.POSTED, Outcome.POSTED]
    assert (await posting.now()).next_at == START + timedelta(days=2)


async def test_a_pause_before_a_post_is_found_takes_no_later_one_with_it(posting: Posting) -> None:
    await lose_the_answer(posting)
    await pause(posting.app.database, PLANNER, posting.schedule.id, now=posting.clock())
    posting.clock.advance(days=2, hours=1)
    await resume(posting.app.database, PLANNER, posting.schedule.id, now=posting.clock())
    await posting.persist()
    assert len(posting.posts) == 1
    posting.clock.now = START + timedelta(days=3)
    await posting.persist()
    assert len(posting.posts) == 2
    assert (await posting.now()).next_at == START + timedelta(days=4)


async def test_a_new_time_given_before_a_post_is_found_holds(posting: Posting) -> None:
    await lose_the_answer(posting)
    posting.clock.advance(hours=2)
    later = daily_at(START + timedelta(hours=1), "any").cadence

    await posting.edit(lambda one: replace(one, cadence=later), replan=True)
    await run_now(posting.app.database, PLANNER, posting.schedule.id, now=posting.clock())
    await posting.persist()
    assert len(posting.posts) == 2
    assert (await posting.now()).next_at == START + timedelta(days=1, hours=1)


async def test_a_new_channel_given_before_a_post_is_found_gets_no_second_one(posting: Posting) -> None:
    posting.discord.channels.nonce_window = timedelta(0)
    await lose_the_answer(posting)
    await posting.edit(lambda one: replace(one, channel_id=int(ANOTHER["id"])))
    await posting.persist()
    assert len(posting.posts) == 1
    assert posting.discord.channels.references(ANOTHER["id"]) == []
    posting.clock.advance(days=1)
    await posting.persist()
    assert len(posting.discord.channels.references(ANOTHER["id"])) == 1


async def test_a_busy_channel_is_not_read_to_its_end(posting: Posting) -> None:
    posting.discord.channels.fail("send", Trouble(503))
    await posting.work()
    posting.clock.advance(hours=1)
    posting.discord.channels.write(count=2_000)
    before = len(posting.discord.requests)
    await posting.persist()
    reads = [request for request in posting.discord.requests[before:] if request.method == "GET"]
    assert len(reads) <= 2
    assert len(posting.posts) == 1
