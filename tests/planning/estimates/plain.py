"""The estimate for one account in plain Python, as the documentation writes it: what the arrays must agree with."""

import math
from collections.abc import Sequence

from planning.estimates.model import Model, Prior


def plain_estimate(
    times: Sequence[float], counts: Sequence[float], followers: float, prior: Prior, model: Model
) -> tuple[float, float, float]:
    """Rate, low and high of the next 12 posts; `times` in unix seconds, oldest first, `counts` interactions."""
    total = summed = 0.0
    said: list[float] = []
    weights: list[float] = []
    posts = len(times)
    for place in range(posts):
        days = (times[-1] - times[place]) / 86_400
        weight = 2.0 ** (-(posts - 1 - place) / 8 - days / 180)
        value = math.log(counts[place] + 0.5) + 0.35 * days / 365.25
        weights.append(weight)
        said.append(value)
        total += weight
        summed += weight * value
    mean = summed / total
    own, degrees = prior.spread, posts - 1
    if degrees:
        squares = sum(weight * (value - mean) ** 2 for weight, value in zip(weights, said, strict=True))
        spread = squares / total * posts / degrees
        own = (20 * prior.spread + degrees * spread) / (20 + degrees)
    held = prior.level + prior.slope * math.log(max(followers, 500) / 1_000)
    beyond = max(0.0, math.log(prior.fewest / followers), math.log(followers / prior.most))
    between = prior.between + (0.2 * beyond) ** 2
    measured = mean - math.log(followers) + prior.spread / 2 + model.lift
    gap = held - measured
    calm = math.exp(min(math.log(2), max(-math.log(2), gap / 2)))
    noise = own * (model.fresh / total + model.drift) * calm
    trust = between / (between + noise)
    furthest = 2.25 * math.sqrt(between + noise)
    middle = measured + (1 - trust) * min(furthest, max(-furthest, gap))
    width = (model.reach + model.early / total) * math.sqrt(trust * noise * calm)
    return math.exp(middle), math.exp(middle - width), math.exp(middle + width)
