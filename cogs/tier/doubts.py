"""What looks like a slip in numbers that someone gave."""

from cogs.kit.language import Language
from planning.accounts import Account

LEAP = 1.5
"""Times the followers, either way, from which a change is doubted."""


def doubts(t: Language, before: Account, after: Account) -> list[str]:
    """What looks like a slip of the keyboard in new numbers."""
    found: list[str] = []
    if after.followers != before.followers and not 1 / LEAP < (after.followers + 1) / (before.followers + 1) < LEAP:
        found.append(
            t(
                "The followers went from {before} to {after}: is that right?",
                before=t.number(before.followers),
                after=t.number(after.followers),
            )
        )
    if after.estimate is not None and after.estimate.rate > 1:
        found.append(t("That is more likes and comments a post than there are followers: is it right?"))
    return found
