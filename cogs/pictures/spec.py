"""What is to be drawn, with every label worded: plain values, which cross over to the process that draws."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on an axis and the words for it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """From where to where an axis reaches, and its ticks; `log` where equal steps are equal factors."""

    low: float
    high: float
    ticks: tuple[Mark, ...]
    log: bool = False


@dataclass(frozen=True, slots=True)
class Dots:
    """Posts of one kind: times in days on the axis, and rates."""

    label: str
    sponsored: bool
    times: tuple[float, ...]
    rates: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate between its bounds."""

    rate: Mark
    low: Mark
    high: Mark


@dataclass(frozen=True, slots=True)
class PostsSpec:
    """Rates over time. The estimate stands beyond the newest post, between `after` and the end of the time axis."""

    time: Axis
    dots: tuple[Dots, ...]
    mean: Mark | None
    after: float
    next_label: str


@dataclass(frozen=True, slots=True)
class PeersSpec:
    """How many accounts have which rate: `counts` between the `edges`; `standing` is told of the `group`."""

    standing: str
    group: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """One account's picture: its posts, its peers, or both on one axis of rates."""

    title: str
    subtitle: str
    rates: Axis
    expected: Interval | None
    expected_label: str
    posts: PostsSpec | None
    peers: PeersSpec | None


@dataclass(frozen=True, slots=True)
class ComparedSpec:
    """One account's row."""

    title: str
    figures: str
    expected: Interval | None
    rates: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ComparisonSpec:
    """Accounts below each other on one axis of rates; `shaded` is the interval that the others are held against."""

    title: str
    rates: Axis
    rows: tuple[ComparedSpec, ...]
    shaded: Interval | None
    expected_label: str
    posts_label: str
    shaded_label: str


@dataclass(frozen=True, slots=True)
class BudgetRowSpec:
    """What money buys in one way: a total between its bounds; `ours` is the plan itself."""

    title: str
    facts: str
    figures: str
    low: float
    total: float
    high: float
    ours: bool


@dataclass(frozen=True, slots=True)
class BudgetSpec:
    """Ways to spend one budget below each other on one axis of counts, the plan itself first."""

    title: str
    subtitle: str
    counts: Axis
    rows: tuple[BudgetRowSpec, ...]
    total_label: str
    interval_label: str
    shaded_label: str


Spec = ReportSpec | ComparisonSpec | BudgetSpec
