"""`/influencer import` of a large file: it runs on in the background, and can be watched, cancelled and mended."""

import csv
import io
from collections.abc import Callable
from datetime import datetime

import pytest

from planning.services import background_imports
from planning.services.background_imports import LEASE, SHOWN_EVERY, write_chunk
from tests.journeys.conftest import Clock, Journey, Kit
from tests.journeys.scheduling import direct_messages
from tests.people import Answer, Shown

CHUNK = 5
HEADER = "Creator;platform;volgers;Land\n"
ROWS = [f"@ann{n:02};tiktok;{1000 + n};NL\n" for n in range(12)]
ODD = ["@odd;tiktok;many;NL\n", "=1+1;tiktok;7;BE\n"]
TABLE = "".join([HEADER, *ROWS, *ODD]).encode()
ENDED = ("Imported", "14 rows", "12 new", "2 rejected", "roster.csv", "Started by")

KillAt = Callable[[int], None]


class Passing(Clock):
    """Time that passes, while an import runs, whenever someone looks at it: so each of its steps is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.passes = False

    def __call__(self) -> datetime:
        if self.passes:
            self.now += SHOWN_EVERY
        return self.now


class Killed(BaseException):
    """The process ends here and now."""


@pytest.fixture
def clock() -> Clock:
    return Passing()


@pytest.fixture
def kit(kit: Kit) -> Kit:
    return Kit(kit.studio, kit.encoder, import_chunk=CHUNK)


@pytest.fixture
def kill_at(monkeypatch: pytest.MonkeyPatch) -> KillAt:
    """Have the process end within the writing of a chunk, the first or a later one."""
    left = [0]

    async def write(*arguments: object, **named: object) -> None:
        await write_chunk(*arguments, **named)  # type: ignore[arg-type]
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    monkeypatch.setattr(background_imports, "write_chunk", write)
    return lambda nth: left.__setitem__(0, nth)


async def confirm(world: Journey, table: bytes = TABLE) -> Answer:
    preview = await world.planner.slash("influencer import", file=("roster.csv", table))
    return await preview.click("Confirm")


async def run(world: Journey) -> bool:
    """Let the bot run the next import; False where none waits."""
    assert isinstance(world.clock, Passing)
    world.clock.passes = True
    try:
        return await world.app.importer.look()
    finally:
        world.clock.passes = False


async def killed(world: Journey) -> Shown:
    """Let it run until the process ends; how the channel sees it then."""
    with pytest.raises(Killed):
        await run(world)
    return world.member.sees()[-1]


async def count(world: Journey) -> int:
    async with world.app.database.reading(world.home.id) as store:
        return await store.accounts.count()


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


async def test_it_is_shown_to_its_end_with_the_rejected_rows(world: Journey):
    answer = await confirm(world)
    for part in ("Importing roster.csv", "in the background", f"<#{world.home.server.channel.id}> shows how far it is"):
        assert part in answer.text
    assert answer.ephemeral
    assert world.member.sees() == []
    assert await run(world)
    [shown] = world.member.sees()
    for part in ENDED:
        assert part in shown.text
    assert shown.labels == []
    assert list(shown.files) == ["rejected-rows.csv"]
    assert await count(world) == 12
    assert not await run(world)
    assert "0 accounts" in (await world.away.planner.slash("influencer list")).text


async def test_a_restart_goes_on_where_it_was_and_counts_each_account_once(world: Journey, kill_at: KillAt):
    await confirm(world)
    kill_at(2)
    shown = await killed(world)
    for part in ("5 of 12 accounts", "42%", "5 new", "goes on from where it was"):
        assert part in shown.text
    assert shown.labels == ["Cancel"]
    assert await count(world) == 5
    for _ in range(2):
        await world.restart()
        world.clock.now += LEASE
        kill_at(1)
        await killed(world)
        assert await count(world) == 5, "a chunk is written and counted, or neither"
    await world.restart()
    world.clock.now += LEASE
    assert await run(world)
    [shown] = world.member.sees()
    for part in ENDED:
        assert part in shown.text
    assert await count(world) == 12


async def test_the_next_process_need_not_wait_where_no_other_can_be_at_it(world: Journey, kill_at: KillAt):
    await confirm(world)
    kill_at(2)
    await killed(world)
    await world.restart()
    await world.app.importer.take_up()
    assert await run(world)
    assert "12 new" in world.member.sees()[0].text


async def test_cancel_keeps_what_is_written_and_the_same_file_finishes_it(world: Journey, kill_at: KillAt):
    await confirm(world)
    kill_at(2)
    shown = await killed(world)
    pressed = await world.planner.click(shown, "Cancel")
    assert pressed.ephemeral
    assert "It stops" in pressed.text
    await world.restart()
    world.clock.now += LEASE
    assert await run(world)
    for part in ("roster.csv was cancelled", "5 of 12 accounts were written, and stay", "Import the file again"):
        assert part in shown.text
    assert shown.labels == []
    assert await count(world) == 5
    preview = await world.planner.slash("influencer import", file=("roster.csv", TABLE))
    for part in ("7 new", "5 unchanged"):
        assert part in preview.text


async def test_only_planners_of_the_server_cancel_and_a_late_press_is_told_so(world: Journey, kill_at: KillAt):
    await confirm(world)
    kill_at(2)
    shown = await killed(world)
    [cancel] = [button.custom_id or "" for button in shown.buttons]
    member = await world.member.click(shown, "Cancel")
    assert member.ephemeral
    assert "planner" in member.text.lower()
    other = await world.away.planner.slash("help")
    elsewhere = await press(world, other, cancel)
    assert "This import is over already." in elsewhere.text
    world.clock.now += LEASE
    other = await world.planner.slash("help")
    assert await run(world)
    assert "12 new" in shown.text
    late = await press(world, other, cancel)
    assert late.ephemeral
    assert "This import is over already." in late.text


async def press(world: Journey, answer: Answer, custom_id: str) -> Answer:
    """Press the button of this id, as a client may that still shows it: here it is put into another message."""
    stored = world.world.env.backend.get_message(answer.last.handle.channel_id, answer.last.handle.id)
    button = {"type": 2, "style": 2, "label": "Cancel", "custom_id": custom_id}
    stored.components.append({"type": 1, "components": [button]})
    return await answer.person.click(answer.last, custom_id=custom_id)


async def test_a_message_that_was_deleted_comes_anew_at_the_end(world: Journey, kill_at: KillAt):
    await confirm(world)
    kill_at(2)
    shown = await killed(world)
    world.world.env.backend.delete_message(world.home.server.channel.id, shown.handle.id)
    world.clock.now += LEASE
    assert await run(world)
    [anew] = world.member.sees()
    for part in ENDED:
        assert part in anew.text
    assert "rejected-rows.csv" in anew.files
    assert direct_messages(world) == []


async def test_where_the_bot_may_not_write_the_author_is_told(world: Journey):
    await confirm(world)
    world.world.forbid(world.home.server, send_messages=False)
    assert await run(world)
    assert world.member.sees() == []
    [told] = direct_messages(world)
    for part in (*ENDED, world.home.server.name):
        assert part in told
    assert await count(world) == 12


async def test_where_nobody_may_write_no_message_is_promised(world: Journey):
    world.world.forbid(world.home.server, send_messages=False)
    assert "in a direct message" in (await confirm(world)).text
    world.world.forbid(world.home.server)
    assert await run(world)
    assert world.member.sees() == []
    assert "12 new" in direct_messages(world)[0]


async def test_where_the_bot_was_removed_nothing_is_kept(world: Journey):
    await confirm(world)
    world.app.bot._connection._remove_guild(world.app.bot.get_guild(world.home.id))  # type: ignore[arg-type]
    assert await run(world)
    assert not await run(world)
    assert await count(world) == 0


@pytest.mark.parametrize("language", ["en-US", "nl"])
async def test_rejected_rows_are_mended_and_imported_again_as_they_are(world: Journey, language: str):
    world.planner.speaks(language)
    small = "".join([HEADER, *ROWS[:2], *ODD]).encode()
    preview = await world.planner.slash("influencer import", file=("roster.csv", small))
    done = await preview.click(preview.labels[0])
    header, *rows = rows_of(done.files["rejected-rows.csv"])
    assert header == ["Creator", "platform", "volgers", "Land", "Microscout: row", "Microscout: reason"]
    assert [row[:5] for row in rows] == [["'@odd", "tiktok", "many", "NL", "4"], ["'=1+1", "tiktok", "7", "BE", "5"]]
    assert all(row[5] for row in rows)
    mended = done.files["rejected-rows.csv"].replace(b"many", b"4.200").replace(b"'=1+1", b"@plus")
    preview = await world.planner.slash("influencer import", file=("rejected-rows.csv", mended))
    assert "Microscout" not in preview.text
    assert ("2 new" if language == "en-US" else "2 nieuw") in preview.text
    again = await preview.click(preview.labels[0])
    assert again.files == {}
    assert "4,200" in (await world.planner.speaks("en-US").slash("tier", handle="odd")).text
    assert await count(world) == 4


async def test_what_was_said_beside_the_file_need_not_be_said_again(world: Journey):
    table = b"who,reach now\nmoss,3200\nodd,many\n"
    preview = await world.planner.slash("influencer import", file=("a.csv", table), platform="x")
    for column, field in (("0", "handle"), ("1", "followers")):
        preview = await (await preview.select(column)).select(field)
    done = await preview.click("Confirm")
    [(name, content)] = done.files.items()
    assert name == "rejected-twitter-rows.csv"
    again = await world.planner.slash("influencer import", file=(name, content.replace(b"many", b"12")))
    for part in ("1 new", "as you chose for such a file before"):
        assert part in again.text
    await again.click("Confirm")
    assert await count(world) == 2


async def test_cells_left_out_of_rows_that_are_kept_are_listed_beside(world: Journey):
    rows = "".join(f"@ann{n:02};tiktok;5;Atlantis\n" for n in range(4))
    done = await confirm(world, "".join([HEADER, rows, *ODD]).encode())
    assert list(done.files) == ["rejected-rows.csv", "problems.csv"]
    assert [row[:3] for row in rows_of(done.files["problems.csv"])[1:]] == [
        [str(n), "Land", "Atlantis"] for n in range(2, 6)
    ]
