"""The cards of merges, links and likely duplicates hold whatever they are given."""

from dataclasses import replace

import pytest

from cogs.influencer.duplicates_card import HINTS, PAGE, duplicates_card
from cogs.influencer.merge_cards import link_card, linked_card, merge_card, merged_card, split_card
from planning.duplicates.identities import Hint, Proposal
from planning.merging import find_conflicts
from planning.money import Money
from planning.niches import MAX_NICHE
from planning.services.duplicates import Duplicate
from planning.services.linking import Linked, Unlinked
from planning.services.merging import LinkProposal, Merged, MergeProposal
from planning.services.splitting import Unmerged
from tests.cogs.longest import LANGUAGES, LONGEST, WIDE, check

OTHER = replace(
    LONGEST,
    id=888_888_888,
    name="_*" * 50,
    country="NL",
    language="nl",
    followers=8_888_888_888,
    price=Money(88_888_888_888, "EUR"),
    engagement=replace(LONGEST.engagement, likes=2e9, comments=3e9, views=4e9),
)
AFTER = replace(
    OTHER,
    niches=tuple(f"{n}" + "_" * (MAX_NICHE - 1) for n in range(10)),
    price=None,
    country="GB",
    language="en",
    name=WIDE[::-1],
)


@pytest.mark.parametrize("code", LANGUAGES.codes)
def test_the_longest_of_everything_fits(code: str):
    t = LANGUAGES.get(code)
    conflicts = find_conflicts(LONGEST, OTHER, LONGEST)
    assert len(conflicts) == 8
    left_out = tuple(f"{n}" + "*" * (MAX_NICHE - 1) for n in range(10))
    proposal = MergeProposal(LONGEST, OTHER, AFTER, 10**6, 10**6, 10**6, 500, left_out, conflicts, "x" * 12)
    duplicate = Duplicate(LONGEST, OTHER, Proposal((10**9, 10**9), same_account=True, hints=tuple(Hint)))
    for card in (
        merge_card(t, proposal),
        link_card(t, LinkProposal(LONGEST, OTHER, [LONGEST] * 30, "x" * 12)),
        merged_card(t, Merged(LONGEST, OTHER)),
        linked_card(t, Linked(LONGEST, OTHER, [])),
        linked_card(t, Linked(LONGEST, OTHER, [LONGEST] * 30)),
        split_card(t, Unmerged(LONGEST, OTHER)),
        split_card(t, Unlinked(LONGEST, [LONGEST] * 30)),
        duplicates_card(t, [duplicate] * PAGE, 10**6, 10**5),
        duplicates_card(t, [], 0, 0),
        duplicates_card(t, [], 5, 5),
    ):
        check(card)


def test_every_hint_has_words():
    assert HINTS.keys() == set(Hint)
