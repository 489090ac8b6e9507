"""Which tags a query means: read once, read again after a change, by letters where there is no encoder."""

import asyncio
from collections.abc import Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from planning.accounts import Account
from planning.audit import Action, AuditEntry
from planning.caller import Caller
from planning.errors import DatabaseUnavailable
from planning.matching.encoder import RECIPE, Encoder, Vectors, load_model
from planning.matching.matcher import How
from planning.platform import Platform
from planning.records import AccountChange
from planning.services import meanings
from planning.services.meanings import LEAST_WEIGHT, Meaning, Meanings, mark_of
from planning.services.shortlists import NoSuchNiche, Shortlist, make_shortlist
from planning.services.tags import name_tag
from planning.shortlists import ShortlistQuery
from storage.database import SqlDatabase
from tests.encoders import Given

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
GUILD, OTHER_GUILD = 1, 2
PLANNER = Caller(GUILD, 10, planner=True)
TAGS = ("baking", "vegan recipes", "plant-based desserts", "gaming")


class Counting(Encoder):
    """Remembers what it was asked to encode."""

    def __init__(self) -> None:
        super().__init__(load_model())
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().encode(texts)


@pytest.fixture(scope="module")
def model() -> Counting:
    return Counting()


@pytest.fixture
def counting(model: Counting) -> Counting:
    model.asked.clear()
    return model


async def carry(database: SqlDatabase, *tags: str, guild: int = GUILD) -> None:
    """An account for each tag."""
    added = [Account(Platform.INSTAGRAM, tag.replace(" ", "."), 2_000, NOW, niches=(tag,)) for tag in tags]
    async with database.writing(guild) as store:
        await store.accounts.write(
            [AccountChange(None, account, (), AuditEntry(NOW, 10, Action.ADDED)) for account in added]
        )


def on(meaning: Meaning) -> list[str]:
    return [tag.name for tag in meaning.tags]


async def test_by_meaning_the_surest_first_and_what_is_close_apart(database: SqlDatabase, counting: Counting):
    await carry(database, *TAGS)
    meaning = await Meanings(Given(counting)).match(database, GUILD, "vegan baking")
    assert on(meaning) == ["vegan recipes", "baking"]
    assert [choice.match.tag for choice in meaning.choices if not choice.on] == ["plant-based desserts"]
    weights = [tag.weight for tag in meaning.tags]
    assert LEAST_WEIGHT <= weights[1] < weights[0] < 1
    exact = await Meanings(Given(counting)).match(database, GUILD, "baking")
    assert (exact.tags[0].name, exact.tags[0].weight) == ("baking", 1.0)


async def test_marks_switch_tags_over_in_both_directions(sqlite_database: SqlDatabase, counting: Counting):
    await carry(sqlite_database, *TAGS)
    known = Meanings(Given(counting))
    marks = (mark_of("baking"), mark_of("plant-based desserts"))
    assert on(await known.match(sqlite_database, GUILD, "vegan baking", marks)) == [
        "vegan recipes",
        "plant-based desserts",
    ]
    everything = (mark_of("baking"), mark_of("vegan recipes"), "zzz")
    assert on(await known.match(sqlite_database, GUILD, "vegan baking", everything)) == []


async def test_vectors_are_made_once_also_for_the_next_process(database: SqlDatabase, counting: Counting):
    await carry(database, *TAGS)
    known = Meanings(Given(counting))
    await asyncio.gather(*(known.match(database, GUILD, f"query {number}") for number in range(5)))
    assert sorted(text for text in counting.asked if not text.startswith("query")) == sorted(TAGS)
    counting.asked.clear()
    await Meanings(Given(counting)).match(database, GUILD, "pets")
    assert counting.asked == ["pets"]


async def test_only_new_tags_are_encoded_after_a_change_and_an_answer_is_not_kept_too_long(
    sqlite_database: SqlDatabase, counting: Counting
):
    await carry(sqlite_database, "gaming")
    known = Meanings(Given(counting))
    assert (await known.match(sqlite_database, GUILD, "knitting")).choices == ()
    await carry(sqlite_database, "crochet")
    counting.asked.clear()
    assert on(await known.match(sqlite_database, GUILD, "knitting")) == ["crochet"]
    assert counting.asked == ["crochet", "knitting"]


async def test_a_write_that_leaves_the_tags_alone_costs_no_second_answer(
    sqlite_database: SqlDatabase, counting: Counting
):
    await carry(sqlite_database, "gaming")
    known = Meanings(Given(counting))
    await known.match(sqlite_database, GUILD, "knitting")
    counting.asked.clear()
    async with sqlite_database.writing(GUILD) as store:
        await store.audit.append(AuditEntry(NOW, 10, Action.SETTING))
    await known.match(sqlite_database, GUILD, "knitting")
    assert counting.asked == []


async def test_the_teams_alias_beats_the_model(sqlite_database: SqlDatabase, counting: Counting):
    await carry(sqlite_database, *TAGS)
    known = Meanings(Given(counting))
    before = await known.match(sqlite_database, GUILD, "esports")
    assert before.choices[0].match.how is How.MEANING
    await name_tag(sqlite_database, PLANNER, "baking", "#ESports", now=NOW)
    found = await known.match(sqlite_database, GUILD, "esports")
    assert (found.choices[0].match.tag, found.choices[0].match.how) == ("baking", How.OWN_ALIAS)
    assert found.tags[0].weight == 1.0


