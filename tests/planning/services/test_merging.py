"""Merging, linking, and both undone, on real databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from planning.accounts import Account, Draft
from planning.audit import Action
from planning.errors import Expired
from planning.lists import ListPick, NamedList, Vote
from planning.ports import Store
from planning.reasons import Reason
from planning.services.accounts import Trail, Unknown, add_account, list_history, look_up
from planning.services.merging import Merged, MergeProposal, confirm_merge, propose_merge
from planning.services.readings import Reading, log_reading
from planning.services.splitting import Unmerged, split, undo_merge
from planning.shortlists import Pick
from storage.database import SqlDatabase
from tests.planning.services.merge_world import (
    LATER,
    NOW,
    PLANNER,
    POSTS,
    account,
    everything,
    load,
    merged,
    post,
    with_store,
)


async def test_all_that_hangs_on_both_is_on_one(database: SqlDatabase) -> None:
    await load(database)
    await post(database, "new", POSTS.format(a=100))
    await post(database, "old", POSTS.format(a=70) + "2026-02-09 10:00,50,1\n", NOW + timedelta(hours=1))
    before = (await everything(database))["held"]
    proposal = await propose_merge(database, PLANNER, "new", "@old", now=LATER)
    assert isinstance(proposal, MergeProposal)
    assert (proposal.posts, proposal.same_posts, proposal.lists, proposal.left_out) == (1, 2, 0, ())
    assert [(found.field, found.stays, found.goes) for found in proposal.conflicts] == [
        ("followers", 4100, 3900), ("likes", 70.0, 95.0), ("comments", pytest.approx(10 / 3), 4.5),
    ]  # fmt: skip
    assert (await everything(database))["held"] == before, "a preview writes nothing"
    done = await confirm_merge(database, PLANNER, proposal.token, now=LATER)
    assert isinstance(done, Merged)
    now = (await everything(database))["held"]
    assert set(now) == {"new", "vid"}
    whole = now["new"]
    assert [entry.likes for entry in whole.posts] == [70, 90, 50]
    assert {*before["new"].readings} < {*whole.readings}
    assert len(whole.readings) == len(before["new"].readings) + len(before["old"].readings)
    stored = whole.account
    assert (stored.niches, stored.country, stored.price) == (
        ("food", "art", "vegan"),
        "NL",
        before["old"].account.price,
    )
    assert stored.sample is not None
    assert stored.sample.posts == 3
    assert stored == done.into
    assert stored == replace(proposal.after, estimate=stored.estimate, flags=stored.flags)


async def test_undone_at_once_both_are_as_before(database: SqlDatabase) -> None:
    await load(database)
    await post(database, "new", POSTS.format(a=100))
    await post(database, "old", POSTS.format(a=70), NOW + timedelta(hours=1))
    before = await everything(database)
    await merged(database)
    assert await everything(database) != before
    assert isinstance(await split(database, PLANNER, "instagram:old", now=LATER), Unmerged)
    assert await everything(database) == before
    await merged(database)
    new = await account(database, "new")
    old = before["held"]["old"].account
    await undo_merge(database, PLANNER, new.id, old.id, now=LATER)
    assert await everything(database) == before
    with pytest.raises(Expired):
        await undo_merge(database, PLANNER, new.id, old.id, now=LATER)


async def test_what_was_written_since_stays_with_the_account(database: SqlDatabase) -> None:
    await load(database)
    await merged(database)
    day = LATER + timedelta(days=1)
    await log_reading(database, PLANNER, "new", Reading(followers=5_000), now=day)
    await post(database, "new", POSTS.format(a=100), day)
    result = await split(database, PLANNER, "new", now=day)
    assert isinstance(result, Unmerged)
    assert (result.into.followers, result.other.followers) == (5_000, 3_900)
    assert (result.into.niches, result.into.price) == (("food", "art"), None)
    held = (await everything(database))["held"]
    assert [len(held[name].posts) for name in ("new", "old")] == [2, 0]
    assert [reading.followers for reading in held["old"].readings] == [3_900]


async def test_a_former_handle_finds_the_account_and_imports_reach_it(database: SqlDatabase) -> None:
    await load(database)
    await merged(database)
    assert (await account(database, "old")).handle == "new"
    assert (await account(database, "instagram:old")).handle == "new"
    assert isinstance(await look_up(database, PLANNER, "tiktok:old"), Unknown)
    report = await load(database, "handle,platform,followers\nold,instagram,4500\n", LATER)
    assert (report.new, report.updated) == (0, 1)
    assert (await account(database, "new")).followers == 4_500
    # Both handles in one file: only a person knows which row is right, and importing it again changes nothing.
    both = "handle,platform,followers\nold,instagram,4400\nnew,instagram,4600\n"
    for counts in ((0, 1, 0, 1), (0, 0, 1, 1)):
        report = await load(database, both, LATER + timedelta(days=1))
        assert (report.new, report.updated, report.unchanged, report.rejected) == counts
        assert [(found.row, found.reason) for found in report.problems] == [(2, Reason.FORMER_HANDLE)]
    assert (await account(database, "old")).followers == 4_600
    added = await add_account(database, PLANNER, _draft(await account(database, "new"), "old"), now=LATER)
    assert added.account.handle == "new"


def _draft(of: Account, handle: str) -> Draft:
    return Draft(of.platform, handle, followers=of.followers)


async def test_a_file_of_posts_may_name_a_former_handle(database: SqlDatabase) -> None:
    await load(database)
    csv = "handle,date,likes\nold,2026-02-01 10:00,50\nvid,2026-02-02 10:00,60\n"
    await post(database, "new", csv)
    assert (await everything(database))["held"]["new"].posts == ()
    await merged(database)
    await post(database, "old", csv, LATER)
    assert [entry.likes for entry in (await everything(database))["held"]["new"].posts] == [50]


async def test_the_trail_tells_it_on_both_and_names_the_rows(database: SqlDatabase) -> None:
    await load(database)
    await merged(database)
    trail = await list_history(database, PLANNER, "old", offset=0, limit=9)
    assert isinstance(trail, Trail)
    assert (trail.handle, list(trail.former.values())) == ("new", ["old"])
    told = [
        (entry.action, trail.former.get(entry.account_id), entry.origin and entry.origin.row) for entry in trail.entries
    ]
    assert told == [
        (Action.MERGED, None, None), (Action.MERGED, "old", None), (Action.IMPORTED, "old", 3),
        (Action.IMPORTED, None, 2),
    ]  # fmt: skip
    assert trail.entries[0].after["merged_from"] == "old"
    assert trail.entries[1].before["followers"] == 3_900
    await split(database, PLANNER, "old", now=LATER)
    for handle in ("new", "old"):
        again = await list_history(database, PLANNER, handle, offset=0, limit=9)
        assert isinstance(again, Trail)
        assert again.entries[0].action is Action.SPLIT
        assert again.former == {}


async def test_picks_go_along_and_come_back(database: SqlDatabase) -> None:
    await load(database)
    new, old = await account(database, "new"), await account(database, "old")

    async def save(store: Store) -> None:
        for name in ("Alone", "Both"):
            list_id = await store.lists.create(NamedList(0, name, NOW, 10))
            await store.lists.save_pick(list_id, ListPick(Pick(old, 1, 0, "food"), 0, NOW, 10, note=f"of {name}"))
            await store.lists.save_vote(list_id, Vote(old.id, 10, up=True))
            await store.lists.save_vote(list_id, Vote(old.id, 11, up=False))
        await store.lists.save_pick(list_id, ListPick(Pick(new, 1, 0, "food"), 1, NOW, 10))
        await store.lists.save_vote(list_id, Vote(new.id, 10, up=False))

    await with_store(database, save)
    before = await everything(database)
    await merged(database)
    lists = (await everything(database))["lists"]
    for name, votes in (("Alone", [(10, True), (11, False)]), ("Both", [(10, False), (11, False)])):
        [pick] = lists[name][0]
        assert (pick.account_id, pick.note) == (new.id, f"of {name}")
        assert [(vote.user_id, vote.up) for vote in lists[name][1]] == votes
    await split(database, PLANNER, "new", now=LATER)
    assert await everything(database) == before
