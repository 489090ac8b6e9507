"""Files that say which accounts are one influencer's: in a row, in a column, and in an export."""

import pytest

from tests.journeys.conftest import Journey

SEVERAL = (
    b"Name,Instagram,Instagram followers,TikTok,TikTok followers\n"
    b"Moss,@moss,3200,@moss.tok,900\nFern,@fern,500,,\nOak,@oak,700,@oak_tok,800\n"
)


async def test_the_accounts_of_one_row_become_one_influencer(world: Journey):
    preview = await world.planner.slash("influencer import", file=("roster.csv", SEVERAL))
    for part in ("5 new", "2 influencers with several accounts"):
        assert part in preview.text
    assert "Also:" not in (await preview.click("Confirm")).text
    assert "Also: TikTok @moss.tok (900 followers)" in (await world.member.slash("tier", handle="moss")).text
    assert "Also:" not in (await world.member.slash("tier", handle="fern")).text
    trail = await world.member.slash("influencer history", handle="moss.tok")
    for part in ("linked", "roster.csv, row 2", "one influencer with instagram:moss"):
        assert part in trail.text
    again = await world.planner.slash("influencer import", file=("roster.csv", SEVERAL))
    assert "5 unchanged" in again.text
    assert "Confirm" not in again.labels


async def test_who_was_split_stays_so_and_the_import_says_so(world: Journey):
    await world.load(world.home, SEVERAL.decode())
    await world.planner.slash("influencer split", handle="moss")
    again = await world.planner.slash("influencer import", file=("roster.csv", SEVERAL))
    for part in ("5 unchanged", "1 influencer not linked: someone here said", "/influencer merge", "row 2"):
        assert part in again.text
    assert "Confirm" not in again.labels
    assert "Also:" not in (await world.member.slash("tier", handle="moss")).text


@pytest.mark.parametrize("language", ["en-US", "nl"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_an_export_carries_who_is_whose(world: Journey, language: str, kind: str):
    await world.load(world.home, SEVERAL.decode())
    planner = world.planner.speaks(language)
    name = f"roster.{kind}"
    content = (await planner.slash("influencer export", kind=kind)).files[name]
    again = await planner.slash("influencer import", file=(name, content))
    assert ("5 unchanged" if language == "en-US" else "5 ongewijzigd") in again.text
    elsewhere = await world.away.planner.slash("influencer import", file=(name, content))
    assert "2 influencers with several accounts" in elsewhere.text
    await elsewhere.click("Confirm")
    assert "Also: TikTok @moss.tok" in (await world.away.planner.slash("tier", handle="moss")).text
    assert "Also:" not in (await world.away.planner.slash("tier", handle="fern")).text
    files = [(await team.planner.slash("influencer export")).files for team in (world.home, world.away)]
    assert files[0] == files[1]


async def test_a_column_of_the_teams_own_may_say_who_is_whose(world: Journey):
    table = b"handle,platform,followers,who\nmoss,tiktok,3200,Ann\nfern,x,900,Ann\n"
    first = await world.planner.slash("influencer import", file=("a.csv", table))
    assert "several accounts" not in first.text
    said = await (await first.select("3")).select("influencer")
    for part in ("1 influencer with several accounts", "`who` → same influencer as"):
        assert part in said.text
