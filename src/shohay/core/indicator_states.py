"""Whether a value is where it should be: the target in force, the way to it, and the direction of good.

Between two milestones (baseline, targets by year) the expected value lies on the straight line between them. A value
that has reached the target in force is ``met``; one that has reached the line, or is within NEAR of an exact year's
target, is ``on_track``; any other is ``behind``. No value, or none to compare with, says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NEAR = 0.05  # of the target: so close below it counts as on track
FAR = 0.10  # of a target that should be hit rather than passed
STATES = ("met", "on_track", "behind", "no_target", "no_value")
DIRECTIONS = ("up", "down", "target", "monitor")


@dataclass(frozen=True, slots=True)
class Milestones:
    """Baseline and targets of an indicator: fiscal year -> value. The baseline may lie long before."""

    targets: Mapping[str, float]
    baseline: float | None = None
    baseline_year: str = ""

    def in_force(self, year: str) -> tuple[str, float] | None:
        """The first target at or after ``year``, else the last one before it (once set, it stays to be kept)."""
        later = sorted(name for name in self.targets if name >= year)
        chosen = later[0] if later else max(self.targets, default="")
        return (chosen, self.targets[chosen]) if chosen else None

    def expected(self, year: str) -> float | None:
        """What a value of ``year`` should have reached: on the line from the milestone before to the target."""
        aim = self.in_force(year)
        if aim is None or aim[0] <= year:
            return aim[1] if aim else None
        before = [(name, value) for name, value in sorted(self.targets.items()) if name < year]
        if self.baseline is not None and self.baseline_year and self.baseline_year < year:
            before.append((self.baseline_year, self.baseline))
        if not before:
            return None
        start, value = max(before)
        share = (_first(year) - _first(start)) / (_first(aim[0]) - _first(start))
        return value + (aim[1] - value) * share


def _first(year: str) -> int:
    """'2024-25' or '2024' -> 2024."""
    return int(year[:4])


def judge(value: float | None, direction: str, milestones: Milestones, year: str) -> str:
    """One of STATES for ``value`` in ``year``; ``direction`` is one of DIRECTIONS."""
    if value is None:
        return "no_value"
    aim = milestones.in_force(year)
    if aim is None or direction == "monitor":
        return "no_target"
    target = aim[1]
    if direction == "target":
        away = abs(value - target)
        return "met" if away <= NEAR * abs(target) else "on_track" if away <= FAR * abs(target) else "behind"
    sign = -1 if direction == "down" else 1
    if sign * value >= sign * target:
        return "met"
    expected = milestones.expected(year)
    room = NEAR * abs(target) if expected is None or expected == target else 0.0
    line = target if expected is None else expected
    return "on_track" if sign * value >= sign * line - room else "behind"
