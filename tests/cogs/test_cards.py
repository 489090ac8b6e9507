"""Cards hold within Discord's limits whatever they are given, and never mix lasting with passing buttons."""

from dataclasses import replace

import discord
import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.client  # noqa: F401 - with it, every view there is has been imported
from cogs.influencer.cards import HISTORY_PAGE, PAGE, edited_card, exists_card, history_card, list_card
from cogs.influencer.import_card import column_card, done_card, proposal_card
from cogs.influencer.progress_card import begun_card, ending_card, progress_card
from cogs.kit.buttons import ActionButton, ActionMenu
from cogs.kit.cards import Card
from cogs.shortlist.card import shortlist_card
from cogs.shortlist.state import fits, read_query, write_query
from cogs.tier.card import account_card, unknown_card
from planning.accounts import Account, Draft
from planning.audit import Action, AuditEntry, Origin, differences
from planning.errors import UnreadableFile
from planning.import_jobs import ImportJob
from planning.imports.choosing import understand_columns
from planning.imports.problems import Problem
from planning.matching.matcher import How, NicheMatch
from planning.niches import MAX_NICHE
from planning.platform import Platform
from planning.ranking import RankingGoal
from planning.reasons import Reason
from planning.records import AccountFilter, HandleMatch
from planning.results import Result
from planning.services.accounts import Trail, Unknown
from planning.services.import_reporting import End, Ending
from planning.services.imports import ImportReport
from planning.services.meanings import MOST_TAGS, Choice, Meaning
from planning.services.proposed_imports import Proposal
from planning.services.shortlists import Shortlist
from planning.shortlists import Filter, LeftOut, NearMiss, Pick, ShortlistQuery
from planning.tiers import DEFAULT_LADDER
from tests.cogs.longest import LADDER, LANGUAGES, LONGEST, NOW, WIDE, check, languages, text


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_the_longest_of_everything_fits(code: str):
    t = LANGUAGES.get(code)
    _, values = differences(None, LONGEST)
    entry = AuditEntry(*(NOW, 2**63, Action.EDITED, values, values), account_id=7, origin=Origin(WIDE * 9, 10**6))
    pick = Pick(LONGEST, 10**9, 1, "*" * MAX_NICHE)
    query = ShortlistQuery(
        "*" * MAX_NICHE, (10**10, 2 * 10**10), Platform.INSTAGRAM, "GB", "en", 10**10, "EUR", offset=9_999, limit=25
    )
    meaning = Meaning(
        query.niche,
        tuple(
            Choice(NicheMatch(f"{n}" + "*" * (MAX_NICHE - 1), 0.6, How.MEANING), n % 2 == 0, f"00{n}")
            for n in range(MOST_TAGS)
        ),
        (),
    )
    left = [LeftOut(reason, 10**9) for reason in Filter]
    misses = [NearMiss(pick, reason) for reason in (Filter.TIER, Filter.LANGUAGE, Filter.PRICE)]
    result = Result("abcd2345", NOW, replace(query, tags=meaning.tags), (pick,) * 25)
    header = [WIDE] * 30 + ["handle", "followers"]
    problems = tuple(Problem(10**6, f"{n % 6}{WIDE}", WIDE * 9, Reason.NOT_A_NUMBER) for n in range(60))
    draft = Draft(
        Platform.OTHER, LONGEST.handle, 9**9, LONGEST.niches, WIDE, "GB", "en", LONGEST.engagement, LONGEST.price
    )
    report = ImportReport(
        10**6,
        10**6,
        10**6,
        10**6,
        problems,
        understand_columns(header),
        (draft,) * 10,
        10**7,
        WIDE,
        [WIDE[:30] + str(n) for n in range(60)],
    )
    job = ImportJob(
        *("x" * 12, WIDE * 3, 2**63, 2**63, NOW, NOW),
        total=10**7,
        done=10**7,
        new=10**7,
        updated=10**7,
        unchanged=10**7,
    )
    for card in (
        account_card(t, LONGEST, LADDER, edit="</influencer edit:1234567890123456789>"),
        unknown_card(
            t,
            Unknown("_" * 70, Platform.INSTAGRAM, [HandleMatch(9**9, Platform.X, "_" * 64, WIDE, 9)] * 5),
            may_register=True,
        ),
        shortlist_card(
            t,
            Shortlist(result, [pick] * 2, left, misses, meaning),
            LADDER,
            NOW,
        ),
        list_card(t, [LONGEST] * PAGE, 10**6, AccountFilter(("*" * 50,), (1, 10**10), Platform.X, "GB"), 10**5, LADDER),
        history_card(
            t, Trail(LONGEST.handle, [entry] * (HISTORY_PAGE + 1), {7: "_" * 64}), 60, f"instagram:{'_' * 64}"
        ),
        exists_card(t, LONGEST, Account(LONGEST.platform, LONGEST.handle, 1, NOW), "x" * 12),
        edited_card(t, LONGEST, Account(LONGEST.platform, LONGEST.handle, 1, NOW)),
        proposal_card(t, Proposal(WIDE * 3, report, "x" * 12)),
        column_card(t, 700, "x" * 12),
        done_card(t, report, ["rejected-rows.csv", "problems.csv"]),
        begun_card(t, job),
        progress_card(t, job),
        ending_card(t, job, Ending(End.DONE, report), ["rejected-rows.csv", "problems.csv"], server=WIDE * 3),
        *(ending_card(t, job, Ending(end), [], server=WIDE * 3) for end in set(End) - {End.DONE}),
        ending_card(t, job, Ending(End.UNREADABLE, error=UnreadableFile("columns", WIDE * 9)), []),
    ):
        check(card)


