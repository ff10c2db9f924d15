"""How sure a figure from a sample is: variance of a stratified, clustered sample, intervals, differences, warnings.

The variance is that of Taylor linearisation with clusters drawn with replacement (ultimate clusters): every measure
is first written as a total of influence values ``u``. Bulk twin of ``variance``: shohay.bulk.poverty.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import NamedTuple

ADJUST, CERTAIN = "adjust", "certain"  # a stratum with one cluster: measured from the mean of all, or taken for sure
FEW = 5  # observations behind a figure, below which it is not shown
CAUTION, WEAK = 0.15, 0.30  # relative standard errors from which a figure is marked


def variance(
    u: Sequence[float],
    w: Sequence[float],
    stratum: Sequence[Hashable],
    cluster: Sequence[Hashable],
    lonely: str = ADJUST,
) -> float:
    """Variance of sum(w * u). ``u`` is 0 outside the group that is looked at, so that its clusters still count."""
    totals: dict[Hashable, dict[Hashable, float]] = {}
    for value, weight, of, inside in zip(u, w, stratum, cluster, strict=True):
        clusters = totals.setdefault(of, {})
        clusters[inside] = clusters.get(inside, 0.0) + weight * value
    everywhere = [total for clusters in totals.values() for total in clusters.values()]
    centre, found = sum(everywhere) / len(everywhere), 0.0
    for clusters in totals.values():
        n = len(clusters)
        if n > 1:
            mean = sum(clusters.values()) / n
            found += n / (n - 1) * sum((total - mean) ** 2 for total in clusters.values())
        elif lonely == ADJUST:
            found += sum((total - centre) ** 2 for total in clusters.values())
    return found


# ---------------------------------------------------------------------------------------------- Student's distribution


def _beta_fraction(a: float, b: float, x: float) -> float:
    """Continued fraction of the incomplete beta function (Lentz; Abramowitz and Stegun 26.5.8)."""
    tiny = 1e-300
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or tiny)
    found = d
    for m in range(1, 300):
        for top in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + top * d or tiny)
            c = 1 + top / c or tiny
            found *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return found


def _beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1 - front * _beta_fraction(b, a, 1 - x) / b


def t_tail(t: float, df: float) -> float:
    """Chance of a value farther from 0 than ``t``, on both sides, with ``df`` degrees of freedom."""
    return _beta(df / 2, 0.5, df / (df + t * t))


@lru_cache(maxsize=4096)
def t_quantile(confidence: float, df: float) -> float:
    """The value within which Student's t lies with that chance: 1.96 for 0.95 and very many degrees of freedom."""
    low, high = 0.0, 2.0
    while t_tail(high, df) > 1 - confidence:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if t_tail(middle, df) > 1 - confidence else (low, middle)
    return (low + high) / 2


# -------------------------------------------------------------------------------------------------- what is told of it


def interval(
    estimate: float, error: float, df: int, bounds: tuple[float | None, float | None] = (None, None)
) -> tuple[float, float] | None:
    """95% confidence interval, kept within what the measure can be; None without degrees of freedom."""
    if df < 1:
        return None
    reach = t_quantile(0.95, df) * error
    low, high = estimate - reach, estimate + reach
    floor, ceiling = bounds
    return (low if floor is None else max(floor, low), high if ceiling is None else min(ceiling, high))


def warning(estimate: float, error: float | None, observations: int) -> str:
    """'few' = not to be shown, 'weak' = too unsure to rest on, 'caution', or ''."""
    if observations < FEW:
        return "few"
    if error is None:
        return "weak"
    relative = abs(error / estimate) if estimate else math.inf if error else 0.0
    return "weak" if relative > WEAK else "caution" if relative > CAUTION else ""


class Difference(NamedTuple):
    """``p`` is the chance of a difference at least as large where there is none; ``sure`` means p < 0.05."""

    difference: float
    error: float
    low: float
    high: float
    t: float
    p: float
    sure: bool


def difference(first: tuple[float, float, int], second: tuple[float, float, int]) -> Difference | None:
    """Second less first, of two independent samples, each (estimate, standard error, degrees of freedom).

    Degrees of freedom of both together after Welch and Satterthwaite. None where neither has an error or one has no df.
    """
    (a, error_a, df_a), (b, error_b, df_b) = first, second
    spread = error_a**2 + error_b**2
    if df_a < 1 or df_b < 1 or spread <= 0:
        return None
    error = math.sqrt(spread)
    df = spread**2 / (error_a**4 / df_a + error_b**4 / df_b)
    t, reach = (b - a) / error, t_quantile(0.95, df) * error
    p = t_tail(abs(t), df)
    return Difference(b - a, error, b - a - reach, b - a + reach, t, p, p < 0.05)
