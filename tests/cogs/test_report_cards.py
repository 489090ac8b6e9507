"""The cards of reports, posts and comparisons hold whatever they are given."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cogs.backtest.card import backtest_card
from cogs.compare.card import comparison_card
from cogs.influencer.posts_card import posts_done_card, posts_proposal_card
from cogs.pictures.picture import MOST_DESCRIPTION, Picture
from cogs.tier.card import account_card
from cogs.tier.details import POSTS_PAGE, definitions_card, posts_card
from cogs.tier.flags import flags_card
from planning.authenticity import Flag
from planning.engagement import Definition
from planning.estimates.backtest import AtKnown, Backtest, LeftOut, Three, Unequal
from planning.estimates.model import SHIPPED
from planning.flags import FlagReason
from planning.followers import FollowerChange
from planning.growth import Step
from planning.imports.problems import Problem
from planning.measured import Measured
from planning.peers import Peers
from planning.post_files.columns import PostColumn
from planning.post_files.found import PostWarning, ReadPosts
from planning.post_files.headers import PostField
from planning.post_files.moments import AmbiguousDates
from planning.posts import Post, PostKind
from planning.published import load_published
from planning.reasons import Reason
from planning.services.post_imports import PostsProposal, PostsReport
from planning.services.reports import Report
from tests.cogs.longest import LADDER, LANGUAGES, LONGEST, NOW, WIDE, check

HUGE = 10**11
POST = Post(NOW, PostKind.STREAM, HUGE, HUGE, HUGE, HUGE, HUGE, HUGE, sponsored=True, reference=WIDE)
STEP = Step(NOW, NOW, NOW, HUGE, HUGE, HUGE, 0.1)
FLAGS = [
    Flag(reason, 1234.5, 0.001, 9999.9, 200_000, peers, (STEP,) * 9)
    for reason, peers in zip(FlagReason, [5_000, None] * 4, strict=True)
]
REPORT = Report(
    LONGEST,
    [POST] * 30,
    [POST] * 30,
    [Measured(definition, 123.4, 99.9, 50, NOW - timedelta(days=900), NOW) for definition in Definition],
    FollowerChange(NOW - timedelta(days=90), NOW, 1, HUGE),
    Peers(LONGEST.platform, LADDER.tiers[-1], 51.0, (1.0, 2.0, 3.0), (1.0,) * 20),
    10**6,
    list(load_published()[:5]),
    FLAGS,
    SHIPPED,
    (LONGEST,) * 20,
)
PICTURE = Picture(b"\x89PNG", "x" * 64 + ".png", "x" * MOST_DESCRIPTION)
FOUND = ReadPosts(
    columns=tuple(PostColumn(n, WIDE, field) for n, field in enumerate([*PostField, *[None] * 40])),
    posts=[POST] * 30,
    problems=[Problem(10**6, WIDE, WIDE, Reason.NOT_A_DATE) for _ in range(60)],
    rows=10**6,
    repeated=10**6,
    skipped=10**6,
    warnings=tuple(PostWarning),
)


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_the_longest_of_everything_fits(code: str):
    t = LANGUAGES.get(code)
    posts = PostsReport(LONGEST, replace(LONGEST, followers=1), FOUND, 10**6, 10**6, 10**6)
    question = replace(posts, found=ReadPosts((), question=AmbiguousDates(WIDE, NOW.date(), NOW.date())))
    three = Three(9.9, 9.9, 9.9)
    for card in (
        account_card(t, LONGEST, LADDER, edit="</influencer edit:1234567890123456789>", report=REPORT, picture=PICTURE),
        account_card(t, LONGEST, LADDER, edit="</x:1234567890123456789>", report=replace(REPORT, peers=None)),
        definitions_card(t, REPORT),
        definitions_card(t, replace(REPORT, account=replace(LONGEST, estimate=None))),
        posts_card(t, LONGEST, [POST] * POSTS_PAGE, 10**5, 10**6),
        posts_card(t, LONGEST, [], 10**5, 10**6),
        flags_card(t, LONGEST, FLAGS),
        flags_card(t, LONGEST, []),
        comparison_card(t, [REPORT] * 5, LADDER, picture=PICTURE),
        posts_proposal_card(t, PostsProposal(posts, WIDE * 3, "x" * 12)),
        posts_proposal_card(t, PostsProposal(posts, WIDE * 3, None)),
        posts_proposal_card(t, PostsProposal(question, WIDE * 3, "x" * 12)),
        posts_done_card(t, posts),
        backtest_card(
            t,
            Backtest(
                10**6,
                LeftOut(10**6, 10**6, 10**6),
                {known: AtKnown(three, 1.0) for known in (1, 3, 5, 12)},
                Unequal(three, three),
            ),
        ),
    ):
        check(card)
