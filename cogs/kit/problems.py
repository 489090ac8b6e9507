"""The words for everything that can go wrong for a person: what it is, and what to do next."""

from collections.abc import Callable
from typing import Any

from cogs.kit.fields import field_name
from cogs.kit.language import Language, mark
from cogs.kit.permissions import permission_names
from cogs.kit.safe import code
from cogs.kit.unclear import unclear_text
from planning import errors
from planning.platform import Platform
from planning.reasons import Reason
from planning.tiers import MAX_BANDS, MAX_TIER_NAME

REASONS: dict[Reason, str] = {
    Reason.HANDLE_MISSING: mark("there is no handle"),
    Reason.NOT_A_HANDLE: mark("this is no handle: give @name, name or the address of a profile"),
    Reason.PLATFORM_MISSING: mark("the platform is not said: name it in the command, or in a column"),
    Reason.NOT_A_PLATFORM: mark("this is no platform we know: write its usual name, or “other”"),
    Reason.PLATFORM_CONFLICT: mark("the address belongs to another platform than the one that was named"),
    Reason.FOLLOWERS_MISSING: mark("there is no number of followers"),
    Reason.NOT_A_NUMBER: mark("this can't be read as a number: write it like 12400 or 12.4K"),
    Reason.POSTS_ALONE: mark("this says over how many posts the averages are: give likes, comments or views too"),
    Reason.NOTHING_READ: mark("nothing was given: say followers, likes, comments or views"),
    Reason.NOT_WHOLE: mark("followers and posts are counted in whole numbers"),
    Reason.NEGATIVE: mark("a count can't be below zero"),
    Reason.TOO_LARGE: mark("no account is that large"),
    Reason.NOT_A_COUNTRY: mark("this is no country we know: give its name or its two-letter code"),
    Reason.NOT_A_LANGUAGE: mark("this is no language we know: give its name or its two-letter code"),
    Reason.NOT_A_PRICE: mark("this is no price: write it like 250 EUR or €250"),
    Reason.NOT_A_CURRENCY: mark("the currency is not clear: write it like 250 EUR or €250"),
    Reason.NOT_A_CURRENCY_CODE: mark("this is no currency we know: pick one of the suggestions"),
    Reason.NOT_A_RATE: mark("this is no exchange rate: write what one of the currency is worth, like 0.92"),
    Reason.NO_ENGAGEMENT_RATE: mark("this is no engagement rate: write it like 3.4%"),
    Reason.RATE_UNCLEAR: mark("this may be a share or per cent: write a % sign behind it"),
    Reason.OWN_CURRENCY: mark("this is the server's own currency"),
    Reason.PRICE_TOO_LARGE: mark("nothing costs that much"),
    Reason.NOT_SPOKEN: mark("the bot doesn't speak this language: pick one of the suggestions"),
    Reason.NOT_A_TIME: mark("this is no time: write it like 2026-11-23 or 2026-11-23T09:00:00+00:00"),
    Reason.NICHE_TOO_LONG: mark("a niche is too long: a word or three will do"),
    Reason.TOO_MANY_NICHES: mark("these are too many niches for one account"),
    Reason.NOT_A_NICHE: mark("no account here carries this niche: pick one of the suggestions"),
    Reason.NOT_A_TAG: mark("no account here carries this: pick one of the suggestions"),
    Reason.SAME_TAG: mark("this is what the tag is called already"),
    Reason.NOT_ONE_TAG: mark("a tag is one niche, without commas"),
    Reason.ALIAS_IS_A_TAG: mark("this is a tag itself: to make both one, give it as tag and the other as into"),
    Reason.NOT_AN_ALIAS: mark("this is no alias"),
    Reason.TAG_ALONE: mark("say what it becomes (into), or what else you call it (alias)"),
    Reason.TAG_MISSING: mark("say which tag becomes this (tag)"),
    Reason.INTO_AND_ALIAS: mark("give into or alias, one at a time"),
    Reason.NO_SUCH_LIST: mark("there is no list of this name and no result of this id: pick one of the suggestions"),
    Reason.NAME_TAKEN: mark("another list has this name"),
    Reason.NAME_IS_A_RESULT: mark("this is the id of a shortlist: choose another name"),
    Reason.NOT_A_LIST_NAME: mark("a name has 1 to 60 characters, on one line"),
    Reason.TOO_MANY_LISTS: mark("a server keeps 500 lists: delete one first"),
    Reason.TOO_MANY_PICKS: mark("a list holds 200 picks: save these to another one"),
    Reason.ON_THE_LIST: mark("this account is on the list already"),
    Reason.NO_QUERY: mark("it was not saved from one shortlist that could be made again today: name a second list"),
    Reason.NO_VOTE_YET: mark("you have not voted on this pick: vote first, then say why"),
    Reason.NO_SUCH_SCHEDULE: mark("there is no schedule of this name: pick one of the suggestions"),
    Reason.SCHEDULE_GONE: mark("it was removed meanwhile; /schedule list shows what there is"),
    Reason.SCHEDULE_NAME_TAKEN: mark("another schedule has this name: choose another"),
    Reason.TOO_MANY_SCHEDULES: mark("a server keeps 50 schedules: remove one first"),
    Reason.NOT_A_CHANNEL: mark("nothing can be scheduled in such a channel: name a text channel"),
    Reason.TIME_OVER: mark("this time is over: say another (/schedule edit when:), or post at once with /schedule run"),
    Reason.RUNNING: mark("it is running already"),
    Reason.NOT_RUNNING: mark("it is not running"),
    Reason.NICHE_OR_LIST: mark("say which niche to watch, or which list: one of the two"),
    Reason.NOT_FOR_ALERTS: mark("this is for shortlists; this schedule is an alert"),
    Reason.NOT_FOR_SHORTLISTS: mark("this is for alerts; this schedule posts a shortlist"),
    Reason.NOTHING_TO_CHANGE: mark("say what to change"),
    Reason.MENTION_EVERYONE: mark("a post never mentions everyone: name a role"),
    Reason.NO_RIGHT_TO_MENTION: mark("you may not mention this role yourself, so a post of yours may not either"),
    Reason.NOT_A_TIER: mark("the server's ladder has no such tier: pick one of the suggestions"),
    Reason.NOT_A_TIMEZONE: mark("this is no time zone: pick one of the suggestions"),
    Reason.NAME_TOO_LONG: mark("the name is too long"),
    Reason.FORMER_HANDLE: mark("the account of this former handle stands in the file under another one too"),
    Reason.SAME_ACCOUNT: mark("these are one account already"),
    Reason.LINKED_ALREADY: mark("these are one influencer's already"),
    Reason.NOTHING_TO_SPLIT: mark("it was merged with no other account, and is linked to none"),
    Reason.MERGED_SINCE: mark("this was the last to be merged into that account: split it first"),
    Reason.HANDLE_TAKEN: mark("another account was registered under this handle since: remove that one first"),
    Reason.TOO_MANY_ACCOUNTS: mark("these are too many accounts to be one influencer’s"),
    Reason.OTHER_INFLUENCERS: mark(
        "these accounts are of different influencers here: if they are one’s, link them with /influencer merge"
    ),
    Reason.KEPT_APART: mark(
        "someone here said that these accounts are not one influencer’s: if they are, link them with /influencer merge"
    ),
    Reason.STANDS_OTHERWISE: mark("the same account stands above with another one: correct the one that is wrong"),
    Reason.DUPLICATE_DIFFERS: mark("the same account stands above with other numbers"),
    Reason.TOO_MANY_CELLS: mark("the row has more cells than the header"),
    Reason.CUT_OFF: mark("the file ends in the middle of this row: export it again"),
    Reason.SUM: mark("this row sums up the others"),
    Reason.DATE_MISSING: mark("there is no date"),
    Reason.NOT_A_DATE: mark("this is no date: write it like 2026-11-23 or 2026-11-23 09:00"),
    Reason.DATE_WITHOUT_YEAR: mark("the date has no year: write it like 2026-11-23"),
    Reason.DATE_IN_FUTURE: mark("the date is in the future"),
    Reason.OTHER_ACCOUNT: mark("the post is another account’s"),
    Reason.NO_NUMBERS: mark("the row has a date and no numbers"),
    Reason.NOT_A_COUNT: mark("what a post got is counted in whole numbers from 0"),
    Reason.NOT_A_KIND: mark("this is no kind of post we know: post, reel, story, video, short or stream"),
    Reason.NOT_YES_OR_NO: mark("this is neither yes nor no"),
    Reason.NOT_A_REFERENCE: mark("this is no id or address of a post, or a spreadsheet has rounded it"),
    Reason.ONE_DAY_ONLY: mark("these are one day’s numbers: export the lifetime of the posts"),
    Reason.POST_DIFFERS: mark("the same post stands above with other numbers"),
}

