"""Linking, what is undone in which order, and who may not, on real databases."""

from dataclasses import replace

import pytest

from planning.errors import Expired, InvalidValue, NotAPlanner, NotYours
from planning.reasons import Reason
from planning.services.accounts import Unknown, look_up, remove_account
from planning.services.linking import Linked, Unlinked
from planning.services.merging import LinkProposal, MergeProposal, confirm_merge, propose_merge
from planning.services.splitting import Unmerged, split, undo_link, undo_merge
from storage.database import SqlDatabase
from tests.planning.services.merge_world import LATER, NOW, PLANNER, ROSTER, account, everything, load, merged


async def test_accounts_on_two_platforms_are_linked_and_split(database: SqlDatabase) -> None:
    await load(database)
    before = await everything(database)
    proposal = await propose_merge(database, PLANNER, "new", "vid", now=LATER)
    assert isinstance(proposal, LinkProposal)
    done = await confirm_merge(database, PLANNER, proposal.token, now=LATER)
    assert isinstance(done, Linked)
    now = await everything(database)
    assert now["held"] == before["held"]
    assert [each.handle for each in now["linked"]["new"]] == ["vid"]
    with pytest.raises(InvalidValue) as refused:
        await propose_merge(database, PLANNER, "vid", "new", now=LATER)
    assert refused.value.reason == Reason.LINKED_ALREADY
    await undo_link(database, PLANNER, done.other.id, now=LATER)
    assert await everything(database) == before
    with pytest.raises(Expired):
        await undo_link(database, PLANNER, done.other.id, now=LATER)


async def test_a_merge_takes_its_links_along_and_gives_them_back(database: SqlDatabase) -> None:
    await load(database, ROSTER + "tube,youtube,700,,,,\n")
    await merged(database, "old", "vid")
    await merged(database, "new", "tube")
    before = await everything(database)
    await merged(database)
    assert {each.handle for each in (await everything(database))["linked"]["new"]} == {"vid", "tube"}
    assert isinstance(await split(database, PLANNER, "old", now=LATER), Unmerged)
    assert await everything(database) == before
    result = await split(database, PLANNER, "vid", now=LATER)
    assert isinstance(result, Unlinked)
    assert [each.handle for each in result.others] == ["old"]
    assert (await everything(database))["linked"]["old"] == []


async def test_only_the_last_merge_is_undone(database: SqlDatabase) -> None:
    await load(database, ROSTER + "third,instagram,800,,,,\n")
    await merged(database, "old", "third")
    before = await everything(database)
    await merged(database)
    assert (await account(database, "third")).handle == "new"
    with pytest.raises(InvalidValue) as refused:
        await split(database, PLANNER, "third", now=LATER)
    assert (refused.value.reason, refused.value.value) == (Reason.MERGED_SINCE, "old")
    await split(database, PLANNER, "old", now=LATER)
    assert await everything(database) == before
    await split(database, PLANNER, "third", now=LATER)
    with pytest.raises(InvalidValue) as refused:
        await split(database, PLANNER, "new", now=LATER)
    assert refused.value.reason == Reason.NOTHING_TO_SPLIT


async def test_a_removed_account_takes_its_former_handles_with_it(database: SqlDatabase) -> None:
    await load(database)
    await merged(database)
    await remove_account(database, PLANNER, (await account(database, "new")).id, now=LATER)
    assert isinstance(await look_up(database, PLANNER, "old"), Unknown)
    async with database.reading(PLANNER.guild_id) as store:
        assert await store.merges.list_heads() == []


async def test_who_may_not(sqlite_database: SqlDatabase) -> None:
    await load(sqlite_database)
    member, other = replace(PLANNER, planner=False), replace(PLANNER, user_id=11)
    for refused in (
        propose_merge(sqlite_database, member, "new", "old", now=NOW),
        split(sqlite_database, member, "new", now=NOW),
        undo_merge(sqlite_database, member, 1, 2, now=NOW),
        undo_link(sqlite_database, member, 1, now=NOW),
    ):
        with pytest.raises(NotAPlanner):
            await refused
    with pytest.raises(InvalidValue, match=Reason.SAME_ACCOUNT):
        await propose_merge(sqlite_database, PLANNER, "new", "instagram:new", now=NOW)
    proposal = await propose_merge(sqlite_database, PLANNER, "new", "old", now=NOW)
    assert isinstance(proposal, MergeProposal)
    with pytest.raises(NotYours):
        await confirm_merge(sqlite_database, other, proposal.token, now=NOW)
    await remove_account(sqlite_database, PLANNER, proposal.other.id, now=NOW)
    with pytest.raises(Expired):
        await confirm_merge(sqlite_database, PLANNER, proposal.token, now=NOW)
    away = replace(PLANNER, guild_id=2)
    assert isinstance(await propose_merge(sqlite_database, away, "new", "old", now=NOW), Unknown)
