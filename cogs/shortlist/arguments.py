"""What speaks for a pick and against it, in words."""

from decimal import Decimal

from cogs.kit.cards import joined
from cogs.kit.language import Language, mark
from cogs.kit.safe import plain
from cogs.kit.time import ago
from cogs.tier.flags import NAMES
from planning.arguments import Against, Argument, Arguments, For
from planning.shortlists import Pick, ShortlistQuery

SHOWN_TAG = 30
TENTH = 0.1
SHOWN = 3
"""So many arguments on either side are told on a card; a file tells all."""


def argument_lines(t: Language, arguments: Arguments, pick: Pick, query: ShortlistQuery) -> list[str]:
    """A line for the pick and one against it; none where there is nothing to say."""
    pro, con = (
        joined(*(argument_text(t, argument, pick, query) for argument in side[:SHOWN]))
        for side in (arguments.pro, arguments.con)
    )
    return [
        *([t("For: {arguments}", arguments=pro)] if pro else []),
        *([t("Against: {arguments}", arguments=con)] if con else []),
    ]


def argument_text(t: Language, argument: Argument, pick: Pick, query: ShortlistQuery) -> str:
    """One argument in words."""
    kind, figure = argument.kind, argument.figure
    if kind in SAID:
        return t(SAID[kind])
    if kind in OF_TAG:
        return _of_tag(t, kind, pick, query)
    if argument.flag is not None:
        return t("to ask about: {flag}", flag=t(NAMES[argument.flag]))
    if argument.at is not None:
        return t("numbers from {when}", when=ago(argument.at))
    return _few_posts(t, figure) if kind is Against.FEW_POSTS else _compared(t, kind, figure or 0.0)


SAID: dict[For | Against, str] = {
    Against.NO_RATE: mark("no rate can be computed"),
    Against.WIDE: mark("wide range"),
    Against.NO_PRICE: mark("no price yet"),
}
OF_TAG = {For.MAIN_NICHE, Against.SIDE_NICHE, Against.LOOSE_TAG}


def _of_tag(t: Language, kind: For | Against, pick: Pick, query: ShortlistQuery) -> str:
    """How the niche fits; which one, where the query means several."""
    tag, several = plain(pick.tag, SHOWN_TAG), len(query.tags) > 1
    if kind is Against.LOOSE_TAG:
        return t("{tag} is only near {niche}", tag=tag, niche=plain(query.niche, SHOWN_TAG))
    if kind is For.MAIN_NICHE:
        return t("main niche {tag}", tag=tag) if several else t("main niche")
    return t("side niche {tag}", tag=tag) if several else t("side niche")


def _few_posts(t: Language, posts: float | None) -> str:
    return t("posts not counted") if posts is None else t.many("only {n} post", "only {n} posts", posts)


def _compared(t: Language, kind: For | Against, figure: float) -> str:
    """Against what is usual at its size, or typical of the picks beside it."""
    match kind:
        case For.RATE | Against.RATE:
            return t("{times}× the usual rate at its size", times=_times(t, figure))
        case For.FLOOR:
            return t("at least {times}× the usual rate at its size", times=_times(t, figure))
        case For.CHEAP:
            return t("{share} cheaper than is typical here", share=t.whole_percent(figure))
        case Against.DEAR:
            return t("{share} dearer than is typical here", share=t.whole_percent(figure))
        case For.REACH:
            return t("an average reach of {n}", n=t.rough(figure))
        case _:
            return t("{n} views on average", n=t.rough(figure))


def _times(t: Language, figure: float) -> str:
    """Two digits that tell: 2.2, 0.7, 0.04."""
    return t.exact(Decimal(f"{figure:.1f}" if figure >= TENTH else f"{figure:.1g}"))
