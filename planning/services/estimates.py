"""Estimates of rates: of one account when its numbers change, of all a server's when its model is fitted anew."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from operator import attrgetter

from planning.accounts import Account
from planning.estimates.estimating import HORIZON, Subject, estimate_many
from planning.estimates.fitting import fit_model
from planning.estimates.histories import KNOWN, gather
from planning.estimates.model import FORMULA, SHIPPED, Model
from planning.estimates.sample import combine, sample_averages, sample_posts, visible
from planning.estimates.tuning import SETTLED_ACCOUNTS, settle
from planning.estimates.values import Estimate, ModelVersion, Sample
from planning.measured import average_reach
from planning.platform import Platform
from planning.ports import Database, Store
from planning.posts import Post
from planning.records import FittedModel
from planning.services.collector import paused_collector
from planning.services.flagging import flag_anew

_ALL_BUT_ESTIMATE = attrgetter(*(each.name for each in fields(Account) if each.name != "estimate"))

REFIT_AFTER = timedelta(hours=20)
"""A server whose numbers changed is fitted anew once a day; the job that asks comes a little early now and then."""
FITTED_ACCOUNTS = 50_000
"""From a larger roster every so many account is fitted to: more tell next to nothing that these don't."""
SETTLED_POSTS = 100
"""The newest so many posts of an account tell how far its posts are to be followed."""
CHUNK = 1_000
"""Accounts estimated anew in one transaction: no other writer waits for long, and the event loop is not held."""


@dataclass(frozen=True, slots=True)
class Refit:
    """A model that was fitted: to how many of the server's accounts, and how many estimates it changed."""

    version: ModelVersion
    accounts: int
    changed: int


async def load_model(store: Store) -> Model:
    """The model that the server's estimates are made with: its own, or the shipped one until it has any."""
    fitted = await store.models.load()
    return SHIPPED if fitted is None or fitted.version.formula != FORMULA else Model.decode(fitted.payload)


def estimated(accounts: Sequence[Account], model: Model) -> list[Account]:
    """These accounts with their estimates by this model; without one where no rate can be computed."""
    samples = [evidence(account) for account in accounts]
    subjects = [
        _subject(account, sample) for account, sample in zip(accounts, samples, strict=True) if sample is not None
    ]
    found = iter(estimate_many(subjects, model))
    return [
        _with_estimate(account, None if sample is None else next(found))
        for account, sample in zip(accounts, samples, strict=True)
    ]


def _with_estimate(account: Account, found: Estimate | None) -> Account:
    """As `replace` does, in half its time: an import estimates every account that it brings. It is the last field."""
    return account if found == account.estimate else Account(*_ALL_BUT_ESTIMATE(account), estimate=found)


def evidence(account: Account) -> Sample | None:
    """What the account's estimate is made from: its posts, its averages, or both; None where likes are hidden.

    Averages that are the posts' own say nothing more than those.
    """
    averages = None
    if account.engagement_at is not None and account.has_own_averages:
        averages = sample_averages(account.engagement, account.engagement_at)
    return combine(account.sample, averages)


async def refit(database: Database, guild_id: int, *, now: datetime) -> Refit | None:
    """Fit the server's model to all its numbers and estimate every account anew; None where there is no need to.

    There is where the formula changed, or where something was written since the last fit and that is a day ago. Each
    chunk of accounts is a transaction; the fit itself runs in a thread.
    """
    async with database.reading(guild_id) as store:
        last, trail = await store.models.load(), await store.models.trail()
        total = await store.accounts.count()
        if total == 0 or not _is_due(last, trail, now):
            return None
        with paused_collector():
            subjects, posted = await _subjects(store, every=max(1, total // FITTED_ACCOUNTS))
            histories = await _histories(store, posted)
    outdated = last is None or last.version.formula != FORMULA
    version = ModelVersion(FORMULA, 1 if last is None or outdated else last.version.fit + 1)
    model = await asyncio.to_thread(lambda: settle(fit_model(subjects, version=version), gather(histories)))
    async with database.writing(guild_id) as store:
        await store.models.save(FittedModel(version, now, trail, model.encode()))
    changed = await _estimate_anew(database, guild_id, model, resample=outdated)
    await flag_anew(database, guild_id)
    return Refit(version, len(subjects), changed)


def _is_due(last: FittedModel | None, trail: int, now: datetime) -> bool:
    if last is None or last.version.formula != FORMULA:
        return True
    return last.trail != trail and now - last.fitted_at >= REFIT_AFTER


def _subject(account: Account, sample: Sample) -> Subject:
    return Subject(account.platform, account.followers, sample, next(iter(account.niches), None))


async def _subjects(store: Store, *, every: int) -> tuple[list[Subject], dict[int, Account]]:
    """What the priors are fitted to, and the accounts, by id, whose posts may tell how far posts are to be followed."""
    subjects: list[Subject] = []
    posted: dict[int, Account] = {}
    async for accounts in store.accounts.stream():
        for account in accounts:
            if account.id % every or account.followers <= 0:
                continue
            sample = evidence(account)
            if sample is not None:
                subjects.append(_subject(account, sample))
            if account.sample is not None and account.sample.posts >= HORIZON + max(KNOWN):
                posted[account.id] = account
    return subjects, posted


async def _histories(store: Store, posted: Mapping[int, Account]) -> list[tuple[Platform, int, list[Post]]]:
    """Platform, followers and visible posts of accounts that have posts enough, of no more than are looked at."""
    found: list[tuple[Platform, int, list[Post]]] = []
    for account in sorted(posted.values(), key=lambda account: account.id)[:SETTLED_ACCOUNTS]:
        posts = await store.posts.list_newest(account.id, limit=SETTLED_POSTS)
        found.append((account.platform, account.followers, visible(posts)))
    return found


async def _estimate_anew(database: Database, guild_id: int, model: Model, *, resample: bool) -> int:
    """How many estimates changed. `resample` sums up the posts anew as well, by a formula that changed."""
    changed, last = 0, 0
    while True:
        async with database.writing(guild_id) as store:
            accounts = await store.accounts.list_after(last, limit=CHUNK)
            if not accounts:
                return changed
            last = accounts[-1].id
            read = [await _resampled(store, account) for account in accounts] if resample else accounts
            after = await asyncio.to_thread(estimated, read, model)
            fresh = [new for old, new in zip(accounts, after, strict=True) if new != old]
            await store.accounts.update_estimates(fresh)
        changed += len(fresh)


async def _resampled(store: Store, account: Account) -> Account:
    if account.posts_read_at is None:
        return account
    posts = await store.posts.list_newest(account.id)
    return replace(account, sample=sample_posts(posts), reach=average_reach(posts))
