"""`/compare`, peers and published rates, `/backtest`."""

import math
from datetime import UTC, datetime, timedelta
from random import Random

from planning.caller import COMMAND_LINE, Caller
from planning.services.post_imports import PostsReport, import_posts
from sheets.csv_files import CsvFiles
from tests.journeys.conftest import Journey, enrol

HEADER = "handle,platform,followers,niches,likes,comments,posts,price\n"


async def test_side_by_side_with_what_differs_and_what_cannot_be_told_apart(world: Journey):
    table = HEADER + "\n".join(
        [
            "high,instagram,2000,vegan,600,20,50,100 EUR",
            "low,instagram,2000,vegan,40,2,50,100 EUR",
            "close,tiktok,4000,travel,95,2,50,300 EUR",
            "silent,tiktok,900,travel,,,,",
        ]
    )
    await world.load(world.home, table)
    answer = await world.member.slash(
        "compare", handle1="high", handle2="low", handle3="tiktok:close", handle4="silent"
    )
    assert answer.ephemeral
    for part in (
        "4 accounts side by side",
        "By rate, as far as it can be told: 1 `@high` · 2–3 `@close`, `@low`",
        "`@high` costs least per engagement.",
        "`@close` has 4.4 times the followers of `@silent`.",
        "no engagement numbers yet",
    ):
        assert part in answer.text
    assert answer.files["comparison.png"].startswith(b"\x89PNG")
    await world.restart()
    await answer.click("Share to channel")
    post = world.planner.sees()[-1]
    assert not post.ephemeral
    assert "4 accounts side by side" in post.text
    assert list(post.files) == ["comparison.png"]


async def test_an_unknown_account_is_named_and_one_twice_is_one(world: Journey):
    await enrol(world.planner, "@moss", likes=50.0, comments=1.0, posts=4)
    unknown = await world.member.slash("compare", handle1="moss", handle2="nobody")
    assert "`@nobody` isn't registered" in unknown.text
    once = await world.member.slash("compare", handle1="moss", handle2="instagram:moss")
    assert "You named `@moss` twice" in once.text
    assert "isn't registered" in (await world.away.member.slash("compare", handle1="moss", handle2="moss")).text


async def test_among_peers_where_there_are_enough_and_published_rates_otherwise(world: Journey):
    rows = [f"peer{n:02},instagram,{2000 + n},vegan,{40 + 5 * n},3,12," for n in range(20)]
    await world.load(world.home, HEADER + "\n".join([*rows, "moss,instagram,2500,vegan,900,3,12,"]))
    text = (await world.member.slash("tier", handle="moss")).text
    assert "Higher than all 20 micro accounts on Instagram" in text
    assert "In the middle of 20 micro accounts" in (await world.member.slash("tier", handle="peer10")).text
    await enrol(world.away.planner, "@moss", likes=90.0, comments=3.0, posts=12)
    alone = (await world.away.member.slash("tier", handle="moss")).text
    assert "fewer than 20 other micro accounts on Instagram" in alone
    assert "Published elsewhere, each counted in its own way:" in alone
    assert "Modash" in alone


async def test_the_proof_on_the_servers_own_posts(world: Journey):
    empty = await world.planner.slash("backtest")
    assert "No account here has enough posts" in empty.text
    assert "</influencer posts:" in empty.text
    assert "Only people who may manage the server" in (await world.member.slash("backtest")).text
    random = Random(3)  # noqa: S311 - no secret
    names = [f"creator{n:02}" for n in range(25)]
    await world.load(world.home, HEADER + "\n".join(f"{name},instagram,2000,vegan,,,," for name in names))
    caller = Caller(world.home.id, COMMAND_LINE, planner=True)
    for name in names:
        level = 180 * math.exp(random.gauss(0, 0.5))
        start = datetime(2025, 1, 1, 10, tzinfo=UTC)
        rows = [
            f"{start + timedelta(days=7 * week)},{round(level * math.exp(random.gauss(0, 0.3)))},3"
            for week in range(40)
        ]
        report = await import_posts(
            world.app.database, CsvFiles(), caller, name, filename="p.csv",
            content=("date,likes,comments\n" + "\n".join(rows)).encode(), now=world.clock(),
        )  # fmt: skip
        assert isinstance(report, PostsReport)
        assert report.new == 40
    answer = await world.planner.slash("backtest")
    assert answer.ephemeral
    assert "Tested on 25 accounts" in answer.text
    assert "right order" in answer.text
    assert "No account here" in (await world.away.planner.slash("backtest")).text