async def test_each_server_has_its_own_tags(database: SqlDatabase, counting: Counting):
    await carry(database, "crochet")
    await carry(database, "gaming", guild=OTHER_GUILD)
    known = Meanings(Given(counting))
    assert on(await known.match(database, GUILD, "knitting")) == ["crochet"]
    assert on(await known.match(database, OTHER_GUILD, "knitting")) == []
    assert on(await known.match(database, 3, "knitting")) == []


async def test_without_an_encoder_letters_are_compared(sqlite_database: SqlDatabase):
    await carry(sqlite_database, *TAGS)
    known = Meanings(Given(None))
    assert on(await known.match(sqlite_database, GUILD, "vegan recipe")) == ["vegan recipes"]
    assert on(await known.match(sqlite_database, GUILD, "veganistisch bakken")) == []
    async with sqlite_database.reading(GUILD) as store:
        assert all(meaning.vector is None for meaning in await store.niches.list_meanings(RECIPE))


async def test_where_nothing_can_be_written_the_answer_comes_all_the_same(
    sqlite_database: SqlDatabase, counting: Counting, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(meanings, "ENCODED_TOGETHER", 1)
    await carry(sqlite_database, *TAGS)
    tried: list[int] = []

    class Locked:
        reading = sqlite_database.reading

        @asynccontextmanager
        async def writing(self, guild_id: int):
            tried.append(guild_id)
            raise DatabaseUnavailable
            yield

    found = await Meanings(Given(counting)).match(Locked(), GUILD, "vegan baking")  # type: ignore[arg-type]
    assert on(found) == ["vegan recipes", "baking"]
    assert tried == [GUILD], "it doesn't wait for the database again and again"


async def test_few_tags_are_used_and_the_others_counted(
    sqlite_database: SqlDatabase, counting: Counting, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(meanings, "MOST_TAGS", 2)
    await carry(sqlite_database, "running", "runners", "run", "running shoes", "running clubs")
    found = await Meanings(Given(counting)).match(sqlite_database, GUILD, "running")
    assert [choice.match.tag for choice in found.choices] == ["running", "run"]
    assert found.more == 2


async def test_servers_that_asked_long_ago_are_forgotten(
    sqlite_database: SqlDatabase, counting: Counting, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(meanings, "KEPT_TAGS", 3)
    known = Meanings(Given(counting))
    for guild in (1, 2, 3):
        await carry(sqlite_database, f"gaming {guild}", f"baking {guild}", guild=guild)
        await known.match(sqlite_database, guild, "knitting")
    assert list(known._servers) == [3]
    counting.asked.clear()
    await known.match(sqlite_database, 1, "knitting")
    assert counting.asked == ["knitting"], "its vectors are still stored"


async def test_a_shortlist_of_several_tags_has_an_account_once_by_its_best_tag(
    database: SqlDatabase, counting: Counting
):
    both = Account(Platform.INSTAGRAM, "both", 2_000, NOW, niches=("vegan recipes", "baking"), country="NL")
    abroad = replace(both, handle="abroad", country="DE")
    async with database.writing(GUILD) as store:
        await store.accounts.write(
            [AccountChange(None, account, (), AuditEntry(NOW, 10, Action.ADDED)) for account in (both, abroad)]
        )
    known = Meanings(Given(counting))
    result = await make_shortlist(database, known, PLANNER, ShortlistQuery("vegan baking", country="NL"), now=NOW)
    assert isinstance(result, Shortlist)
    assert [(pick.account.handle, pick.tag) for pick in result.picks] == [("both", "vegan recipes")]
    assert [left.accounts for left in result.left_out] == [1]
    nothing = await make_shortlist(database, known, PLANNER, ShortlistQuery("quantum physics"), now=NOW)
    assert isinstance(nothing, NoSuchNiche)
    assert not nothing.similar
    assert [count.name for count in nothing.nearest] == ["baking", "vegan recipes"], "those that most carry"


async def test_ten_thousand_tags_are_matched_and_none_is_lost(sqlite_database: SqlDatabase):
    accounts = [
        Account(Platform.INSTAGRAM, f"u{n}", 2_000, NOW, niches=tuple(f"tag {10 * n + place}" for place in range(10)))
        for n in range(1_000)
    ]
    async with sqlite_database.writing(GUILD) as store:
        await store.accounts.write(
            [AccountChange(None, account, (), AuditEntry(NOW, 10, Action.ADDED)) for account in accounts]
        )
        assert len(await store.niches.list_counts()) == 10_000
    known = Meanings(Given(None))
    result = await make_shortlist(sqlite_database, known, PLANNER, ShortlistQuery("#Tag7777"), now=NOW)
    assert isinstance(result, Shortlist)
    assert [pick.account.handle for pick in result.picks][:1] == ["u777"]
    nothing = await make_shortlist(sqlite_database, known, PLANNER, ShortlistQuery("quantum physics"), now=NOW)
    assert isinstance(nothing, NoSuchNiche)
    assert len(nothing.nearest) == 5
