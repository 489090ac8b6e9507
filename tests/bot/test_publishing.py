"""The pace at which posts are sent."""

import asyncio

from bot.publishing import Pace

MANY = 5
SECONDS = 0.1


async def test_no_more_than_so_many_have_their_turn_in_so_many_seconds_and_in_order():
    pace = Pace(MANY, SECONDS)
    turns: list[tuple[float, int]] = []

    async def ask(number: int) -> None:
        await pace.turn()
        turns.append((asyncio.get_running_loop().time(), number))

    await asyncio.gather(*(ask(number) for number in range(3 * MANY + 1)))
    assert [number for _, number in turns] == list(range(3 * MANY + 1))
    times = [at for at, _ in turns]
    assert all(later - earlier >= SECONDS * 0.99 for earlier, later in zip(times, times[MANY:], strict=False))
    assert times[MANY - 1] - times[0] < SECONDS
