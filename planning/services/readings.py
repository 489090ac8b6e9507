"""A fresh reading of an account's numbers, kept as history even where nothing changed."""

from dataclasses import dataclass, replace
from datetime import datetime

from planning.accounts import Account, Engagement, Snapshot, Source
from planning.audit import Action, AuditEntry, differences
from planning.caller import Caller
from planning.errors import Expired, InvalidValue
from planning.ports import Database, Store
from planning.reasons import Reason
from planning.records import AccountChange
from planning.services.accounts import Edited, Unknown, find_account
from planning.services.estimates import estimated, load_model


@dataclass(frozen=True, slots=True)
class Reading:
    """Followers, and averages per post over `posts` posts, as they were read together; None was not read."""

    followers: int | None = None
    likes: float | None = None
    comments: float | None = None
    views: float | None = None
    posts: int | None = None

    @property
    def engagement(self) -> Engagement:
        """The averages."""
        return Engagement(self.likes, self.comments, self.views, self.posts)


async def log_reading(
    database: Database, caller: Caller, account: str | int, reading: Reading, *, now: datetime
) -> Edited | Unknown:
    """Keep this reading of an account, named by a person or by its id, as its newest numbers.

    Averages replace the ones before as a whole, so that all are of the same posts. Raises `InvalidValue` where nothing
    was read, or only a number of posts; `Expired` where an id's account was removed.
    """
    caller.must_plan()
    _check(reading)
    async with database.writing(caller.guild_id) as store:
        before = await store.accounts.get(account) if isinstance(account, int) else await find_account(store, account)
        if before is None:
            raise Expired
        if isinstance(before, Unknown):
            return before
        return Edited(before, await _write(store, caller, before, reading, now.replace(microsecond=0)))


def _check(reading: Reading) -> None:
    if not reading.engagement.known:
        if reading.posts is not None:
            raise InvalidValue("posts", str(reading.posts), Reason.POSTS_ALONE)
        if reading.followers is None:
            raise InvalidValue("followers", "", Reason.NOTHING_READ)


async def _write(store: Store, caller: Caller, before: Account, reading: Reading, now: datetime) -> Account:
    after = replace(before, source=Source.TYPED)
    if reading.followers is not None:
        after = replace(after, followers=reading.followers, followers_at=now)
    if reading.engagement.known:
        after = replace(after, engagement=reading.engagement, engagement_at=now)
    [after] = estimated([after], await load_model(store))
    was, values = differences(before, after)
    snapshot = Snapshot(now, Source.TYPED, reading.followers, reading.engagement)
    audit = AuditEntry(now, caller.user_id, Action.LOGGED, was, values)
    await store.accounts.write([AccountChange(before, after, (snapshot,), audit)])
    return after
