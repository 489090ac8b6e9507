"""A team with a roster, whose schedules are made and posted at a time that stands until a test moves it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from planning.accounts import Account, Engagement
from planning.audit import Action, AuditEntry, differences
from planning.cadence.rules import Cadence
from planning.caller import Caller
from planning.lists import ListPick, NamedList
from planning.money import Money
from planning.platform import Platform
from planning.records import AccountChange
from planning.scheduling.schedules import Schedule, ShortlistTask, Task
from planning.services.accounts import readings
from planning.services.deliveries import Deliveries, Step, Worked
from planning.services.estimates import estimated, load_model
from planning.services.meanings import Meanings
from planning.services.schedules import Edit, ScheduleView, confirm, propose
from planning.settings import GuildSettings
from planning.shortlists import Pick
from planning.tiers import CUSTOM, build_ladder
from storage.database import SqlDatabase
from tests.encoders import Given
from tests.planning.scheduling.made import MONDAYS, SHORTLIST, schedule
from tests.planning.scheduling.publisher import Posted

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
"""A Monday."""
GUILD = 1
PLANNER, COLLEAGUE = Caller(GUILD, 10, planner=True), Caller(GUILD, 11, planner=True)
MEMBER = Caller(GUILD, 12, planner=False)
CLAIM = "a claim"
LEASE = timedelta(minutes=4)


@dataclass
class Team:
    """Its database, its Discord and its clock."""

    database: SqlDatabase
    discord: Posted = field(default_factory=Posted)
    now: datetime = NOW
    meanings: Meanings = field(default_factory=lambda: Meanings(Given(None)))

    async def add(self, **followers: int) -> None:
        """Vegan accounts by handle, with so many followers."""
        accounts = [
            Account(
                Platform.INSTAGRAM,
                handle,
                count,
                self.now,
                niches=("vegan", "pasta"),
                price=Money(10_000, "EUR"),
                engagement=Engagement(likes=count / 20, comments=3.0, posts=12),
                engagement_at=self.now,
            )
            for handle, count in followers.items()
        ]
        await self._write([(None, account) for account in accounts])

    async def change(self, handle: str, **fields: object) -> None:
        """Another reading of an account."""
        async with self.database.reading(GUILD) as store:
            before = await store.accounts.find(Platform.INSTAGRAM, handle)
        assert before is not None
        after = replace(before, **fields)  # type: ignore[arg-type]
        await self._write([(before, replace(after, followers_at=self.now))])

    async def ladder(self, *bounds: tuple[str, int]) -> None:
        """Change to a ladder of the server's own."""
        async with self.database.writing(GUILD) as store:
            await store.settings.save(GuildSettings(ladder=build_ladder(CUSTOM, CUSTOM, list(bounds))))

    async def save_list(self, name: str, *handles: str) -> int:
        """A list with these accounts; its id."""
        async with self.database.writing(GUILD) as store:
            list_id = await store.lists.create(NamedList(0, name, self.now, 10))
            for place, handle in enumerate(handles):
                account = await store.accounts.find(Platform.INSTAGRAM, handle)
                assert account is not None
                await store.lists.save_pick(list_id, ListPick(Pick(account, 1, 0), place, self.now, 10))
        return list_id

    async def _write(self, accounts: list[tuple[Account | None, Account]]) -> None:
        async with self.database.writing(GUILD) as store:
            model = await load_model(store)
            after = estimated([account for _, account in accounts], model)
            await store.accounts.write([self._change(was, now) for (was, _), now in zip(accounts, after, strict=True)])

    def _change(self, was: Account | None, now: Account) -> AccountChange:
        before, after = differences(was, now)
        entry = AuditEntry(self.now, 10, Action.EDITED if was else Action.ADDED, before, after)
        return AccountChange(was, now, readings(was, now), entry)

    async def make(
        self, name: str = "", *, cadence: Cadence = MONDAYS, task: Task = SHORTLIST, zone: str | None = None
    ) -> Schedule:
        """Propose a schedule and confirm it."""
        draft = replace(schedule(cadence, name=name, task=task, zone=zone), created_at=self.now)
        proposal = await propose(self.database, self.meanings, PLANNER, draft, now=self.now)
        return (await self.confirm(proposal.token)).schedule

    async def confirm(self, token: str) -> ScheduleView:
        """Confirm what was proposed."""
        return await confirm(self.database, PLANNER, token, now=self.now)

    async def get(self, schedule_id: int) -> Schedule:
        """The schedule as it is kept."""
        async with self.database.reading(GUILD) as store:
            found = await store.schedules.get(schedule_id)
        assert found is not None
        return found

    @property
    def deliveries(self) -> Deliveries:
        """The use case, by this team's clock."""
        return Deliveries(self.database, self.meanings, self.discord, lambda: self.now, lambda: 0.5)

    async def work(self) -> list[Worked]:
        """Work on all that is due, until nothing is."""
        worked: list[Worked] = []
        while claimed := await self.database.queue.claim(CLAIM, now=self.now, until=self.now + LEASE, limit=9):
            worked += [await self.deliveries.work(one, CLAIM) for one in claimed]
        return worked

    async def steps_at(self, **later: float) -> list[Step]:
        """What is done about all that is due so much later."""
        self.now += timedelta(**later)
        return [one.step for one in await self.work()]


PASTA = ShortlistTask(replace(SHORTLIST.query, niche="pasta"), "micro")


def changing(**fields: object) -> Edit:
    """An edit that sets these fields of a schedule."""
    return Edit(lambda one: replace(one, **fields))  # type: ignore[arg-type]
