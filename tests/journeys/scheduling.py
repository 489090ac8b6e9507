"""What journeys of schedules begin with, and how their time passes."""

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
