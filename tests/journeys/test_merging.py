"""`/influencer merge`, `split` and `duplicates`: one influencer stands there once."""

from tests.journeys.conftest import Journey

ROSTER = (
    "handle,platform,name,followers,likes,niches,price,country\n"
    "newbaker,instagram,New Baker,4100,120,food;art,,NL\n"
    "newbakr,instagram,,3900,110,food;vegan,250 EUR,NL\n"
    "new_baker,tiktok,Baker,9000,,food,,\n"
)


async def test_two_handles_become_one_account_and_two_again(world: Journey):
    await world.load(world.home, ROSTER)
    asked = await world.planner.slash("influencer merge", handle="newbaker", other="newbakr")
    assert asked.ephemeral
    for part in (
        "## Merge `@newbakr` into `@newbaker`?",
        "Price: — → €250",
        "Niches that come along: vegan",
        "Followers: 4,100 stays",
        "3,900, from",
        "1 reading",
    ):
        assert part in asked.text, part
    await world.restart()
    done = await asked.click("Merge")
    assert "`@newbakr` is part of `@newbaker` now." in done.text
    report = await world.member.slash("tier", handle="newbakr")
    assert "## @newbaker" in report.text
    trail = await world.member.slash("influencer history", handle="newbakr")
    for part in ("merged", "`@newbakr`", "merged into newbaker", "roster.csv, row 3", "roster.csv, row 2"):
        assert part in trail.text, part
    await world.restart()
    undone = await done.click("Undo")
    assert "`@newbaker` and `@newbakr` are two accounts again." in undone.text
    assert "## @newbakr" in (await world.member.slash("tier", handle="newbakr")).text


async def test_accounts_on_two_platforms_are_one_influencer(world: Journey):
    await world.load(world.home, ROSTER)
    asked = await world.planner.slash("influencer merge", handle="newbaker", other="new_baker")
    assert "## Are `@newbaker` and `@new_baker` one influencer?" in asked.text
    done = await asked.click("Yes, link them")
    assert "`@newbaker` and `@new_baker` are one influencer now." in done.text
    report = await world.member.slash("tier", handle="newbaker")
    assert r"Also: TikTok @new\_baker (9,000 followers)" in report.text
    again = await world.planner.slash("influencer merge", handle="new_baker", other="newbaker")
    assert "one influencer's already" in again.text
    split = await world.planner.slash("influencer split", handle="new_baker")
    assert "`@new_baker` stands for itself again." in split.text
    assert "Also:" not in (await world.member.slash("tier", handle="newbaker")).text
    nothing = await world.planner.slash("influencer split", handle="new_baker")
    assert "merged with no other account" in nothing.text


async def test_likely_duplicates_wait_for_a_word(world: Journey):
    await world.load(world.home, ROSTER)
    await world.load(world.away, ROSTER.splitlines()[0] + "\nnewbaker,x,,5,,,,\n")
    shown = await world.planner.slash("influencer duplicates")
    for part in ("1–2 of 2", "Perhaps one account under two handles", "Perhaps one influencer on two platforms"):
        assert part in shown.text, part
    assert "handles that differ by little" in shown.text
    assert (shown.labels.count("Merge"), shown.labels.count("Not the same")) == (1, 2)
    await world.restart()
    asked = await shown.click("Merge")
    assert "## Merge `@newbakr` into `@newbaker`?" in asked.text
    assert "`@newbakr` is part of" in (await asked.click("Merge")).text
    left = await world.planner.slash("influencer duplicates")
    assert "1–1 of 1" in left.text
    none = await left.click("Not the same")
    assert "No two accounts here look like the same." in none.text
    assert "No two accounts" in (await world.planner.slash("influencer duplicates")).text
    assert "No two accounts" in (await world.away.planner.slash("influencer duplicates")).text


async def test_who_may_not_and_what_does_not_go(world: Journey):
    await world.load(world.home, ROSTER)
    for command, options in (
        ("merge", {"handle": "newbaker", "other": "newbakr"}),
        ("split", {"handle": "newbaker"}),
    ):
        refused = await world.member.slash(f"influencer {command}", **options)
        assert "Only people who may manage the server can do this" in refused.text
    shown = await world.member.slash("influencer duplicates")
    apart = next(str(button.custom_id) for button in shown.buttons if button.label == "Not the same")
    assert "Only people who may manage" in (await shown.click(custom_id=apart)).text
    unknown = await world.planner.slash("influencer merge", handle="newbaker", other="nobody.here")
    assert "isn't registered" in unknown.text
    away = await world.away.planner.slash("influencer merge", handle="newbaker", other="newbakr")
    assert "isn't registered" in away.text
    asked = await world.planner.slash("influencer merge", handle="newbaker", other="newbakr")
    assert "Nothing was changed." in (await asked.click("Leave it")).text
    asked = await world.planner.slash("influencer merge", handle="newbaker", other="newbakr")
    await (await world.planner.slash("influencer remove", handle="newbakr")).click("Remove")
    assert "the account is gone" in (await asked.click("Merge")).text
    same = await world.planner.slash("influencer merge", handle="newbaker", other="instagram:newbaker")
    assert "one account already" in same.text


async def test_in_dutch(world: Journey):
    await world.load(world.home, ROSTER)
    planner = world.planner.speaks("nl")
    asked = await planner.slash("influencer merge", handle="newbaker", other="newbakr")
    assert "`@newbakr` bij `@newbaker` voegen?" in asked.text
    assert "Volgers: 4.100 blijft" in asked.text
    assert "Ongedaan maken" in (await asked.click("Samenvoegen")).labels
