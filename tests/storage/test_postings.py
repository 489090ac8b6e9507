from collections import Counter
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.sql import ClauseElement

from planning.accounts import Account, Engagement, Reach
from planning.estimates.values import Estimate, ModelVersion
from planning.flags import FlagReason
from planning.money import Money
from planning.platform import Platform
from planning.ranking import RankingGoal, Scores, scores, shift
from planning.records import NicheCount
from planning.shortlists import Filter, LeftOut, NearMiss, Pick, ShortlistQuery, Tag
from storage.database import SqlDatabase
from storage.engine import create_engines
from storage.repositories import account_writes, shortlists
from storage.repositories.posting_terms import Shape
from tests.databases import execute
from tests.storage.rosters import ANNA, BEN, GUILD, NOW, add, addition, edit, entry, write

NICHES = ("food", "family", "gaming")
GUILDS = count(1_200_000_000_000_000_000)

accounts = st.builds(
    Account,
    platform=st.sampled_from([Platform.INSTAGRAM, Platform.TIKTOK]),
    handle=st.sampled_from(["a", "b", "c", "d", "e", "f"]),
    followers=st.sampled_from([0, 999, 1_000, 4_999, 5_000, 70_000]),
    followers_at=st.just(NOW),
    country=st.sampled_from([None, "NL", "BE"]),
    language=st.sampled_from([None, "nl", "fr"]),
    price=st.none() | st.builds(Money, st.sampled_from([0, 100, 5_000]), st.sampled_from(["EUR", "USD", "SEK"])),
    estimate=st.sampled_from(
        [None, *(Estimate(0.05, low, 0.07, ModelVersion(1, 0), 0.04) for low in (1e-8, 0.03, 0.031))]
    ),
    niches=st.lists(st.sampled_from(NICHES), unique=True, max_size=3).map(tuple),
    engagement=st.sampled_from([Engagement(), Engagement(views=0), Engagement(likes=5, views=800)]),
    reach=st.sampled_from([None, Reach(0.5, 1), Reach(2_000, 9)]),
    flags=st.sampled_from([(), (FlagReason.RATE_ABOVE,), (FlagReason.CONSTANT_LIKES, FlagReason.HIDDEN_LIKES)]),
)
queries = st.builds(
    ShortlistQuery,
    niche=st.just("anything"),
    tags=st.lists(
        st.builds(Tag, st.sampled_from([*NICHES, "unheard of"]), st.sampled_from([1.0, 0.801, 0.7])),
        unique_by=lambda tag: tag.name,
        max_size=4,
    ).map(tuple),
    followers=st.sampled_from([(0, None), (1_000, 5_000), (5_000, None)]),
    platform=st.sampled_from([None, Platform.TIKTOK]),
    country=st.sampled_from([None, "NL"]),
    language=st.sampled_from([None, "nl"]),
    max_price_minor=st.sampled_from([None, 100]),
    currency=st.sampled_from(["EUR", "USD"]),
    offset=st.sampled_from([0, 1]),
    limit=st.sampled_from([1, 25]),
    goal=st.sampled_from(RankingGoal),
    worths=st.sampled_from([(), (("GBP", 1.2), ("CHF", 0.9)), (("SEK", 0.09),)]),
)


def rank(account: Account, query: ShortlistQuery) -> tuple[int, int, int]:
    return best_tag(account, query)[0], account.followers, account.id


def best_tag(account: Account, query: ShortlistQuery) -> tuple[int, Tag]:
    """The account's weighted score by the tag that serves it best, and that tag: the first of equals."""
    found = [
        (points + (shift(tag.weight) if len(query.tags) > 1 else 0), -place, tag)
        for place, tag in enumerate(query.tags)
        if tag.name in account.niches and (points := score(account, account.niches.index(tag.name), query)) is not None
    ]
    best, _, tag = max(found, key=lambda one: one[:2])
    return best, tag


def score(account: Account, position: int, query: ShortlistQuery) -> int | None:
    found: int | None = getattr(scores(account)[position], query.goal)
    if query.goal is not RankingGoal.VALUE or found is None:
        return found
    assert account.price is not None
    worth = dict(query.comparable).get(account.price.currency)
    return None if worth is None else found - shift(worth)


def ranked(account: Account, query: ShortlistQuery) -> bool:
    return any(score(account, position, query) is not None for position in range(len(account.niches)))


