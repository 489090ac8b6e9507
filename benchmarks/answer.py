"""`/shortlist` on its whole way, from the gateway's event to the answer's last request, through a loopback Discord.

A first row for niches that mean one tag alone, a second for niches as they are asked for: most mean several.
"""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, closing
from itertools import cycle, islice
from pathlib import Path

from benchmarks import roster
from benchmarks.built import FOLDER, GUILD, built_database, database_url
from benchmarks.commands import BARE, OURS, Option, answer, call_fitted, connect, option
from benchmarks.figures import Row, milliseconds, note, percentile, print_row, spread
from benchmarks.shortlist import PICKS, questions
from benchmarks.shortlist import connect as connect_raw
from benchmarks.watchdog import MOST_HELD, SETTLE
from benchmarks.watched_bot import read_watchdog
from planning.matching.encoder import LazyEncoder
from planning.services.meanings import Meanings
from planning.shortlists import ShortlistQuery
from storage.database import SqlDatabase

WATCHED = ("-m", "benchmarks.watched_bot", "run")
COMMANDS = 200
WARM_UP = 20
PAUSE = 0.02
"""Between commands, for what the bot does once it has answered."""
MOST_TIMES_BARE = 4

Options = list[Option]


async def run(accounts: int) -> None:
    """Print the rows."""
    built = await built_database(accounts)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        database = Path(shutil.copy(built, folder))  # a start writes to it
        await call_fitted(database)
        alone = await _niches_of_one_tag(database)
        with closing(connect_raw(database)) as raw:
            of_one = _options(questions(raw, COMMANDS, of_niches=alone))
            of_several = _options(questions(raw, COMMANDS))
        if of_one:
            await _against_bare(
                f"/shortlist of {PICKS}, one tag, to the last request", accounts, database, of_one, MOST_TIMES_BARE
            )
        else:
            note(f"of {accounts:,} accounts no {PICKS} answer a question over one tag")
        await _against_bare("the same over all tags that the niche means", accounts, database, of_several)
        await _hold(accounts, database, of_several)


async def _niches_of_one_tag(path: Path) -> list[str]:
    """Also leaves the bot every niche's vector, as its first question would."""
    database = SqlDatabase(database_url(path))
    meanings = Meanings(LazyEncoder(note))
    alone = [name for name in roster.NICHES if len((await meanings.match(database, GUILD, name)).tags) == 1]
    await database.close()
    return alone


async def _against_bare(
    what: str, accounts: int, database: Path, asked: Sequence[Options], limit: float | None = None
) -> None:
    ours: list[float] = []
    theirs: list[float] = []
    async with AsyncExitStack() as stack:
        home, away = (Path(stack.enter_context(tempfile.TemporaryDirectory(dir=FOLDER))) for _ in range(2))
        discord = await connect(stack, home, *OURS, DATABASE_URL=database_url(database))
        bare = await connect(stack, away, *BARE)
        for turn, options in enumerate(_in_turn(asked)):
            _, spent = await answer(discord, "shortlist", *options)
            await asyncio.sleep(PAUSE)
            _, bare_spent = await answer(bare, "shortlist", *options)
            if turn >= WARM_UP:
                ours.append(spent)
                theirs.append(bare_spent)
    ratio = percentile(ours, 0.5) / percentile(theirs, 0.5)
    print_row(
        Row(
            what,
            f"{accounts:,} accounts",
            spread(ours),
            f"bare discord.py: {spread(theirs)}",
            f"{ratio:.2f} x",
            f"<= {limit} x" if limit else "",
            ratio <= limit if limit else None,
        )
    )


async def _hold(accounts: int, database: Path, asked: Sequence[Options]) -> None:
    """In a run of its own, as the watchdog takes a little of the bot's time."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
        async with AsyncExitStack() as stack:
            discord = await connect(stack, Path(folder), *WATCHED, DATABASE_URL=database_url(database))
            began: list[float] = []
            for options in _in_turn(asked):
                began.append(time.perf_counter())
                await answer(discord, "shortlist", *options)
                await asyncio.sleep(PAUSE)
            await asyncio.sleep(SETTLE)
            until = time.perf_counter()
        seen = read_watchdog(Path(folder), began[WARM_UP], until)
    print_row(
        Row(
            f"longest hold of the event loop, {COMMANDS} answers",
            f"{accounts:,} accounts",
            str(seen),
            limit=f"<= {milliseconds(MOST_HELD)}",
            met=max(seen.held) <= MOST_HELD,
        )
    )


def _in_turn(asked: Sequence[Options]) -> list[Options]:
    return list(islice(cycle(asked), WARM_UP + COMMANDS))


def _options(asked: Sequence[ShortlistQuery]) -> list[Options]:
    """The options of each command: its tier, and a platform or a country by turns."""
    filters = cycle(("platform", "country"))
    return [
        [
            option("niche", question.niche),
            option("tier", "micro"),
            option("size", PICKS),
            option(name, str(getattr(question, name))),
        ]
        for question, name in zip(asked, filters, strict=False)
    ]
