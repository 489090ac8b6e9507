"""The platforms an account can be on."""

from enum import StrEnum


class Platform(StrEnum):
    """A social platform; the value is what files, options and the database carry."""

    INSTAGRAM = "instagram"
    TIKTOK = "tiktok"
    YOUTUBE = "youtube"
    TWITCH = "twitch"
    BLUESKY = "bluesky"
    MASTODON = "mastodon"
    X = "x"
    THREADS = "threads"
    LINKEDIN = "linkedin"
    PINTEREST = "pinterest"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The platform's own spelling of its name (a proper noun, the same in every language)."""
        return _LABELS[self]


_LABELS = {
    Platform.INSTAGRAM: "Instagram",
    Platform.TIKTOK: "TikTok",
    Platform.YOUTUBE: "YouTube",
    Platform.TWITCH: "Twitch",
    Platform.BLUESKY: "Bluesky",
    Platform.MASTODON: "Mastodon",
    Platform.X: "X",
    Platform.THREADS: "Threads",
    Platform.LINKEDIN: "LinkedIn",
    Platform.PINTEREST: "Pinterest",
    Platform.OTHER: "Other",
}
