"""What a server ranks its accounts by within a niche.

score = the lower bound of the estimated engagement rate (`planning.estimates`, in parts per million) × how well the
niche fits. An account without a computable rate comes last. Ties: more followers, then the newer account.
"""

from planning.accounts import Account

MAIN_NICHE = 1.0
OTHER_NICHE = 0.8
"""An account names its main niche first; what it also covers counts four fifths. A judgement, not a measurement."""


def fit(position: int) -> float:
    """How well a niche fits an account that names it at this position (0 is the main one)."""
    return MAIN_NICHE if position == 0 else OTHER_NICHE


def scores(account: Account) -> list[int]:
    """The account's score for each of its niches in order: whole parts per million.

    Where no rate is computable: 0 for the main niche, -1 for another.
    """
    if account.estimate is None:
        return [0 if position == 0 else -1 for position in range(len(account.niches))]
    low = account.estimate.low * 1_000_000
    return [max(1, round(low * fit(position))) for position in range(len(account.niches))]
