"""An account's posts from the exports that creators send, fresh readings, and the report that follows from them."""

import re
import struct
from collections.abc import Sequence

import pytest

from tests.journeys.conftest import Journey, enrol

META = (
    "\ufeffPost ID,Account username,Description,Publish time,Permalink,Post type,Views,Reach,Likes,Shares,Follows,"
    "Comments,Saves\n"
    '17841400000000001,moss.kitchen,"Soup, again\nwith bread",02/20/2026 18:05,https://www.instagram.com/p/AAA111bbb/,'
    'IG reel,"2,400","1,900",210,12,3,14,20\n'
    "17841400000000002,moss.kitchen,Cake,02/13/2026 09:00,https://www.instagram.com/p/AAA222bbb/,IG image,"
    '1300,1000,"1,140",4,1,9,8\n'
    "17841400000000003,other.account,Not ours,02/06/2026 09:00,https://www.instagram.com/p/AAA333bbb/,IG image,"
    "900,800,90,2,0,4,3\n"
).encode()
YOUTUBE = (
    b"Content,Video title,Video publish time,Views,Likes,Comments added,Shares,Impressions\n"
    b"Total,,,9000,410,40,12,90000\n"
    b'dQw4w9WgXcQ,"One","Feb 20, 2026",5000,250,25,8,50000\n'
    b'aBcDeFgHiJk,"Two","Jan 20, 2026",4000,160,15,4,40000\n'
)
TIKTOK = (
    b"Video title,Video link,Post time,Total likes,Total comments,Total shares,Total views\n"
    b"One,https://www.tiktok.com/@moss/video/7340000000000000000,2026-02-20,300,12,5,4000\n"
)


def plain(rows: Sequence[tuple[str, int, int]]) -> bytes:
    return ("date,likes,comments\n" + "".join(f"{day},{likes},{said}\n" for day, likes, said in rows)).encode()


MANY = plain([(f"2026-01-{day:02} 10:00", 100 + 7 * (day % 5), day % 4) for day in range(1, 25)])


async def test_a_meta_export_is_shown_confirmed_and_reported(world: Journey):
    await enrol(world.planner, "@moss.kitchen")
    preview = await world.planner.slash("influencer posts", handle="moss.kitchen", file=("meta.csv", META))
    assert preview.ephemeral
    for part in (
        "3 rows",
        "2 new",
        "1 rejected",
        "`Publish time` → date of the post",
        "another account",
        "not computable →",
    ):
        assert part in preview.text
    assert "1,140 likes" in preview.text
    assert "reel" in preview.text
    assert "not computable" in (await world.member.slash("tier", handle="moss.kitchen")).text
    done = await preview.click("Confirm")
    assert "2 new" in done.text
    report = await done.click("Show the report")
    assert "from 2 posts" in report.text
    again = await world.planner.slash("influencer posts", handle="moss.kitchen", file=("meta.csv", META))
    assert "2 unchanged" in again.text
    assert "Nothing to write" in again.text
    assert "Confirm" not in again.labels
    assert "read posts from a file" in (await world.member.slash("influencer history", handle="moss.kitchen")).text


@pytest.mark.parametrize(
    ("platform", "file", "said"),
    [("youtube", YOUTUBE, ("2 new", "1 row of sums left aside")), ("tiktok", TIKTOK, ("1 new", "300 likes"))],
)
async def test_other_studios_exports(world: Journey, platform: str, file: bytes, said: tuple[str, ...]):
    await enrol(world.planner, "@moss", platform=platform)
    preview = await world.planner.slash("influencer posts", handle="moss", file=("export.csv", file))
    for part in said:
        assert part in preview.text
    await preview.click("Confirm")
    assert "Engagement rate about" in (await world.member.slash("tier", handle="moss")).text


