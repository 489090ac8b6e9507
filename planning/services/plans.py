"""Plans: who is worth a budget, from the server's own accounts, prices and exchange rates."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from planning.accounts import Account
from planning.budget.candidates import Field, Lack, Terms, find_candidates
from planning.budget.currencies import rates_into
from planning.budget.planner import BudgetAnswer, plan_budget
from planning.budget.values import Constraints, Plan
from planning.caller import Caller
from planning.errors import Expired, InvalidValue
from planning.estimates.model import Model
from planning.plans import PlanQuery
from planning.ports import Database, Store
from planning.reasons import Reason
from planning.records import AccountFilter
from planning.services.accounts import Unknown, find_account
from planning.services.collector import paused_collector
from planning.services.estimates import load_model
from planning.services.meanings import Meanings
from planning.settings import GuildSettings

MOST_CANDIDATES = 5_000
SHOWN_LACKING = 5
"""So many of those who lack something are named."""


class Absence(StrEnum):
    """Why a must-have is none of the accounts that are looked at."""

    GONE = "gone"
    FILTERED = "filtered"


@dataclass(frozen=True, slots=True)
class Lacking:
    """How many accounts lack something, and some of them."""

    total: int = 0
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """The answer to a query, with what it takes to tell it.

    `tags` are what the query's niche means here. `accounts` are all that are picked or named, by id; `absent` says why
    must-haves can't be planned with; `cut` is how many accounts pass the filters beyond those that are looked at;
    `roster` is how many the server has at all.
    """

    query: PlanQuery
    tags: tuple[str, ...]
    answer: BudgetAnswer
    accounts: Mapping[int, Account]
    lacking: Mapping[Lack, Lacking]
    absent: Mapping[int, Lack | Absence]
    cut: int
    roster: int


@dataclass(frozen=True, slots=True)
class _Read:
    """What the database says for a query. `paid` teaches prices; `unpriced` pass the filters but have no price."""

    settings: GuildSettings
    model: Model
    roster: list[Account]
    cut: int
    unpriced: Lacking
    paid: list[Account]
    named: dict[int, Account]
    size: int


async def find_named(database: Database, caller: Caller, text: str) -> list[int] | Unknown:
    """The ids of the accounts in a list with commas, or the first that is not registered.

    Raises `AmbiguousHandle`, `InvalidValue`.
    """
    found: list[int] = []
    async with database.reading(caller.guild_id) as store:
        for part in filter(str.strip, text.split(",")):
            account = await find_account(store, part)
            if isinstance(account, Unknown):
                return account
            found.append(account.id)
    return sorted(set(found))


async def make_plan(database: Database, meanings: Meanings, caller: Caller, query: PlanQuery) -> Planned:
    """The plan for the query on today's numbers. Raises `InvalidValue` for a niche that no tag here means."""
    tags = await _tags(database, meanings, caller, query.niche) if query.niche else ()
    with paused_collector():
        return await _planned(database, caller, query, tags)


async def _tags(database: Database, meanings: Meanings, caller: Caller, niche: str) -> tuple[str, ...]:
    """The tags that the niche means."""
    meaning = await meanings.match(database, caller.guild_id, niche)
    if not meaning.tags:
        raise InvalidValue("niche", niche, Reason.NOT_A_NICHE)
    return tuple(tag.name for tag in meaning.tags)


