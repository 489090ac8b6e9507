"""What `/schedule edit` changes, from its options."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from discord import app_commands

from cogs.kit.options import find_tier
from cogs.shortlist.asking import asked_niche
from planning.cadence.phrases import When
from planning.countries import parse_country
from planning.errors import InvalidValue
from planning.languages import parse_language
from planning.money import parse_price
from planning.platform import Platform
from planning.ranking import RankingGoal
from planning.reasons import Reason
from planning.scheduling.schedules import AlertTask, Schedule, ShortlistTask, Unchanged
from planning.settings import GuildSettings

CLEARABLE = [
    app_commands.Choice(name="mention", value="mention"),
    app_commands.Choice(name="platform", value="platform"),
    app_commands.Choice(name="country", value="country"),
    app_commands.Choice(name="language", value="language"),
    app_commands.Choice(name="max_price", value="max_price"),
]
WHEN_UNCHANGED = [
    app_commands.Choice(name="one line", value="line"),
    app_commands.Choice(name="nothing", value="nothing"),
]

_CLEARED: dict[str, dict[str, Any]] = {
    "platform": {"platform": None},
    "country": {"country": None},
    "language": {"language": None},
    "max_price": {"max_price_minor": None},
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options as they were given; None: as it was."""

    niche: str | None = None
    list_id: int | None = None
    tier: str | None = None
    size: int | None = None
    platform: str | None = None
    country: str | None = None
    language: str | None = None
    max_price: str | None = None
    goal: str | None = None
    jump: int | None = None
    older_than: int | None = None
    clear: str | None = None
    if_unchanged: str | None = None
    grace: int | None = None


def changing(
    wanted: Wanted, settings: GuildSettings, when: When | None, channel_id: int | None, role_id: int | None
) -> Callable[[Schedule], Schedule]:
    """What makes of a schedule the one that is wanted. It raises `InvalidValue`."""

    def change(schedule: Schedule) -> Schedule:
        task = schedule.task
        made = _shortlist(task, wanted, settings) if isinstance(task, ShortlistTask) else _alert(task, wanted)
        schedule = replace(schedule, task=made)
        if when is not None:
            schedule = replace(schedule, cadence=when.cadence, zone=when.zone_name)
        if channel_id is not None:
            schedule = replace(schedule, channel_id=channel_id)
        if role_id is not None:
            schedule = replace(schedule, mention_role_id=role_id)
        if wanted.clear == "mention":
            schedule = replace(schedule, mention_role_id=None)
        if wanted.if_unchanged is not None:
            schedule = replace(schedule, unchanged=Unchanged[wanted.if_unchanged.upper()])
        return schedule if wanted.grace is None else replace(schedule, grace=timedelta(hours=wanted.grace))

    return change


def _shortlist(task: ShortlistTask, wanted: Wanted, settings: GuildSettings) -> ShortlistTask:
    _refuse(wanted, ("list_id", "jump", "older_than"), Reason.NOT_FOR_SHORTLISTS)
    changes: dict[str, Any] = dict(_CLEARED.get(wanted.clear or "", {}))
    tier = task.tier
    if wanted.niche:
        changes["niche"] = asked_niche(wanted.niche)
    if wanted.tier:
        found = find_tier(settings.ladder, wanted.tier)
        tier, changes["followers"] = found.name, (found.low, found.high)
    if wanted.size:
        changes["limit"] = wanted.size
    if wanted.platform:
        changes["platform"] = Platform(wanted.platform)
    if wanted.country:
        changes["country"] = parse_country(wanted.country)
    if wanted.language:
        changes["language"] = parse_language(wanted.language)
    if wanted.max_price:
        price = parse_price(wanted.max_price, settings.currency)
        changes |= {"max_price_minor": price.minor, "currency": price.currency}
    if wanted.goal:
        changes["goal"] = RankingGoal(wanted.goal)
    return ShortlistTask(replace(task.query, **changes), tier)


def _alert(task: AlertTask, wanted: Wanted) -> AlertTask:
    _refuse(
        wanted,
        ("tier", "size", "platform", "country", "language", "max_price", "goal", "if_unchanged"),
        Reason.NOT_FOR_ALERTS,
    )
    if wanted.clear in _CLEARED:
        raise InvalidValue(wanted.clear, "", Reason.NOT_FOR_ALERTS)
    if wanted.niche:
        task = replace(task, niche=asked_niche(wanted.niche), list_id=None)
    if wanted.list_id is not None:
        task = replace(task, niche=None, list_id=wanted.list_id)
    if wanted.jump is not None:
        task = replace(task, jump=wanted.jump / 100)
    return task if wanted.older_than is None else replace(task, older_than=wanted.older_than)


def _refuse(wanted: Wanted, names: tuple[str, ...], reason: Reason) -> None:
    for name in names:
        if getattr(wanted, name) is not None:
            raise InvalidValue(name, str(getattr(wanted, name)), reason)
