"""Sharing between bounds as one would argue it: try every way to hold areas at a bound, take the one that fits."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product


def shares(
    slots: int, weights: Mapping[str, int], lows: Mapping[str, int], highs: Mapping[str, int]
) -> dict[str, int] | None:
    """The shares of ``slots``, or None where no rate fits; 3 ** areas tries, so for a handful of areas only."""
    codes = sorted(weights)
    for states in product(("low", "free", "high"), repeat=len(codes)):
        found = _fits(slots, codes, states, weights, lows, highs)
        if found is not None:
            return _rounded(slots, found)
    return None


def _fits(slots, codes, states, weights, lows, highs) -> dict[str, Fraction] | None:
    at = dict(zip(codes, states, strict=True))
    held = sum(lows[c] for c in codes if at[c] == "low") + sum(highs[c] for c in codes if at[c] == "high")
    free = sum(weights[c] for c in codes if at[c] == "free")
    rates = [Fraction(slots - held, free)] if free else [Fraction(0), *_turns(codes, weights, lows, highs)]
    for rate in rates if free or held == slots else []:
        want = {c: rate * weights[c] for c in codes}
        if rate >= 0 and all(
            want[c] <= lows[c] if at[c] == "low" else want[c] >= highs[c] if at[c] == "high" else lows[c] <= want[c] <= highs[c]
            for c in codes
        ):  # fmt: skip
            return {c: Fraction({"low": lows[c], "high": highs[c], "free": want[c]}[at[c]]) for c in codes}
    return None


def _turns(codes, weights, lows, highs) -> list[Fraction]:
    return [Fraction(bound[c], weights[c]) for c in codes if weights[c] for bound in (lows, highs)]


def _rounded(slots: int, exact: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole parts first, then one place at a time to whoever is furthest below the exact share."""
    given = {code: share.numerator // share.denominator for code, share in exact.items()}
    while sum(given.values()) < slots:
        code = min(given, key=lambda code: (given[code] - exact[code], code))
        given[code] += 1
    return given
