"""The reasons for which an account is flagged (`planning.authenticity` finds them)."""

from enum import StrEnum


class FlagReason(StrEnum):
    """Why an account is flagged, the weightiest first: what is hardest to explain otherwise, then the ambiguous."""

    GROWTH_IN_STEPS = "growth_in_steps"
    CONSTANT_LIKES = "constant_likes"
    RATE_BELOW = "rate_below"
    VIEWS_BELOW = "views_below"
    RATE_ABOVE = "rate_above"
    COMMENTS_ABOVE = "comments_above"
    COMMENTS_BELOW = "comments_below"
    HIDDEN_LIKES = "hidden_likes"
