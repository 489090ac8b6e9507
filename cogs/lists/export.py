"""A list as a file: its picks with the reasons, today's numbers, votes, vetoes and notes."""

from cogs.kit.language import Language
from cogs.shortlist.export import Rows, pick_columns, pick_rows
from planning.files import Cell, Column, Format
from planning.lists import ListPick
from planning.ranking import units
from planning.services.lists import ListView, ResultView, origin


def list_columns(t: Language) -> list[Column]:
    """The columns of `list_rows`: those of a shortlist, as of when each was added, and what came since."""
    return [
        *result_columns(t),
        Column("votes_for", t("votes for"), Format.COUNT),
        Column("votes_against", t("votes against"), Format.COUNT),
        Column("vote_reasons", t("why they voted so"), Format.LONG_TEXT),
        Column("veto", t("veto"), Format.LONG_TEXT),
        Column("note", t("note"), Format.LONG_TEXT),
        Column("added", t("added on"), Format.DATE),
    ]


def list_rows(t: Language, view: ListView) -> Rows:
    """A row for each pick."""
    rows: Rows = []
    for pick in view.picks:
        query, beside = origin(view, pick)
        [then] = pick_rows(t, [pick.pick], query, pick.added_at, beside=beside)
        rows.append([pick.place + 1, *then[1:], *_today(view, pick.account_id), *_said(t, view, pick)])
    return rows


def result_columns(t: Language) -> list[Column]:
    """The columns of `result_rows`."""
    return [
        *pick_columns(t),
        Column("followers_now", t("followers now"), Format.COUNT),
        Column("rate_now", t("rate now"), Format.PERCENT),
        Column("price_now", t("price now"), Format.DECIMAL),
        Column("currency_now", t("currency now")),
    ]


def result_rows(t: Language, view: ResultView) -> Rows:
    """A row for each pick of a kept result."""
    result = view.result
    rows = pick_rows(t, result.picks, result.query, result.made_at)
    return [[*row, *_today(view, pick.account.id)] for row, pick in zip(rows, result.picks, strict=True)]


def _today(view: ListView | ResultView, account_id: int) -> list[Cell]:
    account = view.today.get(account_id)
    if account is None:
        return [None, None, None, None]
    price = account.price
    return [
        account.followers,
        account.estimate.rate if account.estimate else None,
        units(price) if price else None,
        price.currency if price else None,
    ]


def _said(t: Language, view: ListView, pick: ListPick) -> list[Cell]:
    up, down = (view.votes_on(pick.account_id, up=side) for side in (True, False))
    veto = (pick.veto.reason or t("yes")) if pick.veto else None
    reasons = "; ".join(vote.reason for vote in (*up, *down) if vote.reason)
    return [len(up), len(down), reasons or None, veto, pick.note, pick.added_at]
