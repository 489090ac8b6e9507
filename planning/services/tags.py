"""A server's own niches as tags: renamed, merged, and given other names."""

import asyncio
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from planning.accounts import Account
from planning.audit import Action, AuditEntry, differences
from planning.caller import Caller
from planning.errors import InvalidValue
from planning.estimates.model import Model
from planning.matching.tags import Tags
from planning.niches import normalise_niche, parse_niches
from planning.ports import Database, Store
from planning.reasons import Reason
from planning.records import AccountChange, AccountFilter, NicheCount, Pending
from planning.services.collector import paused_collector
from planning.services.estimates import estimated, load_model
from planning.services.pending import claim

TAGS = "tags"
LOOKED_AT = 500
"""Of the tags that most accounts carry so many are looked at for tags that seem to be one."""
CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class TagBook:
    """The server's tags, most accounts first; what else it calls them; and pairs that seem to be one tag."""

    counts: list[NicheCount]
    aliases: dict[str, str]
    alike: list[tuple[NicheCount, NicheCount]]


@dataclass(frozen=True, slots=True)
class TagChange:
    """What giving `old` the name `new` does: where accounts carry `new` already, both become one tag."""

    old: NicheCount
    new: NicheCount
    token: str

    @property
    def merges(self) -> bool:
        """Whether two tags become one."""
        return self.new.accounts > 0


async def list_tags(database: Database, caller: Caller) -> TagBook:
    """All that there is to tell of the server's tags."""
    async with database.reading(caller.guild_id) as store:
        counts = await store.niches.list_counts()
        return TagBook(counts, await store.niches.list_aliases(), _alike(counts[:LOOKED_AT]))


async def propose_tag(database: Database, caller: Caller, old: str, new: str, *, now: datetime) -> TagChange:
    """What renaming or merging would do, and the token that confirms it. Raises `InvalidValue`."""
    caller.must_plan()
    wanted = _one(new)
    async with database.writing(caller.guild_id) as store:
        counts = {count.name: count for count in await store.niches.list_counts()}
        known = _find(counts, old)
        if wanted == known.name:
            raise InvalidValue("tag", new, Reason.SAME_TAG)
        token = secrets.token_urlsafe(9)
        payload = json.dumps([known.name, wanted]).encode()
        await store.pending.put(Pending(token, TAGS, caller.user_id, now, payload))
        return TagChange(known, counts.get(wanted, NicheCount(wanted, 0)), token)


async def confirm_tag(database: Database, caller: Caller, token: str, *, now: datetime) -> tuple[str, int]:
    """Rename or merge as proposed, in one transaction; the tag's name now, and how many accounts carry it.

    What the team calls the old tag then means the new one.

    Raises `Expired`, `NotYours`; `InvalidValue` where nobody carries the tag any more.
    """
    caller.must_plan()
    async with database.writing(caller.guild_id) as store:
        pending = await claim(store, caller, token)
        old, new = json.loads(pending.payload)
        counts = {count.name: count for count in await store.niches.list_counts()}
        _find(counts, old)
        aliases = await store.niches.list_aliases()
        with paused_collector():
            await _move(store, caller, old, new, now)
        for alias in (alias for alias, tag in aliases.items() if tag == old or alias == new):
            await store.niches.forget_alias(alias)
            if alias != new:
                await store.niches.save_alias(alias, new)
        await store.audit.append(AuditEntry(now, caller.user_id, Action.SETTING, {"tag": old}, {"tag": new}))
        after = {count.name: count.accounts for count in await store.niches.list_counts()}
    return new, after[new]


async def name_tag(database: Database, caller: Caller, tag: str, alias: str, *, now: datetime) -> tuple[str, str]:
    """Keep what else the team calls a tag: alias and tag, as they are kept. Raises `InvalidValue`."""
    caller.must_plan()
    spoken = _one(alias)
    async with database.writing(caller.guild_id) as store:
        counts = {count.name: count for count in await store.niches.list_counts()}
        known = _find(counts, tag)
        if spoken in counts:
            raise InvalidValue("alias", alias, Reason.SAME_TAG if spoken == known.name else Reason.ALIAS_IS_A_TAG)
        await store.niches.save_alias(spoken, known.name)
        audit = AuditEntry(now, caller.user_id, Action.SETTING, after={"alias": spoken, "tag": known.name})
        await store.audit.append(audit)
    return spoken, known.name


async def forget_alias(database: Database, caller: Caller, alias: str, *, now: datetime) -> str:
    """Forget what else the team called a tag: the alias. Raises `InvalidValue` where it is none."""
    caller.must_plan()
    spoken = normalise_niche(alias)
    async with database.writing(caller.guild_id) as store:
        aliases = await store.niches.list_aliases()
        if spoken not in aliases:
            raise InvalidValue("alias", alias, Reason.NOT_AN_ALIAS)
        await store.niches.forget_alias(spoken)
        audit = AuditEntry(now, caller.user_id, Action.SETTING, {"alias": spoken, "tag": aliases[spoken]})
        await store.audit.append(audit)
    return spoken


def _one(text: str) -> str:
    """The one niche that the text names. Raises `InvalidValue`."""
    niches = parse_niches(text)
    if len(niches) != 1:
        raise InvalidValue("tag", text, Reason.NOT_ONE_TAG)
    return niches[0]


def _find(counts: dict[str, NicheCount], tag: str) -> NicheCount:
    found = counts.get(normalise_niche(tag))
    if found is None:
        raise InvalidValue("tag", tag, Reason.NOT_A_TAG)
    return found


async def _move(store: Store, caller: Caller, old: str, new: str, now: datetime) -> None:
    """Give every account of the old tag the new one in its place, each once."""
    model = await load_model(store)
    while True:
        accounts, _ = await store.accounts.list_page(AccountFilter(niches=(old,)), offset=0, limit=CHUNK)
        if not accounts:
            return
        changes = await asyncio.to_thread(_renamed, accounts, old, new, model, caller, now)
        await store.accounts.write(changes)


def _renamed(
    accounts: Sequence[Account], old: str, new: str, model: Model, caller: Caller, now: datetime
) -> list[AccountChange]:
    renamed = [
        replace(account, niches=tuple(dict.fromkeys(new if name == old else name for name in account.niches)))
        for account in accounts
    ]
    changes: list[AccountChange] = []
    for before, after in zip(accounts, estimated(renamed, model), strict=True):
        was, values = differences(before, after)
        changes.append(AccountChange(before, after, (), AuditEntry(now, caller.user_id, Action.EDITED, was, values)))
    return changes


def _alike(counts: Sequence[NicheCount]) -> list[tuple[NicheCount, NicheCount]]:
    """Pairs that differ in number, spaces or hyphens only, the more carried first."""
    tags = Tags(tuple(count.name for count in counts))
    # Of some plurals (steden, mice) only the plural finds its singular, so both are asked.
    pairs = {
        (min(here, place), max(here, place))
        for here, count in enumerate(counts)
        for place in tags.same_as(count.name)
        if place != here
    }
    return [(counts[one], counts[other]) for one, other in sorted(pairs)]
