"""The model of engagement rates: what is held of an account before its posts are looked at, and how sure posts make it.

In logs, for an account with F followers, with x = ln(max(F, 500) / 1,000):

    prior      = level + slope * x + niche            the rate that accounts like it have
    between    = between + (0.2 * how far ln F lies beyond the followers that the prior was seen on) ** 2
    own        = (20 * spread + (n - 1) * its own spread) / (20 + n - 1)
    noise      = own * (fresh / weight + drift)       of its n posts, for the mean of the posts that come next

`planning.estimates.estimating` turns them into an estimate.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from planning.estimates.values import ModelVersion
from planning.platform import Platform

FORMULA = 2
"""Changes when the same model would give another estimate, or `planning.ranking` other scores: all are made anew."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What accounts of a platform are like, in logs of rates.

    `level` is the mean log rate at 1,000 followers, `slope` its change per e-fold of followers above 500, `between`
    the variance of accounts around that line, `spread` the variance between the posts of one account. `fewest` and
    `most` are the followers it was seen on, `accounts` how many of the server's own accounts are in it.
    """

    level: float
    slope: float
    between: float
    spread: float
    fewest: float
    most: float
    accounts: int = 0


@dataclass(frozen=True, slots=True)
class Basis:
    """What lies behind the estimates for a platform.

    `own` of the server's accounts beside the shipped prior, which counts as much as `shipped` of them; `fitted` says
    whether the shipped prior was seen on accounts of this platform at all.
    """

    own: int
    shipped: int
    fitted: bool


@dataclass(frozen=True, slots=True)
class Model:
    """All that an estimate needs beside the account itself.

    `priors` by platform and `elsewhere` for the platforms without one; `niches` are differences of the log rate, by
    the normalised name. `fresh` is how much of the variance between its posts one fresh post leaves unsure, `drift`
    how much of it comes on top until the next ones; `lift` is how much more those get, beside the half of `spread` by
    which the log of a mean exceeds the mean of logs. The 90 % interval ends `reach` + `early` / weight standard
    deviations from the middle. `accounts` and `posts` are what the constants were last tuned to, `source` says where
    the shipped ones came from.
    """

    version: ModelVersion
    priors: Mapping[Platform, Prior]
    elsewhere: Prior
    fresh: float
    drift: float
    lift: float
    reach: float
    early: float
    accounts: int
    posts: int
    source: str
    niches: Mapping[str, float] = field(default_factory=dict[str, float])

    def prior(self, platform: Platform) -> Prior:
        """What is held of accounts on this platform."""
        return self.priors.get(platform, self.elsewhere)

    def describe(self, platform: Platform) -> Basis:
        """What is behind the estimates for this platform."""
        return Basis(self.prior(platform).accounts, SHIPPED_COUNTS_AS, platform in SHIPPED.priors)

    def encode(self) -> str:
        """The model as JSON."""
        return json.dumps(asdict(self), separators=(",", ":"), sort_keys=True)

    @classmethod
    def decode(cls, text: str) -> "Model":
        """The model that was encoded. Raises ValueError, KeyError or TypeError where it is none."""
        held = json.loads(text)
        held["version"] = ModelVersion(*held["version"])
        held["priors"] = {Platform(name): Prior(**prior) for name, prior in held["priors"].items()}
        held["elsewhere"] = Prior(**held["elsewhere"])
        return cls(**held)


SHIPPED_COUNTS_AS = 50
"""As many of a server's own accounts weigh as much as the shipped prior does."""
BEND = math.log(0.5)
"""ln(500 / 1,000): below 500 followers, the rate no longer rises the fewer they are."""
BEYOND = 0.2
"""How unsure the slope is, per e-fold, beyond the followers that the prior was seen on."""

FITTED_SIZE = -0.58
"""The mean of x over the accounts that the shipped prior was fitted to."""

_INSTAGRAM = Prior(level=-1.80, slope=-0.53, between=0.21, spread=0.11, fewest=100, most=1_250)

# As `python -m benchmarks.estimates posts.csv` printed them for 25,392 posts of 190 public Instagram accounts. Of the
# other platforms nothing was seen: Instagram's line with twice the variances is an assumption, which a server's own
# accounts replace.
SHIPPED = Model(
    version=ModelVersion(FORMULA, 0),
    priors={Platform.INSTAGRAM: _INSTAGRAM},
    elsewhere=replace(_INSTAGRAM, between=0.42, spread=0.22),
    fresh=0.61,
    drift=0.48,
    lift=0.03,
    reach=1.43,
    early=0.11,
    accounts=190,
    posts=25_392,
    source="public Instagram accounts with 100 to 1,250 followers, as crawled in December 2018",
)
