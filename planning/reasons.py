"""Why a value or a row was not taken: one key each, so that every language can word it."""

from enum import StrEnum


class Reason(StrEnum):
    """The reasons; the words for each are in `cogs.kit.problems`."""

    HANDLE_MISSING = "handle_missing"
    NOT_A_HANDLE = "not_a_handle"
    PLATFORM_MISSING = "platform_missing"
    NOT_A_PLATFORM = "not_a_platform"
    PLATFORM_CONFLICT = "platform_conflict"
    FOLLOWERS_MISSING = "followers_missing"
    NOT_A_NUMBER = "not_a_number"
    POSTS_ALONE = "posts_alone"
    NOT_WHOLE = "not_whole"
    NEGATIVE = "negative"
    TOO_LARGE = "too_large"
    NOT_A_COUNTRY = "not_a_country"
    NOT_A_LANGUAGE = "not_a_language"
    NOT_A_PRICE = "not_a_price"
    NOT_A_CURRENCY = "not_a_currency"
    NOT_A_CURRENCY_CODE = "not_a_currency_code"
    NOT_SPOKEN = "not_spoken"
    NOT_A_TIME = "not_a_time"
    NICHE_TOO_LONG = "niche_too_long"
    TOO_MANY_NICHES = "too_many_niches"
    NOT_A_TIER = "not_a_tier"
    NOT_A_TIMEZONE = "not_a_timezone"
    NAME_TOO_LONG = "name_too_long"
    DUPLICATE_DIFFERS = "duplicate_differs"
    TOO_MANY_CELLS = "too_many_cells"