@settings(max_examples=60)
@given(languages, text, st.lists(text, max_size=4), st.integers(0, 10**10))
def test_no_text_that_someone_typed_pings_or_links(t, name: str, niches: list[str], followers: int):
    account = Account(
        Platform.TIKTOK, "moss", followers, NOW, name=name, niches=tuple(niche or "x" for niche in niches)
    )
    card = account_card(t, account, DEFAULT_LADDER, edit="`/influencer edit`")
    check(card)
    written = "\n".join(item.content for item in card.walk_children() if isinstance(item, ui.TextDisplay))
    assert "@everyone" not in written
    assert "@here" not in written
    assert "](" not in written


@given(
    st.builds(
        ShortlistQuery,
        niche=st.text(min_size=1, max_size=MAX_NICHE).filter(lambda niche: niche == niche.strip()),
        followers=st.tuples(st.integers(0, 10**10), st.none() | st.integers(0, 10**10)),
        platform=st.none() | st.sampled_from(Platform),
        country=st.none() | st.just("NL"),
        language=st.none() | st.just("nl"),
        max_price_minor=st.none() | st.integers(0, 10**11),
        goal=st.sampled_from(RankingGoal),
        flipped=st.lists(st.from_regex(r"[0-9a-z]{3}", fullmatch=True), max_size=2).map(tuple),
        offset=st.integers(0, 9_999),
        limit=st.integers(1, 25),
    )
)
def test_a_shortlists_query_survives_its_button(query: ShortlistQuery):
    assert read_query(write_query(query), query.currency) == query
    if fits(query) or not query.flipped:
        ActionButton("slx", write_query(query), label="x")


def test_a_card_refuses_a_button_that_would_kill_the_others():
    with pytest.raises(AssertionError):
        Card("x", buttons=[[ActionButton("tier", 1, label="a"), ui.Button(label="b", custom_id="passing")]])


def test_there_are_no_other_views():
    """Every message of the bot is a Card, so that what `check` says of cards holds for all views."""
    views = {*ui.LayoutView.__subclasses__(), *ui.View.__subclasses__()}
    ours = {view.__name__ for view in views if view.__module__.split(".")[0] in {"bot", "cogs"}}
    assert ours == {"Card"}


def test_dynamic_items_are_two_classes():
    ours = [item for item in ui.DynamicItem.__subclasses__() if item.__module__.split(".")[0] in {"bot", "cogs"}]
    assert ours == [ActionButton, ActionMenu]
    assert discord.version_info[:2] == (2, 7), "the rule was found in 2.7: look at it again"
