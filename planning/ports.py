"""What the use cases need of a database, which keeps one server's data apart.

Every repository is bound to one Discord server (guild) when it is made; none takes a guild as an argument, so
one server can never reach another's rows. Repositories take and return the dataclasses of planning and never
commit: the `writing` block does, once, when it ends without an error.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from planning.accounts import Account, Snapshot
from planning.audit import AuditEntry
from planning.import_ports import ImportJobRepository, MappingRepository, PendingRepository
from planning.list_ports import ListRepository, ResultRepository
from planning.merge_ports import InfluencerRepository, MergeRepository
from planning.niche_ports import NicheRepository
from planning.platform import Platform
from planning.post_ports import ModelRepository, PostRepository
from planning.records import AccountChange, AccountFilter, HandleMatch, PeerRow
from planning.scheduling.ports import ScheduleRepository
from planning.settings import GuildSettings
from planning.shortlists import LeftOut, NearMiss, Pick, ShortlistQuery


class SettingsRepository(Protocol):
    """The server's settings."""

    async def load(self) -> GuildSettings:
        """The settings, the defaults where the server never set any."""
        ...

    async def save(self, settings: GuildSettings) -> None:
        """Keep these settings."""
        ...


class AccountRepository(Protocol):
    """The roster."""

    async def get(self, account_id: int) -> Account | None:
        """The account with its niches, or None."""
        ...

    async def list_by_ids(self, account_ids: Sequence[int]) -> dict[int, Account]:
        """Those of these accounts that exist, by id."""
        ...

    async def find(self, platform: Platform, handle: str) -> Account | None:
        """The account of a normalised handle on a platform, or None."""
        ...

    async def list_by_handle(self, handle: str) -> list[Account]:
        """The accounts with this normalised handle on any platform, largest first."""
        ...

    async def list_by_keys(self, keys: Sequence[tuple[Platform, str]]) -> dict[tuple[Platform, str], Account]:
        """Those of these accounts that exist, in one or few statements (imports ask for thousands)."""
        ...

    async def list_page(self, wanted: AccountFilter, *, offset: int, limit: int) -> tuple[list[Account], int]:
        """A page of the roster by handle, and how many match in all."""
        ...

    async def count(self) -> int:
        """How many accounts the server has."""
        ...

    async def count_between(self, cuts: Sequence[int]) -> list[int]:
        """How many accounts have followers below the first cut, in [cut i, cut i+1), and from the last cut up."""
        ...

    async def search(self, text: str, *, limit: int) -> list[HandleMatch]:
        """Accounts whose handle or name contains the text (any part, any case), handles that begin with it first."""
        ...

    def stream(self, *, batch: int = 1000) -> AsyncIterator[list[Account]]:
        """The whole roster by platform and handle, in batches."""
        ...

    async def list_snapshots(self, account_id: int) -> list[Snapshot]:
        """The account's readings, oldest first."""
        ...

    async def list_snapshots_of(self, account_ids: Sequence[int]) -> dict[int, list[Snapshot]]:
        """The readings of each of these accounts, oldest first; accounts without any are left out."""
        ...

    async def remove_snapshots(self, account_id: int, times: Sequence[datetime]) -> None:
        """Forget the account's readings of these times."""
        ...

    async def write(self, changes: Sequence[AccountChange]) -> list[int]:
        """Keep these changes: rows, niches, readings, posting list, search and trail; the accounts' ids.

        One change or ten thousand take the same set-based way; an account stands in them at most once. A reading of
        the same second is merged.
        """
        ...

    async def list_after(self, account_id: int, *, limit: int) -> list[Account]:
        """The accounts with higher ids, in their order: the whole roster in parts, from 0 on."""
        ...

    async def list_best(self, wanted: AccountFilter, *, limit: int) -> tuple[list[Account], int]:
        """Those with the highest lower end of the estimated rate (none comes last), and how many match in all."""
        ...

    async def update_estimates(self, accounts: Sequence[Account]) -> None:
        """Keep these accounts' estimates and samples, and move them in the posting lists; nothing else of them."""
        ...

    async def count_peers(self, platform: Platform, followers: tuple[int, int | None]) -> int:
        """How many accounts of this platform and size, [low, high), have an estimate."""
        ...

    async def list_peers(self, platform: Platform, followers: tuple[int, int | None], *, every: int) -> list[PeerRow]:
        """These accounts, or every so many one of them (by id): a sample of a group that is too large to read."""
        ...

    async def remove(self, account: Account, audit: AuditEntry) -> None:
        """Delete the account with its readings, posts and postings; the trail stays."""
        ...


