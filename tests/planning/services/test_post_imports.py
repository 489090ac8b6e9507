"""Files of posts: shown, written once, and the estimate that follows from them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from planning.accounts import Account, Draft, Engagement, Source
from planning.audit import Action
from planning.caller import Caller
from planning.errors import Expired, NotAPlanner, NotYours, UnreadableFile
from planning.estimates.sample import sample_posts
from planning.platform import Platform
from planning.posts import Post
from planning.reasons import Reason
from planning.services.accounts import Added, Unknown, add_account, edit_account
from planning.services.post_imports import (
    PostsProposal,
    PostsReport,
    answer_dates,
    confirm_posts,
    find_owners,
    import_posts,
    list_posts,
    propose_posts,
)
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLANNER = Caller(guild_id=1, user_id=10, planner=True)
FILES = CsvFiles()
HEADER = "date,likes,comments,views\n"
TABLE = HEADER + "".join(f"2026-02-{day:02} 10:00,{40 + day},{day % 5},{900 + day}\n" for day in range(1, 13))


async def enrol(database: SqlDatabase, handle: str = "ann", **draft: object) -> Account:
    added = await add_account(database, PLANNER, Draft(Platform.INSTAGRAM, handle, 1_000, **draft), now=NOW)  # type: ignore[arg-type]
    assert isinstance(added, Added)
    return added.account


async def propose(database: SqlDatabase, text: str, *, caller: Caller = PLANNER, handle: str = "ann") -> PostsProposal:
    result = await propose_posts(database, FILES, caller, handle, filename="posts.csv", content=text.encode(), now=NOW)
    assert isinstance(result, PostsProposal)
    return result


async def keep(database: SqlDatabase, text: str, *, days: int = 0) -> PostsReport:
    report = await import_posts(
        database, FILES, PLANNER, "ann", filename="posts.csv", content=text.encode(), now=NOW + timedelta(days=days)
    )
    assert isinstance(report, PostsReport)
    return report


async def account(database: SqlDatabase) -> Account:
    async with database.reading(1) as store:
        [found] = await store.accounts.list_by_handle("ann")
    return found


def counts(report: PostsReport) -> tuple[int, int, int, int]:
    assert report.new + report.changed + report.unchanged + report.found.repeated + report.rejected == report.found.rows
    return report.new, report.changed, report.unchanged, report.rejected


async def test_a_file_is_shown_then_written_once(database: SqlDatabase) -> None:
    before = await enrol(database)
    proposal = await propose(database, TABLE)
    assert counts(proposal.report) == (12, 0, 0, 0)
    assert proposal.report.after.estimate is not None
    assert await account(database) == before, "nothing is written before Confirm"
    assert proposal.token is not None
    report = await confirm_posts(database, FILES, PLANNER, proposal.token, now=NOW)
    assert counts(report) == (12, 0, 0, 0)
    stored = await account(database)
    assert stored == report.after
    assert (stored.source, stored.posts_read_at, stored.engagement_at) == (Source.POSTS, NOW, NOW)
    assert stored.engagement == Engagement(likes=46.5, comments=23 / 12, views=906.5, posts=12)
    with pytest.raises(Expired):
        await confirm_posts(database, FILES, PLANNER, proposal.token, now=NOW)
    again = await propose(database, TABLE)
    assert (counts(again.report), again.token) == ((0, 0, 12, 0), None)


async def test_the_estimate_is_that_of_all_posts_known(database: SqlDatabase) -> None:
    await enrol(database)
    rows = TABLE.removeprefix(HEADER).splitlines(keepends=True)
    await keep(database, HEADER + "".join(rows[:5]))
    few = (await account(database)).estimate
    report = await keep(database, HEADER + "".join(rows[3:]), days=1)
    assert counts(report) == (7, 0, 2, 0)
    stored = await account(database)
    async with database.reading(1) as store:
        posts = await store.posts.list_newest(stored.id)
    assert len(posts) == 12
    assert stored.sample == sample_posts(posts)
    assert few is not None
    assert stored.estimate is not None
    assert stored.estimate.high / stored.estimate.low < few.high / few.low, "more posts, a narrower range"


async def test_a_later_file_brings_newer_figures_and_is_on_record(database: SqlDatabase) -> None:
    before = await enrol(database)
    await keep(database, HEADER + "2026-02-01 10:00,40,4,\n", days=1)
    report = await keep(database, HEADER + "2026-02-01 10:00,44,,900\n", days=2)
    assert counts(report) == (0, 1, 0, 0)
    async with database.reading(1) as store:
        assert await store.posts.list_newest(before.id) == [
            Post(datetime(2026, 2, 1, 10, tzinfo=UTC), likes=44, comments=4, views=900)
        ]
        entries = await store.audit.list_for_account(before.id, limit=9)
        readings = await store.accounts.list_snapshots(before.id)
    assert [entry.action for entry in entries] == [Action.POSTS, Action.POSTS, Action.ADDED]
    assert (entries[1].after["new_posts"], entries[0].after["changed_posts"]) == (1, 1)
    assert [(reading.source, reading.engagement.likes) for reading in readings] == [
        (Source.TYPED, None), (Source.POSTS, 40), (Source.POSTS, 44)
    ]  # fmt: skip


async def test_averages_typed_after_the_posts_count_as_one_more(database: SqlDatabase) -> None:
    await enrol(database)
    await keep(database, TABLE)
    before = await account(database)
    given = Draft(Platform.INSTAGRAM, "ann", engagement=Engagement(likes=400, comments=0, posts=50))
    await edit_account(database, PLANNER, "ann", given, now=NOW + timedelta(days=3))
    after = await account(database)
    assert before.estimate is not None
    assert after.estimate is not None
    assert after.sample == before.sample
    assert before.estimate.rate < after.estimate.rate < 0.2, "one high average pulls a little, whatever it is over"


async def test_hidden_likes_make_the_rate_not_computable(database: SqlDatabase) -> None:
    await enrol(database)
    report = await keep(database, HEADER + "".join(f"2026-02-{day:02} 10:00,3,{day},\n" for day in range(1, 9)))
    assert counts(report) == (8, 0, 0, 0)
    stored = await account(database)
    assert (stored.estimate, stored.sample, stored.engagement.likes) == (None, None, None)
    assert stored.posts_read_at == NOW


async def test_averages_over_more_posts_than_a_file_brings_still_count(database: SqlDatabase) -> None:
    before = await enrol(database, engagement=Engagement(likes=40, comments=4, posts=18))
    await keep(database, HEADER + "2026-02-01 10:00,850,2,\n", days=1)
    stored = await account(database)
    assert stored.engagement == before.engagement
    assert stored.sample is not None
    assert stored.sample.posts == 1
    assert before.estimate is not None
    assert stored.estimate is not None
    assert before.estimate.rate < stored.estimate.rate < 0.3, "one post of 85 % moves 18 of 4 % a little"
    await keep(database, TABLE, days=2)
    assert (await account(database)).engagement.posts == 18, "13 posts are fewer still"


async def test_posts_that_hide_their_likes_leave_typed_averages_standing(database: SqlDatabase) -> None:
    before = await enrol(database, engagement=Engagement(likes=40, comments=4, posts=9))
    await keep(database, HEADER + "2026-02-01 10:00,-1,4,\n2026-02-02 10:00,-1,5,\n", days=1)
    stored = await account(database)
    assert (stored.sample, stored.engagement, stored.estimate) == (None, before.engagement, before.estimate)
    assert stored.estimate is not None


async def test_dates_that_read_two_ways_are_asked_about(database: SqlDatabase) -> None:
    await enrol(database)
    text = HEADER + "03/02/2025,40,4,\n04/01/2025,50,5,\n"
    asked = await propose(database, text)
    assert asked.report.found.question is not None
    assert asked.token is not None
    answered = await answer_dates(database, FILES, PLANNER, asked.token, day_first=True, now=NOW)
    assert answered.token is not None
    with pytest.raises(Expired):
        await answer_dates(database, FILES, PLANNER, asked.token, day_first=False, now=NOW)
    await confirm_posts(database, FILES, PLANNER, answered.token, now=NOW)
    _, posts, total = await list_posts(database, PLANNER, (await account(database)).id, offset=0, limit=1)
    assert (posts[0].posted_at, total) == (datetime(2025, 2, 3, tzinfo=UTC), 2)
    unasked = await keep(database, text)
    assert unasked.found.question is not None
    assert counts(unasked) == (0, 0, 0, 0)


async def test_posts_of_another_account_are_rejected(database: SqlDatabase) -> None:
    await enrol(database)
    await enrol(database, "bob")
    text = "account,date,likes\n@ann,2026-02-01 10:00,5\nbob,2026-02-02 10:00,6\n"
    report = await keep(database, text)
    assert counts(report) == (1, 0, 0, 1)
    assert report.found.problems[0].reason is Reason.OTHER_ACCOUNT
    assert await find_owners(FILES, filename="posts.csv", content=text.encode(), now=NOW) == ["ann", "bob"]
    assert await find_owners(FILES, filename="posts.csv", content=TABLE.encode(), now=NOW) == []


async def test_only_who_asked_may_confirm_and_nobody_elsewhere(sqlite_database: SqlDatabase) -> None:
    await enrol(sqlite_database)
    proposal = await propose(sqlite_database, TABLE)
    assert proposal.token is not None
    for caller, refusal in (
        (replace(PLANNER, user_id=11), NotYours),
        (replace(PLANNER, guild_id=2), Expired),
        (replace(PLANNER, planner=False), NotAPlanner),
    ):
        with pytest.raises(refusal):
            await confirm_posts(sqlite_database, FILES, caller, proposal.token, now=NOW)
    assert (await account(sqlite_database)).posts_read_at is None
    await confirm_posts(sqlite_database, FILES, PLANNER, proposal.token, now=NOW)


async def test_what_is_no_file_of_posts_is_refused(sqlite_database: SqlDatabase) -> None:
    await enrol(sqlite_database)
    for text, reason in (("a,b\n1,2\n", "post_columns"), (HEADER, "no_posts"), ("", "empty")):
        with pytest.raises(UnreadableFile, match=reason):
            await propose(sqlite_database, text)
    nobody = await propose_posts(
        sqlite_database, FILES, PLANNER, "nobody", filename="x.csv", content=TABLE.encode(), now=NOW
    )
    assert isinstance(nobody, Unknown)
    with pytest.raises(Expired):
        await list_posts(sqlite_database, PLANNER, 99, offset=0, limit=5)


async def test_two_hundred_thousand_posts(sqlite_database: SqlDatabase) -> None:
    await enrol(sqlite_database)
    start = datetime(2010, 1, 1, tzinfo=UTC)
    rows = (f"{int((start + timedelta(minutes=30 * n)).timestamp())},{n % 90},{n % 7},\n" for n in range(200_000))
    report = await keep(sqlite_database, HEADER + "".join(rows))
    assert counts(report) == (200_000, 0, 0, 0)
    stored = await account(sqlite_database)
    assert stored.sample is not None
    assert stored.sample.posts == 200_000
    async with sqlite_database.reading(1) as store:
        assert await store.posts.count(stored.id) == 200_000
