"""`/schedule`: made, posted when due, told what changed, mended, paused and removed."""

import re

from tests.journeys.conftest import Journey
from tests.people import Shown

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
