"""Registering, changing, removing and looking up accounts."""

import json
import secrets
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from planning.accounts import Account, Draft, Engagement, Snapshot, Source, apply, create
from planning.audit import Action, AuditEntry, differences
from planning.caller import Caller
from planning.errors import AmbiguousHandle, Expired, InvalidValue
from planning.handles import MAX_HANDLE, parse_handle
from planning.merges import part_of
from planning.money import Money
from planning.nearest import nearest_handles
from planning.platform import Platform
from planning.ports import Database, Store
from planning.reasons import Reason
from planning.records import AccountChange, AccountFilter, HandleMatch, Pending
from planning.services.estimates import estimated, load_model
from planning.services.known import find_known, forget_merges, list_former
from planning.services.pending import claim

UPDATE = "update"
SUGGESTED = 5


@dataclass(frozen=True, slots=True)
class Found:
    """The account that was asked for."""

    account: Account


@dataclass(frozen=True, slots=True)
class Unknown:
    """No such account; `handle` and `platform` as understood, `nearest` the closest registered ones."""

    handle: str
    platform: Platform | None
    nearest: list[HandleMatch]


@dataclass(frozen=True, slots=True)
class Added:
    """A new account was registered."""

    account: Account


@dataclass(frozen=True, slots=True)
class Exists:
    """The account was there already. `token` confirms the update to `updated`; None where the draft adds nothing."""

    account: Account
    updated: Account
    token: str | None


@dataclass(frozen=True, slots=True)
class Edited:
    """An account as it was and as it is now; equal where nothing differed."""

    before: Account
    after: Account


@dataclass(frozen=True, slots=True)
class Trail:
    """What happened to the account of this handle, and to those that became part of it: their handles by their ids."""

    handle: str
    entries: list[AuditEntry]
    former: dict[int, str] = field(default_factory=dict[int, str])


def parse_reference(text: str) -> tuple[Platform | None, str]:
    """What a person or an autocomplete choice names an account by: `platform:handle`, a handle, or an address."""
    head, colon, rest = text.strip().partition(":")
    if colon and head in set(Platform):
        return Platform(head), parse_handle(rest, Platform(head))[1]
    return parse_handle(text)


async def look_up(database: Database, caller: Caller, text: str) -> Found | Unknown:
    """The account that `text` names, or the nearest ones. Raises `AmbiguousHandle`, `InvalidValue`."""
    async with database.reading(caller.guild_id) as store:
        found = await find_account(store, text)
        return found if isinstance(found, Unknown) else Found(found)


async def get_account(database: Database, caller: Caller, account_id: int) -> Account:
    """The account with this id. Raises `Expired` where it was removed since."""
    async with database.reading(caller.guild_id) as store:
        account = await store.accounts.get(account_id)
    if account is None:
        raise Expired
    return account


async def add_account(database: Database, caller: Caller, draft: Draft, *, now: datetime) -> Added | Exists:
    """Register an account; one that exists is left as it is and its update offered. Raises `InvalidValue`."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        existing = await find_known(store, draft.platform, draft.handle)
        _check_posts(draft, existing)
        if existing is None:
            if draft.followers is None:
                raise InvalidValue("followers", "", Reason.FOLLOWERS_MISSING)
            account = create(draft, now=now, source=Source.TYPED)
            return Added(await _write(store, caller, None, account, Action.ADDED, now))
        updated = apply(draft, existing, now=now, source=Source.TYPED)
        if differences(existing, updated) == ({}, {}):
            return Exists(existing, existing, None)
        token = secrets.token_urlsafe(9)
        payload = json.dumps(asdict(draft)).encode()
        await store.pending.put(Pending(token, UPDATE, caller.user_id, now, payload))
        return Exists(existing, updated, token)


async def confirm_update(database: Database, caller: Caller, token: str, *, now: datetime) -> Edited:
    """Carry out an update that `add_account` offered. Raises `Expired`, `NotYours`."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        pending = await claim(store, caller, token)
        draft = _draft(json.loads(pending.payload))
        existing = await find_known(store, draft.platform, draft.handle)
        if existing is None:
            raise Expired
        return await _edit(store, caller, existing, draft, now)


