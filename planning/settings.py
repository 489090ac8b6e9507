"""What a server chose for itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from planning.tiers import DEFAULT_LADDER, Ladder


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """`currency` ISO 4217, `language` a code with a file under locales (or en), `timezone` an IANA name.

    `planner_role_id` None: whoever may manage the server plans. `rates` says by ISO currency how many of `currency` one
    of it (1 USD, not 1 cent) is worth, as the team entered it.
    """

    ladder: Ladder = DEFAULT_LADDER
    currency: str = "EUR"
    language: str = "en"
    timezone: str = "UTC"
    planner_role_id: int | None = None
    rates: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])
