"""A server's tags: renamed, merged, given other names; by planners, for their own server."""

from datetime import UTC, datetime

import pytest

from planning.accounts import Account, Engagement
from planning.audit import Action, AuditEntry
from planning.caller import Caller
from planning.errors import Expired, InvalidValue, NotAPlanner, NotYours
from planning.platform import Platform
from planning.reasons import Reason
from planning.records import AccountChange, NicheCount
from planning.services import tags
from planning.services.estimates import estimated, load_model
from planning.services.tags import confirm_tag, forget_alias, list_tags, name_tag, propose_tag
from planning.shortlists import ShortlistQuery, Tag
from storage.database import SqlDatabase

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GUILD, OTHER_GUILD = 1, 2
PLANNER, COLLEAGUE = Caller(GUILD, 10, planner=True), Caller(GUILD, 11, planner=True)
MEMBER, ELSEWHERE = Caller(GUILD, 12, planner=False), Caller(OTHER_GUILD, 10, planner=True)
LOVED = Engagement(likes=200.0, comments=9.0, posts=12)


async def carry(database: SqlDatabase, guild: int = GUILD, **niches: tuple[str, ...]) -> None:
    """Accounts by handle, with these niches."""
    found = [
        Account(Platform.INSTAGRAM, handle, 2_000, NOW, niches=carried, engagement=LOVED, engagement_at=NOW)
        for handle, carried in niches.items()
    ]
    async with database.writing(guild) as store:
        model = await load_model(store)
        await store.accounts.write(
            [AccountChange(None, account, (), AuditEntry(NOW, 10, Action.ADDED)) for account in estimated(found, model)]
        )


async def carried(database: SqlDatabase, guild: int = GUILD) -> dict[str, tuple[str, ...]]:
    async with database.reading(guild) as store:
        return {account.handle: account.niches async for batch in store.accounts.stream() for account in batch}


async def listed(database: SqlDatabase, niche: str) -> list[str]:
    """Who stands in the niche's posting list, and as what."""
    async with database.reading(GUILD) as store:
        picks = await store.shortlists.best(ShortlistQuery(niche, tags=(Tag(niche),)))
    return sorted(f"{pick.account.handle} {pick.position}" for pick in picks)


async def change(database: SqlDatabase, old: str, new: str) -> tuple[str, int]:
    proposal = await propose_tag(database, PLANNER, old, new, now=NOW)
    return await confirm_tag(database, PLANNER, proposal.token, now=NOW)


async def test_renaming_moves_every_account_and_its_place_in_the_lists(database: SqlDatabase):
    await carry(database, anna=("food", "family"), ben=("gaming", "food"), cato=("gaming",))
    proposal = await propose_tag(database, PLANNER, "#Food", " Cooking ", now=NOW)
    assert (proposal.old, proposal.new, proposal.merges) == (NicheCount("food", 2), NicheCount("cooking", 0), False)
    assert (await carried(database))["anna"] == ("food", "family"), "nothing changes before it is confirmed"
    assert await confirm_tag(database, PLANNER, proposal.token, now=NOW) == ("cooking", 2)
    assert await carried(database) == {"anna": ("cooking", "family"), "ben": ("gaming", "cooking"), "cato": ("gaming",)}
    assert await listed(database, "cooking") == ["anna 0", "ben 1"]
    assert await listed(database, "food") == []
    async with database.reading(GUILD) as store:
        anna = await store.accounts.find(Platform.INSTAGRAM, "anna")
        assert anna is not None
        [edited, *_] = await store.audit.list_for_account(anna.id, limit=1)
    assert (edited.action, edited.actor_id) == (Action.EDITED, PLANNER.user_id)
    assert set(edited.before) == {"niches"}


async def test_merging_where_accounts_carry_both_keeps_the_better_place(database: SqlDatabase):
    await carry(database, anna=("vegan food", "travel", "vegan"), ben=("vegan", "vegan food"), cato=("vegan food",))
    proposal = await propose_tag(database, PLANNER, "vegan food", "vegan", now=NOW)
    assert proposal.merges
    assert proposal.new == NicheCount("vegan", 2)
    assert await confirm_tag(database, PLANNER, proposal.token, now=NOW) == ("vegan", 3)
    assert await carried(database) == {"anna": ("vegan", "travel"), "ben": ("vegan",), "cato": ("vegan",)}
    assert await listed(database, "vegan") == ["anna 0", "ben 0", "cato 0"]
    assert [count.name for count in (await list_tags(database, PLANNER)).counts] == ["vegan", "travel"]


async def test_more_accounts_than_one_part(sqlite_database: SqlDatabase, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tags, "CHUNK", 3)
    await carry(sqlite_database, GUILD, **{f"h{number}": ("food",) for number in range(10)})
    assert await change(sqlite_database, "food", "cooking") == ("cooking", 10)


async def test_aliases_follow_the_tag(database: SqlDatabase):
    await carry(database, anna=("food",), ben=("cooking",))
    for alias in ("eten", "nom nom"):
        await name_tag(database, PLANNER, "food", alias, now=NOW)
    await change(database, "food", "cooking")
    assert (await list_tags(database, PLANNER)).aliases == {"eten": "cooking", "nom nom": "cooking"}
    await change(database, "cooking", "eten")
    assert (await list_tags(database, PLANNER)).aliases == {"nom nom": "eten"}, "no tag is its own alias"
    assert await forget_alias(database, PLANNER, "#Nom nom", now=NOW) == "nom nom"
    assert (await list_tags(database, PLANNER)).aliases == {}


