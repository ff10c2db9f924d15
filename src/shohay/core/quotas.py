"""Sharing places among areas: whole numbers that always sum, by the largest remainder."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction


def allocate(slots: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Share ``slots`` in proportion to whole ``weights`` (code -> weight); the shares sum to ``slots`` exactly.

    Each area gets the whole part of its exact share; what is left goes one by one to the largest remainders, and
    among equal remainders to the smaller code, so that the result never depends on the order of the input.
    With no weight above zero nothing can be shared: ValueError.

    >>> allocate(10, {"3026": 1, "1018": 1, "6091": 1})
    {'1018': 4, '3026': 3, '6091': 3}
    """
    if slots < 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("slots and weights cannot be below zero")
    total = sum(weights.values())
    if total == 0:
        if slots == 0:
            return dict.fromkeys(sorted(weights), 0)
        raise ValueError("no area has a weight above zero")
    exact = {code: Fraction(slots * weight, total) for code, weight in sorted(weights.items())}
    shares = {code: int(share) for code, share in exact.items()}
    left = slots - sum(shares.values())
    for code in sorted(exact, key=lambda code: (shares[code] - exact[code], code))[:left]:
        shares[code] += 1
    return shares


def scaled(national: int, population: int, national_population: int) -> int:
    """Places of a whole country scaled to a part of its people, rounded half up."""
    if national_population <= 0:
        raise ValueError("the national population must be above zero")
    return (2 * national * population + national_population) // (2 * national_population)
