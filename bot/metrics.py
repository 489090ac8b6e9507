"""What is counted and timed, in Prometheus's terms.

Every label has a few fixed values: no server, no person and nothing that anyone typed. Made only where `METRICS_PORT`
is set, with a registry of its own, so that nothing is shared between two bots in one process.
"""

import math
from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

ANSWER_BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
STATEMENT_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
LAG_BUCKETS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)


class Metrics:
    """Everything that `/metrics` shows. Times are in seconds."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self._registry)
        self._answers = Histogram(
            "microscout_answer_seconds",
            "From an interaction to the end of its answer, by what was asked and how it went.",
            ("kind", "name", "outcome"),
            buckets=ANSWER_BUCKETS,
            registry=self._registry,
        )
        self._statements = Histogram(
            "microscout_database_statement_seconds",
            "One SQL statement, by whether its connection reads only or is in a transaction that writes.",
            ("connection",),
            buckets=STATEMENT_BUCKETS,
            registry=self._registry,
        )
        self._loop_lag = Histogram(
            "microscout_event_loop_lag_seconds",
            "How much later than asked the event loop woke a task.",
            buckets=LAG_BUCKETS,
            registry=self._registry,
        )
        self._gateway_latency = Gauge(
            "microscout_gateway_latency_seconds",
            "From a heartbeat to Discord's answer; NaN where there is no connection.",
            registry=self._registry,
        )
        self._gateway_latency.set(math.nan)
        self._deliveries = Counter(
            "microscout_deliveries", "Scheduled posts, by what became of them.", ("outcome",), registry=self._registry
        )
        self._schedule_lag = Gauge(
            "microscout_schedule_lag_seconds",
            "How long the oldest due post has waited; 0 where none is due.",
            registry=self._registry,
        )

    def answer(self, kind: str, name: str, outcome: str, seconds: float) -> None:
        """A command, button or form was answered; `outcome` is ok, refused or error."""
        self._answers.labels(kind, name, outcome).observe(seconds)

    def statement(self, connection: str, seconds: float) -> None:
        """A statement was executed; `connection` is read or write."""
        self._statements.labels(connection).observe(seconds)

    def loop_lag(self, seconds: float) -> None:
        """The event loop was so late."""
        self._loop_lag.observe(seconds)

    def watch_gateway(self, latency: Callable[[], float]) -> None:
        """Ask this for the gateway's latency at each look."""
        self._gateway_latency.set_function(lambda: _finite(latency()))

    def delivery(self, outcome: str) -> None:
        """A scheduled post was dealt with; `outcome` is one of a few fixed words."""
        self._deliveries.labels(outcome).inc()

    def schedule_lag(self, seconds: float) -> None:
        """So long has the oldest due post waited."""
        self._schedule_lag.set(seconds)

    def render(self) -> bytes:
        """All of it as Prometheus reads it: `prometheus_client.CONTENT_TYPE_PLAIN_0_0_4`."""
        return generate_latest(self._registry)


def _finite(value: float) -> float:
    """discord.py says infinity before the first heartbeat was answered."""
    return value if math.isfinite(value) else math.nan
