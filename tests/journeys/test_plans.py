"""`/plan budget`: the picks for the money, each tier alone, what stands against a plan; `/settings rate`."""

import csv
import io

import pytest

from planning.money import CURRENCIES
from tests.journeys.conftest import Journey, enrol

HEADER = "handle,platform,followers,niches,country,likes,comments,views,posts,price\n"
ROSTER = HEADER + "\n".join(
    [
        "leaf,instagram,900,vegan,NL,90,9,400,20,40 EUR",
        "moss,instagram,3000,vegan,NL,240,12,900,20,100 EUR",
        "fern,instagram,3200,vegan,DE,260,12,900,20,110 EUR",
        "reed,tiktok,4000,travel,NL,100,,900,20,120 EUR",
        "oaks,instagram,20000,vegan,NL,900,30,9000,20,500 EUR",
        "free,instagram,3000,vegan,NL,240,12,900,20,",
        "dollars,instagram,3000,vegan,US,290,12,900,20,60 USD",
        "silent,instagram,3000,vegan,NL,,,,,70 EUR",
    ]
)


async def test_whom_a_budget_is_best_spent_on(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("plan budget", budget="270 EUR")
    assert answer.ephemeral
    for part in (
        "What €270 buys",
        "for the most engagement · ladder of Harvard Media 2023",
        "**3 creators for €250 · €20 left**",
        "**1.** `@fern` · micro · €110 · ",
        "**3.** `@leaf` · nano · €40 · ",
        "per expected engagement · proven best: no other choice of these brings more",
        "**10% more: €297**",
        "Left out: 1 without a price (`@free`); 1 without an engagement rate (`@silent`); 1 in a currency",
        "1 in a currency without a rate (`@dollars` USD): enter one with </settings rate:",
        "Expected: estimated rate × followers, likes and comments of one post of each.",
    ):
        assert part in answer.text, part
    assert "better" not in answer.text
    assert answer.files["budget.png"].startswith(b"\x89PNG")
    assert answer.labels == ["Export", "Share to channel"]


async def test_each_tier_alone_stands_side_by_side(world: Journey):
    await world.load(world.home, ROSTER)
    text = (await world.member.slash("plan budget", budget="1.000,-")).text
    table = text.split("```")[1].strip("\n").splitlines()
    assert [row.split()[0] for row in table[1:]] == ["nano", "micro", "macro"]
    assert len({len(row) for row in table}) == 1
    assert "Can't be told apart, as their ranges overlap: micro and macro." in text
    assert "No plan for mid-tier, mega, and all-star alone." in text
    one = (await world.member.slash("plan budget", budget="1000", tier="micro")).text
    assert "on one tier alone" not in one
    assert "micro · 1,000–4,999 followers" in one


async def test_export_and_share_after_a_restart(world: Journey):
    await world.load(world.home, ROSTER)
    await world.planner.slash("settings language", language="nl")
    answer = await world.member.slash("plan budget", budget="500", must="reed", exclude="moss, instagram:leaf")
    assert "`@reed` · micro · €120" in answer.text
    assert "likes only · must-have" in answer.text
    assert "2 excluded" in answer.text
    await world.restart()
    world.clock.advance(days=40)
    [table] = (await answer.click("Export")).files.values()
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert [row["handle"] for row in rows] == ["fern", "reed"]
    assert rows[1]["likes_only"] == "yes"
    assert rows[0]["price"] == "110.00 EUR"
    assert float(rows[0]["expected_from"]) < float(rows[0]["expected"]) < float(rows[0]["expected_to"])
    await answer.click("Share to channel")
    post = world.planner.sees()[-1]
    assert not post.ephemeral
    assert "Wat €\N{NO-BREAK SPACE}500 oplevert" in post.text
    assert "bewezen de beste" in post.text
    assert list(post.files) == ["budget.png"]
    assert [button.label for button in post.buttons] == ["Exporteren"]


async def test_a_plan_that_fell_since_is_not_shared(world: Journey):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("plan budget", budget="150", must="moss")
    await world.planner.slash("influencer edit", handle="moss", price="400 EUR")
    assert "No plan for €150" in (await answer.click("Export")).text
    before = len(world.planner.sees())
    refused = await answer.click("Share to channel")
    assert "The must-haves cost more than €150: `@moss`." in refused.text
    assert len(world.planner.sees()) == before


async def test_other_goals_count_what_is_known_of_them(world: Journey):
    await world.load(world.home, ROSTER)
    views = (await world.member.slash("plan budget", budget="500", goal="views")).text
    assert "9,000 views" in views
    assert "per 1,000 expected views" in views
    reach = (await world.member.slash("plan budget", budget="500", goal="reach")).text
    assert "None of the accounts that pass the filters can be planned with." in reach
    assert "without posts whose reach is known" in reach


async def test_rates_are_for_planners_to_enter_and_for_plans_to_use(world: Journey):
    await world.load(world.home, ROSTER)
    refused = await world.member.slash("settings rate", currency="USD", rate="0.92")
    assert "Only people who may manage the server" in refused.text
    assert refused.ephemeral
    assert "1 USD is 0.92 EUR" in (await world.planner.slash("settings rate", currency="usd", rate="0,92")).text
    assert "1 USD is 0.92 EUR" in (await world.member.slash("settings show")).text
    assert "`@dollars` · micro · €55.20" in (await world.member.slash("plan budget", budget="1000")).text
    assert "Exchange rates" not in (await world.away.member.slash("settings show")).text
    refusals = ("EUR", "1", "own currency"), ("XXX", "1", "no currency"), ("GBP", "x", "no exchange")
    for currency, rate, said in refusals:
        assert said in (await world.planner.slash("settings rate", currency=currency, rate=rate)).text
    assert "forgotten" in (await world.planner.slash("settings currency", currency="GBP")).text
    await world.planner.slash("settings rate", currency="USD", rate="0.8")
    assert "Exchange rates" not in (await world.planner.slash("settings rate", currency="USD", rate="-")).text


async def test_every_currency_has_a_rate_and_the_card_holds(world: Journey):
    for code in sorted(CURRENCIES)[:29]:
        await world.planner.slash("settings rate", currency=code, rate="0.000036")
    answer = await world.planner.slash("settings rate", currency="ZAR", rate="0.05")
    assert "1 AED is 0.000036 EUR" in answer.text
    assert "5 more" in answer.text


async def test_prices_from_the_teams_own_paid_rates(world: Journey):
    paid = [f"paid{n},instagram,{1000 + 90 * n},vegan,NL,20,1,9,9,{100 + 9 * n} EUR" for n in range(12)]
    await world.load(world.home, HEADER + "\n".join([*paid, "free,instagram,1500,vegan,NL,400,9,9,40,"]))
    assert "`@free` · micro" not in (await world.member.slash("plan budget", budget="300")).text
    text = (await world.member.slash("plan budget", budget="300", price_others=True)).text
    assert "**1.** `@free` · micro · €1" in text
    assert ", modelled · " in text
    assert "Modelled prices are what your own paid rates say" in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"budget": "0"}, "Not even the cheapest creator can be paid from €0."),
        ({"budget": "0"}, "The smallest budget with which there is a plan: €40."),
        ({"budget": "100", "min_creators": 3}, "Not even the cheapest 3 creators can be paid from €100."),
        ({"budget": "100", "min_creators": 3}, "there is a plan: €250."),
        ({"budget": "900", "min_creators": 9}, "Only 5 creators can be planned with, of at least 9."),
        ({"budget": "900", "min_creators": 4, "max_creators": 2}, "At least 4 and at most 2 creators"),
        ({"budget": "50", "must": "moss, fern"}, "The must-haves cost more than €50: `@moss` and `@fern`."),
        ({"budget": "50", "must": "moss, fern"}, "there is a plan: €210."),
        ({"budget": "900", "must": "moss,fern", "max_creators": 1}, "2 must-haves are more than the 1 creators"),
        ({"budget": "900", "must": "moss", "exclude": "moss"}, "`@moss`: a must-have that is excluded."),
        ({"budget": "900", "must": "free"}, "`@free` has no price"),
        ({"budget": "900", "must": "dollars"}, "`@dollars` has a price in a currency without a rate"),
        ({"budget": "900", "must": "silent"}, "`@silent` without an engagement rate"),
        ({"budget": "900", "must": "moss", "tier": "macro"}, "`@moss` does not pass the other filters"),
        ({"budget": "900", "must": "moss", "country": "DE"}, "`@moss` does not pass the other filters"),
        ({"budget": "900", "must": "nobody.here"}, "`@nobody.here` isn't registered"),
        ({"budget": "900", "exclude": "moss, nobody.here"}, "`@nobody.here` isn't registered"),
        ({"budget": "900", "must": "https://x.com/home"}, "no handle"),
        ({"budget": "900", "niche": "vegan", "tier": "mega"}, "None of the accounts that pass the filters"),
        ({"budget": "900", "niche": "веган"}, "no account here carries this niche"),
        ({"budget": "900", "tier": "gigantic"}, "no such tier"),
        ({"budget": "900", "country": "Atlantis"}, "no country we know"),
        ({"budget": "much"}, "Budget `much`: this is no price"),
        ({"budget": "-5"}, "this is no price"),
        ({"budget": "9" * 40}, "nothing costs that much"),
    ],
)
async def test_what_stands_against_a_plan_is_said_with_its_figures(world: Journey, options: dict, said: str):
    await world.load(world.home, ROSTER)
    answer = await world.member.slash("plan budget", **options)
    assert said in answer.text
    assert answer.ephemeral
    assert len(answer.messages) == 1


