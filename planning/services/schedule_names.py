"""What schedules are called: each by a name of its own, and no more of them than a server may have."""

from planning.errors import InvalidValue
from planning.names import parse_title
from planning.ports import Store
from planning.reasons import Reason
from planning.scheduling.schedules import MAX_SCHEDULE_NAME, MOST_SCHEDULES, Schedule, ShortlistTask


async def must_have_room(store: Store) -> None:
    """Raises `InvalidValue` (TOO_MANY_SCHEDULES)."""
    if await store.schedules.count() >= MOST_SCHEDULES:
        raise InvalidValue("schedule", "", Reason.TOO_MANY_SCHEDULES)


async def must_be_free(store: Store, name: str) -> None:
    """Raises `InvalidValue` (SCHEDULE_NAME_TAKEN)."""
    if await store.schedules.find(name) is not None:
        raise InvalidValue("schedule", name, Reason.SCHEDULE_NAME_TAKEN)


async def free_name(store: Store, draft: Schedule) -> str:
    """The name that was given, or that of the niche or list, with a number where that is taken."""
    if draft.name:
        name = parse_title("schedule", draft.name, MAX_SCHEDULE_NAME)
        await must_be_free(store, name)
        return name
    plain = (await _subject(store, draft))[: MAX_SCHEDULE_NAME - 4].strip()
    number, name = 1, plain
    while await store.schedules.find(name) is not None:
        number += 1
        name = f"{plain} {number}"
    return name


async def _subject(store: Store, draft: Schedule) -> str:
    if isinstance(draft.task, ShortlistTask):
        return draft.task.query.niche
    if draft.task.niche is not None:
        return draft.task.niche
    entry = await store.lists.get(draft.task.list_id or 0)
    return entry.name if entry else "list"


async def renamed(store: Store, before: Schedule, new_name: str) -> str:
    """Another name for a schedule. Raises `InvalidValue` (SCHEDULE_NAME_TAKEN, NOT_A_LIST_NAME)."""
    name = parse_title("schedule", new_name, MAX_SCHEDULE_NAME)
    other = await store.schedules.find(name)
    if other is not None and other.id != before.id:
        raise InvalidValue("schedule", name, Reason.SCHEDULE_NAME_TAKEN)
    return name
