"""Why a phrase was not taken as a time: one key each, so that every language can word it."""

from enum import StrEnum


class Unclear(StrEnum):
    """The reasons; the words for each are in `cogs.kit.unclear`."""

    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    NO_TIME = "no_time"
    NO_DAY = "no_day"
    NO_MONTH = "no_month"
    """A day of the month, and not whether every month or which."""
    TIME_IMPOSSIBLE = "time_impossible"
    DATE_IMPOSSIBLE = "date_impossible"
    TWO_READINGS = "two_readings"
    TWO_TIMES = "two_times"
    TWO_DAYS = "two_days"
    """Days that don't go together, such as a date and a rhythm."""
    TWO_ZONES = "two_zones"
    OTHER_WEEKDAY = "other_weekday"
    """A date and a weekday that it isn't."""
    PAST = "past"
    TOO_FAR = "too_far"
    NO_FIFTH = "no_fifth"
    INTERVAL = "interval"
    TOO_OFTEN = "too_often"
    UNKNOWN_ZONE = "unknown_zone"
    AMBIGUOUS_ZONE = "ambiguous_zone"