async def test_an_alias_is_kept_as_a_niche_would_be_and_may_move(sqlite_database: SqlDatabase):
    await carry(sqlite_database, anna=("food", "gaming"))
    assert await name_tag(sqlite_database, PLANNER, "FOOD", "#Eten", now=NOW) == ("eten", "food")
    await name_tag(sqlite_database, PLANNER, "gaming", "eten", now=NOW)
    assert (await list_tags(sqlite_database, PLANNER)).aliases == {"eten": "gaming"}


async def test_what_makes_no_sense_is_refused(sqlite_database: SqlDatabase):
    await carry(sqlite_database, anna=("food", "gaming"))

    async def refusal(work) -> Reason:
        with pytest.raises(InvalidValue) as raised:
            await work
        return Reason(raised.value.reason)

    async def rename(old: str, new: str) -> Reason:
        return await refusal(propose_tag(sqlite_database, PLANNER, old, new, now=NOW))

    async def name(tag: str, alias: str) -> Reason:
        return await refusal(name_tag(sqlite_database, PLANNER, tag, alias, now=NOW))

    assert await rename("nothing", "food") is Reason.NOT_A_TAG
    assert await rename("food", "#FOOD") is Reason.SAME_TAG
    assert await rename("food", "-") is Reason.NOT_ONE_TAG
    assert await rename("food", "eating, drinking") is Reason.NOT_ONE_TAG
    assert await rename("food", "x" * 51) is Reason.NICHE_TOO_LONG
    assert await name("nothing", "x") is Reason.NOT_A_TAG
    assert await name("food", "food") is Reason.SAME_TAG
    assert await name("food", "gaming") is Reason.ALIAS_IS_A_TAG
    assert await name("food", "#") is Reason.NOT_ONE_TAG
    assert await refusal(forget_alias(sqlite_database, PLANNER, "never", now=NOW)) is Reason.NOT_AN_ALIAS


async def test_only_planners_change_tags_and_only_who_asked_confirms_once(sqlite_database: SqlDatabase):
    await carry(sqlite_database, anna=("food",))
    for refused in (
        propose_tag(sqlite_database, MEMBER, "food", "cooking", now=NOW),
        confirm_tag(sqlite_database, MEMBER, "x", now=NOW),
        name_tag(sqlite_database, MEMBER, "food", "eten", now=NOW),
        forget_alias(sqlite_database, MEMBER, "eten", now=NOW),
    ):
        with pytest.raises(NotAPlanner):
            await refused
    token = (await propose_tag(sqlite_database, PLANNER, "food", "cooking", now=NOW)).token
    with pytest.raises(NotYours):
        await confirm_tag(sqlite_database, COLLEAGUE, token, now=NOW)
    await confirm_tag(sqlite_database, PLANNER, token, now=NOW)
    with pytest.raises(Expired):
        await confirm_tag(sqlite_database, PLANNER, token, now=NOW)


async def test_a_tag_that_went_meanwhile_changes_nothing(sqlite_database: SqlDatabase):
    await carry(sqlite_database, anna=("food",))
    token = (await propose_tag(sqlite_database, PLANNER, "food", "cooking", now=NOW)).token
    await change(sqlite_database, "food", "eating")
    with pytest.raises(InvalidValue):
        await confirm_tag(sqlite_database, PLANNER, token, now=NOW)
    assert await carried(sqlite_database) == {"anna": ("eating",)}


async def test_another_server_keeps_its_tags(database: SqlDatabase):
    await carry(database, anna=("food",))
    await carry(database, OTHER_GUILD, ben=("food",))
    token = (await propose_tag(database, PLANNER, "food", "cooking", now=NOW)).token
    with pytest.raises(Expired):
        await confirm_tag(database, ELSEWHERE, token, now=NOW)
    await confirm_tag(database, PLANNER, token, now=NOW)
    await name_tag(database, PLANNER, "cooking", "eten", now=NOW)
    assert await carried(database, OTHER_GUILD) == {"ben": ("food",)}
    assert (await list_tags(database, ELSEWHERE)).aliases == {}


async def test_tags_that_differ_in_number_or_spelling_only_are_shown_as_one(sqlite_database: SqlDatabase):
    await carry(sqlite_database, a=("recipes",), b=("recipe", "zero waste"), c=("zerowaste", "recipe"), d=("gaming",))
    book = await list_tags(sqlite_database, MEMBER)
    assert book.counts[0] == NicheCount("recipe", 2)
    assert [(one.name, other.name) for one, other in book.alike] == [("recipe", "recipes"), ("zero waste", "zerowaste")]


@pytest.mark.parametrize("most_carried", ["stad", "steden"])
async def test_a_plural_of_another_stem_is_shown_with_its_singular(sqlite_database: SqlDatabase, most_carried: str):
    await carry(sqlite_database, a=("stad",), b=("steden",), c=(most_carried,))
    (pair,) = (await list_tags(sqlite_database, MEMBER)).alike
    assert {one.name for one in pair} == {"stad", "steden"}
