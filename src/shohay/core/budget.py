"""Arithmetic of budgets: real terms, growth, execution, unit cost, performance score, payment of a DLI.

Pure. Money is whole minor units (poisha, cents); ratios are ``Fraction`` so that nothing is lost before it is shown.
What cannot be known is None, never nought: a year without a price index, a programme without a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

CRORE = 10**9  # poisha in a crore of taka
LAKH = 100_000
GATE = Fraction(95, 100)  # OP-22: below this share of passed checks no performance score is shown
CLASSES = ((Fraction(80), "A"), (Fraction(60), "B"), (Fraction(0), "C"))

Number = int | Decimal | Fraction


def poisha_of_crore(crore: Decimal) -> int:
    """Crore taka as whole poisha; ValueError when it is no whole number of them."""
    poisha = Fraction(crore) * CRORE
    if poisha.denominator != 1:
        raise ValueError(f"not a whole number of poisha: {crore} crore")
    return int(poisha)


def ratio(part: Number | None, whole: Number | None) -> Fraction | None:
    """part / whole; None when either is not known or the whole is nought."""
    if part is None or whole is None or not whole:
        return None
    return Fraction(part) / Fraction(whole)


def growth(before: Number | None, now: Number | None) -> Fraction | None:
    """By what part of the earlier figure it grew: 0.25 = a quarter more; None when it began from nothing."""
    grown = ratio(now, before)
    return None if grown is None else grown - 1


def real(minor: int | None, index: Number | None, base_index: Number | None) -> int | None:
    """``minor`` at the prices of the base year, rounded half to even; None where an index is not known."""
    scale = ratio(base_index, index)
    return None if minor is None or scale is None else round(minor * scale)


def execution(actual: int | None, revised: int | None, allocation: int | None) -> Fraction | None:
    """IN-03: spent of what was to be spent, which is the revised allocation where there is one."""
    return ratio(actual, allocation if revised is None else revised)


def unit_cost(minor: int | None, persons: int | None) -> int | None:
    """PB-01: minor units for one beneficiary, rounded half to even; None when nobody is counted."""
    each = ratio(minor, persons)
    return None if each is None else round(each)


def concentration(parts: Iterable[int]) -> Fraction | None:
    """IN-06: the sum of squared shares (1 = all in one programme); None of nothing."""
    amounts = list(parts)
    whole = sum(amounts)
    return Fraction(sum(part * part for part in amounts), whole * whole) if whole else None


class Measure(NamedTuple):
    """One result of a programme beside its target. ``actual`` None: nothing was reported, which scores nought."""

    code: str
    actual: Number | None
    target: Number
    weight: Number = 1


def achievement(measure: Measure) -> Fraction:
    """min(actual / target, 1), never below nought; a target of nought is met by whatever was reported."""
    if measure.actual is None:
        return Fraction(0)
    if not measure.target:
        return Fraction(1)
    return min(max(Fraction(measure.actual) / Fraction(measure.target), Fraction(0)), Fraction(1))


def performance(measures: Sequence[Measure]) -> Fraction | None:
    """PB-02: 0 to 100, the weighted mean of what was achieved of each target; None without a measure or a weight."""
    weight = sum((Fraction(measure.weight) for measure in measures), Fraction(0))
    if not weight:
        return None
    return 100 * sum((achievement(one) * Fraction(one.weight) for one in measures), Fraction(0)) / weight


def performance_class(score: Fraction | None) -> str:
    """A from 80, B from 60, else C; '' without a score."""
    return next((name for least, name in CLASSES if score is not None and score >= least), "")


def gated(score: Fraction | None, quality: Fraction | None) -> tuple[Fraction | None, str]:
    """The score and '', or None and why it may not be shown: 'no_measures', 'quality_unknown' or 'quality_low'."""
    if score is None:
        return None, "no_measures"
    if quality is None:
        return None, "quality_unknown"
    return (score, "") if quality >= GATE else (None, "quality_low")


class Terms(NamedTuple):
    """What a disbursement-linked indicator pays: ``value`` in minor units for going from baseline to target."""

    baseline: Decimal
    target: Decimal
    value: int
    scalable: bool


def earned(terms: Terms, actual: Decimal | None) -> int:
    """Minor units earned by the verified ``actual``: in proportion when scalable, else all or nothing.

    value x clamp((actual - baseline) / (target - baseline), 0, 1), rounded down, so that no more than the part is
    paid; the direction follows from the sign of target - baseline. A target equal to its baseline is met when reached.
    """
    if actual is None:
        return 0
    way, gone = Fraction(terms.target - terms.baseline), Fraction(actual - terms.baseline)
    if not way:
        return terms.value if actual >= terms.target else 0
    part = min(max(gone / way, Fraction(0)), Fraction(1))
    if not terms.scalable:
        return terms.value if part == 1 else 0
    return int(terms.value * part)  # part is not negative, so int() rounds down


def payable(terms: Terms, actual: Decimal | None, *, verified: bool, paid: int, left: int) -> int:
    """What may be paid now: nothing before verification, never what was paid before, never beyond what is ``left``."""
    if not verified:
        return 0
    return max(0, min(earned(terms, actual) - paid, left))
