"""Plans from a server's own roster: who is looked at, what is kept, and what stands against a plan."""

import asyncio
import gc
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from planning.accounts import Account, Engagement, Reach
from planning.audit import Action, AuditEntry
from planning.budget.candidates import Lack
from planning.budget.values import Goal, Infeasible, Obstacle, Plan
from planning.caller import Caller
from planning.errors import Expired, InvalidValue, NotAPlanner
from planning.estimates.model import SHIPPED
from planning.money import Money
from planning.plans import PlanQuery
from planning.platform import Platform
from planning.reasons import Reason
from planning.records import AccountChange
from planning.services import plans
from planning.services.accounts import Unknown
from planning.services.estimates import estimated
from planning.services.meanings import Meanings
from planning.services.plans import Absence, Planned, find_named, keep_query, load_query, make_plan
from planning.services.settings import change_rate, change_settings, load_settings
from storage.database import SqlDatabase
from tests.encoders import Given

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GUILD, OTHER = 1, 2
PLANNER = Caller(GUILD, 10, planner=True)
MEMBER = replace(PLANNER, planner=False)
BUDGET = Money(30_000, "EUR")


def drawn(handle: str, followers: int = 2_000, *, price: str | None = "100 EUR", rate: float = 0.05) -> Account:
    """An account with averages of 12 posts at this rate."""
    amount, currency = price.split() if price else ("", "")
    return Account(
        Platform.INSTAGRAM,
        handle,
        followers,
        NOW,
        price=Money(100 * int(amount), currency) if price else None,
        engagement=Engagement(rate * followers * 0.9, rate * followers * 0.1, views=700.0, posts=12),
        engagement_at=NOW,
        niches=("vegan",),
        added_at=NOW,
    )


async def store(database: SqlDatabase, *accounts: Account, guild: int = GUILD) -> dict[str, int]:
    """Keep these accounts, estimated; their ids by handle."""
    entry = AuditEntry(NOW, 10, Action.ADDED)
    changes = [AccountChange(None, account, (), entry) for account in estimated(accounts, SHIPPED)]
    async with database.writing(guild) as opened:
        ids = await opened.accounts.write(changes)
    return dict(zip([account.handle for account in accounts], ids, strict=True))


async def plan(database: SqlDatabase, **changes: Any) -> Planned:
    return await make_plan(database, Meanings(Given(None)), MEMBER, replace(PlanQuery(BUDGET), **changes))


def picks(planned: Planned) -> set[str]:
    assert isinstance(planned.answer.plan, Plan)
    return {planned.accounts[pick.account_id].handle for pick in planned.answer.plan.picks}


def obstacle(planned: Planned) -> Infeasible:
    assert isinstance(planned.answer.plan, Infeasible)
    return planned.answer.plan


def names(accounts: Iterable[Account]) -> set[str]:
    return {account.handle for account in accounts}


async def test_the_roster_is_planned_with_and_who_is_left_out_is_told(database: SqlDatabase) -> None:
    await store(
        database,
        drawn("good", rate=0.09),
        drawn("fair", rate=0.06),
        drawn("dear", price="250 EUR"),
        drawn("huge", 90_000, price="290 EUR", rate=0.0001),
        drawn("free", price=None),
        drawn("dollars", price="50 USD"),
        replace(drawn("silent"), engagement=Engagement(), engagement_at=None),
    )
    await store(database, drawn("theirs", rate=0.5, price="1 EUR"), guild=OTHER)
    planned = await plan(database)
    assert picks(planned) == {"good", "fair"}
    assert {lack: (group.total, names(group.accounts)) for lack, group in planned.lacking.items()} == {
        Lack.PRICE: (1, {"free"}),
        Lack.RATE: (1, {"dollars"}),
        Lack.EXPECTED: (1, {"silent"}),
    }
    assert [alone.tier for alone in planned.answer.tiers if isinstance(alone.plan, Plan)] == ["micro", "all-star"]
    assert (planned.cut, planned.roster) == (0, 7)


async def test_filters_narrow_and_one_tier_is_not_compared_with_itself(database: SqlDatabase) -> None:
    there = {"platform": Platform.TIKTOK, "country": "NL", "niches": ("travel",)}
    await store(database, drawn("here"), replace(drawn("there", 20_000), **there))
    for changes in (
        {"niche": "travel"},
        {"platform": Platform.TIKTOK},
        {"country": "NL"},
        {"followers": (10_000, None)},
    ):
        assert picks(await plan(database, **changes)) == {"there"}
    spelled = await plan(database, niche="travell")
    assert spelled.tags == ("travel",)
    assert picks(spelled) == {"there"}
    assert (await plan(database, followers=(10_000, None))).answer.tiers == ()
    with pytest.raises(InvalidValue) as refused:
        await plan(database, niche="quantum physics")
    assert refused.value.reason == Reason.NOT_A_NICHE


