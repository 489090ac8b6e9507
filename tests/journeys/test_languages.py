"""A run through everything in a language that brackets its every text: what stands outside brackets is hard-coded."""

import re
from collections.abc import Sequence

from babel import Locale

from bot.texts import PROPER_NOUNS
from cogs.kit.language import Language, Languages, Texts
from planning.published import load_published
from tests.journeys.conftest import Journey, enrol
from tests.people import Answer, Shown

DATA = {
    "moss.kitchen", "Mosse", "vegan", "baking", "instagram", "EUR", "UTC", "English", "csv", "roster", "problems",
    "Netherlands", "Dutch", "Other", "nobody", "Germany", "k", "handle", "followers", "niches", "IG_Handle",
    "no.such.handle", "cars", "second", "date", "likes", "comments", "meta", "other.account", "posts", "comparison",
    "plan", "budget", "USD",
    "vegan baking", "vegan recipes", "vegan recipe", "plant-based desserts", "tax law", "plants", "cookbooks", "third",
} | PROPER_NOUNS | {text for row in load_published() for text in (row.publisher, row.population)}  # fmt: skip
MONTHS = {*Locale("en").months["format"]["wide"].values(), *Locale("en").months["format"]["abbreviated"].values()}
"""Dates are worded by Babel, in each language."""


class Bracketed(Language):
    """English in ⟦brackets⟧."""

    def __init__(self) -> None:
        super().__init__("en", Texts.empty())

    def word(self, message: str, context: str | None = None) -> str:
        return f"⟦{message}⟧" if context is None else message

    def many(self, one: str, many: str, n: float, /, **values: object) -> str:
        return f"⟦{super().many(one, many, n, **values)}⟧"

    def any_of(self, items: Sequence[str]) -> str:
        return f"⟦{super().any_of(items)}⟧"

    def all_of(self, items: Sequence[str]) -> str:
        return f"⟦{super().all_of(items)}⟧"


def unbracketed(text: str) -> str:
    """What of a text no translation covers: not in brackets, no mention, no time stamp, no figure, no known data."""
    text = re.sub(r"<[@/t][^>]*>", " ", text)
    before = None
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    text = text.replace("\\", "")
    for word in sorted(DATA | MONTHS, key=len, reverse=True):
        text = re.sub(rf"(?<!\w)@?{re.escape(word)}(?!\w)", " ", text, flags=re.IGNORECASE)
    return " ".join(re.findall(r"[^\W\d_]{2,}", text))


def check(shown: Answer | Shown) -> None:
    """Fail on any word that did not go through a translation."""
    assert shown.words
    for text in shown.words:
        assert unbracketed(text) == "", text


