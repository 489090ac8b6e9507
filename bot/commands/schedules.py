"""`schedules`: what is due, late, stopped and given up, and how far behind the bot is."""

import asyncio
import json
from typing import Annotated

import typer

from bot.app import open_database, utc_now
from bot.commands.edge import Mistake, started
from bot.settings import LARGEST_SNOWFLAKE, Settings
from planning.scheduling.ports import Health
from planning.scheduling.schedules import Schedule, Status
from storage.engine import sqlite_file

HEADING = f"{'id':>4}  {'state':<7}  {'next look':<23}  name"


def schedules(
    guild: Annotated[
        int | None,
        typer.Option(min=1, max=LARGEST_SNOWFLAKE, help="Only the server of this id, schedule by schedule."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON instead.")] = False,
) -> None:
    """Scheduled posts: how many are due, late, stopped or given up, and the lag of the oldest that is due."""
    with started() as settings:
        typer.echo(asyncio.run(_look(settings, guild, as_json=as_json)))


async def _look(settings: Settings, guild: int | None, *, as_json: bool) -> str:
    path = sqlite_file(settings.database_url)
    if path is not None and not path.exists():
        raise Mistake(f"there is no database at {settings.shown_database_url} yet: `run` and `migrate` make one")
    database = open_database(settings)
    now = utc_now()
    try:
        health = await database.check()
        if health.reachable and not health.migrated:
            raise Mistake(f"the database {settings.shown_database_url} is of another version: see python -m bot check")
        found = [one for one in await database.queue.health(now) if guild in (None, one.guild_id)]
        rows = [_values(one, _lag(one, now.timestamp())) for one in found]
        if as_json:
            return json.dumps({"servers": rows, "lag_seconds": max((row["lag_seconds"] for row in rows), default=0)})
        if guild is None:
            return _table(rows)
        async with database.reading(guild) as store:
            lines = [_line(one) for one in await store.schedules.list_all()]
        return "\n".join([_table(rows), "", HEADING, *lines])
    finally:
        await database.close()


def _values(one: Health, lag: int) -> dict[str, int]:
    return {
        "guild_id": one.guild_id,
        "schedules": one.schedules,
        "due": one.due,
        "late": one.late,
        "stopped": one.halted,
        "dead": one.dead,
        "lag_seconds": lag,
    }


def _lag(one: Health, now: float) -> int:
    return int(now - one.oldest.timestamp()) if one.oldest else 0


def _table(rows: list[dict[str, int]]) -> str:
    """A row for each server, and the sums below."""
    if not rows:
        return "no schedules"
    names = ["guild_id", "schedules", "due", "late", "stopped", "dead", "lag_seconds"]
    sums = {name: sum(row[name] for row in rows) for name in names} | {
        "lag_seconds": max(row["lag_seconds"] for row in rows)
    }
    lines = [["server", "schedules", "due", "late", "stopped", "given up", "lag (s)"]]
    lines += [[str(row[name]) for name in names] for row in rows]
    lines.append(["all", *(str(sums[name]) for name in names[1:])])
    widths = [max(len(line[column]) for line in lines) for column in range(len(names))]
    return "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def _line(schedule: Schedule) -> str:
    """One schedule: its state, when it is woken next, and what stands in its way."""
    why = ""
    if schedule.status in {Status.HALTED, Status.DEAD} and schedule.notice is not None:
        reason = schedule.notice.halt.name.lower() if schedule.notice.halt else "failed"
        why = f"  {reason} {schedule.notice.detail}".rstrip()
    wake = f"{schedule.wake_at:%Y-%m-%d %H:%M:%S} UTC" if schedule.wake_at else "never"
    return f"{schedule.id:>4}  {schedule.status.name.lower():<7}  {wake:<23}  {schedule.name}{why}"
