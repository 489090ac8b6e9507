"""Schedules at scale: 100,000 in 2,500 servers, of which 2,000 are due in the same minute, in the real bot.

Everything is real but Discord, which is a loopback with its latency and limits. Commands are answered meanwhile: they
are timed while nothing is due, and while the posts go out. A first run has one post for each of 2,000 servers, a second
all of those of 50 servers, where the limit for each channel is what holds.
"""

import asyncio
import hashlib
import shutil
import sqlite3
import tempfile
import time
from collections import Counter, deque
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from datetime import time as wall_time
from itertools import count
from pathlib import Path

from benchmarks import roster
from benchmarks.built import FOLDER, ROOT, addition, database_url
from benchmarks.busy_discord import A_SECOND, CHANNELS, BusyDiscord, server_id
from benchmarks.commands import TOKEN, answer, call_fitted, option
from benchmarks.figures import Row, milliseconds, note, percentile, print_row, spread
from benchmarks.processes import running
from benchmarks.scheduled_bot import Seen, read_seen
from benchmarks.watchdog import MOST_HELD, Watchdog
from benchmarks.watched_bot import read_watchdog
from planning.accounts import Account
from planning.cadence.days import Daily, Weekly
from planning.cadence.rules import Cadence
from planning.estimates.model import SHIPPED
from planning.matching.encoder import LazyEncoder
from planning.scheduling.due import planned
from planning.scheduling.schedules import Schedule, ShortlistTask
from planning.services.estimates import estimated
from planning.services.meanings import Meanings
from planning.services.replanning import zone_of
from planning.settings import GuildSettings
from planning.shortlists import ShortlistQuery
from storage.database import SqlDatabase
from tests.loopback.server import serve_loopback

SERVERS = 2_500
OF_EACH = 40
ACCOUNTS = 30
"""On each server's roster."""
DUE = 2_000
DUE_AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
MADE_AT = datetime(2026, 3, 2, 7, tzinfo=UTC)
LEAD = 120.0
"""Seconds from the start of the bot until they are due: it starts, plans anew by the zones' rules, and answers commands
while nothing is due."""
IDLE = 20.0
"""Of these, seconds for commands while nothing is due."""
AWAKE = 2.0
"""Before they are due, seconds in which nothing is asked."""
PATIENCE = 180.0
PAUSE = 0.05
MOST_SECONDS_TO_CLAIM = 60
MOST_TIMES_IDLE = 5

_DECIDED_BY = ("benchmarks/schedules.py", "benchmarks/roster.py", "storage/migrations/versions", "planning/scheduling")


async def run(accounts: int) -> None:
    """Print the rows; how many accounts there are is always the same."""
    del accounts
    built = await _built()
    await _measure(built, f"a post in each of {DUE:,} servers", "guild_id <= 2000 AND id = 1")
    await _measure(built, f"all {OF_EACH} posts of {DUE // OF_EACH} servers", "guild_id <= 50")


async def _measure(built: Path, at: str, which: str) -> None:
    with tempfile.TemporaryDirectory(dir=FOLDER) as name:
        folder = Path(name)
        database = Path(shutil.copy(built, folder))
        _make_due(database, which)
        async with AsyncExitStack() as stack:
            discord = BusyDiscord(TOKEN, SERVERS)
            await stack.enter_async_context(serve_loopback(discord))
            began = time.perf_counter()
            due = began + LEAD
            settings = {
                "DISCORD_API_URL": discord.api_url,
                "DISCORD_GATEWAY_URL": discord.gateway_url,
                "DISCORD_TOKEN": TOKEN,
                "DATABASE_URL": database_url(database),
                "SECONDS_AHEAD": str(DUE_AT.timestamp() - LEAD - time.time()),
            }
            arguments = ("-m", "benchmarks.scheduled_bot", "run")
            await stack.enter_async_context(running(*arguments, folder=folder, settings=settings))
            await discord.connected()
            # The bot's own clock goes on meanwhile: first to a quiet stretch, then to when the posts are due.
            await asyncio.sleep(max(0.0, due - AWAKE - IDLE - time.perf_counter()))
            idle = await _ask(discord, until=due - AWAKE)
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            busy = await _ask(discord, until=due + PATIENCE, posts=DUE)
            await asyncio.sleep(2.0)  # for the last posts to be remembered
        held = read_watchdog(folder, due, discord.posts[-1][0])
        starting = read_watchdog(folder, began, due - AWAKE - IDLE)
        _print(at, discord, read_seen(folder), due, (idle, busy), held)
        _print_start(at, read_seen(folder), began, starting)


