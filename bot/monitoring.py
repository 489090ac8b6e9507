"""What a monitor asks of a running bot over HTTP: `/metrics`, `/healthz` and `/readyz`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from bot.client import Microscout
from bot.metrics import Metrics
from bot.refusals import Refused
from storage.database import SqlDatabase

READ_SECONDS = 2.0
"""How long the database may take to answer a trivial read."""

CLOSE_SECONDS = 0.5
"""How long an answer that is under way may take at the end."""

_log = structlog.stdlib.get_logger("microscout.monitoring")


@asynccontextmanager
async def serving(
    metrics: Metrics, bot: Microscout, database: SqlDatabase, *, host: str, port: int
) -> AsyncIterator[int]:
    """Answer until the block ends; the port, which is a free one for 0. Raises `Refused` where it can't listen."""

    async def show_metrics(_request: web.Request) -> web.Response:
        return web.Response(body=metrics.render(), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})

    async def say_alive(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def say_ready(_request: web.Request) -> web.Response:
        reason = await unready(bot, database)
        return web.Response(text=f"{reason or 'ok'}\n", status=503 if reason else 200)

    app = web.Application()
    app.router.add_get("/metrics", show_metrics)
    app.router.add_get("/healthz", say_alive)
    app.router.add_get("/readyz", say_ready)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSE_SECONDS)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise Refused(
                f"METRICS_PORT {port} on METRICS_HOST {host} can't be used ({error.strerror}): choose another, "
                "or leave METRICS_PORT empty"
            ) from error
        address, taken, *_ = runner.addresses[0]
        _log.info("metrics are served", host=address, port=taken)
        yield taken
    finally:
        await runner.cleanup()


async def unready(bot: Microscout, database: SqlDatabase) -> str | None:
    """Why nothing can be answered right now; None where it can."""
    if not bot.connected:
        return "the gateway is not connected"
    try:
        async with asyncio.timeout(READ_SECONDS):
            health = await database.check()
    except TimeoutError:
        return f"the database did not answer within {READ_SECONDS:g} seconds"
    return None if health.reachable else "the database can't be read"
