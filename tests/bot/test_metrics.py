"""What `/metrics` shows, and what it is told."""

import math

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Metrics


def samples(metrics: Metrics) -> dict[tuple[str, ...], float]:
    """Every figure by its name and the values of its labels."""
    families = text_string_to_metric_families(metrics.render().decode())
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


def test_an_answer_is_counted_and_timed_by_what_was_asked() -> None:
    metrics = Metrics()
    metrics.answer("command", "tier", "ok", 0.07)
    metrics.answer("command", "tier", "ok", 0.2)
    metrics.answer("button", "share", "refused", 0.01)

    seen = samples(metrics)

    assert seen["microscout_answer_seconds_count", "command", "tier", "ok"] == 2
    assert seen["microscout_answer_seconds_sum", "command", "tier", "ok"] == pytest.approx(0.27)
    assert seen["microscout_answer_seconds_bucket", "command", "0.1", "tier", "ok"] == 1
    assert seen["microscout_answer_seconds_count", "button", "share", "refused"] == 1


def test_scheduled_posts_are_counted_by_what_became_of_them() -> None:
    metrics = Metrics()
    assert samples(metrics)["microscout_schedule_lag_seconds",] == 0
    for outcome in ("posted", "posted", "dead"):
        metrics.delivery(outcome)
    metrics.schedule_lag(12.5)

    seen = samples(metrics)

    assert seen["microscout_deliveries_total", "posted"] == 2
    assert seen["microscout_deliveries_total", "dead"] == 1
    assert seen["microscout_schedule_lag_seconds",] == 12.5


@pytest.mark.parametrize(
    ("said", "shown"), [(0.04, 0.04), (math.nan, math.nan), (math.inf, math.nan)], ids=["known", "none", "not yet"]
)
def test_a_latency_that_is_not_known_is_no_number(said: float, shown: float) -> None:
    metrics = Metrics()
    assert math.isnan(samples(metrics)["microscout_gateway_latency_seconds",])

    metrics.watch_gateway(lambda: said)

    assert samples(metrics)["microscout_gateway_latency_seconds",] == pytest.approx(shown, nan_ok=True)


def test_two_in_one_process_share_nothing() -> None:
    first, second = Metrics(), Metrics()
    first.statement("read", 0.002)
    first.loop_lag(0.003)

    seen = samples(second)

    assert ("microscout_database_statement_seconds_count", "read") not in seen
    assert seen["microscout_event_loop_lag_seconds_count",] == 0
    assert samples(first)["microscout_event_loop_lag_seconds_count",] == 1


def test_the_process_itself_is_shown() -> None:
    seen = samples(Metrics())

    assert seen["process_resident_memory_bytes",] > 0
    assert ("python_gc_collections_total", "0") in seen
