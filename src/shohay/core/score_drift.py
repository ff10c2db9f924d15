"""Whether the scores of a nation have moved: population stability index and Kolmogorov-Smirnov distance.

The bounds are the customary ones of scorecards (below 0.10 steady, above 0.25 shifted); they are a convention, not a
test: with millions of households every difference is beyond chance, the question is whether it is large.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

WATCH, SHIFTED = 0.10, 0.25
HALF = 0.5  # households added to every band, so that an empty one is not infinitely far away


def psi(before: Sequence[float], after: Sequence[float]) -> float | None:
    """Sum over bands of (share after - share before) x ln(share after / share before); None where nobody is."""
    if len(before) != len(after) or not sum(before) or not sum(after):
        return None
    olds, news = ([value + HALF for value in values] for values in (before, after))
    p, q = ([value / sum(values) for value in values] for values in (olds, news))
    return sum((b - a) * math.log(b / a) for a, b in zip(p, q, strict=True))


def ks(before: Sequence[float], after: Sequence[float]) -> float | None:
    """The greatest distance of the two cumulated shares over values in rising order; None where nobody is."""
    if not sum(before) or not sum(after):
        return None
    most, low, high = 0.0, 0.0, 0.0
    for old, new in zip(before, after, strict=True):
        low, high = low + old / sum(before), high + new / sum(after)
        most = max(most, abs(low - high))
    return most


def level(index: float | None) -> str:
    """steady, watch or shifted."""
    if index is None or index < WATCH:
        return "steady"
    return "watch" if index < SHIFTED else "shifted"