async def _planned(database: Database, caller: Caller, query: PlanQuery, tags: tuple[str, ...]) -> Planned:
    """Thousands of accounts live and die in here, with the collector paused."""
    async with database.reading(caller.guild_id) as store:
        read = await _read(store, query, tags)
    terms = Terms(
        query.goal,
        query.budget.currency,
        read.settings.ladder,
        read.model,
        rates_into(query.budget.currency, read.settings.currency, read.settings.rates),
        query.price_others,
    )
    field = await asyncio.to_thread(find_candidates, read.roster, terms, priced=read.paid)
    constraints = Constraints(
        query.budget.minor, query.fewest, query.most, frozenset(query.must), frozenset(query.exclude)
    )
    tiers = [] if query.followers else [tier.name for tier in read.settings.ladder.tiers]
    answer = await plan_budget(field.candidates, constraints, tiers)
    told = {pick.account_id for plan in (answer.plan, answer.more) if isinstance(plan, Plan) for pick in plan.picks}
    accounts = {account.id: account for account in read.roster if account.id in told} | read.named
    return Planned(
        query, tags, answer, accounts, _lacking(field, read), _absent(query, field, read), read.cut, read.size
    )


async def keep_query(database: Database, caller: Caller, query: PlanQuery) -> None:
    """Keep the query under its token, so that the buttons of its answer work for ever."""
    async with database.reading(caller.guild_id) as store:
        if await store.plans.find(query.token) is not None:
            return
    async with database.writing(caller.guild_id) as store:
        await store.plans.keep(query.token, query.encode())


async def load_query(database: Database, caller: Caller, token: str) -> PlanQuery:
    """The query that was kept. Raises `Expired` where the server has none under this token."""
    async with database.reading(caller.guild_id) as store:
        kept = await store.plans.find(token)
    if kept is None:
        raise Expired
    return PlanQuery.decode(kept)


async def _read(store: Store, query: PlanQuery, tags: tuple[str, ...]) -> _Read:
    priced = AccountFilter(tags, query.followers, query.platform, query.country, priced=True)
    wanted = replace(priced, priced=None) if query.price_others else priced
    roster, total = await store.accounts.list_best(wanted, limit=MOST_CANDIDATES)
    unpriced, paid = Lacking(), list[Account]()
    if query.price_others:
        paid, _ = await store.accounts.list_best(AccountFilter(priced=True), limit=MOST_CANDIDATES)
    else:
        some, count = await store.accounts.list_best(replace(priced, priced=False), limit=SHOWN_LACKING)
        unpriced = Lacking(count, tuple(some))
    cut = total - len(roster)
    found = [await store.accounts.get(account_id) for account_id in dict.fromkeys((*query.must, *query.exclude))]
    named = {account.id: account for account in found if account}
    known = {account.id for account in roster}
    roster += [
        account
        for account_id in query.must
        if account_id not in known and (account := named.get(account_id)) and _passes(account, query, tags)
    ]
    return _Read(
        await store.settings.load(),
        await load_model(store),
        roster,
        cut,
        unpriced,
        paid,
        named,
        await store.accounts.count(),
    )


def _passes(account: Account, query: PlanQuery, tags: tuple[str, ...]) -> bool:
    low, high = query.followers or (0, None)
    return (
        (not tags or any(tag in account.niches for tag in tags))
        and low <= account.followers
        and (high is None or account.followers < high)
        and query.platform in (None, account.platform)
        and query.country in (None, account.country)
    )


def _lacking(field: Field, read: _Read) -> dict[Lack, Lacking]:
    """Who lacks what; a must-have without a price is among the unpriced already."""
    groups: dict[Lack, list[Account]] = defaultdict(list)
    for left in field.left_out:
        if left.lack is not Lack.PRICE or not read.unpriced.total:
            groups[left.lack].append(left.account)
    found = {lack: Lacking(len(group), tuple(group[:SHOWN_LACKING])) for lack, group in groups.items()}
    return found | ({Lack.PRICE: read.unpriced} if read.unpriced.total else {})


def _absent(query: PlanQuery, field: Field, read: _Read) -> dict[int, Lack | Absence]:
    lacks: dict[int, Lack] = {left.account.id: left.lack for left in field.left_out}
    candidates = {candidate.account_id for candidate in field.candidates}
    return {
        account_id: lacks.get(account_id, Absence.FILTERED if account_id in read.named else Absence.GONE)
        for account_id in query.must
        if account_id not in candidates
    }
