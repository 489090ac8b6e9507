"""Likely duplicates: what is proposed, why, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.duplicates.finding import bare, find_candidates, settle
from planning.duplicates.identities import Hint, Identity, Pair, Proposal, pair_of
from planning.platform import Platform

INSTAGRAM, TIKTOK = Platform.INSTAGRAM, Platform.TIKTOK


def known(
    account_id: int,
    handle: str,
    platform: Platform = INSTAGRAM,
    *,
    name: str | None = None,
    country: str | None = None,
    followers: int = 1_000,
    likes: float | None = None,
    influencer: int | None = None,
    niche: int | None = None,
) -> Identity:
    counted = followers + account_id * 100
    return Identity(
        *(account_id, platform, handle, name, country, counted, likes, influencer), posts=False, niche=niche
    )


def found(*identities: Identity, distinct: frozenset[Pair] = frozenset(), posts: frozenset[Pair] = frozenset()):
    return [
        (proposal.pair, proposal.same_account, *proposal.hints)
        for proposal in settle(find_candidates(identities, set(distinct)), set(posts))
    ]


@pytest.mark.parametrize(
    ("one", "other", "hints"),
    [
        (known(1, "anna.bakes"), known(2, "annabakes", TIKTOK), [Hint.SAME_HANDLE]),
        (known(1, "anna.bakes"), known(2, "anna.bakes@mastodon.nl", Platform.MASTODON), [Hint.SAME_HANDLE]),
        (known(1, "annabakes"), known(2, "annabakes.bsky.social", Platform.BLUESKY), [Hint.SAME_HANDLE]),
        (known(1, "x", name="Zoë Bakt"), known(2, "kitchen", TIKTOK, name="zoe bakt"), [Hint.SAME_NAME]),
        (known(1, "zoe"), known(2, "zoe", TIKTOK), []),
        (known(1, "x", name="Zoe"), known(2, "kitchen", TIKTOK, name="Zoe"), []),
        (known(1, "annabakes", TIKTOK), known(2, "anna.bakes", TIKTOK), []),
        (
            known(1, "annabakes", name="Anna Bakt"),
            known(2, "anna.bakes", name="anna bakt"),
            [Hint.SAME_HANDLE, Hint.SAME_NAME],
        ),
        (
            known(1, "annabakes", country="NL", niche=4),
            known(2, "annabakess", country="NL", niche=4),
            [Hint.SIMILAR_HANDLE, Hint.SAME_NICHE],
        ),
        (known(1, "annabakes", country="NL", niche=4), known(2, "annabakess", country="BE", niche=4), []),
        (known(1, "baker1", country="NL", niche=4), known(2, "baker2", country="NL", niche=4), []),
        (
            known(1, "annabakes", followers=4_900, likes=120.5),
            known(2, "annabaeks", followers=4_801, likes=120),
            [Hint.SAME_FIGURES, Hint.SIMILAR_HANDLE],
        ),
        (known(1, "annabakes", followers=900, likes=120), known(2, "kitchen", followers=800, likes=120), []),
        (
            known(1, "annabakes", followers=900, likes=120, name="Anna Bakt"),
            known(2, "kitchen", followers=800, likes=120, name="Anna Bakt"),
            [Hint.SAME_FIGURES, Hint.SAME_NAME],
        ),
        (known(1, "annabakes", TIKTOK, influencer=3), known(2, "annabakes", influencer=3), []),
        (known(1, "annabakes", TIKTOK, influencer=3), known(2, "annabakes", influencer=4), [Hint.SAME_HANDLE]),
    ],
)
def test_what_is_proposed_and_why(one: Identity, other: Identity, hints: list[Hint]):
    expected = [((1, 2), one.platform is other.platform, *hints)] if hints else []
    assert found(one, other) == expected
    assert found(one, other, distinct=frozenset({(1, 2)})) == []


def test_posts_in_common_are_one_reason_of_two():
    pair = known(1, "annabakes"), known(2, "annabakez")
    assert found(*pair) == []
    assert found(*pair, posts=frozenset({(1, 2)})) == [((1, 2), True, Hint.SAME_POSTS, Hint.SIMILAR_HANDLE)]


def test_the_likeliest_come_first():
    people = [known(n, f"handle{'abc'[n % 3]}{'x' * (n // 3)}", Platform.X if n % 2 else TIKTOK) for n in range(3)]
    assert found(*people, known(7, "leaf", name="Leaf Green"), known(8, "leaves", TIKTOK, name="Leaf Green"),
                 known(9, "mossy", name="Moss Man"), known(10, "mossy", TIKTOK, name="Moss Man")) == [
        ((9, 10), False, Hint.SAME_HANDLE, Hint.SAME_NAME),
        ((7, 8), False, Hint.SAME_NAME),
    ]  # fmt: skip


def test_what_many_share_tells_nobody_from_another():
    assert found(*(known(n, f"h{n}ndle", TIKTOK if n % 2 else INSTAGRAM, name="Anna Bakt") for n in range(7))) == []


letters = st.text("abc", min_size=5, max_size=7)


@given(
    letters,
    st.integers(0, 6),
    st.sampled_from(["left out", "added", "another", "changed over"]),
    st.sampled_from("abcd"),
)
def test_every_typo_of_one_letter_is_a_candidate(handle: str, place: int, kind: str, letter: str):
    place %= len(handle)
    typo = {
        "left out": handle[:place] + handle[place + 1 :],
        "added": handle[:place] + letter + handle[place:],
        "another": handle[:place] + letter + handle[place + 1 :],
        "changed over": handle[:place] + handle[place : place + 2][::-1] + handle[place + 2 :],
    }[kind]
    same = {"name": "Anna Bakt", "country": "NL", "niche": 1}
    crowd = [known(n, f"{n}stranger{n}", name=same["name"]) for n in range(3, 12)]
    [candidate] = [
        each for each in find_candidates([known(1, handle, **same), known(2, typo, **same), *crowd], set())
        if each.pair == (1, 2)
    ] or [None]  # fmt: skip
    if min(len(handle), len(typo)) >= 5:
        assert candidate is not None
        assert Hint.SAME_NAME in candidate.hints


@given(st.lists(st.tuples(letters, st.sampled_from([INSTAGRAM, TIKTOK])), unique=True, max_size=12))
def test_no_pair_twice_and_none_with_itself(handles: list[tuple[str, Platform]]):
    identities = [known(n, handle, platform) for n, (handle, platform) in enumerate(handles)]
    pairs = [proposal.pair for proposal in find_candidates(identities, set())]
    assert len(pairs) == len(set(pairs))
    assert all(one < other for one, other in pairs)


def test_an_account_is_compared_without_case_accents_and_marks():
    assert bare("Zoë_B.ák-t 1") == "zoebakt1"
    assert pair_of(5, 2) == (2, 5)
    assert Proposal((1, 2), same_account=True, hints=(Hint.SAME_NAME, Hint.SAME_NICHE)).weight == 3.5