LADDERS: dict[str, str] = {
    "count": mark("A ladder has 1 to {bands} tiers."),
    "name": mark("Each tier needs a name of its own of at most {letters} characters. This one doesn't fit: {band}"),
    "bound": mark("A tier begins at zero followers or more. This one doesn't: {band}"),
    "order": mark("Tiers go from small to large. This one begins below the one before it: {band}"),
    "missing": mark("Say where your own tiers begin, in the option bands: nano 500, micro 1000, macro 10000."),
    "format": mark("Write each tier as a name and where it begins, with commas between. This can't be read: {band}"),
}

FILES: dict[str, str] = {
    "empty": mark("The file is empty. Send a CSV or Excel file with a header row and the data below it."),
    "too_large": mark("The file is larger than {detail} MB. Split it."),
    "too_large_to_send": mark(
        "The file is larger than {detail} MB. Split it, or ask whoever runs the bot to import it."
    ),
    "binary": mark(
        "This is no spreadsheet. In your program, choose “Save as” or “Download” and then CSV or Excel (.xlsx)."
    ),
    "web_page": mark(
        "This is a web page or an XML file under a spreadsheet’s name. Open it in your spreadsheet and save it as CSV "
        "or Excel (.xlsx)."
    ),
    "conflict": mark(
        "Line {detail} is a conflict marker: two versions of the file were left in it. Choose one of them, and send "
        "the file again."
    ),
    "old_excel": mark("This is a workbook of an old Excel (.xls). Open it and save it as “Excel Workbook (.xlsx)”."),
    "password": mark("The workbook is locked with a password. Save a copy without one, and send that."),
    "numbers": mark("This is a file of Apple Numbers. In Numbers, choose Export To, and then Excel or CSV."),
    "damaged": mark("The workbook is damaged or was not sent whole. Open it, save it again, and send it."),
    "unpacked": mark(
        "The workbook unpacks to more than {detail} MB. Save the sheet that you want as CSV, and send that."
    ),
    "workbook_large": mark(
        "The workbook takes too long or too much memory to read. Save the sheet that you want as CSV, and send that."
    ),
    "no_such_column": mark("There is no such column in the file. It has: {detail}"),
    "no_such_sheet": mark("There is no such sheet in the workbook. It has: {detail}"),
    "encoding": mark("The file's text can't be read. Save it as CSV in UTF-8 and send it again."),
    "columns": mark(
        "There is no column of handles, or none of followers. Name them “handle” and “followers” in the first row. "
        "It reads: {detail}"
    ),
    "no_handles": mark(
        "There is a column of followers, and none of handles. Write “handle” above the handles, in the first row. "
        "It reads: {detail}"
    ),
    "no_followers": mark(
        "There is a column of handles, and none of followers. Write “followers” above them, in the first row. "
        "It reads: {detail}"
    ),
    "post_columns": mark(
        "There is no column of dates, or none of likes, comments, shares, saves, views or reach. Name them “date” and "
        "“likes” in the first row; a list of accounts is for /influencer import. It reads: {detail}"
    ),
    "no_posts": mark("The file has a header and no posts. Export a longer period, and send the file again."),
}


