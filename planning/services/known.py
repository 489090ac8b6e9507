"""Accounts by the handles that they have, or had before they were merged."""

from collections.abc import Collection

from planning.accounts import Account
from planning.merges import Key, part_of, survivors
from planning.platform import Platform
from planning.ports import Store


async def find_known(store: Store, platform: Platform, handle: str) -> Account | None:
    """The account of this handle, or else the one that had it before."""
    found = await store.accounts.find(platform, handle)
    return found or next(iter(await list_former(store, handle, platform)), None)


async def list_former(store: Store, handle: str, platform: Platform | None) -> list[Account]:
    """The accounts that had this handle, on any platform where none is said."""
    former = survivors(await store.merges.list_heads())
    ids = {owner for (where, name), owner in former.items() if name == handle and platform in {None, where}}
    return list((await store.accounts.list_by_ids(sorted(ids))).values())


async def find_former(store: Store, keys: Collection[Key]) -> dict[Key, Account]:
    """Those of these handles that an account had before, each with that account."""
    former = survivors(await store.merges.list_heads())
    wanted = {key: former[key] for key in keys if key in former}
    found = await store.accounts.list_by_ids(sorted(set(wanted.values())))
    return {key: found[owner] for key, owner in wanted.items() if owner in found}


async def forget_merges(store: Store, account_id: int) -> None:
    """Forget all that became part of this account, for good."""
    for head in part_of(await store.merges.list_heads(), account_id):
        await store.merges.forget(head.account_id, head.merged_id)