async def test_nothing_is_hard_coded(world: Journey):
    world.app.bot.services.languages._languages = {"en": Bracketed()}
    planner, member = world.planner, world.member
    full = {
        "name": "Mosse", "niches": "vegan, baking", "country": "NL", "language": "nl", "likes": 100.0, "comments": 9.0,
        "views": 2000.0, "posts": 12, "price": "250 EUR",
    }  # fmt: skip
    check(await member.slash("help"))
    check(await member.slash("shortlist", niche="vegan"))
    check(await member.slash("influencer list"))
    check(await enrol(planner, "moss.kitchen", **full))
    offer = await enrol(planner, "moss.kitchen", followers=4_990)
    check(offer)
    check(await offer.click("⟦Leave it⟧"))
    check(await enrol(planner, "moss.kitchen"))
    check(await planner.slash("influencer edit", handle="moss.kitchen", followers=4_990, country="DE", niches="vegan"))
    check(await planner.slash("influencer edit", handle="moss.kitchen", followers=4_990))
    report = await member.slash("tier", handle="moss.kitchen")
    check(report)
    history = await report.click("⟦History⟧")
    check(history)
    check(await report.click("⟦Definitions⟧"))
    check(await report.click("⟦Update numbers⟧"))
    check(await planner.slash("influencer log", handle="moss.kitchen", followers=4_995, likes=120.0))
    check(await planner.slash("influencer log", handle="moss.kitchen"))
    check(await enrol(planner, "second", platform="tiktok", likes=900.0, comments=40.0, price="9 EUR", posts=40))
    check(await member.slash("compare", handle1="moss.kitchen", handle2="second"))
    check(await planner.slash("backtest"))
    check(await planner.slash("settings rate", currency="USD", rate="0.92"))
    check(await planner.slash("settings rate", currency="EUR", rate="1"))
    check(await planner.slash("settings rate", currency="USD", rate="x"))
    for given in ({"budget": "20"}, {"budget": "900", "price_others": True, "must": "second", "min_creators": 2}):
        plan = await member.slash("plan budget", **given)
        check(plan)
        check(await plan.click("⟦Export⟧"))
        await plan.click("⟦Share to channel⟧")
        check(member.sees()[-1])
    for given in (
        {"budget": "1"},
        {"budget": "900", "goal": "views", "niche": "vegan", "platform": "instagram", "country": "DE", "tier": "micro"},
        {"budget": "900", "goal": "reach", "min_creators": 3, "max_creators": 2},
        {"budget": "900", "goal": "reach"},
        {"budget": "900", "min_creators": 9, "max_creators": 99},
        {"budget": "1", "must": "second", "exclude": "moss.kitchen"},
        {"budget": "900", "must": "second", "exclude": "second"},
        {"budget": "900", "must": "second", "platform": "instagram"},
        {"budget": "900", "must": "second, moss.kitchen", "max_creators": 1},
        {"budget": "900", "niche": "cars"},
        {"budget": "much"},
    ):
        check(await member.slash("plan budget", **given))
    posts = b"date,likes,comments,k\n" + b"".join(b"2026-01-%02d 10:00,500,%d,x\n" % (day, day) for day in range(8, 29))
    preview = await planner.slash("influencer posts", handle="moss.kitchen", file=("posts.csv", posts + b"x,1,1,\n"))
    check(preview)
    check(await preview.click("⟦Confirm⟧"))
    report = await member.slash("tier", handle="moss.kitchen")
    check(report)
    for label in ("Posts", "Definitions", "What is unusual"):
        check(await report.click(f"⟦{label}⟧"))
    asked = b"date,likes\n03/02/2025,9\n"
    check(await planner.slash("influencer posts", handle="moss.kitchen", file=("posts.csv", asked)))
    check(await planner.slash("influencer posts", handle="moss.kitchen", file=("posts.csv", b"date,likes\n")))
    unknown = await planner.slash("tier", handle="no.such.handle")
    check(unknown)
    check(await unknown.click("⟦Register it⟧"))
    check(await planner.slash("influencer remove", handle="moss.kitchen"))
    check(await member.slash("influencer list", niche="vegan", country="NL", tier="micro", platform="instagram"))
    for options in ({}, {"platform": "instagram", "country": "NL", "language": "nl", "max_price": "100 EUR"}):
        answer = await member.slash("shortlist", niche="vegan", **options)
        check(answer)
    check(await member.slash("shortlist", niche="vegan", tier="mega"))
    check(await member.slash("shortlist", niche="cars"))
    await enrol(planner, "third", niches="vegan recipes, vegan recipe, plant-based desserts")
    matched = await member.slash("shortlist", niche="vegan baking")
    check(matched)
    for label in [label for label in matched.labels if label.startswith("⟦Without")]:
        matched = await matched.click(label)
        check(matched)
    check(await member.slash("shortlist", niche="tax law"))
    check(await planner.slash("settings tags"))
    check(await planner.slash("settings tags", tag="vegan", alias="plants"))
    check(await planner.slash("settings tags"))
    check(await planner.slash("settings tags", tag="vegan"))
    renaming = await planner.slash("settings tags", tag="vegan recipe", into="cookbooks")
    check(renaming)
    check(await renaming.click("⟦Change it⟧"))
    check(await planner.slash("settings tags", tag="cookbooks", into="vegan recipes"))
    check(await planner.slash("settings tags", alias="plants"))
    check(await member.slash("settings show"))
    proposal = await planner.slash("settings ladder", preset="iab-uk")
    check(proposal)
    check(await proposal.click("⟦Change it⟧"))
    check(await planner.slash("settings ladder", preset="iab-uk"))
    check(await planner.slash("settings ladder", preset="custom", bands="x"))
    check(await planner.slash("settings currency", currency="EUR"))
    check(await planner.slash("influencer export"))
    table = b"IG_Handle,followers,niches,k\nmoss.kitchen,9,vegan,1\nnobody,k,cars,1\n"
    preview = await planner.slash("influencer import", file=("roster.csv", table))
    check(preview)
    check(await preview.click("⟦Confirm⟧"))
    for refused in (
        await member.slash("influencer add", handle="x", platform="instagram", followers=1),
        await planner.slash("influencer add", handle="🦊", platform="instagram", followers=1),
        await planner.slash("influencer import", file=("roster.csv", b"")),
        await member.slash("settings planner"),
    ):
        check(refused)


async def test_every_language_there_is_answers(world: Journey):
    for code in Languages.load().codes:
        answer = await world.member.speaks(code).slash("help")
        assert "</shortlist:" in answer.text