def carries(account: Account, query: ShortlistQuery) -> bool:
    return any(tag.name in account.niches for tag in query.tags)


def failed(account: Account, query: ShortlistQuery) -> Filter | None:
    low, high = query.followers
    price = account.price if account.price and account.price.currency == query.currency else None
    failures = {
        Filter.TIER: account.followers < low or (high is not None and account.followers >= high),
        Filter.PLATFORM: query.platform is not None and account.platform is not query.platform,
        Filter.COUNTRY: query.country is not None and account.country != query.country,
        Filter.LANGUAGE: query.language is not None and account.language != query.language,
        Filter.NO_PRICE: query.max_price_minor is not None and price is None,
        Filter.PRICE: query.max_price_minor is not None and price is not None and price.minor > query.max_price_minor,
    }
    reason = next((reason for reason, missed in failures.items() if missed), None)
    if ranked(account, query):
        return reason
    return Filter.NO_FIGURE if reason is None else None


def expected_picks(roster: list[Account], query: ShortlistQuery) -> list[Pick]:
    passing = [account for account in in_order(roster, query) if failed(account, query) is None]
    return [as_pick(account, query) for account in passing[query.offset : query.offset + query.limit]]


def in_order(roster: list[Account], query: ShortlistQuery) -> list[Account]:
    wanted = [account for account in roster if carries(account, query) and ranked(account, query)]
    return sorted(wanted, key=lambda account: rank(account, query), reverse=True)


def as_pick(account: Account, query: ShortlistQuery) -> Pick:
    points, tag = best_tag(account, query)
    return Pick(account, points, account.niches.index(tag.name), tag.name)


def expected_near(roster: list[Account], query: ShortlistQuery, down_to: Pick | None) -> list[NearMiss]:
    return [
        NearMiss(as_pick(account, query), reason)
        for account in in_order(roster, query)
        if (reason := failed(account, query))
        and (down_to is None or rank(account, query) > rank(down_to.account, query))
    ][:3]


def expected_left_out(roster: list[Account], query: ShortlistQuery, down_to: Pick | None) -> list[LeftOut]:
    above = [
        account
        for account in roster
        if carries(account, query)
        and (not ranked(account, query) or down_to is None or rank(account, query) > rank(down_to.account, query))
    ]
    counts = Counter(reason for account in above if (reason := failed(account, query)))
    return [LeftOut(reason, counts[reason]) for reason in Filter if counts[reason]]


async def assert_lists_are_right(database: SqlDatabase, guild: int, wanted: list[ShortlistQuery]) -> None:
    async with database.reading(guild) as store:
        roster = [account async for batch in store.accounts.stream() for account in batch]
        for query in wanted:
            picks = await store.shortlists.best(query)
            assert picks == expected_picks(roster, query)
            for down_to in (None, *picks[-1:]):
                found = await store.shortlists.left_out(query, down_to=down_to)
                assert found == expected_left_out(roster, query, down_to)
                near = await store.shortlists.near_misses(query, down_to=down_to, limit=3)
                assert near == expected_near(roster, query, down_to)
        counts = Counter(niche for account in roster for niche in account.niches)
        expected = sorted((NicheCount(*pair) for pair in counts.items()), key=lambda c: (-c.accounts, c.name))
        assert await store.niches.list_counts() == expected


# The database is shared by the examples of one test: each has a guild of its own.
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.lists(accounts, min_size=1, max_size=4, unique_by=lambda a: a.key), max_size=5),
    removed=st.sets(st.sampled_from(["a", "b", "c"])),
    wanted=st.lists(queries, min_size=1, max_size=6),
)
async def test_posting_lists_follow_every_write(
    database: SqlDatabase, steps: list[list[Account]], removed: set[str], wanted: list[ShortlistQuery]
) -> None:
    guild = next(GUILDS)
    for step in steps:
        async with database.writing(guild) as store:
            known = await store.accounts.list_by_keys([account.key for account in step])
            await store.accounts.write(
                [
                    replace(addition(account), before=known.get(account.key), snapshots=(), after=account)
                    for account in step
                ]
            )
    await assert_lists_are_right(database, guild, wanted)
    async with database.writing(guild) as store:
        for handle in sorted(removed):
            for account in await store.accounts.list_by_handle(handle):
                await store.accounts.remove(account, entry())
    await assert_lists_are_right(database, guild, wanted)