async def test_the_report_has_its_picture_with_words_for_who_cant_see_it(world: Journey):
    await enrol(world.planner, "@moss", price="250 EUR", niches="vegan", country="NL")
    preview = await world.planner.slash("influencer posts", handle="moss", file=("posts.csv", MANY))
    await preview.click("Confirm")
    answer = await world.member.slash("tier", handle="moss")
    assert len(answer.messages) == 1
    [picture] = answer.files.values()
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    assert width > height > 300
    described = str(answer.last.payload)
    assert "Engagement rates of @moss" in described
    assert "with 90% certainty between" in described
    await answer.click("Share to channel")
    post = world.planner.sees()[-1]
    assert not post.ephemeral
    assert len(post.files) == 1
    assert "Update numbers" not in post.labels


async def test_the_buttons_of_a_report_outlive_a_restart(world: Journey):
    await enrol(world.planner, "@moss")
    preview = await world.planner.slash("influencer posts", handle="moss", file=("posts.csv", MANY))
    confirm = next(button.custom_id for button in preview.buttons if button.label == "Confirm")
    await world.restart()
    await preview.click(custom_id=confirm)
    answer = await world.member.slash("tier", handle="moss")
    await world.restart()
    posts = await answer.click("Posts")
    assert "1–20 of 24, newest first" in posts.text
    older = await posts.click("Older")
    assert "21–24 of 24" in older.text
    assert "1–20 of 24" in (await older.click("Newer")).text
    definitions = await answer.click("Definitions")
    assert re.search(r"by followers +3\.\d% +3\.\d% +24", definitions.text)
    assert "public Instagram accounts that come with Microscout" in definitions.text


async def test_dates_that_read_two_ways_are_asked_about(world: Journey):
    await enrol(world.planner, "@moss")
    file = plain([("03/02/2025", 90, 5), ("05/04/2025", 80, 4)])
    asked = await world.planner.slash("influencer posts", handle="moss", file=("posts.csv", file))
    assert "`03/02/2025`" in asked.text
    assert asked.labels == ["February 3, 2025", "March 2, 2025", "Cancel"]
    answered = await asked.click("February 3, 2025")
    assert "2 new" in answered.text
    await answered.click("Confirm")
    listed = await (await world.planner.slash("tier", handle="moss")).click("Posts")
    assert "1–2 of 2" in listed.text


async def test_a_fresh_reading_by_command_and_by_form(world: Journey):
    await enrol(world.planner, "@moss", likes=100.0, comments=5.0, posts=10)
    world.clock.advance(days=30)
    logged = await world.planner.slash("influencer log", handle="moss", followers=3_400, likes=140.0, comments=7.0)
    assert "Followers: 3,210 → 3,400" in logged.text
    assert "Posts: 10 → —" in logged.text
    answer = await world.planner.slash("tier", handle="moss")
    assert "+5.9% in 30 days" in answer.text
    form = await answer.click("Update numbers")
    ids = [label["component"]["custom_id"] for label in (form.form or {})["components"]]
    world.clock.advance(days=30)
    filled = await form.submit(dict(zip(ids, ["3.5k", "150", "", "", "12"], strict=True)))
    assert "3,500 followers" in filled.text
    assert "from the average of 12 posts" in filled.text
    assert "logged a reading" in (await world.member.slash("influencer history", handle="moss")).text


