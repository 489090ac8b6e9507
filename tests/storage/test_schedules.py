"""Schedules and their queue, as the database keeps them."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from planning.accounts import Account
from planning.audit import Action, AuditEntry, differences
from planning.records import AccountChange
from planning.scheduling.alerts import FollowersChange
from planning.scheduling.ports import Claimed, Health
from planning.scheduling.runs import LATE, Ended, Outcome
from planning.scheduling.schedules import (
    AlertTask,
    Attempt,
    HaltReason,
    Notice,
    NoticeKind,
    Run,
    Schedule,
    Seen,
    Status,
    Unchanged,
)
from storage.database import SqlDatabase
from storage.repositories.schedules import KEPT_RUNS
from tests.planning.scheduling.made import ALERT, DAILY, schedule
from tests.planning.scheduling.memory import MemoryDatabase
from tests.storage.rosters import ANNA, BEN, GUILD, NOW, OTHER_GUILD, add, edit, write

MINUTE = timedelta(minutes=1)
LEASE = timedelta(minutes=4)
FULL = replace(
    schedule(DAILY, name="Grüne Läufer 🥗", task=AlertTask(None, 12, 0.15, 45), zone="Asia/Tokyo"),
    mention_role_id=2**63 - 1,
    channel_id=2**62,
    unchanged=Unchanged.NOTHING,
    grace=timedelta(hours=1),
    status=Status.HALTED,
    next_at=NOW,
    manual_at=NOW + MINUTE,
    wake_at=NOW - MINUTE,
    claim="mine",
    attempts=7,
    attempt=Attempt(Run(NOW, manual=True), 2**62, NOW, Seen(NOW, "abcdefgh", 3)),
    seen=Seen(NOW, "hgfedcba", 2),
    notice=Notice(NoticeKind.HALTED, NOW, HaltReason.REFUSED, "no", 2, told=True),
)


def run(minutes: int, outcome: Outcome = Outcome.POSTED) -> Ended:
    due = NOW + minutes * MINUTE
    return Ended(Run(due), due + MINUTE, outcome, f"run {minutes}", 2**60 + minutes, 1)


@pytest.fixture(params=["sqlite", "postgresql", "memory"])
def kept(request: pytest.FixtureRequest) -> SqlDatabase | MemoryDatabase:
    """Each kind of database in turn, and what stands in for one in tests."""
    return MemoryDatabase() if request.param == "memory" else request.getfixturevalue(f"{request.param}_database")


async def create(database: SqlDatabase | MemoryDatabase, *entries: Schedule, guild: int = GUILD) -> list[Schedule]:
    async with database.writing(guild) as store:
        return [replace(entry, id=await store.schedules.create(entry)) for entry in entries]


async def due(database: SqlDatabase | MemoryDatabase, *wake: datetime | None, guild: int = GUILD) -> list[int]:
    """Schedules that are to be woken at these times; their ids."""
    entries = [replace(schedule(name=f"{guild} {number}"), wake_at=at) for number, at in enumerate(wake)]
    return [made.id for made in await create(database, *entries, guild=guild)]


async def claim(
    database: SqlDatabase | MemoryDatabase, claimer: str = "mine", *, now: datetime = NOW, limit: int = 99
) -> list[Claimed]:
    return await database.queue.claim(claimer, now=now, until=now + LEASE, limit=limit)


class TestRepository:
    @pytest.mark.parametrize("entry", [schedule(name="plain"), schedule(name="Alert", task=ALERT), FULL])
    async def test_what_is_kept_comes_back_the_same(self, kept: SqlDatabase | MemoryDatabase, entry: Schedule):
        [made] = await create(kept, entry)
        async with kept.reading(GUILD) as store:
            assert await store.schedules.get(made.id) == made
            assert await store.schedules.find(entry.name.upper()) == made
            assert await store.schedules.list_all() == [made]
            assert await store.schedules.count() == 1
            assert await store.schedules.get(made.id + 1) is None
            assert await store.schedules.find(entry.name + "x") is None

    async def test_saved_it_is_as_it_is_now(self, kept: SqlDatabase | MemoryDatabase):
        made, other = await create(kept, FULL, schedule(name="other"))
        changed = replace(schedule(name="plain"), id=made.id, wake_at=NOW)
        async with kept.writing(GUILD) as store:
            await store.schedules.save(changed)
            assert await store.schedules.list_all() == [other, changed]

    async def test_what_is_gone_stays_so(self, kept: SqlDatabase | MemoryDatabase):
        [made] = await create(kept, FULL)
        async with kept.writing(GUILD) as store:
            await store.schedules.end(made.id, run(0))
            await store.schedules.remove(made.id)
            await store.schedules.save(made)
            assert await store.schedules.list_all() == []
            assert await store.schedules.list_runs(made.id, limit=9) == []
        [again] = await create(kept, FULL)
        assert again.id > made.id

    async def test_by_name_and_by_a_part_of_it(self, kept: SqlDatabase | MemoryDatabase):
        await create(kept, *(schedule(name=name) for name in ("beta", "Alpha", "50% off", "Ébène", "a_b")))
        async with kept.reading(GUILD) as store:
            assert [one.name for one in await store.schedules.list_all()] == [
                "50% off",
                "a_b",
                "Alpha",
                "beta",
                "Ébène",
            ]
            for text, names in (("%", ["50% off"]), ("_", ["a_b"]), ("ALPH", ["Alpha"]), ("é", ["Ébène"]), ("zz", [])):
                assert [one.name for one in await store.schedules.list_all(containing=text)] == names

    async def test_runs_newest_first(self, kept: SqlDatabase | MemoryDatabase):
        one, other = await create(kept, schedule(name="one"), schedule(name="other"))
        async with kept.writing(GUILD) as store:
            for minutes in (0, 30, 10):
                await store.schedules.end(one.id, run(minutes))
            await store.schedules.end(other.id, run(5, Outcome.MISSED))
            assert await store.schedules.list_runs(one.id, limit=2) == [run(30), run(10)]
            assert await store.schedules.list_last_runs() == {one.id: run(30), other.id: run(5, Outcome.MISSED)}

    async def test_the_same_run_again_takes_its_place(self, kept: SqlDatabase | MemoryDatabase):
        [made] = await create(kept, schedule())
        again = replace(run(0, Outcome.HALTED), at=NOW + 9 * MINUTE, message_id=None, attempts=3)
        async with kept.writing(GUILD) as store:
            await store.schedules.end(made.id, run(0))
            await store.schedules.end(made.id, again)
            assert await store.schedules.list_runs(made.id, limit=9) == [again]

    async def test_old_runs_are_forgotten(self, kept: SqlDatabase | MemoryDatabase):
        one, other = await create(kept, schedule(name="one"), schedule(name="other"))
        later = replace(run(1), at=run(0).at + KEPT_RUNS + MINUTE, reference="later")
        async with kept.writing(GUILD) as store:
            await store.schedules.end(one.id, run(0))
            await store.schedules.end(other.id, run(0))
            await store.schedules.end(one.id, later)
            assert await store.schedules.list_runs(one.id, limit=9) == [later]
            assert await store.schedules.list_runs(other.id, limit=9) == [run(0)]

    async def test_who_carries_a_niche_or_is_named(self, database: SqlDatabase):
        await add(database, ANNA, BEN, replace(BEN, handle="cas", niches=()))
        async with database.reading(GUILD) as store:
            assert await store.schedules.list_members(niches=["food", "gaming"]) == [1, 2]
            assert await store.schedules.list_members(account_ids=[3, 99]) == [3]
            assert await store.schedules.list_members(niches=["food"], account_ids=[1, 3]) == [1, 3]
            assert await store.schedules.list_members() == []

    async def test_changes_of_followers_of_a_part_of_the_trail(self, database: SqlDatabase):
        anna, ben = await add(database, ANNA, BEN)
        async with database.reading(GUILD) as store:
            first = await store.models.trail()
        for before, after in ((anna, 4_000), (ben, 9), (replace(anna, followers=4_000), 5_000)):
            await write(database, [counted(before, after)])
        await write(database, [edit(anna, name="followers")])
        async with database.reading(GUILD) as store:
            end = await store.models.trail()

            async def found(start: int, stop: int) -> list[FollowersChange]:
                return await store.schedules.list_followers_changes(start, stop, niches=["food"], account_ids=[ben.id])

            both = [FollowersChange(anna.id, 3_200, 4_000), FollowersChange(anna.id, 4_000, 5_000)]
            assert await found(first, end) == [*both, FollowersChange(ben.id, 41_000, 9)]
            assert await found(first + 1, first + 2) == [FollowersChange(ben.id, 41_000, 9)]
            assert await found(first, first + 1) == both[:1]
            assert await found(end, end) == []


def counted(before: Account, followers: int) -> AccountChange:
    """The change to so many followers, as the trail has it."""
    after = replace(before, followers=followers)
    was, now = differences(before, after)
    return AccountChange(before, after, (), AuditEntry(NOW, 9, Action.EDITED, was, now))


class TestQueue:
    async def test_longest_waiting_first_and_no_more_than_asked_for(self, kept: SqlDatabase | MemoryDatabase):
        ids = await due(kept, NOW, NOW - 2 * MINUTE, NOW - MINUTE, NOW + MINUTE, None)
        assert {one.schedule_id for one in await claim(kept, limit=2)} == {ids[1], ids[2]}
        assert await claim(kept) == [Claimed(GUILD, ids[0])]
        assert await claim(kept) == []

    async def test_the_claim_is_in_the_schedule(self, kept: SqlDatabase | MemoryDatabase):
        [schedule_id] = await due(kept, NOW)
        await claim(kept, "mine")
        async with kept.reading(GUILD) as store:
            found = await store.schedules.get(schedule_id)
        assert found is not None
        assert (found.claim, found.wake_at) == ("mine", NOW + LEASE)

    async def test_a_claim_ends_and_another_takes_it_over(self, kept: SqlDatabase | MemoryDatabase):
        await due(kept, NOW)
        assert await claim(kept, "first")
        assert await claim(kept, "second", now=NOW + LEASE - MINUTE) == []
        assert await kept.queue.earliest() == NOW + LEASE
        assert len(await claim(kept, "second", now=NOW + LEASE)) == 1

    async def test_many_at_once_take_each_once(self, kept: SqlDatabase | MemoryDatabase):
        for guild in (GUILD, OTHER_GUILD):
            await due(kept, *[NOW] * 60, guild=guild)

        async def take(claimer: str) -> list[Claimed]:
            taken: list[Claimed] = []
            while found := await claim(kept, claimer, limit=7):
                assert len(found) <= 7
                taken += found
            return taken

        taken = [one for part in await asyncio.gather(*(take(f"claimer {n}") for n in range(6))) for one in part]
        assert len(taken) == 120
        assert Counter(taken).most_common(1)[0][1] == 1
        assert Counter(one.guild_id for one in taken) == {GUILD: 60, OTHER_GUILD: 60}

    async def test_two_processes_on_one_postgresql(self, postgresql_url: str):
        processes = [SqlDatabase(postgresql_url) for _ in range(3)]
        await due(processes[0], *[NOW] * 100)

        async def take(database: SqlDatabase, claimer: str) -> list[Claimed]:
            taken: list[Claimed] = []
            while found := await claim(database, claimer, limit=9):
                taken += found
            return taken

        parts = await asyncio.gather(*(take(one, f"process {n}") for n, one in enumerate(processes)))
        taken = [one for part in parts for one in part]
        assert len(taken) == len(set(taken)) == 100
        for one in processes:
            await one.close()

    async def test_nobody_waits_for_a_row_that_another_holds(self, postgresql_database: SqlDatabase):
        """Someone edits one while it is due."""
        held, free = await due(postgresql_database, NOW - MINUTE, NOW)
        async with postgresql_database.writing(GUILD) as store:
            found = await store.schedules.get(held)
            assert found is not None
            await store.schedules.save(found)
            async with asyncio.timeout(2):
                assert await claim(postgresql_database) == [Claimed(GUILD, free)]
        assert await claim(postgresql_database) == [Claimed(GUILD, held)]

    async def test_every_claim_is_given_back(self, kept: SqlDatabase | MemoryDatabase):
        await due(kept, NOW, NOW, NOW + MINUTE)
        await claim(kept)
        assert await kept.queue.release_all(NOW + MINUTE / 2) == 2
        assert await kept.queue.release_all(NOW + MINUTE / 2) == 0
        assert len(await claim(kept, now=NOW + MINUTE / 2)) == 2

    async def test_the_earliest_of_all_servers(self, kept: SqlDatabase | MemoryDatabase):
        assert await kept.queue.earliest() is None
        await due(kept, None)
        assert await kept.queue.earliest() is None
        await due(kept, NOW + MINUTE, NOW + 2 * MINUTE, guild=OTHER_GUILD)
        assert await kept.queue.earliest() == NOW + MINUTE

    async def test_health(self, kept: SqlDatabase | MemoryDatabase):
        assert await kept.queue.health(NOW) == []
        await due(kept, NOW - LATE, NOW - MINUTE, NOW, NOW + MINUTE, None)
        stopped = [replace(schedule(name=status.name), status=status) for status in Status]
        await create(kept, *stopped, guild=OTHER_GUILD)
        assert await kept.queue.health(NOW) == [
            Health(GUILD, schedules=5, due=3, late=1, halted=0, dead=0, oldest=NOW - LATE),
            Health(OTHER_GUILD, schedules=5, due=0, late=0, halted=1, dead=1, oldest=None),
        ]
        await claim(kept, limit=1)
        [home, _] = await kept.queue.health(NOW)
        assert (home.due, home.late, home.oldest) == (2, 0, NOW - MINUTE), "somebody is at the other"
