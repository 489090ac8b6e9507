"""A year of 10,000 schedules, with outages: every run that is due is posted, once."""

import time as clocks
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from planning.cadence.days import Daily, DayOfMonth, Days, Monthly, Once, WeekdayOfMonth, Weekly
from planning.cadence.rules import Cadence
from planning.scheduling.due import planned
from planning.scheduling.ports import Claimed
from planning.scheduling.runs import LATE
from planning.scheduling.schedules import GRACE, AlertTask, NoticeKind
from planning.services.deliveries import Deliveries, Step
from planning.services.meanings import Meanings
from planning.settings import GuildSettings
from tests.encoders import Given
from tests.planning.scheduling.made import schedule
from tests.planning.scheduling.memory import MemoryDatabase
from tests.planning.scheduling.publisher import Posted
from tests.planning.scheduling.wall_clocks import ANCHOR, END, START, Rule, instants

if TYPE_CHECKING:
    from planning.ports import Database

SCHEDULES = 10_000
SERVERS = 200
ZONES = (
    "Europe/Amsterdam",
    "America/New_York",
    "America/St_Johns",
    "Africa/Cairo",  # its clocks go on at midnight
    "Australia/Lord_Howe",  # by half an hour
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "UTC",
)
DOWN, UNREACHABLE = "the bot is down", "Discord can't be reached"
CLAIM = "mine"
LEASE = timedelta(minutes=4)


@dataclass(frozen=True, slots=True)
class Outage:
    kind: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A schedule as it is described here, without the product's own rules."""

    server: int
    rule: Rule
    at: time
    zone: str


def rules(draw: Random) -> Iterator[Rule]:
    """Many kinds of rules; of those that come daily there are few, as they alone would make most of the runs."""
    kinds = {"daily": 3, "workdays": 3, "every few days": 4, "weekly": 15, "every few weeks": 60}
    kinds |= {"day of month": 150, "weekday of month": 150, "quarterly": 500, "once": 100}
    while True:
        [kind] = draw.choices(list(kinds), list(kinds.values()))
        weekday = draw.randrange(7)
        match kind:
            case "daily":
                yield Rule("daily")
            case "every few days":
                yield Rule("daily", every=draw.randint(2, 9))
            case "workdays":
                yield Rule("weekly", (0, 1, 2, 3, 4))
            case "weekly":
                yield Rule("weekly", tuple(sorted({weekday, draw.randrange(7)})))
            case "every few weeks":
                yield Rule("weekly", (weekday,), every=draw.randint(2, 4))
            case "day of month":
                yield Rule("day of month", (draw.randint(1, 31),))
            case "weekday of month":
                yield Rule("weekday of month", (draw.choice((1, 2, 3, 4, -1)), weekday))
            case "quarterly":
                yield Rule("day of month", (draw.randint(1, 31),), every=3)
            case _:
                yield Rule("once", (draw.randint(2, 360),))


def made_by(draw: Random) -> list[Made]:
    """The schedules; often at the full hour, and often at night, when clocks change."""
    rule = rules(draw)
    return [
        Made(
            number % SERVERS,
            next(rule),
            time(draw.choice((draw.randrange(24), 9, 2)), draw.choice((0, 0, 15, 30, 45))),
            draw.choice(ZONES) if number % 2 else ZONES[number % SERVERS % len(ZONES)],
        )
        for number in range(SCHEDULES)
    ]


def outages(draw: Random) -> list[Outage]:
    """One about every ten days, never two within one backlog. The bot's own are longer than the grace period, too."""
    found: list[Outage] = []
    at = START + timedelta(days=2)
    while at < END - timedelta(days=5):
        kind = draw.choice((DOWN, UNREACHABLE))
        hours = draw.uniform(0.2, 60) if kind == DOWN else draw.uniform(0.2, 9)
        found.append(Outage(kind, at, at + timedelta(seconds=round(hours * 3600))))
        at += timedelta(hours=hours) + timedelta(days=draw.uniform(3, 12))
    return found


@dataclass(frozen=True, slots=True)
class Expected:
    """The runs that are posted, in order; those of them that come late, and how many are missed."""

    posted: list[datetime]
    late: set[datetime]
    missed: list[datetime]


def expected(due: Sequence[datetime], times: Sequence[Outage]) -> Expected:
    """What becomes of these runs: of each backlog the latest is posted, unless its grace period is over."""
    result = Expected([], set(), [])
    backlogs: dict[Outage, datetime] = {}
    for run in due:
        outage = next((one for one in times if one.start <= run < one.end), None)
        if outage is None:
            result.posted.append(run)
        else:
            backlogs[outage] = run
    for outage, run in backlogs.items():
        if outage.end - run > GRACE:
            result.missed.append(run)
        else:
            result.posted.append(run)
            # Tried again some time after Discord was back: whether that is late is not known to the minute.
            if outage.kind == DOWN and outage.end - run > LATE:
                result.late.add(run)
    result.posted.sort()
    return result


