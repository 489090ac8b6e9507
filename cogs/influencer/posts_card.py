"""The cards of a file of posts: what was understood and would change, the question of its dates, what was kept."""

from collections.abc import Sequence
from typing import Any

import discord

from cogs.influencer.import_card import PROBLEMS_FILE, SHOWN_PROBLEMS, problems_block
from cogs.kit.buttons import ActionButton
from cogs.kit.cards import WARNING, Card, bold, heading, joined, lines, small
from cogs.kit.fields import field_name
from cogs.kit.language import Language, mark
from cogs.kit.safe import code, plain
from cogs.kit.state import pack
from cogs.kit.time import days
from cogs.tier.details import post_line
from cogs.tier.rates import estimate_words
from planning.accounts import Account
from planning.estimates.values import Estimate
from planning.post_files.found import PostWarning
from planning.post_files.moments import AmbiguousDates
from planning.services.post_imports import PostsProposal, PostsReport

SHOWN_POSTS = 5
SHOWN_COLUMNS = 15
MANY_INTERACTIONS = 1.0
"""A rate above this share means more interactions than followers: the file may be another account's."""

WARNINGS: dict[PostWarning, str] = {
    PostWarning.NO_LIKES: mark(
        "No post has its likes, so they are hidden or the file leaves them out. No rate is made of it."
    ),
    PostWarning.LIKES_PLACEHOLDER: mark(
        "Every post has the same 0 or 3 likes, which is what some tools write where likes are hidden. They are kept as "
        "unknown."
    ),
    PostWarning.EVERY_DAY: mark(
        "There is one row for every day, and none names a post: are these days and not posts? Export the list of posts."
    ),
}


def posts_proposal_card(t: Language, proposal: PostsProposal) -> Card:
    """The columns as understood, the first posts, the counts, what becomes of the rate, and Confirm."""
    report = proposal.report
    if report.found.question is not None:
        return _question_card(t, proposal, report.found.question)
    title = t("Posts of {handle} from {file}?", handle=_name(report.before), file=plain(proposal.filename))
    notices = notices_of(t, report)
    blocks = [lines(heading(title), _counts(t, report)), _columns(t, report), *_blocks(t, report, notices=notices)]
    if proposal.token is None:
        return Card(*blocks, t("Nothing to write."), accent=WARNING, files=_files(report))
    buttons: list[discord.ui.Item[Any]] = [
        ActionButton("posts", proposal.token, label=t("Confirm"), style=discord.ButtonStyle.primary),
        ActionButton("cancel", proposal.token, label=t("Cancel")),
    ]
    return Card(*blocks, buttons=[buttons], files=_files(report))


def posts_done_card(t: Language, report: PostsReport) -> Card:
    """What was kept."""
    title = t("Posts of {handle} kept", handle=_name(report.before))
    shown: list[discord.ui.Item[Any]] = [ActionButton("tier", report.after.id, label=t("Show the report"))]
    return Card(lines(heading(title), _counts(t, report)), *_blocks(t, report), buttons=[shown], files=_files(report))


def _question_card(t: Language, proposal: PostsProposal, question: AmbiguousDates) -> Card:
    """Asks which number of a date is the day: nothing in the file tells."""
    assert proposal.token is not None, "a question waits for its answer"
    readings = ((True, question.as_day_first), (False, question.as_month_first))
    return Card(
        lines(
            heading(t("Which date is {example}?", example=code(question.example))),
            t(
                "The dates in {file} can be read in two ways, and nothing in it tells which.",
                file=plain(proposal.filename),
            ),
        ),
        buttons=[
            [
                ActionButton("posts-date", pack("d" if day_first else "m", proposal.token), label=t.long_date(date))
                for day_first, date in readings
            ]
            + [ActionButton("cancel", proposal.token, label=t("Cancel"))]
        ],
        accent=WARNING,
    )


def _blocks(t: Language, report: PostsReport, *, notices: Sequence[str] = ()) -> list[str]:
    found = report.found
    sample = [post_line(t, post) for post in found.posts[:SHOWN_POSTS]]
    return [
        *([lines(bold(t("First posts")), *sample)] if sample else []),
        *([_rate(t, report)] if report.new + report.changed else []),
        *(["\n".join(notices)] if notices else []),
        *([problems_block(t, found.problems)] if found.problems else []),
    ]


def notices_of(t: Language, report: PostsReport) -> list[str]:
    """What to know before these posts are kept."""
    before, after = report.before, report.after
    found = [t(WARNINGS[warning]) for warning in report.found.warnings]
    if after.estimate is not None and after.estimate.rate > MANY_INTERACTIONS:
        found.append(t("The posts have more likes and comments than the account has followers: is the file its own?"))
    elif before.estimate and after.estimate and _apart(before.estimate, after.estimate):
        found.append(t("The new rate lies outside the range so far: is the file its own?"))
    if before.has_own_averages and not after.has_own_averages:
        averaged = before.engagement.posts
        found.append(
            t.many("It replaces an average of {n} post.", "It replaces an average of {n} posts.", averaged)
            if averaged
            else t("It replaces an average.")
        )
    return found


def _apart(before: Estimate, after: Estimate) -> bool:
    return not before.low <= after.rate <= before.high


def _counts(t: Language, report: PostsReport) -> str:
    found = report.found
    times = [post.posted_at for post in found.posts]
    return lines(
        joined(
            t.many("{n} row", "{n} rows", found.rows),
            t("{n} new", n=t.number(report.new)),
            t("{n} changed", n=t.number(report.changed)) if report.changed else None,
            t("{n} unchanged", n=t.number(report.unchanged)) if report.unchanged else None,
            t("{n} twice in the file", n=t.number(found.repeated)) if found.repeated else None,
            t("{n} rejected", n=t.number(report.rejected)) if report.rejected else None,
        ),
        small(joined(days(min(times), max(times)), _skipped(t, found.skipped))) if times else None,
    )


def _skipped(t: Language, skipped: int) -> str | None:
    return t.many("{n} row of sums left aside", "{n} rows of sums left aside", skipped) if skipped else None


def _columns(t: Language, report: PostsReport) -> str:
    columns = report.found.columns
    used = [column for column in columns if column.field]
    unused = [column.header for column in columns if not column.field and column.header.strip()]
    return lines(
        bold(t("Columns")),
        joined(*(f"{code(use.header, 40)} → {field_name(t, use.field or '')}" for use in used[:SHOWN_COLUMNS])),
        small(t("Not used: {columns}", columns=", ".join(code(name, 30) for name in unused[:SHOWN_COLUMNS])))
        if unused
        else None,
    )


def _rate(t: Language, report: PostsReport) -> str:
    before, after = (
        estimate_words(t, account.estimate) if account.estimate else t("not computable")
        for account in (report.before, report.after)
    )
    if before == after:
        return t("Engagement rate: {rate}", rate=after)
    return t("Engagement rate: {before} → {after}", before=before, after=after)


def _name(account: Account) -> str:
    return plain("@" + account.handle)


def _files(report: PostsReport) -> list[str]:
    return [PROBLEMS_FILE] if len(report.found.problems) > SHOWN_PROBLEMS else []
