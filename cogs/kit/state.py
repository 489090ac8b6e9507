"""What a button acts on, written into its custom id and read back."""

from planning.platform import Platform

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def pack(*parts: object) -> str:
    """Parts joined by colons, None as nothing; only the last may hold a colon itself."""
    return ":".join("" if part is None else str(part) for part in parts)


def unpack(state: str, count: int) -> list[str | None]:
    """The parts again, nothing as None."""
    return [part or None for part in state.split(":", count - 1)]


def pack_number(number: int | None) -> str | None:
    """A whole number from zero up, in few characters: to the base 36."""
    if number is None:
        return None
    text = ""
    while number or not text:
        number, digit = divmod(number, 36)
        text = DIGITS[digit] + text
    return text


def unpack_number(text: str | None) -> int | None:
    """The number again."""
    return int(text, 36) if text else None


def pack_band(low: int, high: int | None) -> str:
    """A band of followers."""
    return f"{pack_number(low)}-{pack_number(high) or ''}"


def unpack_band(text: str | None) -> tuple[int, int | None] | None:
    """A band of followers again."""
    if text is None:
        return None
    low, _, high = text.partition("-")
    return int(low, 36), unpack_number(high)


def pack_platform(platform: Platform | None) -> str | None:
    """A platform as its first two letters, which no two share."""
    return platform.value[:2] if platform else None


def unpack_platform(text: str | None) -> Platform | None:
    """A platform again."""
    return next((platform for platform in Platform if platform.value[:2] == text), None)
