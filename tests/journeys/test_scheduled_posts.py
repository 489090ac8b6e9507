"""What comes by itself: shortlists with what changed, quiet lines, alerts; late, missed, and never twice."""

import re

from tests.journeys.conftest import Journey
from tests.journeys.scheduling import ROSTER, direct_messages, post_due, scheduled


async def test_the_next_post_says_what_changed(world: Journey):
    await scheduled(world)
    world.clock.advance(days=7)
    await post_due(world)
    # Since then: one grew out of the tier, one left the roster, one is new.
    await world.planner.slash("influencer edit", handle="moss", followers=5_600)
    removal = await world.planner.slash("influencer remove", handle="reed")
    await removal.click("Remove")
    await world.planner.slash(
        "influencer add", handle="iris", platform="instagram", followers=2_200, niches="vegan", likes=150, posts=12
    )
    world.clock.advance(days=7)
    [post] = await post_due(world)
    news = post.text
    assert "**New**: `@iris`" in news
    assert "`@moss` (5,600 followers: mid-tier)" in news
    assert "`@reed` (no longer on the roster)" in news


async def test_a_rate_that_moved_and_numbers_that_grew_old_are_told(world: Journey):
    await scheduled(world)
    world.clock.advance(days=7)
    await post_due(world)
    world.clock.advance(days=84)
    await world.planner.slash("influencer log", handle="leaf", likes=700, comments=60, posts=60)
    [post] = await post_due(world)
    assert "**Rate moved beyond its range**: `@leaf`" in post.text
    assert "**Numbers older than 90 days now**: `@moss`" in post.text.replace("`@fern`, ", "")


async def test_where_nothing_is_new_one_quiet_line_is_posted_or_nothing(world: Journey):
    await scheduled(world)
    world.clock.advance(days=7)
    [first] = await post_due(world)
    world.clock.advance(days=7)
    [line] = await post_due(world)
    assert "Nothing new since" in line.text
    assert len(line.text) < 200
    shown = await world.member.click(line, "Show it")
    assert "`@leaf`" in shown.text

    edited = await world.planner.slash("schedule edit", name="vegan", if_unchanged="nothing")
    assert "it posts nothing" in edited.text
    world.clock.advance(days=7)
    assert await post_due(world) == []
    listed = await world.planner.slash("schedule list")
    assert "so nothing was posted" in listed.text
    assert "Save to a list" in first.labels


async def test_the_buttons_of_a_post_work_after_a_restart_for_anyone(world: Journey):
    await scheduled(world)
    world.clock.advance(days=7)
    [post] = await post_due(world)
    await world.restart()
    about = await world.member.click(post, "This schedule")
    assert about.ephemeral
    assert "every Monday at 9:00" in about.text
    ranked = await world.member.click(post, "How it is ranked")
    assert ranked.ephemeral
    assert "leaf" in ranked.text
    # Its buttons are for planners.
    assert about.labels == []
    planned = await world.planner.click(post, "This schedule")
    assert "It is paused." in (await planned.click("Pause")).text
    refused = await world.member.slash("schedule resume", name="vegan")
    assert "Only people who may manage the server can do this." in refused.text


async def test_only_a_named_role_is_mentioned(world: Journey):
    role = world.home.add_role("Scouts", mentionable=True)
    await scheduled(world, mention=role)
    world.clock.advance(days=7)
    [post] = await post_due(world)
    assert f"<@&{role.id}>" in post.text
    everyone = await world.planner.slash(
        "schedule shortlist", niche="vegan", when="every day 9:00", mention=world.home.server.guild.default_role
    )
    assert "a post never mentions everyone" in everyone.text


async def test_of_many_missed_runs_one_is_made_up_for_and_says_that_it_is_late(world: Journey):
    await scheduled(world, "every day 9:00")
    world.clock.advance(days=4, hours=2)
    [post] = await post_due(world)
    assert "Late: it was due" in post.text
    assert await post_due(world) == []


async def test_beyond_the_grace_period_it_is_missed_and_the_planner_is_told_once(world: Journey):
    await scheduled(world)
    world.clock.advance(days=7, hours=13)
    assert await post_due(world) == []
    shown = await world.planner.slash("schedule show", name="vegan")
    assert "missed: it was due" in shown.text
    told = [message for message in direct_messages(world) if "was missed" in message]
    assert len(told) == 1
    world.clock.advance(days=6, hours=11)
    await post_due(world)
    assert len(direct_messages(world)) == 1


async def test_an_alert_tells_of_tiers_jumps_and_old_numbers_once(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.planner.slash("schedule alert", niche="vegan", older_than=30)
    assert "every day at 9:00" in answer.text
    await answer.click("Start it")
    world.clock.advance(days=1)
    assert await post_due(world) == []
    await world.planner.slash("influencer log", handle="moss", followers=5_200)
    await world.planner.slash("influencer log", handle="leaf", followers=1_900)
    await world.planner.slash("influencer log", handle="rose", followers=9_900)
    world.clock.advance(days=1)
    [post] = await post_due(world)
    assert "`@moss` · Instagram · micro → mid-tier · 3,000 → 5,200 followers (+73%)" in post.text
    assert "`@leaf` · Instagram · 1,500 → 1,900 followers (+27%)" in post.text
    assert "rose" not in post.text
    world.clock.advance(days=29)
    [old] = await post_due(world)
    assert "Numbers have become old" in old.text
    assert "moss" in old.text
    world.clock.advance(days=1)
    assert await post_due(world) == []


async def test_an_alert_on_a_list_stops_when_the_list_is_deleted(world: Journey):
    await world.load(world.home, ROSTER)
    shortlist = await world.planner.slash("shortlist", niche="vegan")
    found = re.search(r"Result `(\w{8})`", shortlist.text)
    assert found is not None
    await world.planner.slash("list save", name="Autumn", result=found[1])
    answer = await world.planner.slash("schedule alert", list="Autumn", jump=10)
    assert "the list Autumn" in answer.text
    await answer.click("Start it")
    await world.planner.slash("influencer log", handle="fern", followers=3_600)
    world.clock.advance(days=1)
    [post] = await post_due(world)
    assert "`@fern`" in post.text
    deletion = await world.planner.slash("list delete", name="Autumn")
    await deletion.click("Delete it")
    world.clock.advance(days=1)
    assert await post_due(world) == []
    shown = await world.planner.slash("schedule show", name="Autumn")
    assert "the list was deleted" in shown.text


async def test_a_database_from_before_the_post_does_not_make_it_again(world: Journey):
    await scheduled(world)
    async with world.app.database.reading(world.home.id) as store:
        [before] = await store.schedules.list_all()
    world.clock.advance(days=7, minutes=1)
    [post] = await post_due(world)
    async with world.app.database.writing(world.home.id) as store:
        await store.schedules.save(before)
    world.clock.advance(hours=2)
    assert await post_due(world) == []
    shown = await world.planner.slash("schedule show", name="vegan")
    assert str(post.handle.id) in shown.text