def days_of(rule: Rule) -> Days:
    """The same rule in the product's words."""
    anchor = ANCHOR.toordinal()
    match rule.kind:
        case "daily":
            return Daily().spaced(rule.every, anchor)
        case "weekly":
            return Weekly(rule.numbers).spaced(rule.every, anchor)
        case "once":
            return Once(date(START.year, 1, 1) + timedelta(days=rule.numbers[0] - 1))
        case "day of month":
            return Monthly(DayOfMonth(*rule.numbers)).spaced(rule.every, anchor)
    return Monthly(WeekdayOfMonth(*rule.numbers)).spaced(rule.every, anchor)


class Year:
    """The bot in memory, which lives through a year."""

    def __init__(self, draw: Random) -> None:
        self.database = MemoryDatabase()
        self.discord = Posted()
        self.now = START
        self.steps = Counter[Step]()
        self.deliveries = Deliveries(
            cast("Database", self.database), Meanings(Given(None)), self.discord, lambda: self.now, draw.random
        )

    async def make(self, all_of_them: Sequence[Made]) -> list[Claimed]:
        """Every schedule, in the zone of its server where that is the same."""
        found: list[Claimed] = []
        for number, made in enumerate(all_of_them):
            server_zone = ZONES[made.server % len(ZONES)]
            async with self.database.writing(made.server) as store:
                await store.settings.save(GuildSettings(timezone=server_zone))
                draft = schedule(
                    Cadence(days_of(made.rule), made.at),
                    name=str(number),
                    task=AlertTask(None, None),
                    zone=None if made.zone == server_zone else made.zone,
                )
                entry = planned(draft, ZoneInfo(made.zone), START)
                found.append(Claimed(made.server, await store.schedules.create(entry)))
        return found

    async def live(self, times: Sequence[Outage]) -> None:
        """Do what is due, as it comes due, until the year is over."""
        while (wake_at := await self.database.queue.earliest()) is not None and wake_at <= END:
            self.now = max(self.now, wake_at)
            outage = next((one for one in times if one.start <= self.now < one.end), None)
            if outage is not None and outage.kind == DOWN:
                self.now = outage.end
            self.discord.up = outage is None or outage.kind == DOWN
            claimed = await self.database.queue.claim(CLAIM, now=self.now, until=self.now + LEASE, limit=64)
            for one in claimed:
                worked = await self.deliveries.work(one, CLAIM)
                self.steps[worked.step] += 1


async def test_a_year_of_ten_thousand_schedules() -> None:
    draw = Random(2026)  # noqa: S311 - no secret
    all_of_them, times = made_by(draw), outages(draw)
    year = Year(draw)
    keys = await year.make(all_of_them)
    began = clocks.perf_counter()
    await year.live(times)
    seconds = clocks.perf_counter() - began

    posted: dict[Claimed, list[datetime]] = {key: [] for key in keys}
    late: dict[Claimed, set[datetime]] = {key: set() for key in keys}
    for post in year.discord.posts:
        key = Claimed(post.guild_id, post.schedule.id)
        posted[key].append(post.run.at)
        if post.late:
            late[key].add(post.run.at)
    missed = Counter(Claimed(told.guild_id, told.schedule.id) for told in year.discord.told)
    due = {key: instants(one.rule, one.at, one.zone) for key, one in zip(keys, all_of_them, strict=True)}
    wanted = {key: expected(runs, times) for key, runs in due.items()}

    assert {key: wanted[key].posted for key in keys} == posted
    assert all(wanted[key].late <= late[key] for key in keys)
    assert {key: len(one.missed) for key, one in wanted.items() if one.missed} == missed
    assert all(told.notice.kind is NoticeKind.MISSED for told in year.discord.told)
    references = {post.reference for post in year.discord.posts}
    assert len(references) == len(year.discord.posts) == year.steps[Step.POSTED]

    runs = sum(map(len, due.values()))
    collapsed = runs - len(references) - sum(missed.values())
    assert min(collapsed, sum(missed.values()), year.steps[Step.POSTPONED]) > 100, "the outages matter"
    print(  # noqa: T201 - `pytest -s` shows what was counted
        f"\n{SCHEDULES:,} schedules, {runs:,} runs due, {len(references):,} posted once each, "
        f"{sum(map(len, late.values())):,} of them late, {collapsed:,} made up for by a later one, "
        f"{sum(missed.values()):,} missed and told, {year.steps[Step.POSTPONED]:,} tries put off, "
        f"{len(times)} outages; {seconds:.1f} s"
    )
