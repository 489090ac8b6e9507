"""`/schedule`: made, posted when due, told what changed, mended, paused and removed."""

import re

from tests.journeys.conftest import Journey
from tests.people import Shown
from tests.reading import texts

HEADER = "handle,platform,followers,niches,likes,comments,posts,price\n"
ROSTER = HEADER + "\n".join(
    [
        "leaf,instagram,1500,vegan,190,9,20,40 EUR",
        "moss,instagram,3000,vegan,240,12,20,100 EUR",
        "fern,instagram,3200,vegan,220,12,20,110 EUR",
        "reed,instagram,2000,vegan;travel,120,4,20,120 EUR",
        "rose,instagram,2600,travel,200,9,20,90 EUR",
    ]
)


async def post_due(world: Journey) -> list[Shown]:
    """Let the scheduler work until nothing is due; what it posted."""
    before = {shown.handle.id for shown in world.member.sees()}
    while await world.app.scheduler.look():
        await world.app.scheduler.finish()
    return [shown for shown in world.member.sees() if shown.handle.id not in before]


def direct_messages(world: Journey) -> list[str]:
    """What the planner was told in private."""
    return [texts(payload) for payload in world.world.private_messages(world.planner.actor)]


async def scheduled(world: Journey, when: str = "every Monday 9:00", **options: object) -> None:
    await world.load(world.home, ROSTER)
    answer = await world.planner.slash("schedule shortlist", niche="vegan", when=when, **options)
    started = await answer.click("Start it")
    assert "It is running." in started.text


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
    refused = await about.click("Pause")
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
