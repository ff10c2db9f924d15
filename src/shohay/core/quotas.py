"""Sharing places among areas: whole numbers that always sum, by the largest remainder, between floors and ceilings."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from shohay.core.messages import Refusal

Number = int | Fraction


def allocate(
    slots: int,
    weights: Mapping[str, Number],
    *,
    floors: Mapping[str, int] | None = None,
    ceilings: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Share ``slots`` in proportion to exact ``weights`` (code -> weight); the shares sum to ``slots`` exactly.

    No area gets less than its floor (0 where none is given) or more than its ceiling (unbounded where none is given):
    who is held at a bound stands aside and the others share the rest in proportion. Then each area gets the whole part
    of its exact share; what is left goes one by one to the largest remainders, and among equal remainders to the
    smaller code, so that the result never depends on the order of the input. An area without weight gets its floor.

    Raises ValueError for numbers below zero and where no area has a weight above zero; Refusal
    ``quota_bounds_cross`` (a floor above the ceiling), ``quota_floors_exceed`` and ``quota_ceilings_short`` with how
    much is missing.

    >>> allocate(10, {"3026": 1, "1018": 1, "6091": 1})
    {'1018': 4, '3026': 3, '6091': 3}
    >>> allocate(10, {"3026": 8, "1018": 1, "6091": 1}, floors={"1018": 2}, ceilings={"3026": 6})
    {'1018': 2, '3026': 6, '6091': 2}
    """
    lows, highs = _bounds(slots, weights, floors or {}, ceilings or {})
    exact = exact_shares(slots, weights, lows, highs)
    shares = {code: int(share) for code, share in exact.items()}
    left = slots - sum(shares.values())
    for code in sorted(exact, key=lambda code: (shares[code] - exact[code], code))[:left]:
        shares[code] += 1
    return shares


def _bounds(
    slots: int, weights: Mapping[str, Number], floors: Mapping[str, int], ceilings: Mapping[str, int]
) -> tuple[dict[str, int], dict[str, int]]:
    """The least and the most of each area, by code; refused where no sharing can hold them."""
    codes = sorted(weights)
    lows = {code: floors.get(code, 0) for code in codes}
    if slots < 0 or any(weight < 0 for weight in weights.values()) or any(low < 0 for low in lows.values()):
        raise ValueError("slots, weights and floors cannot be below zero")
    highs = {code: min(slots, ceilings.get(code, slots)) if weights[code] else lows[code] for code in codes}
    crossed = [code for code in codes if ceilings.get(code, lows[code]) < lows[code]]
    if crossed:
        raise Refusal("quota_bounds_cross", areas=", ".join(crossed[:10]), n=len(crossed))
    least, most = sum(lows.values()), sum(highs.values())
    if least > slots:
        raise Refusal("quota_floors_exceed", slots=slots, floors=least, missing=least - slots)
    if most < slots:
        if not any(weights.values()):
            raise ValueError("no area has a weight above zero")
        raise Refusal("quota_ceilings_short", slots=slots, ceilings=most, missing=slots - most)
    return lows, highs


def exact_shares(
    slots: int, weights: Mapping[str, Number], lows: Mapping[str, int], highs: Mapping[str, int]
) -> dict[str, Fraction]:
    """The share of each area before rounding: its weight times one common rate, held between its bounds.

    Going up with the rate, an area leaves its floor at floor / weight and stands at its ceiling from ceiling / weight
    on; between two such points the sum grows in a straight line, so the rate at which it is ``slots`` is exact.
    """
    turns = sorted(
        (Fraction(bound[code]) / weights[code], step, code)
        for code in sorted(weights)
        if weights[code]
        for step, bound in ((1, lows), (2, highs))
    )
    held, moving, rate = sum(lows.values()), Fraction(0), Fraction(0)
    for at, step, code in turns:
        if held + moving * at >= slots:
            rate = (slots - held) / moving if moving else at
            break
        held += -lows[code] if step == 1 else highs[code]
        moving += weights[code] if step == 1 else -weights[code]
        rate = at  # past the last turn everybody stands at the ceiling
    return {code: min(max(rate * weights[code], Fraction(lows[code])), Fraction(highs[code])) for code in lows}


def scaled(national: int, population: int, national_population: int) -> int:
    """Places of a whole country scaled to a part of its people, rounded half up."""
    if national_population <= 0:
        raise ValueError("the national population must be above zero")
    return (2 * national * population + national_population) // (2 * national_population)
