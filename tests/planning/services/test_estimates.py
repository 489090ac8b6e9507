"""Estimates of a roster: in step with its numbers, fitted anew when due, each server by its own."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from planning.accounts import Account, Engagement
from planning.audit import Action, AuditEntry
from planning.caller import Caller
from planning.estimates.model import FORMULA, SHIPPED
from planning.estimates.values import ModelVersion
from planning.platform import Platform
from planning.posts import Post
from planning.ranking import scores
from planning.records import AccountChange
from planning.services import estimates
from planning.services.estimates import estimated, evidence, load_model, refit
from planning.services.reports import make_report
from planning.shortlists import ShortlistQuery, Tag
from storage.database import SqlDatabase

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GUILD = 1
PLANNER = Caller(GUILD, 10, planner=True)


def accounts(count: int, *, times_usual: float = 1.0) -> list[Account]:
    random = Random(7)  # noqa: S311 - no secret
    found: list[Account] = []
    for n in range(count):
        followers = round(math.exp(random.uniform(math.log(1_000), math.log(5_000))))
        rate = times_usual * 0.17 * (followers / 1_000) ** -0.5 * math.exp(random.gauss(0, 0.3))
        found.append(
            Account(
                Platform.INSTAGRAM,
                f"h{n:04}",
                followers,
                NOW,
                engagement=Engagement(likes=rate * followers, comments=0.0, posts=12),
                engagement_at=NOW,
                niches=("food",),
            )
        )
    return found


async def store_all(database: SqlDatabase, found: list[Account], guild: int = GUILD) -> None:
    async with database.writing(guild) as store:
        model = await load_model(store)
        await store.accounts.write(
            [AccountChange(None, account, (), AuditEntry(NOW, 10, Action.ADDED)) for account in estimated(found, model)]
        )


async def roster(database: SqlDatabase, guild: int = GUILD) -> list[Account]:
    async with database.reading(guild) as store:
        return [account async for batch in store.accounts.stream() for account in batch]


def test_averages_read_with_the_posts_say_nothing_more():
    [account] = accounts(1)
    assert evidence(replace(account, engagement=Engagement())) is None
    assert evidence(replace(account, engagement=Engagement(likes=0, comments=4))) is None
    alone = evidence(account)
    assert alone is not None
    assert alone.posts == 12
    read = replace(account, sample=replace(alone, mean=1.0), posts_read_at=NOW)
    assert evidence(read) == read.sample
    later = replace(read, engagement_at=NOW + timedelta(days=2))
    combined = evidence(later)
    assert combined is not None
    assert combined.posts == 13
    assert 1.0 < combined.mean < alone.mean


async def test_a_server_is_fitted_to_its_own_numbers_and_every_estimate_follows(database: SqlDatabase) -> None:
    await store_all(database, accounts(150, times_usual=0.2))
    await store_all(database, accounts(3), guild=2)
    before = await roster(database)
    elsewhere = await roster(database, 2)
    done = await refit(database, GUILD, now=NOW)
    assert done is not None
    assert (done.version, done.accounts) == (ModelVersion(FORMULA, 1), 150)
    after = await roster(database)
    assert done.changed == 150
    assert {account.estimate.model for account in after if account.estimate} == {ModelVersion(FORMULA, 1)}
    pairs = [(old.estimate, new.estimate) for old, new in zip(before, after, strict=True)]
    assert sum(new.rate < old.rate for old, new in pairs if old and new) > 140, "accounts here are less liked"
    assert await roster(database, 2) == elsewhere, "another server keeps the shipped model"
    async with database.reading(GUILD) as store:
        model = await load_model(store)
        picks = await store.shortlists.best(ShortlistQuery("food", limit=25, tags=(Tag("food"),)))
    assert model.describe(Platform.INSTAGRAM).own == 150
    points = [scores(pick.account)[pick.position].engagement for pick in picks]
    assert points == [pick.score for pick in picks], "the posting list moved with the estimates"
    assert points == sorted(points, reverse=True)
    async with database.reading(2) as store:
        assert await load_model(store) == SHIPPED
    report = await make_report(database, PLANNER, after[0].id)
    assert report.model.version == ModelVersion(FORMULA, 1)


async def test_it_is_fitted_again_only_when_something_changed_and_a_day_went_by(database: SqlDatabase) -> None:
    await store_all(database, accounts(30))
    assert await refit(database, GUILD, now=NOW) is not None
    assert await refit(database, GUILD, now=NOW + timedelta(days=3)) is None, "nothing was written since"
    await store_all(database, [replace(account, handle="new" + account.handle) for account in accounts(3)])
    assert await refit(database, GUILD, now=NOW + timedelta(hours=1)) is None, "too early"
    done = await refit(database, GUILD, now=NOW + timedelta(days=1))
    assert done is not None
    assert (done.version.fit, done.accounts) == (2, 33)
    assert await refit(database, 99, now=NOW) is None, "no such server"


async def test_a_formula_that_changed_sums_up_the_posts_anew(
    database: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    [account] = accounts(1)
    await store_all(database, [account])
    [stored] = await roster(database)
    async with database.writing(GUILD) as store:
        await store.posts.write(stored.id, [(0, Post(NOW, likes=500, comments=1))])
        await store.accounts.update_estimates([replace(stored, posts_read_at=NOW + timedelta(days=1))])
    monkeypatch.setattr(estimates, "CHUNK", 1)
    assert await refit(database, GUILD, now=NOW) is not None
    [after] = await roster(database)
    assert after.sample is not None
    assert after.sample.posts == 1
    assert after.estimate is not None
    assert stored.estimate is not None
    assert after.estimate.rate > stored.estimate.rate


async def test_an_account_without_numbers_has_no_estimate(database: SqlDatabase) -> None:
    [account] = accounts(1)
    await store_all(database, [replace(account, engagement=Engagement(), engagement_at=None)])
    await refit(database, GUILD, now=NOW)
    [stored] = await roster(database)
    assert stored.estimate is None
