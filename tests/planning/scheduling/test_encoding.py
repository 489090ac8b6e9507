"""Schedules as JSON text: what is packed comes back the same."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planning.platform import Platform
from planning.ranking import RankingGoal
from planning.scheduling.encoding import (
    pack_attempt,
    pack_draft,
    pack_notice,
    pack_seen,
    pack_task,
    unpack_attempt,
    unpack_draft,
    unpack_notice,
    unpack_seen,
    unpack_task,
)
from planning.scheduling.schedules import (
    AlertTask,
    Attempt,
    HaltReason,
    Notice,
    NoticeKind,
    Run,
    Schedule,
    Seen,
    ShortlistTask,
    Unchanged,
)
from planning.shortlists import ShortlistQuery, Tag
from tests.planning.scheduling.made import schedule
from tests.planning.scheduling.test_due import cadences

words = st.text(max_size=30)
numbers = st.integers(0, 2**63 - 1)
instants = st.integers(0, 2**33).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
bands = st.tuples(st.integers(0, 10**9), st.none() | st.integers(0, 10**9))
shares = st.floats(0, 100, allow_nan=False)
queries = st.builds(
    ShortlistQuery,
    niche=words,
    followers=bands,
    platform=st.none() | st.sampled_from(Platform),
    country=st.none() | words,
    language=st.none() | words,
    max_price_minor=st.none() | numbers,
    currency=words,
    offset=st.integers(0, 100),
    limit=st.integers(1, 25),
    flipped=st.lists(words, max_size=3).map(tuple),
    tags=st.lists(st.builds(Tag, words, shares), max_size=3).map(tuple),
    goal=st.sampled_from(RankingGoal),
    worths=st.lists(st.tuples(words, shares), max_size=3).map(tuple),
)
shortlists = st.builds(ShortlistTask, queries, words)
alerts = st.builds(AlertTask, st.none() | words, st.none() | numbers, shares, st.integers(1, 999))
tasks = shortlists | alerts
seens = st.builds(Seen, st.none() | instants, st.none() | words, numbers)
attempts = st.builds(Attempt, st.builds(Run, instants, st.booleans()), numbers, instants, seens)
notices = st.builds(
    Notice,
    st.sampled_from(NoticeKind),
    instants,
    st.none() | st.sampled_from(HaltReason),
    words,
    st.integers(0, 99),
    st.booleans(),
)
drafts = st.builds(
    Schedule,
    name=words,
    task=tasks,
    cadence=cadences,
    zone=st.none() | words,
    channel_id=numbers,
    created_by=numbers,
    created_at=instants,
    mention_role_id=st.none() | numbers,
    unchanged=st.sampled_from(Unchanged),
    grace=st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
)


@given(tasks)
def test_tasks(task: ShortlistTask | AlertTask):
    assert unpack_task(pack_task(task)) == task


@given(st.none() | attempts)
def test_attempts(attempt: Attempt | None):
    assert unpack_attempt(pack_attempt(attempt)) == attempt


@given(seens)
def test_what_was_seen(seen: Seen):
    assert unpack_seen(pack_seen(seen)) == seen


@given(st.none() | notices)
def test_notices(notice: Notice | None):
    assert unpack_notice(pack_notice(notice)) == notice


@given(drafts)
def test_drafts(draft: Schedule):
    assert unpack_draft(pack_draft(draft)) == draft


def test_nothing_seen_where_nothing_is_kept():
    assert unpack_seen(None) == Seen()


def test_of_a_draft_only_what_a_person_chose_is_kept():
    draft = schedule()
    begun = replace(draft, id=5, claim="mine", attempts=3, seen=Seen(trail=9), next_at=draft.created_at)
    assert unpack_draft(pack_draft(begun)) == draft


def test_it_is_read_by_people_too():
    kept = pack_task(AlertTask("crème brûlée", None))
    assert "crème brûlée" in kept
    assert json.loads(kept)["kind"] == "alert"
