"""How rates are worded wherever they are shown: never without their definition, their number of posts and their age."""

from datetime import datetime

from cogs.kit.cards import joined, lines, small, subheading
from cogs.kit.language import Language, mark
from cogs.kit.time import ago, days
from planning.accounts import Account
from planning.engagement import Definition, rate_by_followers, rate_by_views
from planning.estimates.values import Estimate

DEFINITIONS: dict[Definition, str] = {
    Definition.LIKES_COMMENTS_BY_FOLLOWERS: mark("(likes + comments) ÷ followers"),
    Definition.LIKES_BY_FOLLOWERS: mark("likes ÷ followers, comments not known"),
    Definition.LIKES_COMMENTS_BY_REACH: mark("(likes + comments) ÷ reach"),
    Definition.LIKES_BY_REACH: mark("likes ÷ reach, comments not known"),
    Definition.LIKES_COMMENTS_BY_VIEWS: mark("(likes + comments) ÷ views"),
    Definition.LIKES_BY_VIEWS: mark("likes ÷ views, comments not known"),
    Definition.LIKES_COMMENTS_SHARES_SAVES_BY_FOLLOWERS: mark("(likes + comments + shares + saves) ÷ followers"),
    Definition.LIKES_COMMENTS_SHARES_SAVES_BY_REACH: mark("(likes + comments + shares + saves) ÷ reach"),
    Definition.LIKES_COMMENTS_SHARES_SAVES_BY_VIEWS: mark("(likes + comments + shares + saves) ÷ views"),
}


TELLING = 0.1
"""From this difference on, as a share, it is said why the estimate is not the rate as measured."""
FEW = 5
"""With so many posts or fewer, what accounts like it have weighs most."""


def definition_of(account: Account) -> Definition:
    """The definition of the account's estimate."""
    if account.engagement.comments is None:
        return Definition.LIKES_BY_FOLLOWERS
    return Definition.LIKES_COMMENTS_BY_FOLLOWERS


def engagement_block(t: Language, account: Account) -> str:
    """The estimate in words, what it is made from, and the averages as they are known."""
    estimate = account.estimate
    if estimate is None:
        return lines(subheading(t("Engagement rate: not computable")), small(_why_not(t, account)))
    return lines(
        subheading(t("Engagement rate {estimate}", estimate=estimate_words(t, estimate))),
        small(
            joined(
                t("what the next posts will bring on average; the range holds with 90% certainty"),
                t(DEFINITIONS[definition_of(account)]),
            )
        ),
        small(joined(sample(t, account), _span(account), _age(t, account))),
        _measured(t, account),
    )


def estimate_words(t: Language, estimate: Estimate) -> str:
    """About 4.1%, very likely 3.2–5.2%."""
    return t(
        "about {rate}, very likely {range}",
        rate=t.percent(estimate.rate),
        range=t.percents(estimate.low, estimate.high),
    )


def sample(t: Language, account: Account) -> str:
    """How many posts the rate is made from."""
    averages = account.engagement.posts
    if account.sample is None:
        if averages is None:
            return t("from an average, number of posts not given")
        return t.many("from the average of {n} post", "from the average of {n} posts", averages)
    posts = t.many("from {n} post", "from {n} posts", account.sample.posts)
    if not account.has_own_averages or account.engagement.likes is None:
        return posts
    beside = t.many("an average of {n} post", "an average of {n} posts", averages or 1)
    return t("{posts} and {average}", posts=posts, average=beside)


def rate_facts(t: Language, account: Account) -> list[str | None]:
    """The estimate with its range, its number of posts and its age, or that there is none."""
    estimate = account.estimate
    if estimate is None:
        known = account.engagement.known or account.posts_read_at
        return [t("rate not computable") if known else t("no engagement numbers yet")]
    words = f"{t.percent(estimate.rate)} ({t.percents(estimate.low, estimate.high)})"
    posts = max(account.sample.posts if account.sample else 0, account.engagement.posts or 0)
    read_at = read_at_of(account)
    return [
        t("{rate}, likes only", rate=words) if account.engagement.comments is None else words,
        t.many("{n} post", "{n} posts", posts) if posts else t("posts not counted"),
        ago(read_at) if read_at else None,
    ]


def rate_note(t: Language) -> str:
    """What the figures of `rate_facts` are, for the foot of a list."""
    return t(
        "% = the rate that the next posts will have, (likes + comments) ÷ followers; in brackets where it very likely "
        "lies (90%)."
    )


def read_at_of(account: Account) -> datetime | None:
    """When the newest numbers behind the estimate were read."""
    posts_read_at = account.posts_read_at if account.sample else None
    times = [moment for moment in (posts_read_at, account.engagement_at) if moment]
    return max(times) if times else None


def _measured(t: Language, account: Account) -> str | None:
    """The plain averages, the rates that they make, and why the estimate is another."""
    numbers = account.engagement
    by_followers = rate_by_followers(account.followers, numbers)
    # Of posts, the rate by views is a mean of each post's own, which the definitions show.
    by_views = rate_by_views(numbers) if account.has_own_averages else None
    averages = joined(
        t.many("{n} like", "{n} likes", numbers.likes) if numbers.likes is not None else None,
        t.many("{n} comment", "{n} comments", numbers.comments) if numbers.comments is not None else None,
        t.many("{n} view", "{n} views", numbers.views) if numbers.views is not None else None,
    )
    return lines(
        _average(t, account, averages) if averages else None,
        joined(
            t("Measured: {rate} by followers", rate=t.percent(by_followers.value)) if by_followers else None,
            t("{rate} by views", rate=t.percent(by_views.value)) if by_views else None,
        ),
        small(_difference(t, account, by_followers.value) or "") if by_followers else None,
    )


def _average(t: Language, account: Account, averages: str) -> str:
    if account.has_own_averages or account.engagement.posts is None:
        return t("Average post: {averages}", averages=averages)
    newest = t.many("newest {n} post", "newest {n} posts", account.engagement.posts)
    return t("Average of the {newest}: {averages}", newest=newest, averages=averages)


def _difference(t: Language, account: Account, measured: float) -> str | None:
    """Why the estimate lies well above or below the rate as measured."""
    if account.estimate is None or abs(account.estimate.rate / measured - 1) < TELLING:
        return None
    if account.estimate.rate < measured:
        return t("The estimate is lower: accounts like it have less, and so few posts leave much open.")
    if account.sample is not None and account.sample.posts > FEW:
        return t(
            "The estimate is higher: newer posts count for more, and the older ones had fewer followers to like them."
        )
    return t("The estimate is higher: accounts like it have more, and so few posts leave much open.")


def _span(account: Account) -> str | None:
    return days(account.sample.first_at, account.sample.last_at) if account.sample else None


def _age(t: Language, account: Account) -> str | None:
    read_at = read_at_of(account)
    return t("numbers from {when}", when=ago(read_at)) if read_at else None


def _why_not(t: Language, account: Account) -> str:
    if account.followers == 0:
        return t("The account has no followers to compare with.")
    if account.engagement.likes is None:
        return t("The likes aren't known. An unknown number is never counted as zero.")
    return t(
        "Likes that are 0, or the same 3 on every post, usually mean that they are hidden, so no rate is made of them."
    )