async def test_rates_that_the_team_enters_bring_other_currencies_in(database: SqlDatabase) -> None:
    await store(database, drawn("dollars", price="100 USD"), drawn("pounds", price="100 GBP"))
    assert obstacle(await plan(database)).obstacle is Obstacle.NOBODY
    with pytest.raises(NotAPlanner):
        await change_rate(database, MEMBER, "USD", Decimal("0.9"), now=NOW)
    await change_rate(database, PLANNER, "USD", Decimal("0.9"), now=NOW)
    planned = await plan(database)
    assert picks(planned) == {"dollars"}
    assert isinstance(planned.answer.plan, Plan)
    assert planned.answer.plan.spend == 9_000
    await change_rate(database, PLANNER, "GBP", Decimal("1.2"), now=NOW)
    in_dollars = await plan(database, budget=Money(23_334, "USD"))
    assert picks(in_dollars) == {"dollars", "pounds"}
    assert isinstance(in_dollars.answer.plan, Plan)
    assert in_dollars.answer.plan.spend == 10_000 + 13_334  # 120 EUR are 133.333… USD, rounded up
    await change_rate(database, PLANNER, "USD", None, now=NOW)
    assert picks(await plan(database)) == {"pounds"}
    assert obstacle(await plan(database, budget=Money(1_000, "USD"))).nearest == 10_000
    assert obstacle(await plan(database, budget=Money(1_000, "SEK"))).obstacle is Obstacle.NOBODY


async def test_a_rate_is_in_the_trail_and_forgotten_with_the_currency_that_it_is_in(database: SqlDatabase) -> None:
    with pytest.raises(InvalidValue) as refused:
        await change_rate(database, PLANNER, "EUR", Decimal(1), now=NOW)
    assert refused.value.reason == Reason.OWN_CURRENCY
    await change_rate(database, PLANNER, "USD", Decimal("0.92"), now=NOW)
    await change_rate(database, PLANNER, "GBP", Decimal("1.15"), now=NOW)
    assert (await load_settings(database, GUILD)).rates == {"GBP": Decimal("1.15"), "USD": Decimal("0.92")}
    assert (await load_settings(database, OTHER)).rates == {}
    await change_settings(database, PLANNER, now=NOW, timezone="Europe/Amsterdam")
    assert len((await load_settings(database, GUILD)).rates) == 2
    assert (await change_settings(database, PLANNER, now=NOW, currency="GBP")).rates == {}
    async with database.reading(GUILD) as opened:
        trail = await opened.audit.list_for_account(0, limit=9)
    assert trail[0].before == {"currency": "EUR", "rates": ["GBP 1.15", "USD 0.92"]}
    assert trail[0].after == {"currency": "GBP", "rates": []}
    assert trail[-1].after == {"rates": ["USD 0.92"]}


async def test_prices_are_modelled_only_where_asked_for(database: SqlDatabase) -> None:
    priced = [drawn(f"paid{n}", 1_000 + 100 * n, price=f"{100 + 10 * n} EUR", rate=0.02) for n in range(12)]
    travel = replace(drawn("free", price=None, rate=0.2), niches=("travel",))
    await store(database, *priced, travel)
    assert "free" not in picks(await plan(database))
    planned = await plan(database, niche="travel", price_others=True)
    assert picks(planned) == {"free"}
    assert isinstance(planned.answer.plan, Plan)
    assert planned.answer.plan.picks[0].modelled
    assert 15_000 < planned.answer.plan.spend < 25_000
    assert planned.lacking == {}


@pytest.mark.parametrize("goal", [Goal.REACH, Goal.VIEWS])
async def test_reach_and_views_count_what_is_known(database: SqlDatabase, goal: Goal) -> None:
    seen = replace(drawn("seen"), reach=Reach(1_000, 2))
    await store(database, seen, replace(drawn("unseen"), engagement=Engagement(90.0, 9.0, posts=4)))
    planned = await plan(database, goal=goal)
    assert picks(planned) == {"seen"}
    assert isinstance(planned.answer.plan, Plan)
    assert planned.answer.plan.total.middle == (1_000 if goal is Goal.REACH else 700)
    assert planned.lacking[Lack.EXPECTED].total == 1


async def test_only_the_best_are_looked_at_and_must_haves_besides(
    database: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plans, "MOST_CANDIDATES", 2)
    ids = await store(database, *[drawn(f"n{n}", rate=0.02 + 0.01 * n) for n in range(5)])
    planned = await plan(database)
    assert (picks(planned), planned.cut) == ({"n4", "n3"}, 3)
    assert picks(await plan(database, must=(ids["n0"],))) == {"n4", "n3", "n0"}
    assert picks(await plan(database, exclude=(ids["n4"],))) == {"n3"}


