"""The cards of a plan hold whatever they are given."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cogs.pictures.budget import budget_drawing
from cogs.pictures.picture import MOST_DESCRIPTION, Picture
from cogs.plan.card import plan_card
from cogs.plan.obstacles import no_plan_card
from cogs.plan.picture import budget_figures
from cogs.settings.card import settings_card
from planning.budget.candidates import Lack
from planning.budget.planner import BudgetAnswer, TierAlone
from planning.budget.values import Candidate, Expected, Goal, Infeasible, Obstacle, Plan
from planning.money import CURRENCIES, MAX_MINOR, Money
from planning.plans import PlanQuery
from planning.services.plans import Absence, Lacking, Planned
from planning.settings import GuildSettings
from planning.tiers import MAX_BANDS, MAX_TIER_NAME, parse_bands
from tests.cogs.longest import LANGUAGES, LONGEST, WIDE, check

MENTION = "</influencer edit:1234567890123456789>"
HUGE = Expected(9.99e11, 8.88e10, 9.99e12)
LADDER = parse_bands(", ".join(f"{chr(65 + n)}{'*' * (MAX_TIER_NAME - 1)} {10**n}" for n in range(MAX_BANDS)))
IDS = range(1, 5_001)
PICKS = tuple(Candidate(n, LADDER.tiers[-1].name, MAX_MINOR, HUGE, modelled=True) for n in IDS)
PLAN = Plan(PICKS, MAX_MINOR, MAX_MINOR // 2 + 1, HUGE, 0.123)
LACKING = Lacking(10**6, (LONGEST,) * 5)
QUERY = PlanQuery(
    Money(MAX_MINOR, "EUR"),
    niche="*" * 50,
    followers=(LADDER.tiers[-1].low, None),
    platform=LONGEST.platform,
    country="GB",
    fewest=5_000,
    most=5_000,
    must=tuple(IDS),
    exclude=tuple(IDS),
    price_others=True,
)
PLANNED = Planned(
    QUERY,
    tuple(f"{n}" + "*" * 49 for n in range(8)),
    BudgetAnswer(
        PLAN,
        replace(PLAN, picks=tuple(replace(pick, account_id=pick.account_id + 2_500) for pick in PICKS)),
        tuple(TierAlone(tier.name, PLAN) for tier in LADDER.tiers),
    ),
    {n: replace(LONGEST, id=n) for n in range(1, 8_000)},
    dict.fromkeys(Lack, LACKING),
    dict.fromkeys(IDS, Absence.FILTERED),
    10**6,
    10**6,
)
MAX_RATE = Decimal("123456789.123456789012")
PICTURE = Picture(b"\x89PNG", "budget.png", "x" * MOST_DESCRIPTION)


@pytest.mark.parametrize("code", LANGUAGES.codes)
@pytest.mark.parametrize("goal", Goal)
def test_the_longest_plan_fits(code: str, goal: Goal) -> None:
    t = LANGUAGES.get(code)
    planned = replace(PLANNED, query=replace(QUERY, goal=goal))
    check(plan_card(t, planned, PLAN, LADDER, rate=MENTION, picture=PICTURE))
    drawing = budget_drawing(t, budget_figures(t, planned, PLAN, LADDER))
    assert len(drawing.description) <= MOST_DESCRIPTION


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_ranges_that_chain_and_tiers_without_a_plan_fit(code: str) -> None:
    chained = [Expected(10.0 * n, 10 * n - 29, 10 * n + 29) for n in range(4, 4 + MAX_BANDS)]
    ways = [TierAlone(tier.name, replace(PLAN, total=total)) for tier, total in zip(LADDER.tiers, chained, strict=True)]
    none = [TierAlone(tier.name, Infeasible(Obstacle.NOBODY)) for tier in LADDER.tiers]
    for tiers in (ways, none, [*none[:6], *ways[6:]]):
        planned = replace(PLANNED, answer=replace(PLANNED.answer, tiers=tuple(tiers)))
        check(plan_card(LANGUAGES.get(code), planned, PLAN, LADDER, rate=MENTION))


@pytest.mark.parametrize("code", LANGUAGES.codes)
@pytest.mark.parametrize("obstacle", Obstacle)
def test_why_there_is_none_fits(code: str, obstacle: Obstacle) -> None:
    found = Infeasible(obstacle, tuple(IDS), 10**6, 10**15)
    for absence in (*Absence, *Lack):
        planned = replace(PLANNED, answer=BudgetAnswer(found), absent=dict.fromkeys(IDS, absence))
        check(no_plan_card(LANGUAGES.get(code), planned, LADDER, rate=MENTION, add=MENTION))


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_all_exchange_rates_fit(code: str) -> None:
    settings = GuildSettings(LADDER, rates=dict.fromkeys(CURRENCIES, MAX_RATE))
    check(settings_card(LANGUAGES.get(code), settings, LANGUAGES, title=WIDE))
