"""Who is owed what for a period, from the benefit schedule of a version.

``amounts`` answers for one enrolment, ``sql`` gives the same as SQL for all of them; a test holds them equal. A line
whose facts are unknown is not owed. A period is whole months: what is due per month counts once for each month of the
period (or each of the line's calendar ``months`` in it); per quarter, half-year and year once for each that begins
on its fiscal calendar within the period (quarter 7/10/1/4, half-year 7/1, year 7, or the line's ``months``).
Work paid per day counts ``days``. Lines per event are never owed by the calendar.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shohay.core.criteria import literal
from shohay.core.definition import Benefit, Version
from shohay.core.facts import FACTS
from shohay.core.values import Period, Taka

STARTS = {"quarter": (7, 10, 1, 4), "half_year": (7, 1), "year": (7,)}


@dataclass(frozen=True, slots=True)
class Goods:
    """What is given in kind: how much of what."""

    kind: str
    quantity: float
    unit: str


def amounts(version: Version, period: Period, facts: Mapping[str, object]) -> list[tuple[str, Taka]]:
    """Cash owed for ``period``: (kind, amount) for each kind above zero, in the order of the schedule."""
    owed: dict[str, Taka] = {}
    for line in version.benefit:
        times = _times(line, facts)
        if line.kind == "cash" and times and all(_fits(facts.get(name), where) for name, where in line.where.items()):
            owed[line.id] = owed.get(line.id, Taka(0)) + Taka(_poisha(version, line, period) * times)
    return [(kind, taka) for kind, taka in owed.items() if taka.poisha > 0]


def goods(version: Version, period: Period, facts: Mapping[str, object]) -> list[Goods]:
    """Goods due for ``period``."""
    return [
        Goods(line.id, (line.quantity or 0) * turns(line, period) * times, line.unit)
        for line in version.benefit
        if line.kind == "in_kind" and turns(line, period) and (times := _times(line, facts))
        if all(_fits(facts.get(name), where) for name, where in line.where.items())
    ]


def sql(
    version: Version, period: Period, column: Callable[[str], str] = lambda fact: fact
) -> list[tuple[str, str, str]]:
    """The cash lines as (kind, condition, poisha): SQL over the enrolment's facts, found through ``column``.

    Several lines of one kind add up. The condition may be NULL (a fact unknown): owed only where it is true.
    """
    lines = []
    for line in version.benefit:
        poisha = _poisha(version, line, period)
        if line.kind != "cash" or not poisha:
            continue
        tests = [_test(column(name), name, where) for name, where in line.where.items()]
        if line.times:
            tests.append(f"{column(line.times)} > 0")
        count = f" * cast(floor({column(line.times)}) as bigint)" if line.times else ""
        lines.append((line.id, " and ".join(tests) or "true", f"cast({poisha} as bigint){count}"))
    return lines


def turns(line: Benefit, period: Period) -> int:
    """How many times the line falls due in the period."""
    months = [(period.first.month - 1 + step) % 12 + 1 for step in range(period.months)]
    if line.per == "event":
        return 0
    due = line.months or STARTS.get(line.per)
    return sum(due is None or month in due for month in months)


def _poisha(version: Version, line: Benefit, period: Period) -> int:
    """Poisha of one line for the period, for one person or child."""
    amount = version.values[line.amount] if isinstance(line.amount, str) else line.amount
    if not isinstance(amount, int):
        return 0
    days = (line.days or 0) if line.per == "day" else 1
    return amount * 100 * days * turns(line, period)


def _times(line: Benefit, facts: Mapping[str, object]) -> int:
    if line.times is None:
        return 1
    value = facts.get(line.times)
    return max(int(value), 0) if isinstance(value, int | float) else 0


def _fits(value: object, where: bool | list[object]) -> bool:
    if value is None:
        return False
    if isinstance(where, bool) or not isinstance(value, int | float) or isinstance(value, bool):
        return value == where if isinstance(where, bool) else value in where
    low, high = where
    return not (isinstance(low, int | float) and value < low) and not (isinstance(high, int | float) and value > high)


def _test(column: str, name: str, where: bool | list[object]) -> str:
    if isinstance(where, bool):
        return column if where else f"not {column}"
    if FACTS[name].kind == "number":
        low, high = where
        bounds = [f"{column} >= {low}"] if low is not None else []
        bounds += [f"{column} <= {high}"] if high is not None else []
        return " and ".join(bounds) or f"{column} is not null"
    return f"{column} in ({', '.join(literal(str(value)) for value in where)})"