async def edit_account(
    database: Database, caller: Caller, text: str, given: Draft, *, now: datetime
) -> Edited | Unknown:
    """Lay what `given` says over the account that `text` names; its platform and handle play no part."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        existing = await find_account(store, text)
        if isinstance(existing, Unknown):
            return existing
        _check_posts(given, existing)
        return await _edit(store, caller, existing, given, now)


async def remove_account(database: Database, caller: Caller, account_id: int, *, now: datetime) -> Account:
    """Delete an account and its readings; the trail stays. Raises `Expired` where it is gone already."""
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        account = await store.accounts.get(account_id)
        if account is None:
            raise Expired
        _, values = differences(None, account)
        audit = AuditEntry(now, caller.user_id, Action.REMOVED, before=values, handle=account.handle)
        await forget_merges(store, account_id)
        linked = await store.influencers.list_linked(account_id)
        if len(linked) == 1:
            await store.influencers.unlink([linked[0].id])
        await store.accounts.remove(account, audit)
    return account


async def list_accounts(
    database: Database, caller: Caller, wanted: AccountFilter, *, offset: int, limit: int
) -> tuple[list[Account], int]:
    """A page of the roster and how many match."""
    async with database.reading(caller.guild_id) as store:
        return await store.accounts.list_page(wanted, offset=offset, limit=limit)


async def suggest_accounts(database: Database, guild_id: int, text: str, *, limit: int) -> list[HandleMatch]:
    """Accounts whose handle or name contains the text, for autocomplete."""
    async with database.reading(guild_id) as store:
        return await store.accounts.search(text.strip().removeprefix("@"), limit=limit)


async def list_history(database: Database, caller: Caller, text: str, *, offset: int, limit: int) -> Trail | Unknown:
    """The trail of an account that is or was registered, newest first."""
    async with database.reading(caller.guild_id) as store:
        account = await find_account(store, text)
        if isinstance(account, Account):
            former = {head.merged_id: head.handle for head in part_of(await store.merges.list_heads(), account.id)}
            entries = await store.audit.list_for_account(account.id, *former, limit=limit, offset=offset)
            return Trail(account.handle, entries, former)
        removed = await store.audit.list_for_handle(account.handle, limit=limit, offset=offset)
        return Trail(account.handle, removed) if removed or offset else account


async def find_account(store: Store, text: str) -> Account | Unknown:
    """The account that `text` names by a handle that it has or had, or the nearest ones.

    Raises `AmbiguousHandle`, `InvalidValue`.
    """
    try:
        platform, handle = parse_reference(text)
    except InvalidValue:
        return await _find_by_name(store, text)
    if platform is None:
        accounts = await store.accounts.list_by_handle(handle)
    else:
        account = await store.accounts.find(platform, handle)
        accounts = [account] if account else []
    accounts = accounts or await list_former(store, handle, platform)
    if len(accounts) > 1:
        raise AmbiguousHandle(handle, [account.platform for account in accounts])
    if accounts:
        return accounts[0]
    return Unknown(handle, platform, await nearest_handles(store.accounts, handle, limit=SUGGESTED))


async def _find_by_name(store: Store, text: str) -> Account | Unknown:
    """What is no handle may be a name: the one account with it, or those to choose from."""
    named = await store.accounts.search(text.strip(), limit=SUGGESTED)
    only = await store.accounts.get(named[0].account_id) if len(named) == 1 else None
    if only is None and not named:
        parse_reference(text)  # says why it is no handle
    return only or Unknown(text.strip()[:MAX_HANDLE], None, named)


async def _edit(store: Store, caller: Caller, before: Account, given: Draft, now: datetime) -> Edited:
    after = apply(given, before, now=now, source=Source.TYPED)
    if differences(before, after) == ({}, {}):
        return Edited(before, before)
    return Edited(before, await _write(store, caller, before, after, Action.EDITED, now))


async def _write(
    store: Store, caller: Caller, before: Account | None, after: Account, action: Action, now: datetime
) -> Account:
    [after] = estimated([after], await load_model(store))
    was, values = differences(before, after)
    audit = AuditEntry(now, caller.user_id, action, was, values)
    [account_id] = await store.accounts.write([AccountChange(before, after, readings(before, after), audit)])
    return replace(after, id=account_id)


def _check_posts(given: Draft, existing: Account | None) -> None:
    """A number of posts says nothing without the averages that are over them."""
    known = given.engagement.known or (existing is not None and existing.engagement.known)
    if given.engagement.posts is not None and not known:
        raise InvalidValue("posts", str(given.engagement.posts), Reason.POSTS_ALONE)


def readings(before: Account | None, after: Account) -> tuple[Snapshot, ...]:
    """The readings that a change brings: only numbers that are new, each at its time; those of one time together."""
    counted = before is None or after.followers != before.followers
    taken = after.engagement.known and (before is None or after.engagement != before.engagement)
    if counted and taken and after.followers_at == after.engagement_at:
        return (Snapshot(after.followers_at, after.source, after.followers, after.engagement),)
    found: list[Snapshot] = []
    if counted:
        found.append(Snapshot(after.followers_at, after.source, after.followers))
    if taken and after.engagement_at is not None:
        found.append(Snapshot(after.engagement_at, after.source, engagement=after.engagement))
    return tuple(found)


def _draft(values: dict[str, Any]) -> Draft:
    """The draft again that was kept as JSON."""
    price, niches = values["price"], values["niches"]
    return Draft(
        platform=Platform(values["platform"]),
        handle=values["handle"],
        followers=values["followers"],
        niches=None if niches is None else tuple(niches),
        name=values["name"],
        country=values["country"],
        language=values["language"],
        engagement=Engagement(**values["engagement"]),
        price=Money(**price) if price else None,
        cleared=tuple(values["cleared"]),
    )
