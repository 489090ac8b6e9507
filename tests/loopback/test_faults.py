"""What goes wrong at Discord while a post is made: it is there once, or its planner is told what to mend."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from bot import publishing
from planning.scheduling.runs import Outcome
from planning.scheduling.schedules import HaltReason, Status
from planning.services.schedules import pause, resume, run_now
from tests import reading
from tests.journeys.conftest import START
from tests.loopback import payloads
from tests.loopback.channels import Trouble
from tests.loopback.clocked import Posting
from tests.loopback.posting import (
    PLANNER,
    daily_at,
    next_reference,
)


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


async def test_a_server_that_is_not_there_for_now_is_waited_for(posting: Posting) -> None:
    discord, bot = posting.discord, posting.app.bot
    discord.forgets_sessions = discord.outage = True
    again = asyncio.create_task(bot.wait_for("ready"))
    await discord.disconnect(4000)
    await again
    assert len(discord.identities) == 2
    await posting.work()
    assert (await posting.now()).status is Status.ACTIVE
    assert posting.posts == []

    back = asyncio.create_task(bot.wait_for("guild_available"))
    await discord.open_servers()
    await back
    await posting.persist()
    assert len(posting.posts) == 1


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
    await posting.edit(lambda one: replace(one, channel_id=int(payloads.ANOTHER["id"])))
    await posting.persist()
    assert len(posting.posts) == 1
    assert posting.discord.channels.references(payloads.ANOTHER["id"]) == []
    posting.clock.advance(days=1)
    await posting.persist()
    assert len(posting.discord.channels.references(payloads.ANOTHER["id"])) == 1


async def test_a_busy_channel_is_read_page_by_page_each_in_its_turn(
    posting: Posting, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = count()

    async def turn(_pace: publishing.Pace, _also: publishing.Pace | None = None) -> None:
        next(turns)

    posting.discord.channels.fail("send", Trouble(503))
    await posting.work()
    posting.discord.channels.write(count=2_000)
    monkeypatch.setattr(publishing.Pace, "turn", turn)
    before = len(posting.discord.requests)
    await posting.persist()
    assert len(posting.posts) == 1
    assert len(posting.discord.requests) - before == 22
    assert next(turns) == 22