def reason_text(t: Language, reason: Reason, detail: str = "") -> str:
    """Why a value was not taken; `detail` is the row that it contradicts."""
    text = t(REASONS[reason])
    return t("{reason} (row {row})", reason=text, row=detail) if detail else text


def _not_a_planner(t: Language, error: errors.NotAPlanner) -> str:
    if error.role_id is None:
        return t("Only people who may manage the server can do this. Ask one of them, or ask for a planner role.")
    return t("Only planners can do this. Ask for the role <@&{role}>.", role=error.role_id)


def _ambiguous(t: Language, error: errors.AmbiguousHandle) -> str:
    choices = t.any_of([code(f"{platform.value}:{error.handle}") for platform in error.platforms])
    return t("{handle} is on several platforms. Say which: {choices}", handle=code(error.handle), choices=choices)


def _invalid(t: Language, error: errors.InvalidValue) -> str:
    reason = reason_text(t, Reason(error.reason))
    field = field_name(t, error.column)
    if not error.value:
        return t("{field}: {reason}.", field=field.capitalize(), reason=reason)
    return t("{field} {value}: {reason}.", field=field.capitalize(), value=code(error.value), reason=reason)


def _ladder(t: Language, error: errors.LadderInvalid) -> str:
    return t(LADDERS[error.what], band=code(error.band), bands=MAX_BANDS, letters=MAX_TIER_NAME)


