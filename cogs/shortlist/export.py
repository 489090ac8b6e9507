"""Picks as a file: figures a spreadsheet can sort by, and the reasons in words."""

import io
import math
from collections.abc import Sequence
from datetime import datetime

import discord

from cogs.kit.language import Language
from cogs.kit.services import Services
from cogs.shortlist.arguments import argument_text
from planning.arguments import Argument, posts_behind, typical, weigh
from planning.breakdowns import break_down
from planning.costs import engagement_cost
from planning.files import Cell, Column, Format, as_text
from planning.money import Money
from planning.ranking import numbers_at, units
from planning.shortlists import Pick, ShortlistQuery

Rows = list[list[Cell]]


def pick_columns(t: Language) -> list[Column]:
    """The columns of `pick_rows`."""
    return [
        Column("rank", t("rank"), Format.COUNT),
        Column("handle", t("handle")),
        Column("platform", t("platform")),
        Column("name", t("name")),
        Column("followers", t("followers"), Format.COUNT),
        Column("estimated_rate", t("engagement rate"), Format.PERCENT),
        Column("rate_from", t("rate from"), Format.PERCENT),
        Column("rate_to", t("rate to"), Format.PERCENT),
        Column("posts", t("posts"), Format.COUNT),
        Column("numbers_from", t("numbers from"), Format.DATE),
        Column("price", t("price"), Format.DECIMAL),
        Column("currency", t("currency")),
        Column("cost_per_engagement", t("cost per engagement"), Format.DECIMAL),
        Column("reach", t("reach"), Format.COUNT),
        Column("views", t("views"), Format.COUNT),
        Column("score", t("score"), Format.DECIMAL),
        Column("for", t("for"), Format.LONG_TEXT),
        Column("against", t("against"), Format.LONG_TEXT),
    ]


def pick_rows(
    t: Language, picks: Sequence[Pick], query: ShortlistQuery, now: datetime, *, beside: Sequence[Pick] | None = None
) -> Rows:
    """A row for each pick, with everything that speaks for it and against it `beside` those (None: each other)."""
    among = typical(picks if beside is None else beside)
    rows: Rows = []
    for rank, pick in enumerate(picks, start=query.offset + 1):
        account, estimate, price = pick.account, pick.account.estimate, pick.account.price
        cost = engagement_cost(account)
        arguments = weigh(pick, query, among, now)
        rows.append(
            [
                rank,
                account.handle,
                account.platform.value,
                account.name,
                account.followers,
                *((estimate.rate, estimate.low, estimate.high) if estimate else (None, None, None)),
                posts_behind(account),
                numbers_at(account),
                units(price) if price else None,
                price.currency if price else None,
                cost.likely * units(Money(1, cost.currency)) if cost else None,
                account.reach.mean if account.reach else None,
                account.engagement.views,
                math.prod(break_down(pick, query, now).values()) if pick.score else None,
                _words(t, arguments.pro, pick, query),
                _words(t, arguments.con, pick, query),
            ]
        )
    return rows


def as_file(
    services: Services, name: str, columns: Sequence[Column], rows: Rows, *, workbook: bool, filename: str
) -> discord.File:
    """The rows as an attachment: a workbook, or CSV."""
    if workbook:
        return discord.File(io.BytesIO(services.workbooks.write(name, columns, rows)), f"{filename}.xlsx")
    texts = [[as_text(column, cell) for column, cell in zip(columns, row, strict=True)] for row in rows]
    content = services.writer.write([column.key for column in columns], texts)
    return discord.File(io.BytesIO(content), f"{filename}.csv")


def _words(t: Language, arguments: Sequence[Argument], pick: Pick, query: ShortlistQuery) -> str:
    """The arguments without what only Discord can show: the age stands in a column of its own."""
    told = (argument_text(t, argument, pick, query) for argument in arguments if argument.at is None)
    return "; ".join(told)
