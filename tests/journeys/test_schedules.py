"""`/schedule`: made, shown, changed, paused and removed; what stands in the way is named."""

import re

from tests.journeys.conftest import Journey
from tests.journeys.scheduling import ROSTER, direct_messages, post_due, scheduled


async def test_a_schedule_is_echoed_in_full_and_posts_when_it_is_due(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.planner.slash("schedule shortlist", niche="vegan", when="every Monday 9:00")
    assert answer.ephemeral
    assert "every Monday at 9:00" in answer.text
    assert len(re.findall(r"<t:\d+:f>", answer.text)) == 3
    started = await answer.click("Start it")
    assert "It is running." in started.text
    assert await post_due(world) == []
    world.clock.advance(days=7)
    [post] = await post_due(world)
    assert "`@leaf`" in post.text
    assert "The first post" in post.text
    assert await post_due(world) == []


async def test_a_run_by_hand_leaves_the_rhythm_alone(world: Journey):
    await scheduled(world)
    world.clock.advance(days=2)
    before = await world.planner.slash("schedule show", name="vegan")
    ran = await world.planner.slash("schedule run", name="vegan")
    assert "in a moment" in ran.text
    [post] = await post_due(world)
    assert "asked for by hand" in post.text
    after = await world.planner.slash("schedule show", name="vegan")
    assert re.findall(r"- <t:(\d+):f> \(", after.text) == re.findall(r"- <t:(\d+):f> \(", before.text)
    assert "by hand" in after.text


async def test_paused_it_posts_nothing_and_resumed_from_the_next_time_on(world: Journey):
    await scheduled(world)
    paused = await world.planner.slash("schedule pause", name="vegan")
    assert "It is paused." in paused.text
    again = await world.planner.slash("schedule pause", name="vegan")
    assert "it is not running" in again.text
    world.clock.advance(days=15)
    assert await post_due(world) == []
    resumed = await world.planner.slash("schedule resume", name="vegan")
    assert "It is running again." in resumed.text
    assert await post_due(world) == []
    world.clock.advance(days=6)
    assert len(await post_due(world)) == 1


async def test_a_missing_permission_is_named_before_and_stops_the_schedule_after(world: Journey):
    await scheduled(world)
    world.world.forbid(world.home.server, send_messages=False)
    refused = await world.planner.slash("schedule shortlist", niche="vegan", when="every day 9:00")
    assert "I lack a permission in" in refused.text
    assert "Send Messages" in refused.text
    world.clock.advance(days=7)
    assert await post_due(world) == []
    shown = await world.planner.slash("schedule show", name="vegan")
    assert "stopped until something is mended" in shown.text
    assert "Send Messages" in shown.text
    assert len(direct_messages(world)) == 1
    world.world.forbid(world.home.server)
    resumed = await world.planner.slash("schedule resume", name="vegan")
    assert "It is running again." in resumed.text
    world.clock.advance(days=7)
    assert len(await post_due(world)) == 1


async def test_what_is_unclear_is_asked_about_and_nothing_is_made(world: Journey):
    await world.load(world.home, ROSTER)
    for when, said in (
        ("every Monday", "At what time?"),
        ("sometime", "can't be read"),
        ("today 8:00", "is over"),
        ("every 5 minutes", "Once a day is the most"),
    ):
        answer = await world.planner.slash("schedule shortlist", niche="vegan", when=when)
        assert answer.ephemeral
        assert said in answer.text, when
    nobody = await world.planner.slash("schedule shortlist", niche="astronomy", when="every day 9:00")
    assert "no account here carries this niche" in nobody.text
    both = await world.planner.slash("schedule alert")
    assert "say which niche to watch, or which list" in both.text
    member = await world.member.slash("schedule shortlist", niche="vegan", when="every day 9:00")
    assert "Only people who may manage the server can do this." in member.text
    empty = await world.planner.slash("schedule list")
    assert "There is no schedule yet." in empty.text


async def test_the_server_s_clock_counts_and_a_zone_that_is_named_wins(world: Journey):
    await world.planner.slash("settings timezone", timezone="Europe/Amsterdam")
    await scheduled(world, "maandag 9:00")
    named = await world.planner.slash("schedule shortlist", niche="vegan", when="monday 9:00 New York", name="NY")
    assert "America/New_York" in named.text
    shown = await world.planner.slash("schedule show", name="vegan")
    assert "(Europe/Amsterdam)" in shown.text
    first = int(re.findall(r"<t:(\d+):f>", shown.text)[0])
    moved = await world.planner.slash("settings timezone", timezone="Asia/Tokyo")
    assert "Settings saved" in moved.text
    shown = await world.planner.slash("schedule show", name="vegan")
    assert (first - int(re.findall(r"<t:(\d+):f>", shown.text)[0])) % 86_400 == 8 * 3600


async def test_another_server_sees_none_of_it(world: Journey):
    await scheduled(world)
    away = await world.away.planner.slash("schedule list")
    assert "There is no schedule yet." in away.text
    assert await world.away.planner.autocomplete("schedule show", "name", "") == []
    gone = await world.away.planner.slash("schedule show", name="vegan")
    assert "there is no schedule of this name" in gone.text


async def test_names_times_and_what_is_removed(world: Journey):
    await scheduled(world)
    [choice] = await world.planner.autocomplete("schedule show", "name", "veg")
    assert choice.value == "vegan"
    times = await world.planner.autocomplete("schedule shortlist", "when", "mon", niche="vegan")
    assert any("Monday" in time.name for time in times)
    renamed = await world.planner.slash("schedule edit", name="vegan", new_name="Weekly greens", when="tuesday 10:00")
    assert "Weekly greens" in renamed.text
    assert "every Tuesday at 10:00" in renamed.text
    removal = await world.planner.slash("schedule remove", name="weekly GREENS")
    kept = await removal.click("Keep it")
    assert "Nothing was removed." in kept.text
    removal = await world.planner.slash("schedule remove", name="Weekly greens")
    removed = await removal.click("Remove it")
    assert "is removed" in removed.text
    world.clock.advance(days=14)
    assert await post_due(world) == []


async def test_a_test_post_is_offered_and_the_schedule_waits_on(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.planner.slash("schedule shortlist", niche="vegan", when="every day 9:00", name="Greens")
    tested = await answer.click("Send a test post")
    assert "It works" in tested.text
    assert "Greens" in world.member.sees()[-1].text
    cancelled = await answer.click("Cancel")
    assert "No schedule was made." in cancelled.text
