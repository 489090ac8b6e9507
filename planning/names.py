"""An account's display name."""

import re
import unicodedata

from planning.errors import InvalidValue
from planning.reasons import Reason

MAX_NAME = 100

# Control characters, and those that turn the direction of all text behind them. Joiners stay: emoji are made of them.
_UNSEEN = re.compile(r"[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def parse_title(column: str, text: str, longest: int) -> str:
    """The name of something of the team's own, on one line. Raises `InvalidValue` (NOT_A_LIST_NAME) where it is empty
    or too long."""
    try:
        name = parse_name(text)
    except InvalidValue:
        name = None
    if name is None or len(name) > longest:
        raise InvalidValue(column, text.strip(), Reason.NOT_A_LIST_NAME)
    return name


def parse_name(text: str) -> str | None:
    """A display name on one line, as it was styled; None where nothing is left.

    Raises `InvalidValue` (NAME_TOO_LONG) above 100 characters.
    """
    if text.isascii() and text.isprintable() and "  " not in text and len(text) <= MAX_NAME:
        return text.strip() or None
    name = " ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFC", text[: 10 * MAX_NAME])).split())
    if len(name) > MAX_NAME:
        raise InvalidValue("name", text, Reason.NAME_TOO_LONG)
    return name or None
