"""What the demo's invented influencers did: posts with their own numbers, and how their followers grew.

Drawn from each account's own averages by a seed of its handle, back from the time of the demo's first start, so that
the same account always has the same history. Now and then one is unusual, as in any roster.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from planning.accounts import Account, Snapshot, Source
from planning.audit import Action, AuditEntry
from planning.caller import COMMAND_LINE, Caller
from planning.platform import Platform
from planning.ports import Database
from planning.posts import Post, PostKind
from planning.records import AccountChange
from planning.services.estimates import estimated, load_model
from planning.services.post_imports import with_posts

WITH_POSTS = 0.6
"""The share of the accounts with known likes of which there are posts; of the others, averages are all there is."""
COUNTS = (1, 3, 5, 9, 12, 12, 18, 24, 30, 48)
GREW = 0.2
"""By how much the log of likes rose in a year: there were fewer followers to like the older posts."""
MONTHS = 9
STEPPED = 0.03
"""The share of accounts that grew in a step."""
STEADY = 0.02
"""The share whose likes hardly differ from post to post."""

KINDS: dict[Platform, tuple[PostKind, ...]] = {
    Platform.INSTAGRAM: (PostKind.POST, PostKind.REEL, PostKind.REEL),
    Platform.TIKTOK: (PostKind.VIDEO,),
    Platform.YOUTUBE: (PostKind.VIDEO, PostKind.SHORT),
    Platform.TWITCH: (PostKind.STREAM,),
}


@dataclass(frozen=True, slots=True)
class History:
    """An account's posts, oldest first, and its earlier readings of followers."""

    posts: list[Post]
    readings: list[Snapshot]


async def add_history(database: Database, guild_id: int, *, now: datetime) -> None:
    """Give every account of the server its history."""
    caller = Caller(guild_id, COMMAND_LINE, planner=True)
    async with database.writing(caller.guild_id) as store:
        accounts = [account async for batch in store.accounts.stream() for account in batch]
        histories = [draw_history(account, now) for account in accounts]
        after: list[Account] = []
        for account, history in zip(accounts, histories, strict=True):
            after.append(with_posts(account, history.posts, now) if history.posts else account)
            await store.posts.write(account.id, list(enumerate(history.posts)))
        changes = [
            _change(before, then, history, now)
            for before, then, history in zip(
                accounts, estimated(after, await load_model(store)), histories, strict=True
            )
        ]
        await store.accounts.write(changes)


def draw_history(account: Account, now: datetime) -> History:
    """The account's history up to now."""
    random = Random(f"microscout {account.platform} {account.handle}")  # noqa: S311 - no secret
    posts = _posts(random, account, now) if account.engagement.likes and random.random() < WITH_POSTS else []
    return History(posts, _readings(random, account, now))


def _change(before: Account, after: Account, history: History, now: datetime) -> AccountChange:
    readings = list(history.readings)
    if history.posts:
        readings.append(Snapshot(now.replace(microsecond=0), Source.POSTS, engagement=after.engagement))
    given = {"new_posts": len(history.posts)} if history.posts else {}
    audit = AuditEntry(now, COMMAND_LINE, Action.POSTS if history.posts else Action.IMPORTED, after=given)
    return AccountChange(before, after, tuple(readings), audit)


def _posts(random: Random, account: Account, now: datetime) -> list[Post]:
    numbers = account.engagement
    count, every = random.choice(COUNTS), random.uniform(2, 9)
    spread = 0.03 if random.random() < STEADY else random.uniform(0.2, 0.5)
    posts: list[Post] = []
    moment = now - timedelta(days=random.uniform(1, 12))
    for _ in range(count):
        fewer_then = GREW * (now - moment) / timedelta(days=365)
        luck = math.exp(random.gauss(-(spread**2) / 2, spread) - fewer_then)
        likes = round((numbers.likes or 0) * luck)
        comments = round((numbers.comments or 0) * luck * math.exp(random.gauss(-0.08, 0.4)))
        views = None if numbers.views is None else round(numbers.views * luck * math.exp(random.gauss(-0.02, 0.2)))
        instagram = account.platform is Platform.INSTAGRAM
        posts.append(
            Post(
                moment.replace(microsecond=0),
                random.choice(KINDS.get(account.platform, (PostKind.POST,))),
                likes=likes,
                comments=comments if numbers.comments is not None else None,
                shares=round(likes * random.uniform(0.01, 0.06)) if instagram else None,
                saves=round(likes * random.uniform(0.02, 0.12)) if instagram else None,
                views=views,
                reach=round(account.followers * random.uniform(0.25, 0.8)) if instagram else None,
                sponsored=random.random() < 0.12,
            )
        )
        moment -= timedelta(days=every * random.uniform(0.4, 1.8))
    return posts[::-1]


def _readings(random: Random, account: Account, now: datetime) -> list[Snapshot]:
    """One reading of followers a week before the newest one."""
    growth = random.gauss(0.02, 0.02)
    weeks = MONTHS * 4
    step = random.randint(8, weeks - 8) if random.random() < STEPPED and account.followers > 1_000 else None
    readings: list[Snapshot] = []
    for week in range(weeks, 0, -1):
        followers = account.followers * math.exp(-growth * week / 4) * (1 + random.uniform(-0.002, 0.002))
        if step is not None and week > step:
            followers *= 0.7
        readings.append(Snapshot((now - timedelta(weeks=week)).replace(microsecond=0), Source.FILE, round(followers)))
    return readings
