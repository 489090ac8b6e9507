"""The unit of work: one server's repositories over one connection."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.repositories.accounts import SqlAccounts
from storage.repositories.audit import SqlAudit
from storage.repositories.import_jobs import SqlImportJobs
from storage.repositories.influencers import SqlInfluencers
from storage.repositories.lists import SqlLists
from storage.repositories.mappings import SqlMappings
from storage.repositories.merges import SqlMerges
from storage.repositories.models import SqlModels
from storage.repositories.niches import SqlNiches
from storage.repositories.pending import SqlPending
from storage.repositories.plans import SqlPlans
from storage.repositories.posts import SqlPosts
from storage.repositories.results import SqlResults
from storage.repositories.schedules import SqlSchedules
from storage.repositories.settings import SqlSettings
from storage.repositories.shortlists import SqlShortlists


class SqlStore:
    """Implements `planning.ports.Store`; `guild_id` is the small id."""

    def __init__(self, connection: AsyncConnection, guild_id: int) -> None:
        self.settings = SqlSettings(connection, guild_id)
        self.accounts = SqlAccounts(connection, guild_id)
        self.posts = SqlPosts(connection, guild_id)
        self.models = SqlModels(connection, guild_id)
        self.niches = SqlNiches(connection, guild_id)
        self.shortlists = SqlShortlists(connection, guild_id)
        self.audit = SqlAudit(connection, guild_id)
        self.pending = SqlPending(connection, guild_id)
        self.plans = SqlPlans(connection, guild_id)
        self.mappings = SqlMappings(connection, guild_id)
        self.import_jobs = SqlImportJobs(connection, guild_id)
        self.results = SqlResults(connection, guild_id)
        self.lists = SqlLists(connection, guild_id)
        self.influencers = SqlInfluencers(connection, guild_id)
        self.merges = SqlMerges(connection, guild_id)
        self.schedules = SqlSchedules(connection, guild_id)
