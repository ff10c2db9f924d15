"""Poverty, inequality and targeting of weighted people: the formulas themselves, small and exact.

``y`` is welfare a person (after transfers), ``w`` the weight, ``z`` the poverty line (one, or one for each person),
``t`` the transfers a person. Numbers may be ``Fraction``: then every result is exact. Sources: Foster, Greer and
Thorbecke 1984; World Bank ASPIRE (coverage, incidence, adequacy, benefit-cost ratio); Coady, Grosh and Hoddinott 2004
(CGH index); weighted quantiles, Gini and S80/S20 as R's laeken has them. Bulk twin: shohay.bulk.poverty.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

Numbers = Sequence[float]
HIT = 1e-12  # a cumulative share this near to p is p: sums of binary fractions miss it by less


def _whole(w: Numbers) -> float:
    """The sum of the weights; ValueError where nothing can be said of nobody."""
    whole = sum(w)
    if whole <= 0 or min(w) < 0:
        raise ValueError("weights must not be negative, and not all be zero")
    return whole


def mean(x: Numbers, w: Numbers) -> float:
    """Weighted mean of ``x``."""
    return sum(a * b for a, b in zip(x, w, strict=True)) / _whole(w)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _lines(z: float | Numbers, size: int) -> Numbers:
    return z if isinstance(z, Sequence) else [z] * size


# ------------------------------------------------------------------------------------------------ quantiles and groups


def quantile(y: Numbers, w: Numbers, p: float) -> float:
    """Inverse of the weighted distribution function, 0 < p < 1; the mean of both neighbours where p is hit exactly."""
    whole: float = _whole(w)
    reached: float = 0
    ordered = sorted((value, weight) for value, weight in zip(y, w, strict=True) if weight)
    for place, (value, weight) in enumerate(ordered):
        reached += weight
        if abs(reached / whole - p) <= HIT and place + 1 < len(ordered):
            return (value + ordered[place + 1][0]) / 2
        if reached / whole > p:
            return value
    return ordered[-1][0]


def relative_line(y: Numbers, w: Numbers, share: float = 0.6) -> float:
    """The at-risk-of-poverty line: ``share`` of the weighted median."""
    return share * quantile(y, w, 0.5)


def assign(y: Numbers, w: Numbers, parts: int = 5) -> list[int]:
    """The part of each person, 1 (poorest) to ``parts``; equal welfare, equal part."""
    cuts = [quantile(y, w, part / parts) for part in range(1, parts)]
    return [1 + bisect_left(cuts, value) for value in y]


def lorenz(y: Numbers, w: Numbers, p: float, of: Numbers | None = None) -> float | None:
    """Share of the poorest ``p`` in the total of ``of`` (welfare itself when left out): Lorenz or concentration curve.

    People of equal welfare share alike; between them the curve is straight. None where the total is nothing.
    """
    of = y if of is None else of
    people, total = _whole(w), sum(a * b for a, b in zip(of, w, strict=True))
    if not total:
        return None
    rows = sorted(zip(y, w, of, strict=True), key=lambda row: row[0])
    at: float = 0
    have: float = 0
    for _, same in groupby(rows, key=lambda row: row[0]):
        tied = list(same)
        weight, held = sum(row[1] for row in tied), sum(row[1] * row[2] for row in tied)
        if weight and at + weight >= p * people:
            return (have + held * (p * people - at) / weight) / total
        at, have = at + weight, have + held
    return have / total


# --------------------------------------------------------------------------------------------- poverty and inequality


def fgt(y: Numbers, w: Numbers, z: float | Numbers, power: int) -> float:
    """Foster-Greer-Thorbecke: mean of ((z - y) / z) ** power over everybody, nothing for who is not poor (y < z)."""
    poor = [((line - value) / line) ** power if value < line else 0
            for value, line in zip(y, _lines(z, len(y)), strict=True)]  # fmt: skip
    return mean(poor, w)


def headcount(y: Numbers, w: Numbers, z: float | Numbers) -> float:
    """Share of people below the line."""
    return fgt(y, w, z, 0)


def gap(y: Numbers, w: Numbers, z: float | Numbers) -> float:
    """Mean shortfall as a share of the line."""
    return fgt(y, w, z, 1)


def severity(y: Numbers, w: Numbers, z: float | Numbers) -> float:
    """Mean squared shortfall."""
    return fgt(y, w, z, 2)


def median_gap(y: Numbers, w: Numbers, z: float) -> float | None:
    """How far the median of the poor lies below the line, as a share of it; None without poor people."""
    poor = [(value, weight) for value, weight in zip(y, w, strict=True) if value < z]
    if not poor:
        return None
    return (z - quantile([value for value, _ in poor], [weight for _, weight in poor], 0.5)) / z


def gini(y: Numbers, w: Numbers) -> float | None:
    """Gini coefficient, 0 (equal) to 1; None where the total is nothing."""
    whole, total = _whole(w), sum(a * b for a, b in zip(y, w, strict=True))
    reached: float = 0
    area: float = 0
    if not total:
        return None
    for value, weight in sorted(zip(y, w, strict=True)):
        area += value * weight * (2 * reached + weight)
        reached += weight
    return area / (whole * total) - 1


def quintile_ratio(y: Numbers, w: Numbers, p: float = 0.2) -> float | None:
    """S80/S20: the total of the richest fifth over that of the poorest."""
    low, high = quantile(y, w, p), quantile(y, w, 1 - p)
    rich = sum(weight * value for value, weight in zip(y, w, strict=True) if value > high)
    return _ratio(rich, sum(weight * value for value, weight in zip(y, w, strict=True) if value <= low))


# ------------------------------------------------------------------------------------------------------- targeting


@dataclass(frozen=True, slots=True)
class Targeting:
    """Who is reached and what it does; lists are by part, poorest first; None where there is nothing to divide by."""

    coverage: list[float | None]
    beneficiary_share: list[float | None]
    benefit_share: list[float | None]
    adequacy: list[float | None]
    covered: float
    under_coverage: float | None  # of the poor, who receive nothing
    leakage: float | None  # of the recipients, who are not poor
    cgh_20: float | None
    cgh_40: float | None
    benefit_cost: float | None
    headcount_reduction: float | None
    gap_reduction: float | None
    gini_reduction: float | None


def _by_part(parts: Sequence[int], number: int, values: Numbers) -> list[float]:
    sums: list[float] = [0] * number
    for part, value in zip(parts, values, strict=True):
        sums[part - 1] += value
    return sums


def reduction(before: float | None, after: float | None) -> float | None:
    """The part of ``before`` that is gone ``after``; None where there was nothing."""
    return None if before is None or after is None or not before else (before - after) / before


def targeting(
    y: Numbers,
    t: Numbers,
    w: Numbers,
    z: float | Numbers,
    *,
    reached: Sequence[bool] | None = None,
    parts: int = 5,
    rank: str = "after",
) -> Targeting:
    """All targeting measures of one programme. ``reached``: who lives with a recipient (t > 0 when left out).

    People are ranked by welfare ``after`` or ``before`` the transfer; nobody is assumed to behave otherwise without
    it, so welfare before is y - t. Poor means below the line by the ranked welfare after transfers.
    """
    lines, size = _lines(z, len(y)), len(y)
    b = [1 if got else 0 for got in (reached if reached is not None else [value > 0 for value in t])]
    before = [value - got for value, got in zip(y, t, strict=True)]
    ranked = y if rank == "after" else before
    part = assign(ranked, w, parts)
    poor = [value < line for value, line in zip(y, lines, strict=True)]
    wb, wt = [w[i] * b[i] for i in range(size)], [w[i] * t[i] for i in range(size)]
    wy = [wb[i] * y[i] for i in range(size)]
    people, got, money, means = (_by_part(part, parts, values) for values in (w, wb, wt, wy))
    closed = sum(w[i] * (min(lines[i], y[i]) - min(lines[i], before[i])) for i in range(size))
    twenty, forty = (lorenz(ranked, w, share, t) for share in (0.2, 0.4))
    return Targeting(
        coverage=[_ratio(a, c) for a, c in zip(got, people, strict=True)],
        beneficiary_share=[_ratio(a, sum(wb)) for a in got],
        benefit_share=[_ratio(a, sum(wt)) for a in money],
        adequacy=[_ratio(a, c) for a, c in zip(money, means, strict=True)],
        covered=sum(wb) / sum(w),
        under_coverage=_ratio(
            sum(w[i] for i in range(size) if poor[i] and not b[i]), sum(w[i] for i in range(size) if poor[i])
        ),
        leakage=_ratio(sum(wb[i] for i in range(size) if not poor[i]), sum(wb)),
        cgh_20=None if twenty is None else twenty / 0.2,
        cgh_40=None if forty is None else forty / 0.4,
        benefit_cost=_ratio(closed, sum(wt)),
        headcount_reduction=reduction(headcount(before, w, lines), headcount(y, w, lines)),
        gap_reduction=reduction(gap(before, w, lines), gap(y, w, lines)),
        gini_reduction=reduction(gini(before, w), gini(y, w)),
    )
