"""`/metrics`, `/healthz` and `/readyz` over HTTP."""

import asyncio
import math
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.app import App, build
from bot.client import Microscout
from bot.measuring import measure_loop
from bot.metrics import Metrics
from bot.monitoring import serving, unready
from bot.refusals import Refused
from bot.settings import Settings
from storage.database import Health, SqlDatabase
from tests.bot.test_metrics import samples

READY, NOT_READY = (200, "ok\n"), 503


@asynccontextmanager
async def built(database_url: str) -> AsyncIterator[App]:
    app = build(Settings.model_validate({"discord_token": None, "database_url": database_url, "metrics_port": 9464}))
    yield app
    await app.close()


@asynccontextmanager
async def monitor(app: App) -> AsyncIterator[aiohttp.ClientSession]:
    """Whoever asks the bot how it is."""
    assert app.metrics is not None
    served = serving(app.metrics, app.bot, app.database, host="127.0.0.1", port=0)
    async with served as port, aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        yield session


async def ask(session: aiohttp.ClientSession, path: str) -> tuple[int, str]:
    async with session.get(path) as answer:
        return answer.status, await answer.text()


async def test_readiness_follows_the_gateway(sqlite_url: str) -> None:
    async with built(sqlite_url) as app, monitor(app) as session:
        assert await ask(session, "/readyz") == (NOT_READY, "the gateway is not connected\n")
        await app.bot.on_ready()
        assert await ask(session, "/readyz") == READY
        await app.bot.on_disconnect()
        assert await ask(session, "/readyz") == (NOT_READY, "the gateway is not connected\n")
        assert await ask(session, "/healthz") == READY
        await app.bot.on_resumed()
        assert await ask(session, "/readyz") == READY


async def test_a_database_that_is_none_is_not_ready(tmp_path: Path, sqlite_url: str) -> None:
    (tmp_path / "microscout.db").write_text("dear diary, " * 500, encoding="utf-8")
    async with built(sqlite_url) as app:
        await app.bot.on_ready()
        assert await unready(app.bot, app.database) == "the database can't be read"


async def test_a_database_that_does_not_answer_is_not_ready_after_two_seconds(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_database: SqlDatabase) -> Health:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(SqlDatabase, "check", never)
    monkeypatch.setattr("bot.monitoring.READ_SECONDS", 0.05)
    async with built(sqlite_url) as app, monitor(app) as session:
        await app.bot.on_ready()
        assert await ask(session, "/readyz") == (NOT_READY, "the database did not answer within 0.05 seconds\n")


async def test_what_the_metrics_were_told_is_shown(sqlite_url: str) -> None:
    async with built(sqlite_url) as app, monitor(app) as session:
        await app.database.list_guilds()
        async with session.get("/metrics") as answer:
            assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
            shown = await answer.text()

    assert 'microscout_database_statement_seconds_count{connection="read"} 1.0' in shown
    assert "microscout_gateway_latency_seconds NaN" in shown


async def test_a_lost_connection_has_no_latency(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Microscout, "latency", 0.04)
    async with built(sqlite_url) as app:
        assert app.metrics is not None
        await app.bot.on_ready()
        assert samples(app.metrics)["microscout_gateway_latency_seconds",] == 0.04
        await app.bot.on_disconnect()
        assert math.isnan(samples(app.metrics)["microscout_gateway_latency_seconds",])


async def test_nothing_else_is_there(sqlite_url: str) -> None:
    async with built(sqlite_url) as app, monitor(app) as session:
        assert (await ask(session, "/"))[0] == 404
        async with session.post("/metrics") as answer:
            assert answer.status == 405


@pytest.mark.parametrize("host", ["127.0.0.1", "no.such.host.invalid"])
async def test_where_it_can_not_listen_one_line_names_the_settings(sqlite_url: str, host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with built(sqlite_url) as app:
            assert app.metrics is not None
            with pytest.raises(Refused, match=rf"^METRICS_PORT {port} on METRICS_HOST {host} can't be used \([^\n]+$"):
                async with serving(app.metrics, app.bot, app.database, host=host, port=port):
                    pytest.fail("it listens")


async def test_without_the_setting_there_are_no_metrics(sqlite_url: str) -> None:
    app = build(Settings.model_validate({"discord_token": None, "database_url": sqlite_url}))

    assert app.metrics is None
    assert app.bot.on_answer is None
    await app.close()


async def test_an_open_connection_does_not_hold_up_the_end(sqlite_url: str) -> None:
    async with built(sqlite_url) as app, aiohttp.ClientSession() as session:
        assert app.metrics is not None
        async with serving(app.metrics, app.bot, app.database, host="127.0.0.1", port=0) as port:
            await ask(session, f"http://127.0.0.1:{port}/healthz")
            began = time.perf_counter()
        assert time.perf_counter() - began < 2


async def test_a_loop_that_was_held_up_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.measuring.LAG_SECONDS", 0.02)
    metrics = Metrics()
    measuring = asyncio.create_task(measure_loop(metrics))
    await asyncio.sleep(0.01)
    time.sleep(0.1)  # noqa: ASYNC251 - holding the loop up is the point
    await asyncio.sleep(0.01)
    measuring.cancel()

    seen = samples(metrics)
    assert seen["microscout_event_loop_lag_seconds_count",] >= 1
    assert seen["microscout_event_loop_lag_seconds_sum",] > 0.08