def _file(t: Language, error: errors.UnreadableFile) -> str:
    detail = code(error.detail, 200) if error.reason in _OF_THE_FILE else error.detail
    return t(FILES[error.reason], detail=detail)


_OF_THE_FILE = frozenset({"columns", "no_handles", "no_followers", "post_columns", "no_such_column", "no_such_sheet"})
"""Where the detail is the file's own words."""


def _expired(t: Language, _error: errors.Expired) -> str:
    return t(
        "That is done already, or was too long ago, or the account is gone. Run the command again to see how it stands."
    )


def _list_gone(t: Language, _error: errors.ListGone) -> str:
    return t(
        "This list, or this pick on it, was deleted meanwhile. Nothing was changed. /list all shows what there is."
    )


def _not_yours(t: Language, _error: errors.NotYours) -> str:
    return t("Only the person who ran the command can press this. Run the command yourself.")


def _cannot_post(t: Language, error: errors.CannotPost) -> str:
    where = f"<#{error.channel_id}>"
    if error.person:
        return t("You can't write in {channel} yourself. Choose a channel where you can.", channel=where)
    return t(
        "I lack a permission in {channel}: {names}. Ask someone who manages the server to grant it, then try again.",
        channel=where,
        names=permission_names(t, error.missing),
    )


def _unavailable(t: Language, _error: errors.DatabaseUnavailable) -> str:
    return t("The roster can't be reached right now. Nothing was changed. Try again in a minute.")


_WORDS: dict[type[errors.PlanningError], Callable[[Language, Any], str]] = {
    errors.NotAPlanner: _not_a_planner,
    errors.AmbiguousHandle: _ambiguous,
    errors.InvalidValue: _invalid,
    errors.LadderInvalid: _ladder,
    errors.UnreadableFile: _file,
    errors.Expired: _expired,
    errors.ListGone: _list_gone,
    errors.NotYours: _not_yours,
    errors.CannotPost: _cannot_post,
    errors.DatabaseUnavailable: _unavailable,
    errors.UnclearCadence: unclear_text,
}


def problem_text(t: Language, error: errors.PlanningError) -> str:
    """What went wrong and what to do next."""
    return _WORDS[type(error)](t, error)


def platform_label(t: Language, platform: Platform) -> str:
    """The platform's name; only “other” has a translation."""
    return t("Other") if platform is Platform.OTHER else platform.label
