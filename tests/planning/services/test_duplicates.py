from dataclasses import replace
from datetime import UTC, datetime

import pytest

from planning.caller import Caller
from planning.duplicates.identities import Hint
from planning.errors import NotAPlanner
from planning.services.duplicates import keep_apart, list_duplicates
from planning.services.imports import run_import
from planning.services.post_imports import import_posts
from sheets.csv_files import CsvFiles
from storage.database import SqlDatabase

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLANNER = Caller(guild_id=1, user_id=10, planner=True)
ROSTER = (
    "handle,platform,name,followers,niches,country\n"
    "annabakes,instagram,Anna Bakt,4100,food,NL\n"
    "anna_bakes,tiktok,Anna B,900,,\n"
    "mossgreen,instagram,,800,garden,NL\n"
    "mossgreem,instagram,,300,garden,NL\n"
    "leaves,x,,800,,\n"
    "leavess,x,,1800,,\n"
    "someone,instagram,Some One,800,,\n"
)
POSTS = b"date,likes\n2026-02-01 10:00:07,9\n2026-02-02 10:00:08,8\n"


async def load(database: SqlDatabase, guild: int = 1) -> None:
    caller = replace(PLANNER, guild_id=guild)
    await run_import(*(database, CsvFiles(), caller), filename="x.csv", content=ROSTER.encode(), platform=None, now=NOW)


async def pairs(database: SqlDatabase, caller: Caller = PLANNER) -> list[tuple[str, str, tuple[Hint, ...]]]:
    found, total = await list_duplicates(database, caller, offset=0, limit=9)
    assert total == len(found)
    return [(each.stays.handle, each.goes.handle, each.proposal.hints) for each in found]


async def test_proposals_and_what_is_said_of_them(database: SqlDatabase) -> None:
    await load(database)
    expected = [
        ("annabakes", "anna_bakes", (Hint.SAME_HANDLE,)),
        ("mossgreen", "mossgreem", (Hint.SIMILAR_HANDLE, Hint.SAME_NICHE)),
    ]
    assert await pairs(database) == expected
    assert await pairs(database, replace(PLANNER, guild_id=2)) == []
    second, total = await list_duplicates(database, PLANNER, offset=1, limit=1)
    assert (total, [each.stays.handle for each in second]) == (2, ["mossgreen"])
    await keep_apart(database, PLANNER, second[0].proposal.pair)
    await keep_apart(database, PLANNER, second[0].proposal.pair)
    assert await pairs(database) == expected[:1]
    with pytest.raises(NotAPlanner):
        await keep_apart(database, replace(PLANNER, planner=False), (1, 2))


async def test_posts_in_common_tell_a_typo(database: SqlDatabase) -> None:
    await load(database)
    for handle in ("leaves", "leavess"):
        await import_posts(
            *(database, CsvFiles(), PLANNER, handle), filename="p.csv", content=POSTS, day_first=False, now=NOW
        )
    assert ("leavess", "leaves", (Hint.SAME_POSTS, Hint.SIMILAR_HANDLE)) in await pairs(database)
