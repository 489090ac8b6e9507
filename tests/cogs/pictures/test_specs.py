"""What a picture will show, before anything is drawn: labels in the reader's language, and the same in words."""

from datetime import timedelta

import numpy as np
import pytest

from cogs.kit.language import Language
from cogs.pictures.comparison import comparison_drawing
from cogs.pictures.figures import ComparedFigures, Expected, ReportFigures
from cogs.pictures.picture import MOST_DESCRIPTION
from cogs.pictures.report import BINS, MOST_POSTS, report_drawing
from cogs.pictures.spec import ComparisonSpec, ReportSpec
from planning.peers import MIN_PEERS
from tests.cogs.pictures.figures import DEFINITION, DUTCH, ENGLISH, EXPECTED, LONGEST, compared, peers, posts, report


def report_spec(t: Language, figures: ReportFigures) -> ReportSpec:
    drawing = report_drawing(t, figures)
    assert drawing is not None
    assert isinstance(drawing.spec, ReportSpec)
    return drawing.spec


def comparison_spec(t: Language, *accounts: ComparedFigures) -> ComparisonSpec:
    drawing = comparison_drawing(t, accounts)
    assert drawing is not None
    assert isinstance(drawing.spec, ComparisonSpec)
    return drawing.spec


def report_words(figures: ReportFigures, t: Language = ENGLISH) -> str:
    drawing = report_drawing(t, figures)
    assert drawing is not None
    return drawing.description.replace("\N{THIN SPACE}", " ")


def test_figures_are_written_as_the_reader_writes_them():
    english, dutch = report_spec(ENGLISH, report()), report_spec(DUTCH, report())
    assert english.expected
    assert dutch.expected
    assert [m.label for m in (english.expected.low, english.expected.rate, english.expected.high)] == [
        "3.2%",
        "4.1%",
        "5.2%",
    ]
    assert dutch.expected.rate.label == "4,1%"
    assert english.posts
    assert dutch.posts
    assert dutch.posts.mean
    assert dutch.posts.mean.label.endswith("3,9%")
    assert english.posts.time.ticks[0].label == "May 24"
    assert dutch.posts.time.ticks[0].label == "24 mei"
    assert "May 16 – Jun 20, 2026" in english.subtitle.replace("\N{THIN SPACE}", " ")
    assert "16 mei – 20 jun 2026" in dutch.subtitle.replace("\N{THIN SPACE}", " ")


def test_the_estimate_stands_beyond_the_newest_post():
    spec = report_spec(ENGLISH, report())
    assert spec.posts
    newest = max(time for dots in spec.posts.dots for time in dots.times)
    assert newest < spec.posts.after < spec.posts.time.high
    assert min(time for dots in spec.posts.dots for time in dots.times) > spec.posts.time.low


def test_sponsored_posts_are_a_kind_of_their_own():
    spec = report_spec(ENGLISH, report())
    assert spec.posts
    assert [(dots.sponsored, len(dots.times)) for dots in spec.posts.dots] == [(False, 4), (True, 2)]
    spec = report_spec(ENGLISH, report(posts=posts([0.02, 0.03], sponsored=0)))
    assert spec.posts
    assert [dots.sponsored for dots in spec.posts.dots] == [False]


def test_without_posts_only_the_distribution_is_shown():
    spec = report_spec(ENGLISH, report(posts=(), mean=None))
    assert spec.posts is None
    assert spec.peers
    assert spec.subtitle == DEFINITION


@pytest.mark.parametrize("few", [None, peers(MIN_PEERS - 1)])
def test_with_few_peers_only_the_posts_are_shown(few: object):
    spec = report_spec(ENGLISH, report(peers=few))
    assert spec.peers is None
    assert spec.posts
    assert "accounts" not in report_words(report(peers=few))


def test_with_neither_there_is_no_picture():
    assert report_drawing(ENGLISH, report(posts=(), peers=peers(MIN_PEERS - 1))) is None
    assert report_drawing(ENGLISH, report(posts=(), peers=None)) is None


def test_every_peer_is_counted_however_far_away():
    group = peers(200)
    far = report(peers=type(group)("Instagram", "micro", [*group.rates, 0.0, 3.0], 0.5))
    spec = report_spec(ENGLISH, far)
    assert spec.peers
    assert sum(spec.peers.counts) == 202
    assert len(spec.peers.counts) == BINS
    assert list(spec.peers.edges) == sorted(spec.peers.edges)


def test_peers_may_be_an_array():
    group = peers()
    arrays = report(peers=type(group)("Instagram", "micro", np.array(group.rates), 0.71))  # pyright: ignore[reportArgumentType]
    assert report_spec(ENGLISH, arrays) == report_spec(ENGLISH, report())