async def test_why_a_must_have_is_not_there(database: SqlDatabase) -> None:
    ids = await store(
        database,
        drawn("good"),
        drawn("free", price=None),
        drawn("dollars", price="50 USD"),
        replace(drawn("silent"), engagement=Engagement(), engagement_at=None),
        replace(drawn("elsewhere"), country="DE"),
    )
    must = (*ids.values(), 99)
    planned = await plan(database, must=must, platform=Platform.INSTAGRAM, followers=(1_000, 5_000))
    assert obstacle(planned).obstacle is Obstacle.MUST_UNAVAILABLE
    absent = planned.absent
    assert absent == {
        ids["free"]: Lack.PRICE,
        ids["dollars"]: Lack.RATE,
        ids["silent"]: Lack.EXPECTED,
        99: Absence.GONE,
    }
    assert planned.lacking[Lack.PRICE].total == 1, "a must-have is told once"
    bands = {"followers": (1, 9)}, {"followers": (9_000, None)}
    for changes in ({"country": "NL"}, {"platform": Platform.TIKTOK}, *bands):
        planned = await plan(database, must=(ids["elsewhere"],), **changes)
        assert planned.absent == {ids["elsewhere"]: Absence.FILTERED}
    both = await plan(database, must=(ids["good"],), exclude=(ids["good"],))
    assert obstacle(both).obstacle is Obstacle.MUST_EXCLUDED


@pytest.mark.parametrize(
    ("changes", "wanted", "nearest"),
    [
        ({"budget": Money(0, "EUR")}, Obstacle.FEWEST_ABOVE_BUDGET, 10_000),
        ({"fewest": 2, "budget": Money(15_000, "EUR")}, Obstacle.FEWEST_ABOVE_BUDGET, 20_000),
        ({"fewest": 3}, Obstacle.TOO_FEW, None),
        ({"fewest": 2, "most": 1}, Obstacle.FEWEST_ABOVE_MOST, None),
        ({"must": (1, 2), "most": 1}, Obstacle.MUST_ABOVE_MOST, None),
        ({"must": (1, 2), "budget": Money(15_000, "EUR")}, Obstacle.MUST_ABOVE_BUDGET, 20_000),
        ({"country": "NL"}, Obstacle.NOBODY, None),
    ],
)
async def test_what_stands_against_a_plan(
    database: SqlDatabase, changes: dict[str, Any], wanted: Obstacle, nearest: int | None
) -> None:
    await store(database, drawn("one"), drawn("two"))
    found = obstacle(await plan(database, **changes))
    assert (found.obstacle, found.nearest) == (wanted, nearest)


async def test_an_empty_roster_and_more_money_than_there_is_to_spend(database: SqlDatabase) -> None:
    assert (await plan(database)).roster == 0
    await store(database, drawn("one"), drawn("two"))
    planned = await plan(database, budget=Money(10**14, "EUR"))
    assert picks(planned) == {"one", "two"}
    assert isinstance(planned.answer.plan, Plan)
    assert planned.answer.plan.gap == 0


async def test_a_query_is_kept_once_and_only_for_its_server(database: SqlDatabase) -> None:
    band = (1_000, None)
    query = PlanQuery(BUDGET, Goal.VIEWS, "végan", band, Platform.TIKTOK, "NL", 2, 9, (1, 5), (7,), price_others=True)
    for _ in range(2):
        await keep_query(database, MEMBER, query)
    await keep_query(database, MEMBER, PlanQuery(BUDGET))
    assert await load_query(database, MEMBER, query.token) == query
    assert await load_query(database, MEMBER, PlanQuery(BUDGET).token) == PlanQuery(BUDGET)
    with pytest.raises(Expired):
        await load_query(database, replace(MEMBER, guild_id=OTHER), query.token)
    assert len(query.token) < 80


async def test_handles_in_a_list(database: SqlDatabase) -> None:
    ids = await store(database, drawn("one"), drawn("two"))
    assert await find_named(database, MEMBER, " @two, instagram:one ,two,") == sorted(ids.values())
    assert await find_named(database, MEMBER, "") == []
    assert isinstance(await find_named(database, MEMBER, "one, nobody.here"), Unknown)
    assert isinstance(await find_named(database, replace(MEMBER, guild_id=OTHER), "one"), Unknown)


async def test_planning_can_be_cancelled(database: SqlDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    began = asyncio.Event()

    async def choose_for_ever(*_: object) -> None:
        began.set()
        await asyncio.Event().wait()

    await store(database, drawn("one"))
    with monkeypatch.context() as patch:
        patch.setattr(plans, "plan_budget", choose_for_ever)
        task = asyncio.create_task(plan(database))
        await began.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert gc.isenabled()
    assert picks(await plan(database)) == {"one"}
