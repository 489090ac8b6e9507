"""What the metrics are told of a team's work."""

import pytest

from bot.settings import Settings
from cogs.kit.buttons import ActionButton
from cogs.kit.cards import Card
from tests.bot.test_metrics import samples
from tests.journeys.conftest import Journey, enrol
from tests.journeys.test_trouble import post

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def settings(database_url: str) -> Settings:
    return Settings.model_validate({"discord_token": None, "database_url": database_url, "metrics_port": 9464})


def answers(world: Journey) -> dict[tuple[str, ...], float]:
    """How many answers there were, by kind, name and outcome."""
    assert world.app.metrics is not None
    seen = samples(world.app.metrics)
    return {key[1:]: value for key, value in seen.items() if key[0] == "microscout_answer_seconds_count"}


def seconds(world: Journey, *labels: str) -> float:
    assert world.app.metrics is not None
    return samples(world.app.metrics)["microscout_answer_seconds_sum", *labels]


async def test_commands_buttons_and_forms_are_counted_by_how_they_went(world: Journey):
    await enrol(world.planner, "@moss")
    await enrol(world.member, "@fern")  # only planners may
    report = await world.planner.slash("tier", handle="moss")
    form = await report.click("Update numbers")
    fields = [label["component"]["custom_id"] for label in (form.form or {})["components"]]
    await form.submit(dict.fromkeys(fields, "") | {fields[0]: "3.5k"})
    form = await report.click("Update numbers")
    fields = [label["component"]["custom_id"] for label in (form.form or {})["components"]]
    await form.submit(dict.fromkeys(fields, "") | {fields[0]: "many"})

    assert answers(world) == {
        ("command", "influencer add", "ok"): 1,
        ("command", "influencer add", "refused"): 1,
        ("command", "tier", "ok"): 1,
        ("button", "tier-log", "ok"): 2,
        ("form", "reading", "ok"): 1,
        ("form", "reading", "refused"): 1,
    }


async def test_a_failure_is_an_error_and_what_is_gone_has_no_name_of_its_own(world: Journey):
    world.world.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=500, times=None)
    await world.member.slash("settings show")
    world.world.env.backend.faults.clear()
    await post(world, Card("An old card", buttons=[[ActionButton("gone-for-good", "1", label="Press")]]))
    await world.member.click(world.member.sees()[-1], "Press")
    world.world.forgive()

    assert answers(world) == {("command", "settings show", "error"): 1, ("button", "retired", "refused"): 1}


async def test_an_answer_is_timed_to_its_end(world: Journey):
    await enrol(world.planner, "@moss")

    assert 0 < seconds(world, "command", "influencer add", "ok") < 30


async def test_suggestions_are_no_answers(world: Journey):
    await world.member.autocomplete("tier", "handle", "mo")

    assert answers(world) == {}