def test_a_great_many_posts_are_thinned_out_evenly_and_said_to_be():
    rates = [0.01 + 0.00001 * i for i in range(5000)]
    figures = report(posts=posts(rates, every=timedelta(hours=5), sponsored=0))
    spec = report_spec(ENGLISH, figures)
    assert spec.posts
    [dots] = spec.posts.dots
    assert len(dots.times) <= MOST_POSTS
    assert dots.label == "posts (1,000 shown)"
    assert max(dots.rates) == rates[-1], "the newest is among them"
    assert len({round(b - a, 3) for a, b in zip(dots.times, dots.times[1:], strict=False)}) == 1
    assert "5,000 posts" in spec.subtitle


def test_a_mean_of_one_post_is_no_mean():
    spec = report_spec(ENGLISH, report(posts=posts([0.04])))
    assert spec.posts
    assert spec.posts.mean is None


def test_an_account_without_an_estimate_still_shows_its_posts():
    spec = report_spec(ENGLISH, report(expected=None, peers=peers(below=None)))
    assert spec.expected is None
    assert spec.peers
    assert (spec.peers.standing, spec.peers.group) == ("", "84 micro accounts")


def test_the_report_in_words():
    assert report_words(report()) == (
        "Engagement rates of @maya.bakes: (likes + comments) ÷ followers · 6 posts · May 16 – Jun 20, 2026. "
        "The posts lie between 2.1% and 7.9%. Their mean is 3.9%. 2 posts are sponsored. "
        "The next posts are estimated at 4.1%, and with 90% certainty between 3.2% and 5.2%. "
        "Beside them 84 micro accounts on Instagram; the middle half lies between 1.8% and 4.6%. "
        "The estimate is higher than that of 71% of them."
    )
    assert "4,1%" in report_words(report(), DUTCH)
    assert "The post's rate is 4.0%." in report_words(report(posts=posts([0.04])))


def test_the_words_fit_into_discords_limit():
    huge = report(handle="h" * 2000, peers=peers(tier="t" * 500))
    assert len(report_words(huge)) == MOST_DESCRIPTION
    drawing = comparison_drawing(ENGLISH, [compared("h" * 300, 0.03) for _ in range(5)])
    assert drawing is not None
    assert len(drawing.description) <= MOST_DESCRIPTION


def test_files_have_names_that_every_system_takes():
    for handle, name in (("maya.bakes", "maya-bakes.png"), ("中文", "report.png"), ("../a b", "a-b.png")):
        drawing = report_drawing(ENGLISH, report(handle=handle))
        assert drawing is not None
        assert drawing.filename == name


def test_accounts_keep_their_order_and_the_highest_is_shaded():
    spec = comparison_spec(ENGLISH, compared("low", 0.02), compared("high", 0.05), ComparedFigures("none", None))
    assert [row.title for row in spec.rows] == ["@low", "@high", "@none"]
    assert [row.figures for row in spec.rows] == ["2.0% · 1.5% – 2.6%", "5.0% · 3.8% – 6.5%", "not computable"]
    assert spec.shaded == spec.rows[1].expected


def test_one_account_is_held_against_nobody():
    assert comparison_spec(ENGLISH, compared("only", 0.02)).shaded is None


def test_accounts_without_any_figure_make_no_picture():
    assert comparison_drawing(ENGLISH, [ComparedFigures("a", None), ComparedFigures("b", None)]) is None


def test_the_comparison_in_words():
    drawing = comparison_drawing(DUTCH, [compared("tim", 0.02), ComparedFigures(LONGEST, EXPECTED)])
    assert drawing is not None
    assert drawing.description.splitlines()[1:] == [
        "@tim: 2,0% · 1,5% – 2,6%",
        f"@{LONGEST}: 4,1% · 3,2% – 5,2%",
    ]


def test_very_different_accounts_are_all_legible():
    spec = comparison_spec(ENGLISH, compared("tiny", 0.0002), compared("huge", 2.0))
    assert spec.rates.log
    spec = comparison_spec(ENGLISH, compared("a", 0.02), compared("b", 0.03))
    assert not spec.rates.log
    assert spec.rates.low == 0


def test_a_great_success_flattens_no_other_account():
    viral = ComparedFigures("viral", Expected(0.03, 0.02, 0.05), [0.03] * 99 + [2.0])
    spec = comparison_spec(ENGLISH, viral, compared("b", 0.03))
    assert spec.rates.high < 0.5
    assert max(spec.rows[0].rates) <= spec.rates.high
