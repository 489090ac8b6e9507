"""What a server chose for itself."""

from dataclasses import dataclass

from planning.tiers import DEFAULT_LADDER, Ladder


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """`currency` ISO 4217, `language` a code with a file under locales (or en), `timezone` an IANA name.

    `planner_role_id` None: whoever may manage the server plans.
    """

    ladder: Ladder = DEFAULT_LADDER
    currency: str = "EUR"
    language: str = "en"
    timezone: str = "UTC"
    planner_role_id: int | None = None
