"""One server never sees or touches another's rows, by any method of any repository."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from planning.estimates.values import ModelVersion
from planning.import_jobs import ImportJob
from planning.lists import ListAction, ListEvent, ListPick, NamedList, Vote
from planning.merges import Merge
from planning.merging import Held
from planning.platform import Platform
from planning.posts import Post
from planning.records import AccountFilter, FittedModel, Pending
from planning.results import Result
from planning.scheduling.runs import Ended, Outcome
from planning.scheduling.schedules import Run
from planning.settings import GuildSettings
from planning.shortlists import Pick, ShortlistQuery, Tag
from storage.database import SqlDatabase
from storage.repositories.accounts import SqlAccounts
from storage.repositories.audit import SqlAudit
from storage.repositories.import_jobs import SqlImportJobs
from storage.repositories.influencers import SqlInfluencers
from storage.repositories.lists import SqlLists
from storage.repositories.mappings import SqlMappings
from storage.repositories.merges import SqlMerges
from storage.repositories.models import SqlModels
from storage.repositories.niches import SqlNiches
from storage.repositories.pending import SqlPending
from storage.repositories.plans import SqlPlans
from storage.repositories.posts import SqlPosts
from storage.repositories.results import SqlResults
from storage.repositories.schedules import SqlSchedules
from storage.repositories.settings import SqlSettings
from storage.repositories.shortlists import SqlShortlists
from storage.store import SqlStore
from tests.planning.scheduling.made import schedule
from tests.storage.rosters import ACTOR, ANNA, BEN, GUILD, NOW, OTHER_GUILD, add, addition, edit, entry

PENDING = Pending("token", "import", ACTOR, NOW, b"\0bytes")
JOB = ImportJob("token", "roster.csv", ACTOR, None, created_at=NOW, wake_at=NOW)


POST = Post(NOW, likes=5, reach=70)
PICK = Pick(replace(ANNA, id=1), 7, 0, "food")
RESULT = Result("abcdefgh", NOW, ShortlistQuery("food", tags=(Tag("food"),)), (PICK,))
AUTUMN = NamedList(0, "Autumn", NOW, ACTOR, "abcdefgh")
LIST_PICK = ListPick(PICK, 0, NOW, ACTOR)
VOTE = Vote(1, ACTOR, up=True)
EVENT = ListEvent(NOW, ACTOR, ListAction.SAVED)
GREENS = replace(schedule(name="Greens"), wake_at=NOW)
ENDED = Ended(Run(NOW), NOW, Outcome.POSTED, "reference", 7)
MERGE = Merge(NOW, Held(replace(ANNA, id=1)), Held(replace(BEN, id=9)))
MODEL = FittedModel(ModelVersion(1, 4), NOW, 7, "{}")


async def stream(store: SqlStore) -> object:
    return [account async for account in store.accounts.stream()]


async def stream_posts(store: SqlStore) -> object:
    return [post async for post in store.posts.stream()]


def with_list(write: Callable[[SqlStore], Awaitable[object]]) -> Callable[[SqlStore], Awaitable[object]]:
    async def both(store: SqlStore) -> None:
        await store.lists.create(AUTUMN)
        await store.lists.save_pick(1, LIST_PICK)
        await write(store)

    return both


def with_schedule(write: Callable[[SqlStore], Awaitable[object]]) -> Callable[[SqlStore], Awaitable[object]]:
    async def both(store: SqlStore) -> None:
        assert await store.schedules.create(GREENS) == 1
        await write(store)

    return both


READS: dict[str, Callable[[SqlStore], Awaitable[object]]] = {
    "SqlSettings.load": lambda s: s.settings.load(),
    "SqlAccounts.get": lambda s: s.accounts.get(1),
    "SqlAccounts.find": lambda s: s.accounts.find(*ANNA.key),
    "SqlAccounts.list_by_handle": lambda s: s.accounts.list_by_handle(ANNA.handle),
    "SqlAccounts.list_by_keys": lambda s: s.accounts.list_by_keys([ANNA.key, BEN.key]),
    "SqlAccounts.list_page": lambda s: s.accounts.list_page(AccountFilter(niches=("food",)), offset=0, limit=9),
    "SqlAccounts.count": lambda s: s.accounts.count(),
    "SqlAccounts.count_between": lambda s: s.accounts.count_between([5_000]),
    "SqlAccounts.search": lambda s: s.accounts.search("bak", limit=9),
    "SqlAccounts.stream": stream,
    "SqlAccounts.list_snapshots": lambda s: s.accounts.list_snapshots(1),
    "SqlAccounts.list_snapshots_of": lambda s: s.accounts.list_snapshots_of([1, 2]),
    "SqlAccounts.list_by_ids": lambda s: s.accounts.list_by_ids([1, 2]),
    "SqlAccounts.list_after": lambda s: s.accounts.list_after(0, limit=9),
    "SqlAccounts.list_best": lambda s: s.accounts.list_best(AccountFilter(niches=("food",), priced=True), limit=9),
    "SqlAccounts.count_peers": lambda s: s.accounts.count_peers(Platform.INSTAGRAM, (0, None)),
    "SqlAccounts.list_peers": lambda s: s.accounts.list_peers(Platform.INSTAGRAM, (0, None), every=1),
    "SqlPosts.list_newest": lambda s: s.posts.list_newest(1),
    "SqlPosts.list_numbered": lambda s: s.posts.list_numbered(1),
    "SqlPosts.count": lambda s: s.posts.count(1),
    "SqlPosts.list_newest_of": lambda s: s.posts.list_newest_of([1, 2], limit=5),
    "SqlPosts.stream": stream_posts,
    "SqlModels.load": lambda s: s.models.load(),
    "SqlModels.trail": lambda s: s.models.trail(),
    "SqlNiches.list_counts": lambda s: s.niches.list_counts(),
    "SqlNiches.list_meanings": lambda s: s.niches.list_meanings("recipe"),
    "SqlNiches.list_aliases": lambda s: s.niches.list_aliases(),
    "SqlShortlists.best": lambda s: s.shortlists.best(ShortlistQuery("food", tags=(Tag("food"),))),
    "SqlResults.has": lambda s: s.results.has("abcdefgh"),
    "SqlResults.find": lambda s: s.results.find("abcdefgh"),
    "SqlResults.list_newest": lambda s: s.results.list_newest(containing="", limit=9),
    "SqlLists.get": lambda s: s.lists.get(1),
    "SqlLists.find": lambda s: s.lists.find("autumn"),
    "SqlLists.list_all": lambda s: s.lists.list_all(limit=9),
    "SqlLists.count": lambda s: s.lists.count(),
    "SqlLists.list_picks": lambda s: s.lists.list_picks(1),
    "SqlLists.find_pick": lambda s: s.lists.find_pick(1, 1),
    "SqlLists.list_picks_of": lambda s: s.lists.list_picks_of(1),
    "SqlInfluencers.list_linked": lambda s: s.influencers.list_linked(1),
    "SqlInfluencers.list_influencers": lambda s: s.influencers.list_influencers(),
    "SqlInfluencers.list_influencers_of": lambda s: s.influencers.list_influencers_of([1, 2]),
    "SqlInfluencers.list_identities": lambda s: s.influencers.list_identities(),
    "SqlInfluencers.list_distinct": lambda s: s.influencers.list_distinct(),
    "SqlMerges.list_heads": lambda s: s.merges.list_heads(),
    "SqlMerges.find": lambda s: s.merges.find(1, 9),
    "SqlLists.list_votes": lambda s: s.lists.list_votes(1),
    "SqlLists.list_events": lambda s: s.lists.list_events(1, limit=9),
    "SqlShortlists.near_misses": lambda s: s.shortlists.near_misses(
        ShortlistQuery("food", country="XX", tags=(Tag("food"),)), down_to=None, limit=3
    ),
    "SqlShortlists.left_out": lambda s: s.shortlists.left_out(
        ShortlistQuery("food", country="XX", tags=(Tag("food"),)), down_to=None
    ),
    "SqlAudit.list_for_account": lambda s: s.audit.list_for_account(1, limit=9),
    "SqlAudit.list_for_handle": lambda s: s.audit.list_for_handle("gone", limit=9),
    "SqlSchedules.get": lambda s: s.schedules.get(1),
    "SqlSchedules.find": lambda s: s.schedules.find("greens"),
    "SqlSchedules.list_all": lambda s: s.schedules.list_all(),
    "SqlSchedules.count": lambda s: s.schedules.count(),
    "SqlSchedules.list_runs": lambda s: s.schedules.list_runs(1, limit=9),
    "SqlSchedules.list_last_runs": lambda s: s.schedules.list_last_runs(),
    "SqlSchedules.list_followers_changes": lambda s: s.schedules.list_followers_changes(0, 99, account_ids=[1]),
    "SqlSchedules.list_members": lambda s: s.schedules.list_members(niches=["food"], account_ids=[1, 2]),
    "SqlPending.find": lambda s: s.pending.find("token"),
    "SqlImportJobs.get": lambda s: s.import_jobs.get("token"),
    "SqlImportJobs.find_file": lambda s: s.import_jobs.find_file("token"),
    "SqlMappings.find": lambda s: s.mappings.find("headers"),
    "SqlPlans.find": lambda s: s.plans.find("token"),
}
WRITES: dict[str, Callable[[SqlStore], Awaitable[object]]] = {
    # These name a list, which the other server must have: their keys lead to it.
    "SqlLists.save_pick": with_list(lambda s: s.lists.save_pick(1, LIST_PICK)),
    "SqlLists.save_vote": with_list(lambda s: s.lists.save_vote(1, VOTE)),
    "SqlLists.remove_vote": lambda s: s.lists.remove_vote(1, VOTE),
    "SqlLists.append_event": with_list(lambda s: s.lists.append_event(1, EVENT)),
    "SqlSchedules.create": lambda s: s.schedules.create(replace(GREENS, name="Others")),
    "SqlSchedules.save": lambda s: s.schedules.save(replace(GREENS, id=1, name="Others")),
    "SqlSchedules.remove": lambda s: s.schedules.remove(1),
    "SqlSchedules.end": with_schedule(lambda s: s.schedules.end(1, replace(ENDED, message_id=8))),
    "SqlSettings.save": lambda s: s.settings.save(GuildSettings(currency="XXX")),
    "SqlAccounts.write": lambda s: s.accounts.write([addition(replace(ANNA, followers=1))]),
    "SqlAccounts.remove_snapshots": lambda s: s.accounts.remove_snapshots(1, [NOW]),
    "SqlInfluencers.link": lambda s: s.influencers.link([[1], [2]]),
    "SqlInfluencers.join": lambda s: s.influencers.join([(1, 9), (2, 9)]),
    "SqlInfluencers.unlink": lambda s: s.influencers.unlink([1, 2]),
    "SqlInfluencers.keep_distinct": lambda s: s.influencers.keep_distinct((1, 7), said_by=ACTOR),
    "SqlMerges.keep": lambda s: s.merges.keep(replace(MERGE, other=Held(replace(BEN, id=8)))),
    "SqlMerges.forget": lambda s: s.merges.forget(1, 9),
    "SqlAccounts.remove": lambda s: s.accounts.remove(replace(ANNA, id=1), entry()),
    "SqlAccounts.update_estimates": lambda s: s.accounts.update_estimates([replace(ANNA, id=1, estimate=None)]),
    "SqlPosts.write": lambda s: s.posts.write(1, [(0, POST)]),
    "SqlPosts.remove": lambda s: s.posts.remove(1, [(NOW, 0)]),
    "SqlModels.save": lambda s: s.models.save(MODEL),
    "SqlNiches.save_meanings": lambda s: s.niches.save_meanings("recipe", {"food": b"other"}),
    "SqlNiches.save_alias": lambda s: s.niches.save_alias("eten", "family"),
    "SqlNiches.forget_alias": lambda s: s.niches.forget_alias("eten"),
    "SqlAudit.append": lambda s: s.audit.append(entry()),
    "SqlMappings.save": lambda s: s.mappings.save("headers", '{"0":null}'),
    "SqlPlans.keep": lambda s: s.plans.keep("token", "another query"),
    "SqlImportJobs.create": lambda s: s.import_jobs.create(JOB, b"another"),
    "SqlImportJobs.save": lambda s: s.import_jobs.save(replace(JOB, done=7), held=None),
    "SqlImportJobs.cancel": lambda s: s.import_jobs.cancel("token", now=NOW),
    "SqlImportJobs.remove": lambda s: s.import_jobs.remove("token"),
    "SqlPending.put": lambda s: s.pending.put(PENDING),
    "SqlResults.keep": lambda s: s.results.keep(replace(RESULT, made_at=NOW + timedelta(days=9))),
    "SqlResults.purge": lambda s: s.results.purge(before=NOW + timedelta(days=1)),
    "SqlLists.create": lambda s: s.lists.create(replace(AUTUMN, name="Another")),
    "SqlLists.rename": lambda s: s.lists.rename(1, "Winter"),
    "SqlLists.remove_pick": lambda s: s.lists.remove_pick(1, 1),
    "SqlLists.delete": lambda s: s.lists.delete(1),
    "SqlPending.take": lambda s: s.pending.take("token", author_id=ACTOR),
    "SqlPending.purge": lambda s: s.pending.purge(before=NOW + timedelta(days=1)),
}


async def fill(database: SqlDatabase) -> None:
    await add(database, ANNA, BEN, replace(BEN, handle="gone"), guild=OTHER_GUILD)
    async with database.writing(OTHER_GUILD) as store:
        gone = await store.accounts.get(3)
        assert gone is not None
        await store.accounts.remove(gone, entry())
        await store.settings.save(GuildSettings(currency="USD"))
        await store.posts.write(1, [(0, POST)])
        await store.models.save(MODEL)
        await store.niches.save_meanings("recipe", {"food": b"vector"})
        await store.niches.save_alias("eten", "food")
        await store.pending.put(PENDING)
        await store.import_jobs.create(JOB, b"file")
        await store.plans.keep("token", "query")
        await store.schedules.create(GREENS)
        await store.schedules.end(1, ENDED)
        await store.audit.append(replace(entry(followers=2), before={"followers": 1}, account_id=1))
        await store.mappings.save("headers", "{}")
        await store.results.keep(RESULT)
        await store.lists.create(AUTUMN)
        await store.lists.save_pick(1, LIST_PICK)
        await store.lists.save_vote(1, VOTE)
        await store.lists.append_event(1, EVENT)
        await store.influencers.link([[1, 2]])
        await store.influencers.keep_distinct((1, 2), said_by=ACTOR)
        await store.merges.keep(MERGE)


async def look(database: SqlDatabase, guild: int) -> dict[str, object]:
    async with database.reading(guild) as store:
        return {name: await read(store) for name, read in READS.items()}


def test_every_method_is_here() -> None:
    repositories = (
        SqlSettings,
        SqlAccounts,
        SqlPosts,
        SqlModels,
        SqlNiches,
        SqlShortlists,
        SqlAudit,
        SqlPending,
        SqlPlans,
        SqlMappings,
        SqlImportJobs,
        SqlResults,
        SqlLists,
        SqlSchedules,
        SqlInfluencers,
        SqlMerges,
    )
    methods = {
        f"{repository.__name__}.{name}"
        for repository in repositories
        for name in vars(repository)
        if not name.startswith("_")
    }
    # What only the accounts' repository calls, inside its own write.
    methods -= {"SqlNiches.resolve", "SqlNiches.count_up", "SqlAudit.append_all"}
    assert methods == READS.keys() | WRITES.keys()


async def test_nothing_of_another_guild_is_read(database: SqlDatabase) -> None:
    empty = await look(database, GUILD)
    await fill(database)
    assert await look(database, GUILD) == empty  # a guild without a row
    async with database.writing(GUILD):
        pass
    assert await look(database, GUILD) == empty  # and with one
    full = await look(database, OTHER_GUILD)
    assert [name for name in READS if full[name] == empty[name]] == []


@pytest.mark.parametrize("name", WRITES)
async def test_nothing_of_another_guild_is_touched(database: SqlDatabase, name: str) -> None:
    await fill(database)
    await add(database, replace(ANNA, handle="mine"))
    before = await look(database, OTHER_GUILD)
    async with database.writing(GUILD) as store:
        await WRITES[name](store)
    assert await look(database, OTHER_GUILD) == before


async def test_an_edit_with_anothers_id_changes_only_ones_own(database: SqlDatabase) -> None:
    await fill(database)
    mine = (await add(database, ANNA))[0]
    before = await look(database, OTHER_GUILD)
    async with database.writing(GUILD) as store:
        await store.accounts.write([edit(mine, followers=1, niches=("other",))])
    assert await look(database, OTHER_GUILD) == before