async def _ask(discord: BusyDiscord, *, until: float, posts: int | None = None) -> list[float]:
    """Seconds to the answer of each command, one after another, until then or until so many posts are there."""
    spent: list[float] = []
    niches = _niches()
    for number in count():
        if time.perf_counter() >= until or (posts is not None and len(discord.posts) >= posts):
            return spent
        niche = option("niche", niches[number % len(niches)])
        _, last = await answer(discord, "shortlist", niche, option("tier", "micro"), option("size", 10))
        spent.append(last)
        await asyncio.sleep(PAUSE)
    return spent


def _print(
    at: str, discord: BusyDiscord, seen: Seen, due: float, commands: tuple[list[float], list[float]], held: Watchdog
) -> None:
    sent = [when for when, _, _ in discord.posts]
    claimed = max((when for when, many, _ in seen.claims if many), default=due) - due
    print_row(
        Row(
            f"{SERVERS * OF_EACH:,} schedules, {DUE:,} due in a minute: claimed",
            at,
            f"the last after {claimed:.1f} s",
            limit=f"< {MOST_SECONDS_TO_CLAIM} s",
            met=claimed < MOST_SECONDS_TO_CLAIM,
        )
    )
    took = sent[-1] - due
    once = len({nonce for _, _, nonce in discord.posts}) == len(sent) == DUE
    print_row(Row("posted", at, f"the last after {took:.1f} s", f"{len(sent) / took:.1f} posts/s", met=once))
    computed = (seen.claims[-1][2] - seen.claims[0][2]) / max(1, len(sent))
    print_row(Row("processor time a post, with what else goes on", at, milliseconds(computed)))
    most = _most_in_a_second(sent)
    print_row(Row("most requests in any second", at, str(most), limit=f"<= {A_SECOND}", met=most <= A_SECOND))
    refused = discord.violations
    print_row(Row("requests that Discord would refuse", at, str(refused), limit="0", met=refused == 0))
    longest = max(held.held)
    limit = f"<= {milliseconds(MOST_HELD)}"
    print_row(Row("longest hold of the event loop meanwhile", at, str(held), limit=limit, met=longest <= MOST_HELD))
    idle, busy = commands
    ratio = percentile(busy, 0.95) / percentile(idle, 0.95)
    print_row(
        Row(
            f"/shortlist meanwhile, {len(busy):,} x",
            at,
            spread(busy),
            f"idle: {spread(idle)}",
            f"p95 {ratio:.2f} x",
            f"< {MOST_TIMES_IDLE} x",
            ratio < MOST_TIMES_IDLE,
        )
    )


def _print_start(at: str, seen: Seen, began: float, held: Watchdog) -> None:
    """How soon it looks for what is due, and what all of these schedules cost it."""
    look = seen.first_look - began
    print_row(Row("from the start of the bot to its first look", at, f"{look:.1f} s"))
    print_row(Row("longest hold of the event loop at the start", at, str(held)))
    print_row(Row("most memory", at, f"{seen.megabytes:,.0f} MB"))


def _most_in_a_second(sent: list[float]) -> int:
    lately: deque[float] = deque()
    most = 0
    for when in sent:
        lately.append(when)
        while lately[0] <= when - 1:
            lately.popleft()
        most = max(most, len(lately))
    return most


