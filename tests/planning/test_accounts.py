"""What is given of an account, laid over what is known."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from planning.accounts import Account, Draft, Engagement, Snapshot, Source, apply, create
from planning.money import Money
from planning.platform import Platform
from planning.services.accounts import readings

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
THEN = NOW - timedelta(days=90)
MOSS = Account(
    Platform.INSTAGRAM,
    "moss",
    3000,
    NOW,
    engagement=Engagement(100.0, 10.0, None, 9),
    engagement_at=NOW,
    niches=("vegan", "baking"),
    price=Money(25000, "EUR"),
)


def draft(**fields: object) -> Draft:
    return Draft(Platform.INSTAGRAM, "moss", **fields)  # type: ignore[arg-type]


def laid_over(given: Draft, account: Account = MOSS, *, now: datetime = NOW) -> Account:
    return apply(given, account, now=now, source=Source.FILE)


def test_what_is_not_given_stays():
    assert laid_over(draft()) is MOSS
    assert laid_over(draft(engagement=Engagement(views=900.0))).engagement == Engagement(100.0, 10.0, 900.0, 9)
    assert laid_over(draft(followers=3100)) == replace(MOSS, followers=3100, source=Source.FILE)


def test_numbers_carry_their_own_date_and_never_a_later_one_than_now():
    later = NOW + timedelta(days=5)
    dated = laid_over(draft(followers=3100, followers_at=NOW + timedelta(days=2)), now=later)
    assert dated.followers_at == NOW + timedelta(days=2)
    assert laid_over(draft(followers=3100, followers_at=later + timedelta(days=900)), now=later).followers_at == later


def test_an_older_number_does_not_replace_a_newer_one():
    old = draft(followers=2000, followers_at=THEN, engagement=Engagement(likes=5.0), engagement_at=THEN)
    assert laid_over(old) is MOSS


def test_a_dash_empties():
    emptied = laid_over(draft(cleared=("price", "niches", "name")))
    assert (emptied.price, emptied.niches, emptied.name) == (None, (), None)


def test_readings_are_at_their_own_times():
    given = draft(followers=10, followers_at=THEN, engagement=Engagement(likes=1.0))
    account = create(given, now=NOW, source=Source.FILE)
    assert readings(None, account) == (
        Snapshot(THEN, Source.FILE, 10),
        Snapshot(NOW, Source.FILE, engagement=Engagement(likes=1.0)),
    )
    together = create(replace(given, followers_at=None), now=NOW, source=Source.FILE)
    assert readings(None, together) == (Snapshot(NOW, Source.FILE, 10, Engagement(likes=1.0)),)
    assert readings(account, account) == ()