class ShortlistRepository(Protocol):
    """The posting lists: for each niche its accounts by score."""

    async def best(self, query: ShortlistQuery) -> list[Pick]:
        """The best accounts of the query's tags under the filters: by score, then followers, then newest id, all
        descending; an account of several tags once, by the best of them.

        At most `query.limit` from `query.offset` on; none where no tag is known.
        """
        ...

    async def left_out(self, query: ShortlistQuery, *, down_to: Pick | None) -> list[LeftOut]:
        """How many accounts of the tags that rank above `down_to` (None: all of them) fell to which filter.

        An account counts under the first filter that it fails, in the order of `planning.shortlists.Filter`. Accounts
        without the goal's figure have no rank, and count wherever they pass the other filters.
        """
        ...

    async def near_misses(self, query: ShortlistQuery, *, down_to: Pick | None, limit: int) -> list[NearMiss]:
        """The best accounts of the tags that rank above `down_to` (None: of all) and fell to a filter, best first."""
        ...


class AuditRepository(Protocol):
    """The trail of who changed what."""

    async def append(self, *entries: AuditEntry) -> None:
        """Keep these entries, of settings or of what is no field of an account."""
        ...

    async def list_for_account(self, *account_ids: int, limit: int, offset: int = 0) -> list[AuditEntry]:
        """What happened to one account, or to it and those that became part of it, newest first."""
        ...

    async def list_for_handle(self, handle: str, *, limit: int, offset: int = 0) -> list[AuditEntry]:
        """What happened to accounts that were removed under this handle, newest first."""
        ...


class PlanRepository(Protocol):
    """What plans were asked for: their buttons make them anew from it, for ever."""

    async def keep(self, token: str, query: str) -> None:
        """Keep a query under its token; the same again changes nothing."""
        ...

    async def find(self, token: str) -> str | None:
        """The query that was kept under this token, or None."""
        ...


class Store(Protocol):
    """One server's data inside one transaction."""

    @property
    def settings(self) -> SettingsRepository:
        """The server's settings."""
        ...

    @property
    def accounts(self) -> AccountRepository:
        """The roster."""
        ...

    @property
    def posts(self) -> PostRepository:
        """Posts with their own numbers."""
        ...

    @property
    def models(self) -> ModelRepository:
        """The model of rates."""
        ...

    @property
    def niches(self) -> NicheRepository:
        """The niches in use."""
        ...

    @property
    def shortlists(self) -> ShortlistRepository:
        """The posting lists."""
        ...

    @property
    def audit(self) -> AuditRepository:
        """The trail."""
        ...

    @property
    def pending(self) -> PendingRepository:
        """What waits for a Confirm."""
        ...

    @property
    def plans(self) -> PlanRepository:
        """What plans were asked for."""
        ...

    @property
    def mappings(self) -> MappingRepository:
        """What the columns of the team's files are."""
        ...

    @property
    def import_jobs(self) -> ImportJobRepository:
        """Imports in the background."""
        ...

    @property
    def results(self) -> ResultRepository:
        """Shortlists as they were answered."""
        ...

    @property
    def lists(self) -> ListRepository:
        """A team's named lists."""
        ...

    @property
    def influencers(self) -> InfluencerRepository:
        """Which accounts are one person's."""
        ...

    @property
    def merges(self) -> MergeRepository:
        """Accounts that became part of another."""
        ...

    @property
    def schedules(self) -> ScheduleRepository:
        """What is posted when."""
        ...


class Database(Protocol):
    """Opens a server's data to read or to write."""

    def reading(self, guild_id: int) -> AbstractAsyncContextManager[Store]:
        """Read one server's data. Raises `planning.errors.DatabaseUnavailable`."""
        ...

    def writing(self, guild_id: int) -> AbstractAsyncContextManager[Store]:
        """Write one server's data: commits once at the end, or rolls back whole where the block raises."""
        ...

    async def list_guilds(self) -> list[int]:
        """The Discord ids of all servers that ever wrote anything."""
        ...