def _make_due(path: Path, which: str) -> None:
    """Have these come at the time that the others don't."""
    cadence = Cadence(Weekly((0,)), wall_time(9)).to_text()
    at = DUE_AT.timestamp()
    with closing(sqlite3.connect(path)) as connection, connection:
        changed = connection.execute(
            f"UPDATE schedule SET cadence = ?, next_at = ?, wake_at = ? WHERE {which}", (cadence, at, at)
        )
        assert changed.rowcount == DUE


async def _built() -> Path:
    """A file with all servers and schedules; none is due before the hour in which the others are."""
    path = FOLDER / f"schedules-{_fingerprint()}.db"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob("schedules-*"):
            old.unlink()
        note(f"building a database of {SERVERS * OF_EACH:,} schedules; it is kept in {FOLDER.relative_to(ROOT)} …")
        began = time.perf_counter()
        unfinished = path.with_suffix(".unfinished")
        await _write_one(unfinished)
        await asyncio.to_thread(_copy, unfinished)
        unfinished.rename(path)
        note(f"… built in {time.perf_counter() - began:.0f} s")
    return path


async def _write_one(path: Path) -> None:
    """One server with its roster and schedules."""
    database = SqlDatabase(database_url(path))
    await database.migrate()
    first, niches = server_id(0), _niches()
    async with database.writing(first) as store:
        await store.settings.save(GuildSettings(timezone="Europe/Amsterdam"))
        await store.accounts.write([addition(account) for account in estimated(_accounts(), SHIPPED)])
        for number in range(OF_EACH):
            entry = _schedule(number, niches[number % len(niches)])
            await store.schedules.create(planned(entry, await zone_of(store, entry), MADE_AT))
    await call_fitted(path)
    # Every niche's vector, as the first question of each server would make it.
    await Meanings(LazyEncoder(note)).match(database, first, niches[0])
    await database.close()


def _accounts() -> list[Account]:
    """A roster of accounts that are all in one tier."""
    [batch] = roster.batches(ACCOUNTS)
    return [replace(account, followers=1_000 + account.followers % 4_000) for account in batch]


def _niches() -> list[str]:
    """The niches that most of them carry."""
    carried = Counter(niche for account in _accounts() for niche in account.niches)
    return [niche for niche, _ in carried.most_common(5)]


def _schedule(number: int, niche: str) -> Schedule:
    at = wall_time(12 + number % 12, number % 4 * 15)
    task = ShortlistTask(ShortlistQuery(niche, (1_000, 5_000)), "micro")
    return Schedule(f"{niche} {number}", task, Cadence(Daily(), at), None, 0, 9, MADE_AT)


def _copy(path: Path) -> None:
    """The same in every other server; the posts of each are spread over its channels."""
    with closing(sqlite3.connect(path)) as connection, connection:
        settings = ", ".join(name for name in _columns(connection, "guild") if name not in {"id", "discord_id"})
        connection.executemany(
            f"INSERT INTO guild (id, discord_id, {settings}) SELECT ?, ?, {settings} FROM guild WHERE id = 1",
            [(number + 1, server_id(number)) for number in range(1, SERVERS)],
        )
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            columns = _columns(connection, table)
            if "guild_id" in columns:
                rest = ", ".join(name for name in columns if name != "guild_id")
                values = ", ".join(f"t.{name}" for name in columns if name != "guild_id")
                connection.execute(
                    f"INSERT INTO {table} (guild_id, {rest}) SELECT g.id, {values} FROM {table} t, guild g "
                    "WHERE t.guild_id = 1 AND g.id > 1"
                )
        connection.execute(
            f"UPDATE schedule SET channel_id = 10 + id % {CHANNELS} + "
            "(SELECT discord_id FROM guild WHERE guild.id = schedule.guild_id)"
        )
        connection.execute("ANALYZE")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for name in _DECIDED_BY:
        given = ROOT / name
        for path in sorted(given.glob("*.py")) if given.is_dir() else [given]:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
