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
from typing import NamedTuple

from shohay.core.criteria import literal
from shohay.core.definition import Benefit, Version
from shohay.core.facts import FACTS
from shohay.core.values import Period, Taka

GRAMS = 1000  # in a kg
STARTS = {"quarter": (7, 10, 1, 4), "half_year": (7, 1), "year": (7,)}


@dataclass(frozen=True, slots=True)
class Goods:
    """What is given in kind: how much of what, and for how much of it one pays (``price``, poisha for one unit)."""

    kind: str
    quantity: float
    unit: str
    price: int = 0

    @property
    def grams(self) -> int:
        """Goods are counted in whole grams; ValueError for what is not weighed."""
        return grams(self.quantity, self.unit)

    @property
    def poisha(self) -> int:
        """What the beneficiary pays for all of it."""
        return self.grams * self.price // GRAMS


def amounts(version: Version, period: Period, facts: Mapping[str, object]) -> list[tuple[str, Taka]]:
    """Cash owed for ``period``: (kind, amount) for each kind above zero, in the order of the schedule."""
    owed: dict[str, Taka] = {}
    for line in version.benefit:
        times = _times(line, facts)
        if line.kind == "cash" and times and all(_fits(facts.get(name), where) for name, where in line.where.items()):
            owed[line.id] = owed.get(line.id, Taka(0)) + Taka(_poisha(version, line, period) * times)
    return [(kind, taka) for kind, taka in owed.items() if taka.poisha > 0]


def goods(version: Version, period: Period, facts: Mapping[str, object], events: int = 0) -> list[Goods]:
    """Goods due for ``period``, in which ``events`` occasions fall (an Eid): lines per event are due once for each."""
    return [
        Goods(line.id, (line.quantity or 0) * falls * times, line.unit, _price(version, line))
        for line in version.benefit
        if line.kind == "in_kind" and (falls := turns(line, period, events)) and (times := _times(line, facts))
        if all(_fits(facts.get(name), where) for name, where in line.where.items())
    ]


class GoodsLine(NamedTuple):
    """A line of goods as SQL over the enrolment's facts: NULL in ``due`` means a fact is unknown."""

    kind: str
    unit: str
    due: str
    grams: str
    price: int  # poisha a kg
    of: str  # person | household


def goods_sql(
    version: Version, period: Period, column: Callable[[str], str] = lambda fact: fact, events: int = 0
) -> list[GoodsLine]:
    """The lines of goods that fall due in ``period``, as ``goods`` reckons them. Several lines of one kind add up."""
    lines = []
    for line in version.benefit:
        falls = turns(line, period, events)
        if line.kind != "in_kind" or not falls:
            continue
        tests, count = _conditions(line, column)
        weight = f"cast({grams((line.quantity or 0) * falls, line.unit)} as bigint){count}"
        lines.append(GoodsLine(line.id, line.unit, tests, weight, _price(version, line), line.of))
    return lines


def grams(quantity: float, unit: str) -> int:
    """Whole grams of a quantity in kg ("kg_rice"); ValueError for another unit."""
    if not unit.startswith("kg"):
        raise ValueError(f"goods are weighed in kg, not in {unit!r}")
    return round(quantity * GRAMS)


def _price(version: Version, line: Benefit) -> int:
    price = version.values[line.price] if isinstance(line.price, str) else line.price
    return round(price * 100) if isinstance(price, int | float) else 0


def _conditions(line: Benefit, column: Callable[[str], str]) -> tuple[str, str]:
    """When a line is owed, and by what its amount is multiplied, as SQL."""
    tests = [_test(column(name), name, where) for name, where in line.where.items()]
    if line.times:
        tests.append(f"{column(line.times)} > 0")
    count = f" * cast(floor({column(line.times)}) as bigint)" if line.times else ""
    return " and ".join(tests) or "true", count


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
        due, count = _conditions(line, column)
        lines.append((line.id, due, f"cast({poisha} as bigint){count}"))
    return lines


def turns(line: Benefit, period: Period, events: int = 0) -> int:
    """How many times the line falls due in the period; one per event falls due with each event, not by the calendar."""
    months = [(period.first.month - 1 + step) % 12 + 1 for step in range(period.months)]
    if line.per == "event":
        return events
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