async def test_a_reading_that_says_nothing_or_nonsense_is_refused(world: Journey):
    await enrol(world.planner, "@moss", likes=100.0)
    assert "nothing was given" in (await world.planner.slash("influencer log", handle="moss")).text
    assert "over how many posts" in (await world.planner.slash("influencer log", handle="moss", posts=4)).text
    answer = await world.planner.slash("tier", handle="moss")
    form = await answer.click("Update numbers")
    ids = [label["component"]["custom_id"] for label in (form.form or {})["components"]]
    refused = await form.submit(dict(zip(ids, ["", "many", "", "", ""], strict=True)))
    assert "can't be read as a number" in refused.text
    assert refused.ephemeral
    shared = await world.member.slash("tier", handle="moss")
    form = await shared.click("Update numbers")
    ids = [label["component"]["custom_id"] for label in (form.form or {})["components"]]
    denied = await form.submit(dict(zip(ids, ["5", "", "", "", ""], strict=True)))
    assert "Only people who may manage the server" in denied.text


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"date,likes\n", "no posts"),
        (b"name,place\na,b\n", "no column of dates"),
        (plain([("2026-01-01 10:00", 3, 5), ("2026-01-02 10:00", 3, 1)]), "same 0 or 3 likes"),
        (plain([("2026-01-01 10:00", -1, 5)]), "No post has its likes"),
        (plain([("2027-01-01 10:00", 9, 5)]), "in the future"),
        (plain([("2026-01-01 10:00", 9, 5)] * 2), "1 twice in the file"),
        (plain([("2026-01-01 10:00", 90_000, 5)]), "more likes and comments than the account has followers"),
    ],
)
async def test_files_with_something_wrong_say_what(world: Journey, file: bytes, said: str):
    await enrol(world.planner, "@moss")
    answer = await world.planner.slash("influencer posts", handle="moss", file=("posts.csv", file))
    assert said in answer.text
    assert answer.ephemeral
    assert len(answer.messages) == 1


async def test_reading_posts_is_for_planners_and_for_known_accounts(world: Journey):
    await enrol(world.planner, "@moss")
    refused = await world.member.slash("influencer posts", handle="moss", file=("posts.csv", MANY))
    assert "Only people who may manage the server" in refused.text
    unknown = await world.planner.slash("influencer posts", handle="mos", file=("posts.csv", MANY))
    assert "isn't registered" in unknown.text
    elsewhere = await world.away.planner.slash("influencer posts", handle="moss", file=("posts.csv", MANY))
    assert "isn't registered" in elsewhere.text


async def test_what_is_unusual_is_named_and_explained(world: Journey):
    await enrol(world.planner, "@moss", followers=20_000)
    same = plain([(f"2026-01-{day:02} 10:00", 500, day % 5 + 8) for day in range(1, 15)])
    preview = await world.planner.slash("influencer posts", handle="moss", file=("posts.csv", same))
    await preview.click("Confirm")
    answer = await world.member.slash("tier", handle="moss")
    assert "Worth asking about: nearly the same likes on every post" in answer.text
    why = await answer.click("What is unusual")
    assert "differ by only 0.00% from post to post" in why.text
    assert "over 14 posts" in why.text
    assert "questions for the creator, not judgements" in why.text


async def test_what_looks_like_a_slip_is_asked_about(world: Journey):
    await enrol(world.planner, "@moss", likes=100.0, comments=5.0, posts=10)
    logged = await world.planner.slash("influencer log", handle="moss", followers=12)
    assert "The followers went from 3,210 to 12: is that right?" in logged.text
    assert "more likes and comments a post than there are followers" in logged.text
    right = await world.planner.slash("influencer log", handle="moss", followers=13)
    assert "is that right?" not in right.text


async def test_a_file_of_few_posts_says_what_it_does_to_an_average(world: Journey):
    await enrol(world.planner, "@moss", likes=100.0, comments=5.0, posts=2)
    file = plain([("2026-02-01 10:00", 900, 5), ("2026-02-02 10:00", 950, 4), ("2026-02-05 10:00", 990, 4)])
    preview = await world.planner.slash("influencer posts", handle="moss", file=("posts.csv", file))
    assert "The new rate lies outside the range so far" in preview.text
    assert "It replaces an average of 2 posts." in preview.text
    await enrol(world.planner, "@fern", likes=100.0, comments=5.0, posts=30)
    world.clock.advance(hours=1)
    preview = await world.planner.slash("influencer posts", handle="fern", file=("posts.csv", file))
    assert "It replaces" not in preview.text
    await preview.click("Confirm")
    assert "from 3 posts and an average of 30 posts" in (await world.member.slash("tier", handle="fern")).text
