"""Figures that may be shown: shares, targeting errors, and the suppression of small numbers.

A count below ``SMALL`` that stands for people is not published; nor is a second one of the same row or column, from
which the first could be worked out (``suppress_table``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SMALL = 5


def public(count: int | None) -> int | None:
    """A count as the public may see it: None where it is above zero and below SMALL."""
    return None if count is None or 0 < count < SMALL else count


def suppress_table(cells: Mapping[str, int], total_is_public: bool = True) -> dict[str, int | None]:
    """The counts of one total: small ones hidden, and the least of the others too when only one would be hidden.

    Ties are hidden by name, so that the same table hides the same cells every time.
    """
    shown: dict[str, int | None] = {name: public(count) for name, count in cells.items()}
    hidden = [name for name, count in shown.items() if count is None]
    if total_is_public and len(hidden) == 1:
        others = sorted((count, name) for name, count in shown.items() if count)
        if others:
            shown[others[0][1]] = None
    return shown


def share(part: int, whole: int) -> float | None:
    """``part`` of ``whole`` in percent, one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


@dataclass(frozen=True, slots=True)
class Targeting:
    """Inclusion error: of those who receive, who should not. Exclusion error: of those who should, who do not."""

    receive: int
    entitled: int
    both: int

    @property
    def inclusion_error(self) -> float | None:
        return share(self.receive - self.both, self.receive)

    @property
    def exclusion_error(self) -> float | None:
        return share(self.entitled - self.both, self.entitled)


def largest_remainder(weights: Sequence[float], places: int) -> list[int]:
    """``places`` shared out by ``weights`` in whole numbers that add up; ties go to the earlier."""
    total = sum(weights)
    if total <= 0 or places <= 0:
        return [0] * len(weights)
    exact = [places * weight / total for weight in weights]
    shares = [int(value) for value in exact]
    left = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
    for i in left[: places - sum(shares)]:
        shares[i] += 1
    return shares
