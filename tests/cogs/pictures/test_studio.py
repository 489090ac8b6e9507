"""The process that draws: asked, killed, slow, failing, and ended."""

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from cogs.pictures import studio as module
from cogs.pictures.comparison import comparison_drawing
from cogs.pictures.picture import Drawing
from cogs.pictures.report import report_drawing
from cogs.pictures.studio import Studio
from cogs.pictures.worker import draw
from tests.cogs.pictures.figures import ENGLISH, compared, report

PNG = b"\x89PNG\r\n"


@pytest_asyncio.fixture
async def studio() -> AsyncIterator[Studio]:
    studio = Studio()
    yield studio
    await studio.close()


def drawing() -> Drawing:
    found = report_drawing(ENGLISH, report())
    assert found is not None
    return found


async def test_pictures_are_drawn_one_after_another(studio: Studio):
    studio.warm_up()
    wanted = [drawing(), comparison_drawing(ENGLISH, [compared("a", 0.03)])]
    pictures = await asyncio.gather(*(studio.draw(each) for each in wanted))
    for picture, each in zip(pictures, wanted, strict=True):
        assert picture is not None
        assert each is not None
        assert picture.png == draw(each.spec)
        assert (picture.filename, picture.description) == (each.filename, each.description)
        assert picture.file().fp.read() == picture.png


async def test_nothing_to_draw_begins_no_process(studio: Studio):
    assert await studio.draw(None) is None
    assert studio._process is None


async def test_a_process_that_died_is_replaced(studio: Studio):
    assert await studio.draw(drawing())
    dead = studio._process
    assert dead is not None
    dead.kill()
    dead.wait()
    assert await studio.draw(drawing())
    assert studio._process is not dead


async def test_a_process_that_dies_while_drawing_is_replaced(studio: Studio):
    assert await studio.draw(drawing())
    dead = studio._process
    assert dead is not None
    waiting = asyncio.gather(*(studio.draw(drawing()) for _ in range(3)))
    await asyncio.sleep(0)
    dead.kill()
    assert all(await waiting)


async def test_a_process_that_always_dies_is_given_up(monkeypatch: pytest.MonkeyPatch, studio: Studio):
    monkeypatch.setattr(module, "COMMAND", (sys.executable, "-c", "pass"))
    assert await studio.draw(drawing()) is None
    monkeypatch.undo()
    assert await studio.draw(drawing())


async def test_a_process_that_cannot_begin_is_given_up(monkeypatch: pytest.MonkeyPatch, studio: Studio):
    monkeypatch.setattr(module, "COMMAND", ("/nowhere/at/all",))
    studio.warm_up()
    assert await studio.draw(drawing()) is None


async def test_a_process_that_talks_nonsense_is_given_up(monkeypatch: pytest.MonkeyPatch, studio: Studio):
    monkeypatch.setattr(module, "COMMAND", (sys.executable, "-c", "print('nonsense')"))
    assert await studio.draw(drawing()) is None


async def test_a_picture_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch, studio: Studio):
    monkeypatch.setattr(module, "DEADLINE", 0.2)
    monkeypatch.setattr(module, "COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    assert await studio.draw(drawing()) is None


async def test_a_picture_that_cannot_be_drawn_costs_no_other(studio: Studio):
    broken = Drawing("no spec at all", "a.png", "")  # pyright: ignore[reportArgumentType] - broken on purpose
    assert await studio.draw(broken) is None
    process = studio._process
    assert await studio.draw(drawing())
    assert studio._process is process


async def test_closing_ends_the_process_in_the_middle_of_a_picture():
    studio = Studio()
    assert await studio.draw(drawing())
    process = studio._process
    assert process is not None
    waiting = [asyncio.create_task(studio.draw(drawing())) for _ in range(5)]
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await studio.close()
    assert process.poll() is not None
    assert None in await asyncio.gather(*waiting)
    assert await studio.draw(drawing()) is None


async def test_closing_what_never_began_is_nothing():
    await Studio().close()


async def test_the_process_ends_with_the_bot():
    """Its input ends when the bot does, however that came."""
    process = await asyncio.create_subprocess_exec(
        *module.COMMAND, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=module.ROOT
    )
    output, _ = await process.communicate(b"")
    assert (process.returncode, output) == (0, b"")
