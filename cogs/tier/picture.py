"""The figures of a report, for its picture."""

from cogs.kit.language import Language
from cogs.kit.options import tier_name
from cogs.kit.problems import platform_label
from cogs.pictures.figures import Expected, Peers, PostRate, ReportFigures
from cogs.tier.rates import DEFINITIONS, definition_of
from planning.estimates.values import Estimate
from planning.measured import post_rates
from planning.services.reports import Report
from planning.tiers import Ladder


def report_figures(t: Language, report: Report, ladder: Ladder) -> ReportFigures:
    """The posts' rates, their mean, the estimate and the peers, as far as they are known."""
    account = report.account
    rates = post_rates(report.visible, account.followers)
    by_followers = next((found for found in report.measured if found.definition is definition_of(account)), None)
    return ReportFigures(
        handle=account.handle,
        definition=t(DEFINITIONS[definition_of(account)]),
        posts=[PostRate(post.posted_at, rate, sponsored=post.sponsored is True) for post, rate in rates],
        mean=by_followers.mean if by_followers else None,
        expected=expected(account.estimate),
        peers=_peers(t, report, ladder),
    )


def expected(estimate: Estimate | None) -> Expected | None:
    """An estimate as the pictures show it."""
    return None if estimate is None else Expected(estimate.rate, estimate.low, estimate.high)


def _peers(t: Language, report: Report, ladder: Ladder) -> Peers | None:
    peers = report.peers
    if peers is None:
        return None
    return Peers(
        platform=platform_label(t, peers.platform),
        tier=tier_name(t, peers.tier, ladder),
        rates=peers.rates,
        below=peers.percentile / 100,
    )
