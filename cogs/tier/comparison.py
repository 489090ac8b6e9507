"""How an account compares: with the server's own accounts of its platform and size, or else with published rates."""

from cogs.kit.cards import joined, lines, small, subheading
from cogs.kit.language import Language, mark
from cogs.kit.options import tier_name
from cogs.kit.problems import platform_label
from cogs.kit.safe import plain
from cogs.tier.rates import definition_of
from planning.platform import Platform
from planning.published import Base, Comparability, Interaction, PublishedRate, Statistic
from planning.services.reports import Report
from planning.tiers import Ladder

SHOWN_PUBLISHED = 3
MIDDLE = (45, 55)
"""Percentiles between which an account stands in the middle: telling more would be false precision."""

STATISTICS: dict[Statistic, str] = {
    Statistic.MEAN: mark("mean"),
    Statistic.MEDIAN: mark("median"),
    Statistic.AVERAGE: mark("average"),
    Statistic.USUAL_RANGE: mark("usual range"),
}
INTERACTIONS: dict[Interaction, str] = {
    Interaction.LIKES: mark("likes"),
    Interaction.COMMENTS: mark("comments"),
    Interaction.SHARES: mark("shares"),
    Interaction.SAVES: mark("saves"),
    Interaction.UNNAMED: mark("unnamed interactions"),
}
BASES: dict[Base, str] = {
    Base.FOLLOWERS: mark("followers"),
    Base.REACH: mark("reach"),
    Base.VIEWS: mark("views"),
    Base.IMPRESSIONS: mark("impressions"),
}


def comparison_block(t: Language, report: Report, ladder: Ladder) -> str | None:
    """Its place among its peers, or what others published; None where no rate is computable."""
    account = report.account
    if account.estimate is None:
        return None
    group = _group(t, report, ladder)
    if report.peers is not None:
        lower, middle, upper = report.peers.quartiles
        return lines(
            subheading(_place(t, report.peers.percentile, f"{t.number(report.group)} {group}")),
            small(
                t(
                    "The others of this server: the middle half has {range}, the middle one {middle}. Estimated rates, "
                    "by followers.",
                    range=t.percents(lower, upper),
                    middle=t.percent(middle),
                )
            ),
        )
    few = t("To compare with, this server has fewer than 20 other {group}.", group=group)
    rows = [_published(t, row, report) for row in report.published[:SHOWN_PUBLISHED]]
    if not rows:
        return small(few)
    return lines(small(few), t("Published elsewhere, each counted in its own way:"), *rows)


def _group(t: Language, report: Report, ladder: Ladder) -> str:
    """The accounts like it, as words that follow a number."""
    platform, tier = report.account.platform, ladder.tier(report.account.followers)
    name = plain(tier_name(t, tier or ladder.tiers[0], ladder))
    where = platform_label(t, platform)
    if platform is Platform.OTHER:
        return t("{tier} accounts on other platforms", tier=name)
    if tier is None:
        return t("accounts below {tier} on {platform}", tier=name, platform=where)
    return t("{tier} accounts on {platform}", tier=name, platform=where)


def _place(t: Language, percentile: float, group: str) -> str:
    low, high = MIDDLE
    if low <= percentile <= high:
        return t("In the middle of {group}", group=group)
    if percentile == 100:
        return t("Higher than all {group}", group=group)
    if percentile == 0:
        return t("Lower than all {group}", group=group)
    if percentile > high:
        return t("Higher than {share} of {group}", share=t.whole_percent(percentile / 100), group=group)
    return t("Lower than {share} of {group}", share=t.whole_percent(1 - percentile / 100), group=group)


def _published(t: Language, row: PublishedRate, report: Report) -> str:
    rate = t.percent(row.rate_low)
    if row.rate_high != row.rate_low:
        rate = t.percents(row.rate_low, row.rate_high)
    counted = " + ".join(t(INTERACTIONS[part]) for part in Interaction if part in row.interactions)
    comparability = row.comparable_with(definition_of(report.account))
    return small(
        joined(
            f"{rate} ({t(STATISTICS[row.statistic])})",
            f"({counted}) ÷ {t(BASES[row.base])}" if len(row.interactions) > 1 else f"{counted} ÷ {t(BASES[row.base])}",
            plain(row.population, 90),
            plain(row.publisher) + (f" {row.year}" if row.year else ""),
            None if comparability is not Comparability.OTHER_BASE else t("not to be compared with ours"),
        )
    )