async def test_a_posting_is_found_again_after_the_formula_changed(
    database: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = [Scores(7 + n, 1, None, 2) for n in range(9)]
    monkeypatch.setattr("storage.rows.scores", lambda account: old[: len(account.niches)])
    anna, ben = await add(database, ANNA, BEN)
    monkeypatch.undo()
    await write(database, [edit(anna, followers=9_000)])
    async with database.writing(GUILD) as store:
        await store.accounts.remove(ben, entry())
    await assert_lists_are_right(
        database, GUILD, [ShortlistQuery(name, tags=(Tag(name),)) for name in ("food", "gaming")]
    )


async def test_a_niche_out_of_use_is_not_listed_and_comes_back(database: SqlDatabase) -> None:
    anna = (await add(database, ANNA))[0]
    changed = (await write(database, [edit(anna, niches=("travel",))]))[0]
    async with database.reading(GUILD) as store:
        assert await store.niches.list_counts() == [NicheCount("travel", 1)]
    await write(database, [edit(changed, niches=("food", "travel"))])
    async with database.reading(GUILD) as store:
        assert await store.niches.list_counts() == [NicheCount("food", 1), NicheCount("travel", 1)]


async def test_niches_by_count_name_and_part(database: SqlDatabase) -> None:
    roster = [("food", "100% raw"), ("food", "street_food"), ("é food",)]
    await add(database, *(replace(ANNA, handle=f"h{n}", niches=niches) for n, niches in enumerate(roster)))
    async with database.reading(GUILD) as store:
        names = [niche.name for niche in await store.niches.list_counts()]
        assert names == ["food", "100% raw", "street_food", "é food"]
        assert await store.niches.list_counts(limit=1) == [NicheCount("food", 2)]
        for part, found in [("FOOD", 3), ("%", 1), ("_", 1), ("É", 1), ("\\", 0), ("'", 0)]:
            assert len(await store.niches.list_counts(containing=part)) == found, part


async def explain(url: str, statement: ClauseElement, *, explain: str, **values: object) -> list[str]:
    """The plan's steps for this statement, every parameter that is not named being null."""
    engines = create_engines(url)
    async with engines.write.connect() as connection:
        compiled = statement.compile(dialect=connection.dialect)
        wanted = tuple(values.get(key) for key in getattr(compiled, "positiontup", ()))
        plan = await connection.exec_driver_sql(f"{explain} {compiled}", wanted)
        steps = [str(row[-1]) for row in plan]
    await engines.dispose()
    return steps


PICKED = shortlists._picked(Shape(RankingGoal.ENGAGEMENT, 1, 0))
PAGE = {"guild_id": 1, "tag_0": "food", "low": 0, "high": 10_000, "currency": "EUR", "limit": 25, "offset": 0}


async def test_a_shortlist_reads_its_list_backwards_without_sorting_it(sqlite_url: str) -> None:
    steps = await explain(sqlite_url, PICKED, explain="EXPLAIN QUERY PLAN", **PAGE)
    assert steps[0] == "SEARCH niche_posting USING PRIMARY KEY (guild_id=? AND niche_id=?)"
    assert not any("TEMP B-TREE" in step for step in steps), steps


async def test_a_posting_is_deleted_by_its_key_not_by_a_scan(sqlite_url: str) -> None:
    steps = await explain(
        sqlite_url, account_writes._DELETE_POSTINGS, explain="EXPLAIN QUERY PLAN", of_guild=1, of_account=1
    )
    key = "(guild_id=? AND niche_id=? AND score=? AND followers=? AND account_id=?)"
    assert f"SEARCH niche_posting USING PRIMARY KEY {key}" in steps


async def test_a_shortlist_on_postgresql_uses_the_covering_key(
    postgresql_url: str, postgresql_database: SqlDatabase
) -> None:
    await add(postgresql_database, *(replace(ANNA, handle=f"h{n}", followers=n) for n in range(3_000)))
    await execute(postgresql_url, "ANALYZE")
    steps = await explain(postgresql_url, PICKED, explain="EXPLAIN", **PAGE)
    assert any("Scan Backward using pk_niche_posting" in step for step in steps), steps
    assert not any("Sort" in step for step in steps), steps
