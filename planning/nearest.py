"""The registered handles nearest to one that nobody registered."""

from rapidfuzz import fuzz, process

from planning.ports import AccountRepository
from planning.records import HandleMatch

CUTOFF = 70
"""Similarity (0–100, rapidfuzz.WRatio) below which a handle is no help to someone who misspelt another."""

CANDIDATES = 200


async def nearest_handles(accounts: AccountRepository, handle: str, *, limit: int) -> list[HandleMatch]:
    """Up to `limit` accounts with a similar handle, the most similar first.

    Whoever misspells a handle gets one half of it right: accounts that contain either half, or an end, are compared.
    """
    middle = len(handle) // 2
    candidates: dict[int, HandleMatch] = {}
    for part in (handle, handle[:middle], handle[middle:], handle[:3], handle[-3:]):
        if part:
            for match in await accounts.search(part, limit=CANDIDATES):
                candidates[match.account_id] = match
    names = {account_id: match.handle for account_id, match in candidates.items()}
    similar = process.extract(handle, names, scorer=fuzz.WRatio, score_cutoff=CUTOFF, limit=limit)
    return [candidates[account_id] for _, _, account_id in similar]
