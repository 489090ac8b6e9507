"""The longest of every card of schedules and of what they post."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cogs.schedule.cards import PAGE, all_card, proposal_card, removal_card, schedule_card
from cogs.schedule.posts import post_card, telling_card, trial_card
from planning.cadence.days import Once, Weekly
from planning.cadence.rules import Cadence
from planning.matching.matcher import How, NicheMatch
from planning.platform import Platform
from planning.ranking import RankingGoal
from planning.results import Result
from planning.scheduling.alerts import Alerts, Moved
from planning.scheduling.changes import shortlist_changes
from planning.scheduling.runs import Ended, Outcome, reference_of
from planning.scheduling.schedules import (
    AlertTask,
    HaltReason,
    Notice,
    NoticeKind,
    Run,
    Schedule,
    Seen,
    ShortlistTask,
    Status,
)
from planning.services.meanings import Choice, Meaning
from planning.services.publishing import AlertContent, Post, ShortlistContent, Telling
from planning.services.schedules import Proposal, ScheduleView
from planning.services.shortlists import Shortlist
from planning.settings import GuildSettings
from planning.shortlists import Filter, LeftOut, NearMiss, Pick, ShortlistQuery, Tag
from tests.cogs.longest import LADDER, LANGUAGES, LONGEST, NOW, WIDE, check

FAR = 2**63 - 1
ZONE = ZoneInfo("America/Argentina/ComodRivadavia")
TAGS = tuple(Tag(f"{n}" + "*" * 49, 0.7) for n in range(8))
QUERY = ShortlistQuery(
    niche="*" * 50,
    followers=(10**9, 10**10),
    platform=Platform.INSTAGRAM,
    country="GB",
    language="en",
    max_price_minor=10**10,
    limit=25,
    tags=TAGS,
    goal=RankingGoal.VIEWS,
)
PICKS = [Pick(replace(LONGEST, id=n, handle=f"{n:02}{LONGEST.handle[2:]}"), 10**9, 1, TAGS[0].name) for n in range(25)]
SHORTLIST = Schedule(
    name=WIDE[:60],
    task=ShortlistTask(QUERY, "*" * 20),
    cadence=Cadence(Weekly((0, 1, 2, 3, 4, 6), 52, 0), time(23, 59)),
    zone=ZONE.key,
    channel_id=FAR,
    created_by=FAR,
    created_at=NOW,
    mention_role_id=FAR,
    id=10**9,
    next_at=NOW,
    manual_at=NOW,
    wake_at=NOW,
    attempts=7,
    seen=Seen(NOW, "abcd2345"),
)
ALERT = replace(SHORTLIST, task=AlertTask("*" * 50, None))
NOTICES = [
    Notice(NoticeKind.MISSED, NOW),
    Notice(NoticeKind.DEAD, NOW, None, WIDE * 5),
    *(Notice(NoticeKind.HALTED, NOW, reason, f"send_messages,mention_everyone,{WIDE * 4}") for reason in HaltReason),
]
RUNS = [Ended(Run(NOW, manual=True), NOW, outcome, "abcd2345wxyz", FAR, 8) for outcome in Outcome]
DATES = [NOW] * 3


def made() -> Shortlist:
    choices = tuple(Choice(NicheMatch(tag.name, 0.9, How.MEANING), n < 7, f"{n:03}") for n, tag in enumerate(TAGS))
    misses = [NearMiss(pick, Filter.TIER) for pick in PICKS[:3]]
    left_out = [LeftOut(one, 10**6) for one in Filter]
    result = Result("abcd2345", NOW, QUERY, tuple(PICKS))
    return Shortlist(result, PICKS[:2], left_out, misses, Meaning(QUERY.niche, choices, (), 99))


def post(schedule: Schedule, content: ShortlistContent | AlertContent, *, manual: bool = False) -> Post:
    run = Run(NOW, manual)
    reference = reference_of(FAR, schedule.id, run)
    return Post(FAR, schedule, run, content, GuildSettings(ladder=LADDER), reference, late=True, made_at=NOW)


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_the_longest_of_every_card_of_schedules_fits(code: str):
    t = LANGUAGES.get(code)
    command = "</schedule shortlist:1234567890123456789>"
    for schedule in (SHORTLIST, ALERT, replace(SHORTLIST, cadence=Cadence(Once(NOW.date()), time(9)))):
        views = [
            ScheduleView(replace(schedule, status=status, notice=notice), ZONE, DATES, RUNS, WIDE[:60])
            for status in Status
            for notice in NOTICES
        ]
        check(proposal_card(t, Proposal(schedule, ZONE, DATES, "a" * 12, WIDE[:60]), LADDER, timezone=command))
        check(removal_card(t, schedule))
        check(trial_card(t, schedule))
        check(all_card(t, views[: PAGE * 3], PAGE, FAR, make=command))
        for view in views:
            check(schedule_card(t, view, LADDER, FAR, planner=True, title=WIDE))
        for notice in NOTICES:
            check(telling_card(t, Telling(FAR, schedule, notice, GuildSettings(), "x" * 14), WIDE))


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_the_longest_of_every_post_fits(code: str):
    t = LANGUAGES.get(code)
    gone = [Pick(replace(LONGEST, id=100 + n, handle=f"g{n:02}{LONGEST.handle[3:]}"), 1, 0, "x") for n in range(25)]
    then = [Pick(replace(pick.account, followers=1, estimate=None), 1, 0, "x") for pick in PICKS[:12]]
    changes = shortlist_changes(
        [*gone, *then], PICKS, {}, QUERY, LADDER, since=NOW - timedelta(days=7), now=NOW + timedelta(days=90)
    )
    none = replace(changes, new=(), gone=(), tiers=(), rates=(), prices=(), stale=())
    moved = [
        Moved(pick.account, 1, (LADDER.tiers[0], LADDER.tiers[1]) if n % 2 else None, 9.99)
        for n, pick in enumerate(PICKS)
    ]
    alerts = Alerts(tuple(moved * 4), tuple(pick.account for pick in PICKS * 4))
    for one in (
        post(SHORTLIST, ShortlistContent(made(), changes)),
        post(SHORTLIST, ShortlistContent(made(), None)),
        post(SHORTLIST, ShortlistContent(made(), none)),
        post(SHORTLIST, ShortlistContent(made(), none), manual=True),
        post(ALERT, AlertContent(alerts, 10**6, 1, NOW)),
        post(ALERT, AlertContent(Alerts((), ()), 0, 1, NOW), manual=True),
    ):
        card = post_card(t, one)
        check(card)
        assert one.reference in str(card.to_components())
