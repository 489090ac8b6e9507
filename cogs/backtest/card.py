"""The cards of a backtest."""

import math
from collections.abc import Callable

from cogs.kit.cards import WARNING, Card, bold, heading, joined, lines, small, table
from cogs.kit.language import Language
from planning.estimates.backtest import FEWEST_FOLLOWERS, MOST_KNOWN, TOP, Backtest, Three
from planning.estimates.estimating import HORIZON

LEAST_FOR_BEST = 2
"""Times as many accounts as the best that are looked for: of fewer, half or more are among the best anyway."""


def backtest_card(t: Language, found: Backtest) -> Card:
    """The errors by how many posts were known, how often the interval held, and the ranking."""
    return Card(
        lines(
            heading(t.many("Tested on {n} account", "Tested on {n} accounts", found.accounts)),
            t(
                "The newest {n} posts of each were hidden, and their mean rate was estimated from the posts before.",
                n=t.number(HORIZON),
            ),
            _left_out(t, found),
        ),
        lines(
            bold(t("How far off, typically")),
            table(
                [
                    (t("known"), t("mean"), t("median"), t("estimate")),
                    *((_known(t, known), *_three(at.rmsle, t, _off)) for known, at in found.known.items()),
                ]
            ),
        ),
        lines(
            bold(t("How often the outcome fell in the very likely range")),
            table([(_known(t, known), t.whole_percent(at.coverage90)) for known, at in found.known.items()]),
            small(t("It should be about 90%.")),
        ),
        lines(bold(t("Ranking, where between 1 and {n} posts are known", n=t.number(MOST_KNOWN))), _ranking(t, found)),
        small(
            t(
                "Off by 30% means that what came was typically 30% above or below. Each account is estimated by a "
                "model that has never seen it."
            )
        ),
    )


def too_few_card(t: Language, *, posts: str) -> Card:
    """There is nothing to test on yet."""
    return Card(
        t(
            "No account here has enough posts: {n} or more, and {followers} followers. Bring posts in with {command}.",
            n=t.number(HORIZON + MOST_KNOWN),
            followers=t.number(FEWEST_FOLLOWERS),
            command=posts,
        ),
        accent=WARNING,
    )


def _left_out(t: Language, found: Backtest) -> str | None:
    out = found.left_out
    parts = joined(
        t("{n} with too few posts", n=t.number(out.few_posts)) if out.few_posts else None,
        t("{n} with too few followers", n=t.number(out.few_followers)) if out.few_followers else None,
        t("{n} with hidden likes", n=t.number(out.hidden_likes)) if out.hidden_likes else None,
    )
    return small(t("Left out: {parts}", parts=parts)) if parts else None


def _ranking(t: Language, found: Backtest) -> str:
    rows = [
        ("", t("mean"), t("median"), t("estimate")),
        (t("right order"), *_three(found.unequal.kendall_tau, t, lambda t, tau: t.whole_percent((tau + 1) / 2))),
    ]
    if found.accounts > LEAST_FOR_BEST * TOP:
        of_best = _three(found.unequal.precision_at_20, t, Language.whole_percent)
        rows.append((t("best {n} found", n=TOP), *of_best))
    return lines(
        table(rows), small(t("Right order: the share of pairs of accounts that are ranked the right way round."))
    )


def _known(t: Language, count: int) -> str:
    return t.many("{n} post", "{n} posts", count)


def _three(figures: Three, t: Language, show: Callable[[Language, float], str]) -> tuple[str, str, str]:
    return show(t, figures.mean), show(t, figures.median), show(t, figures.estimate)


def _off(t: Language, error: float) -> str:
    """A typical error of a logarithm as a percentage: 0.3 is about 35 % too high or too low."""
    return t.whole_percent(math.exp(error) - 1)
