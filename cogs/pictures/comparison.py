"""Accounts side by side: what each one's next posts will bring, and where that can't be told apart."""

from collections.abc import Sequence

import numpy as np

from cogs.kit.cards import joined
from cogs.kit.language import Language
from cogs.pictures.axes import between, drawable, rate, rate_axis
from cogs.pictures.figures import ComparedFigures
from cogs.pictures.picture import MOST_DESCRIPTION, Drawing
from cogs.pictures.report import interval
from cogs.pictures.spec import Axis, ComparedSpec, ComparisonSpec

MOST_POSTS = 200
"""More strokes on a strip would be one bar."""

OUTER = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98)
"""The quantiles of an account's posts that the axis makes room for: one great success doesn't flatten the others."""


def comparison_drawing(t: Language, accounts: Sequence[ComparedFigures]) -> Drawing | None:
    """What is to be drawn for `/compare`, in this order; None where no account has an estimate or a post."""
    known = [value for account in accounts for value in _known_rates(account)]
    if not known:
        return None
    estimates = [account.expected for account in accounts if account.expected]
    axis = rate_axis(t, known, [expected.rate for expected in estimates])
    highest = max(estimates, key=lambda expected: expected.rate, default=None)
    spec = ComparisonSpec(
        title=t("Engagement rate of the next posts"),
        rates=axis,
        rows=tuple(_row(t, account, axis) for account in accounts),
        shaded=interval(t, highest) if highest and len(estimates) > 1 else None,
        expected_label=t("estimate, 90% interval"),
        posts_label=t("posts") if any(account.rates for account in accounts) else "",
        shaded_label=t("interval of the highest"),
    )
    return Drawing(spec, "comparison.png", _description(t, accounts))


def _known_rates(account: ComparedFigures) -> list[float]:
    expected = account.expected
    return [
        *((expected.low, expected.rate, expected.high) if expected else ()),
        *(np.quantile(account.rates, OUTER).tolist() if len(account.rates) else ()),
    ]


def _row(t: Language, account: ComparedFigures, axis: Axis) -> ComparedSpec:
    every = max(1, -(-len(account.rates) // MOST_POSTS))
    shown = [value for value in account.rates[::-1][::every] if value <= axis.high]
    return ComparedSpec(
        title="@" + account.handle,
        figures=_figures(t, account),
        expected=interval(t, account.expected) if account.expected else None,
        rates=drawable(axis, shown),
    )


def _figures(t: Language, account: ComparedFigures) -> str:
    expected = account.expected
    if expected is None:
        return t("not computable")
    return joined(rate(t, expected.rate), between(t, expected.low, expected.high))


def _description(t: Language, accounts: Sequence[ComparedFigures]) -> str:
    """The picture in words; one account's line is never cut in two."""
    said = t("Estimated engagement rates of the next posts, with their 90% intervals:")
    for account in accounts:
        line = f"\n@{account.handle}: {_figures(t, account)}"
        if len(said) + len(line) <= MOST_DESCRIPTION:
            said += line
    return said
