"""The picture of a budget: the plan first, the tiers in their order, whatever the figures."""

import io

import pytest
from PIL import Image

from cogs.kit.language import Language
from cogs.pictures.axes import count_axis
from cogs.pictures.budget import MOST_TIERS, budget_drawing
from cogs.pictures.canvas import ACCENT, ESTIMATE, PEERS, WIDTH
from cogs.pictures.figures import BudgetFigures, PlannedFigures
from cogs.pictures.picture import MOST_DESCRIPTION
from cogs.pictures.spec import BudgetSpec
from cogs.pictures.worker import draw, prepare
from planning.budget.values import Goal
from planning.money import Money
from tests.cogs.pictures.figures import DUTCH, ENGLISH, LONGEST


def planned(creators: int, total: float, *, left: int = 0, factor: float = 1.25) -> PlannedFigures:
    return PlannedFigures(creators, Money(left, "EUR"), total, total / factor, total * factor)


def budget(**changes: object) -> BudgetFigures:
    figures: dict[str, object] = {
        "goal": Goal.ENGAGEMENT,
        "budget": Money(1_000_000, "EUR"),
        "plan": planned(34, 12_480, left=49_999),
        "more": planned(37, 13_350),
        "share": 0.1,
        "tiers": [("nano", planned(60, 7_400, left=220_000)), ("micro", planned(41, 11_900)), ("macro", None)],
    }
    return BudgetFigures(**(figures | changes))  # pyright: ignore[reportArgumentType] - any field


def spec_of(figures: BudgetFigures, t: Language = ENGLISH) -> BudgetSpec:
    spec = budget_drawing(t, figures).spec
    assert isinstance(spec, BudgetSpec)
    return spec


def drawn(figures: BudgetFigures, t: Language = ENGLISH) -> Image.Image:
    image = Image.open(io.BytesIO(draw(budget_drawing(t, figures).spec)))
    image.load()
    assert image.width == WIDTH
    assert image.height <= 1.15 * WIDTH
    return image


@pytest.fixture(scope="module", autouse=True)
def _prepared() -> None:
    prepare()


def test_the_plan_stands_first_and_the_tiers_keep_their_order():
    rows = spec_of(budget()).rows
    assert [row.title for row in rows] == ["The plan", "10% more money", "Nano", "Micro"]
    assert [row.ours for row in rows] == [True, False, False, False]
    assert rows[0].figures == "12,500 · 9,980 – 15,600"


def test_money_that_is_left_is_told_where_it_is_much():
    rows = spec_of(budget()).rows
    assert [row.facts for row in rows] == ["34 creators", "37 creators", "60 creators · €2,200 left", "41 creators"]
    assert spec_of(budget(budget=Money(0, "EUR"))).rows[1].facts == "37 creators"


def test_figures_are_written_as_the_reader_writes_them():
    spec = spec_of(budget(), DUTCH)
    assert spec.rows[0].figures == "12.500 · 9.980 – 15.600"
    assert spec.subtitle.startswith("€\N{NO-BREAK SPACE}10.000")
    huge = spec_of(budget(plan=planned(3, 1_234_567_890)), DUTCH)
    assert huge.rows[0].figures.startswith("1,2\N{NO-BREAK SPACE}mld.")


def test_of_many_tiers_the_best_are_drawn():
    tiers = [(f"tier {n}", planned(3, 100 + (n * 7) % 12)) for n in range(12)]
    rows = spec_of(budget(tiers=tiers)).rows[2:]
    assert len(rows) == MOST_TIERS
    assert [row.title for row in rows] == sorted((row.title for row in rows), key=lambda title: int(title[5:]))
    assert min(row.total for row in rows) == 105


def test_the_budget_in_words():
    words = budget_drawing(ENGLISH, budget()).description.splitlines()
    assert words[0] == "What €10,000 buys, each with its 90% interval."
    assert words[3] == "Nano: 7,400 · 5,920 – 9,250 · 60 creators · €2,200 left."
    assert words[-1] == "No plan for macro alone."
    long = budget(tiers=[(LONGEST * 3, planned(3, 5)) for _ in range(7)])
    assert len(budget_drawing(ENGLISH, long).description) <= MOST_DESCRIPTION


@pytest.mark.parametrize("highest", [0, 0.2, 1, 3, 47, 1_234, 9.9e11])
def test_an_axis_of_counts_begins_at_zero_and_has_whole_ticks(highest: float):
    axis = count_axis(ENGLISH, highest)
    places = [tick.at for tick in axis.ticks]
    assert axis.low == places[0] == 0
    assert highest < axis.high
    assert all(place == int(place) for place in places)
    assert len({tick.label for tick in axis.ticks}) == len(places) >= 2


EXTREMES = {
    "as usual": budget(),
    "no tier": budget(tiers=[], more=None),
    "no tier has a plan": budget(tiers=[("nano", None)]),
    "nothing expected": budget(plan=planned(1, 0), more=None, tiers=[("nano", planned(1, 0))]),
    "long words": budget(
        goal=Goal.VIEWS,
        plan=planned(12_345, 9e12),
        tiers=[("m" * 24, planned(12_345, 8e12, left=10**14))] * 12,
    ),
    "far apart": budget(tiers=[("nano", planned(1, 0.4)), ("mega", planned(1, 9e9))]),
    "very unsure": budget(plan=planned(1, 50, factor=40)),
}


@pytest.mark.parametrize("figures", EXTREMES.values(), ids=EXTREMES)
def test_any_budget_is_drawn(figures: BudgetFigures):
    drawn(figures, DUTCH)


def test_the_plan_stands_out_and_the_same_figures_are_the_same_bytes():
    counted = drawn(budget()).convert("RGB").getcolors(10**7)
    assert counted
    colours = {"#{:02x}{:02x}{:02x}".format(*colour) for count, colour in counted if count > 20}  # pyright: ignore[reportGeneralTypeIssues]
    assert {ACCENT, ESTIMATE, PEERS} <= colours
    drawing = budget_drawing(ENGLISH, budget())
    assert draw(drawing.spec) == draw(drawing.spec)
