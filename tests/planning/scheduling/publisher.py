"""A Discord in memory, as far as schedules need it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from planning.services.publishing import NotNow, Post, Telling


async def _nothing() -> None:
    return


@dataclass
class Posted:
    """Keeps what is posted and told. `up` False: it can't be reached; `before_sending` is done while a post is under
    way; `loses_answers`: it takes posts, and its answer never comes."""

    posts: list[Post] = field(default_factory=list)
    told: list[Telling] = field(default_factory=list)
    up: bool = True
    loses_answers: bool = False
    lacking: Sequence[str] = ()
    before_sending: Callable[[], Awaitable[None]] = _nothing
    _numbers: dict[tuple[int, int, str], int] = field(default_factory=dict[tuple[int, int, str], int])

    async def missing(self, guild_id: int, channel_id: int, role_id: int | None) -> Sequence[str]:
        del guild_id, channel_id, role_id
        self._reach()
        return self.lacking

    async def find(self, guild_id: int, channel_id: int, reference: str, *, since: datetime) -> int | None:
        del since
        self._reach()
        return self._numbers.get((guild_id, channel_id, reference))

    async def post(self, post: Post) -> int:
        self._reach()
        await self.before_sending()
        self.posts.append(post)
        self._numbers.setdefault((post.guild_id, post.schedule.channel_id, post.reference), len(self.posts))
        if self.loses_answers:
            raise NotNow("its answer was lost")
        return len(self.posts)

    async def tell(self, telling: Telling) -> None:
        self._reach()
        self.told.append(telling)

    def _reach(self) -> None:
        if not self.up:
            raise NotNow("the connection to Discord is not up")
