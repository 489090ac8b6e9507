"""The picks of a plan as a file."""

from cogs.kit.language import Language
from cogs.kit.options import tier_label
from cogs.plan.card import likes_only
from planning.budget.values import Plan
from planning.money import Money, format_plain
from planning.services.plans import Planned
from planning.tiers import Ladder

EXPORT_HEADER = (
    *("rank", "handle", "platform", "name", "followers", "tier", "price", "own_price", "price_is_modelled"),
    *("goal", "expected", "expected_from", "expected_to", "likes_only"),
)


def export_rows(t: Language, planned: Planned, plan: Plan, ladder: Ladder) -> list[list[str]]:
    """The picks as rows under `EXPORT_HEADER`; what is expected is of one post."""
    rows: list[list[str]] = []
    for rank, pick in enumerate(plan.picks, start=1):
        account, expected = planned.accounts[pick.account_id], pick.expected
        rows.append(
            [
                str(rank),
                account.handle,
                account.platform.value,
                account.name or "",
                str(account.followers),
                tier_label(t, ladder, account.followers),
                format_plain(Money(pick.cost, planned.query.budget.currency)),
                format_plain(account.price) if account.price else "",
                _yes(t, holds=pick.modelled),
                planned.query.goal.value,
                *(f"{value:.1f}" for value in (expected.middle, expected.low, expected.high)),
                _yes(t, holds=likes_only(planned, pick)),
            ]
        )
    return rows


def _yes(t: Language, *, holds: bool) -> str:
    return t("yes") if holds else ""
