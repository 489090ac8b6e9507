"""What was found in a file of influencers."""

from dataclasses import dataclass, field

from planning.accounts import Draft
from planning.imports.columns import ColumnUse
from planning.imports.problems import Problem


@dataclass(slots=True)
class ReadRows:
    """All that a file says. `rows` counts its data rows, those read and those rejected; blank ones don't count, and one
    with several accounts counts for each.

    `drafts` are the accounts as they stand, repeated ones too, and `lines` the line of the file each begins on.
    """

    columns: tuple[ColumnUse, ...]
    rows: int = 0
    lines: list[int] = field(default_factory=list[int])
    drafts: list[Draft] = field(default_factory=list[Draft])
    problems: list[Problem] = field(default_factory=list[Problem])
