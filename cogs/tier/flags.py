"""What is unusual about an account's numbers: named in a line, explained on request. Never a verdict."""

from cogs.kit.cards import WARNING, Card, bold, heading, lines, small
from cogs.kit.language import Language, mark
from cogs.kit.safe import plain
from cogs.kit.time import day
from planning.accounts import Account
from planning.authenticity import Flag
from planning.flags import FlagReason

NAMES: dict[FlagReason, str] = {
    FlagReason.GROWTH_IN_STEPS: mark("followers that came in steps"),
    FlagReason.CONSTANT_LIKES: mark("nearly the same likes on every post"),
    FlagReason.RATE_BELOW: mark("an unusually low rate"),
    FlagReason.VIEWS_BELOW: mark("very few views for its followers"),
    FlagReason.RATE_ABOVE: mark("an unusually high rate"),
    FlagReason.COMMENTS_ABOVE: mark("unusually many comments for its likes"),
    FlagReason.COMMENTS_BELOW: mark("unusually few comments for its likes"),
    FlagReason.HIDDEN_LIKES: mark("hidden likes"),
}


def flags_line(t: Language, flags: list[Flag]) -> str | None:
    """Everything unusual in one line."""
    if not flags:
        return None
    return t("Worth asking about: {flags}", flags=t.all_of([t(NAMES[flag.reason]) for flag in flags]))


def flags_card(t: Language, account: Account, flags: list[Flag]) -> Card:
    """Each flag with its figures, and what else may be behind it."""
    title = heading(t("What is unusual about {handle}", handle=plain("@" + account.handle)))
    if not flags:
        return Card(title, t("Nothing, as far as the numbers go."))
    return Card(
        title,
        *(_flag(t, flag) for flag in flags),
        small(
            t(
                "These are questions for the creator, not judgements: a giveaway, a post that went round or a new "
                "subject can be behind each of them."
            )
        ),
        accent=WARNING,
    )


def _flag(t: Language, flag: Flag) -> str:
    name = t(NAMES[flag.reason])
    return lines(bold(name[:1].upper() + name[1:]), _figures(t, flag), small(_band(t, flag)))


def _figures(t: Language, flag: Flag) -> str:
    match flag.reason:
        case FlagReason.GROWTH_IN_STEPS:
            return "\n".join(
                t(
                    "From {before} to {after} followers between {start} and {end}, then {later} by {later_day}.",
                    before=t.number(step.before),
                    after=t.number(step.after),
                    start=day(step.started_at),
                    end=day(step.ended_at),
                    later=t.number(step.later),
                    later_day=day(step.later_at),
                )
                for step in flag.steps[:3]
            )
        case FlagReason.CONSTANT_LIKES:
            return t("Likes differ by only {share} from post to post.", share=t.percent(flag.value))
        case FlagReason.RATE_BELOW | FlagReason.RATE_ABOVE:
            return t("Its rate is {rate}.", rate=t.percent(flag.value))
        case FlagReason.VIEWS_BELOW:
            return t("Views of a typical post: {share} of the followers.", share=t.percent(flag.value))
        case FlagReason.COMMENTS_ABOVE | FlagReason.COMMENTS_BELOW:
            return t("Comments per 100 likes: {n}.", n=t.number(flag.value))
        case FlagReason.HIDDEN_LIKES:
            return t("The likes can't be seen on {share} of the posts.", share=t.whole_percent(flag.value))


def _band(t: Language, flag: Flag) -> str:
    if flag.reason is FlagReason.GROWTH_IN_STEPS:
        return t.many("over {n} reading", "over {n} readings", flag.sample)
    posts = t.many("over {n} post", "over {n} posts", flag.sample)
    limits = _limits(t, flag)
    if limits is None:
        return posts
    if flag.peers is not None:
        group = t.many("usual among {n} account like it: {limits}", "usual among {n} accounts like it: {limits}",
                       flag.peers, limits=limits)  # fmt: skip
    else:
        group = t("usual: {limits}", limits=limits)
    return f"{posts}; {group}"


def _limits(t: Language, flag: Flag) -> str | None:
    if flag.reason in {FlagReason.GROWTH_IN_STEPS, FlagReason.HIDDEN_LIKES}:
        return None
    counts = flag.reason in {FlagReason.COMMENTS_ABOVE, FlagReason.COMMENTS_BELOW}
    show = t.number if counts else t.percent
    if flag.low is not None and flag.high is not None:
        return f"{show(flag.low)}–{show(flag.high)}" if counts else t.percents(flag.low, flag.high)
    if flag.low is not None:
        return t("{low} or more", low=show(flag.low))
    return t("up to {high}", high=show(flag.high)) if flag.high is not None else None