async def test_more_money_than_can_be_spent(world: Journey):
    await world.load(world.home, ROSTER)
    text = (await world.member.slash("plan budget", budget="1000000000000 EUR")).text
    assert "5 creators for €870 · €999,999,999,130 left" in text
    assert "It would buy the same creators." in text
    assert "5 creators" in text


async def test_an_empty_roster_and_another_servers(world: Journey):
    await enrol(world.away.planner, "@moss", likes=50.0, comments=1.0, posts=4, price="10 EUR")
    answer = await world.member.slash("plan budget", budget="100")
    assert "The roster is empty. Register accounts with </influencer add:" in answer.text
    assert "isn't registered" in (await world.member.slash("plan budget", budget="100", must="moss")).text
    await enrol(world.planner, "@fern", likes=50.0, comments=1.0, posts=4, price="20 EUR")
    text = (await world.member.slash("plan budget", budget="100")).text
    assert "`@fern`" in text
    assert "moss" not in text


async def test_handles_are_suggested_one_after_the_other(world: Journey):
    await world.load(world.home, ROSTER)
    first = await world.member.autocomplete("plan budget", "must", "mo", budget="100")
    assert [choice.value for choice in first] == ["instagram:moss"]
    second = await world.member.autocomplete("plan budget", "must", "instagram:moss, fe", budget="100")
    assert [choice.value for choice in second] == ["instagram:moss, instagram:fern"]
    assert "`@fern`" in (await world.member.slash("plan budget", budget="900", must=second[0].value)).text
    assert await world.member.autocomplete("plan budget", "must", "a" * 90 + ", mo", budget="100") == []
    niches = await world.member.autocomplete("plan budget", "niche", "veg", budget="100")
    assert [choice.value for choice in niches] == ["vegan"]


async def test_a_niche_in_ones_own_words_and_the_tags_it_was_taken_for(world: Journey):
    rows = ROSTER.replace(",vegan,", ",plant-based food,")
    await world.load(world.home, rows)
    answer = await world.member.slash("plan budget", budget="270 EUR", niche="plant based cooking")
    assert "plant based cooking → plant-based food" in answer.text
    assert "`@moss`" in answer.text
    assert "`@reed`" not in answer.text
    nothing = await world.member.slash("plan budget", budget="270 EUR", niche="quantum physics")
    assert "no account here carries this niche" in nothing.text
