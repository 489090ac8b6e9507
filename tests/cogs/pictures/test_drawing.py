"""What is drawn: within the limits and free of warnings whatever is to be shown, and the same every time."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image

from cogs.pictures import canvas
from cogs.pictures.canvas import ACCENT, ESTIMATE, PAPER, POST, QUIET, SPONSORED, TEXT, WIDTH, legible
from cogs.pictures.comparison import comparison_drawing
from cogs.pictures.figures import ComparedFigures, Expected, Peers, ReportFigures
from cogs.pictures.picture import Drawing
from cogs.pictures.report import report_drawing
from cogs.pictures.worker import draw, prepare
from tests.cogs.pictures.figures import (
    DUTCH,
    ENGLISH,
    EXPECTED,
    HANDLES,
    compared,
    peers,
    posts,
    report,
    spread,
)

MOST_BYTES = 150_000


@pytest.fixture(scope="module", autouse=True)
def _prepared() -> None:
    prepare()


def drawn(drawing: Drawing | None) -> Image.Image:
    """The picture, which is one that Discord takes."""
    assert drawing is not None
    png = draw(drawing.spec)
    assert len(png) < MOST_BYTES
    image = Image.open(io.BytesIO(png))
    image.load()
    assert image.format == "PNG"
    assert image.width == WIDTH
    assert 200 < image.height < 900
    return image


def colours(image: Image.Image) -> set[str]:
    counted = image.convert("RGB").getcolors(image.width * image.height)
    assert counted
    return {"#{:02x}{:02x}{:02x}".format(*colour) for count, colour in counted if count > 20}  # pyright: ignore[reportGeneralTypeIssues]


def alike(rate: float) -> ReportFigures:
    """An account all of whose figures, and whose peers', are this one."""
    return report(
        posts=posts([rate] * 8),
        mean=rate,
        expected=Expected(rate, rate, rate),
        peers=Peers("Instagram", "micro", [rate] * 30, 0.0),
    )


EXTREMES = {
    "as usual": report(),
    "one post": report(posts=posts([0.04]), expected=Expected(0.034, 0.014, 0.082)),
    "5,000 posts": report(posts=posts(spread(5000, 0.04), every=timedelta(hours=6)), peers=peers(20_000)),
    "from 0 to 300 %": report(posts=posts([0.0, 1e-6, 0.02, 0.5, 3.0]), expected=Expected(0.03, 1e-6, 2.9)),
    "all equal": report(
        posts=posts([0.05] * 8),
        mean=0.05,
        expected=Expected(0.05, 0.05, 0.05),
        peers=Peers("X", "micro", [0.05] * 30, 0),
    ),
    "nothing but zero": report(
        posts=posts([0.0] * 3), mean=0.0, expected=Expected(0, 0, 0), peers=Peers("X", "micro", [0.0] * 20, 0)
    ),
    "one day": report(posts=posts([0.03, 0.05, 0.04], every=timedelta(minutes=9))),
    "one instant": report(posts=posts([0.03, 0.05, 0.04], every=timedelta())),
    "twenty years": report(posts=posts(spread(50), every=timedelta(days=150))),
    "far above its peers": report(peers=Peers("X", "micro", spread(50, 0.0004), 1.0)),
    "far below its peers": report(expected=Expected(0.0002, 0.0001, 0.0003), peers=peers()),
    "no posts": report(posts=(), mean=None),
    "no peers": report(peers=None),
    "no estimate": report(expected=None, peers=peers(below=None)),
    "long words": report(handle="m" * 64, definition="d" * 200, peers=peers(1_000_000 // 5, tier="t" * 24)),
}


@pytest.mark.parametrize("figures", EXTREMES.values(), ids=EXTREMES)
def test_any_report_is_drawn(figures: ReportFigures):
    drawn(report_drawing(DUTCH, figures))


@pytest.mark.parametrize("handle", HANDLES)
def test_any_handle_is_drawn(handle: str):
    drawn(report_drawing(ENGLISH, report(handle=handle, peers=peers(tier=handle))))
    drawn(comparison_drawing(DUTCH, [compared(handle, 0.03), ComparedFigures(handle, None)]))


@pytest.mark.parametrize("count", range(1, 6))
def test_up_to_five_accounts_are_drawn_below_each_other(count: int):
    image = drawn(comparison_drawing(ENGLISH, [compared("m" * 64, 0.01 * (n + 1), 3000) for n in range(count)]))
    assert image.height == 216 + 124 * count


def test_accounts_without_posts_or_without_estimate_are_drawn():
    drawn(comparison_drawing(ENGLISH, [ComparedFigures("a", EXPECTED), ComparedFigures("b", None, [0.02, 0.03])]))
    drawn(comparison_drawing(ENGLISH, [ComparedFigures("b", None, [0.02])]))
    drawn(comparison_drawing(ENGLISH, [ComparedFigures("a", Expected(0, 0, 0)), compared("b", 2.5)]))


def test_the_same_figures_are_the_same_bytes():
    for drawing in (report_drawing(ENGLISH, report()), comparison_drawing(ENGLISH, [compared("a", 0.03)])):
        assert drawing is not None
        assert draw(drawing.spec) == draw(drawing.spec)


def test_what_is_there_is_seen_and_what_is_not_is_not():
    assert {PAPER, POST, SPONSORED, ACCENT, ESTIMATE} <= colours(drawn(report_drawing(ENGLISH, report())))
    bare = report(posts=posts([0.02, 0.03], sponsored=0), expected=None, peers=peers(below=None))
    plain = colours(drawn(report_drawing(ENGLISH, bare)))
    assert POST in plain
    assert not {SPONSORED, ACCENT, ESTIMATE} & plain


def luminance(colour: str) -> float:
    """By WCAG 2."""
    channels = [int(part, 16) / 255 for part in re.findall("[0-9a-f]{2}", colour)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("ink", "ground"), [(TEXT, PAPER), (QUIET, PAPER), (ESTIMATE, PAPER), (TEXT, ACCENT)], ids=str)
def test_words_stand_out(ink: str, ground: str):
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("sign", [POST, SPONSORED, ESTIMATE])
def test_signs_stand_out(sign: str):
    assert contrast(sign, PAPER) >= 3


def test_letters_are_as_large_as_a_phone_needs():
    assert 360 / WIDTH * canvas.SMALL >= 9


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("maya.bakes", "maya.bakes"),
        ("𝓶𝓪𝔂𝓪 \uff4d\uff41\uff59\uff41", "maya maya"),
        ("中文", "□□"),
        ("\U0001fae0 smile \U0001f9c1", "smile"),
        ("שלום", "שלום"),
        ("a\n\tb\u202e\0c", "a bc"),
        ("$x$", "$x$"),
    ],
)
def test_letters_that_are_not_there_are_replaced(words: str, shown: str):
    assert legible(words) == shown
