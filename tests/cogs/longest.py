"""The longest of everything, and what Discord takes of a card."""

from datetime import UTC, datetime

from discord import ui
from hypothesis import strategies as st

from cogs.kit.buttons import ActionButton, ActionMenu
from cogs.kit.cards import MAX_CHARACTERS, MAX_COMPONENTS, Card
from cogs.kit.language import Languages
from planning.accounts import Account, Engagement, Source
from planning.estimates.values import Estimate, ModelVersion, Sample
from planning.handles import MAX_HANDLE
from planning.money import Money
from planning.niches import MAX_NICHE, MAX_NICHES
from planning.platform import Platform
from planning.tiers import parse_bands

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LANGUAGES = Languages.load()
languages = st.sampled_from([LANGUAGES.get(code) for code in LANGUAGES.codes])
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=100)
WIDE = "*_" * 50
LONGEST = Account(
    platform=Platform.INSTAGRAM,
    handle="_" * MAX_HANDLE,
    followers=9_999_999_999,
    followers_at=NOW,
    id=999_999_999,
    name=WIDE,
    country="GB",
    language="en",
    price=Money(99_999_999_999, "EUR"),
    engagement=Engagement(1e9, 1e9, 1e9, 100_000),
    engagement_at=NOW,
    source=Source.FILE,
    niches=tuple(f"{n}" + "*" * (MAX_NICHE - 1) for n in range(MAX_NICHES)),
    added_at=NOW,
    sample=Sample(200_000, NOW, NOW, 20.0, 12.0, 0.5),
    posts_read_at=NOW,
    estimate=Estimate(12.3456, 0.123456, 123.456, ModelVersion(1, 99_999), 0.04),
)
LADDER = parse_bands(", ".join(f"{'*' * 20} {n} {10**n}" for n in range(1, 10)))


def check(card: Card) -> None:
    """Raises where Discord would refuse it."""
    items = list(card.walk_children())
    assert sum(len(item.content) for item in items if isinstance(item, ui.TextDisplay)) <= MAX_CHARACTERS
    assert len(items) <= MAX_COMPONENTS
    assert card.is_persistent()
    for item in items:
        if isinstance(item, ui.TextDisplay):
            assert item.content.strip()
        if isinstance(item, ActionButton):
            assert 0 < len(item.item.label or "") <= 80
            assert len(item.custom_id) <= 100
        elif isinstance(item, ActionMenu):
            assert 0 < len(item.item.placeholder or "") <= 150
            assert 0 < len(item.item.options) <= 25
            assert all(0 < len(option.label) <= 100 for option in item.item.options)
        else:
            assert not item.is_dispatchable()
