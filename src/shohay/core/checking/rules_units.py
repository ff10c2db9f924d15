"""Money per person that cannot be: far outside what the other programmes of the same list give."""

from __future__ import annotations

from collections.abc import Iterator
from math import log10
from statistics import median
from typing import Any

from shohay.core.checking.context import Report
from shohay.core.checking.finding import Finding, Rule
from shohay.core.checking.names import Entity
from shohay.core.checking.text import printed

LOW = Rule(
    "unit.low", "warning", "জনপ্রতি বরাদ্দ অস্বাভাবিক কম", "Implausibly little money per person",
    "{name}: জনপ্রতি {reported} টাকা; তালিকার কর্মসূচিগুলোর মধ্যমা {expected} টাকা। উপকারভোগী ও বাজেটের সংখ্যা যাচাই করুন।",
    "{name}: Tk {reported} per person; the median of the list is Tk {expected}. Check the people and the money.",
)  # fmt: skip
HIGH = Rule(
    "unit.high", "warning", "জনপ্রতি বরাদ্দ অস্বাভাবিক বেশি", "Implausibly much money per person",
    "{name}: জনপ্রতি {reported} টাকা; তালিকার কর্মসূচিগুলোর মধ্যমা {expected} টাকা। উপকারভোগী ও বাজেটের সংখ্যা যাচাই করুন।",
    "{name}: Tk {reported} per person; the median of the list is Tk {expected}. Check the people and the money.",
)  # fmt: skip
NOBODY = Rule(
    "unit.nobody", "note", "টাকা আছে, উপকারভোগী নেই", "Money and no beneficiaries",
    "{reported} কর্মসূচিতে বরাদ্দ আছে কিন্তু উপকারভোগী শূন্য; প্রথমটি: {name}। পঙ্‌ক্তি: {places}",
    "{reported} programmes have money and no beneficiaries; the first is {name}. Lines: {places}",
)  # fmt: skip
NOTHING = Rule(
    "unit.nothing", "warning", "উপকারভোগী আছে, টাকা নেই", "Beneficiaries and no money",
    "{name}: উপকারভোগী {reported} লাখ, কিন্তু বরাদ্দ শূন্য।", "{name}: {reported} lakh beneficiaries and no money.",
)  # fmt: skip
RULES = (LOW, HIGH, NOBODY, NOTHING)

FEW = 12  # below this many programmes a median says nothing
# orders of magnitude from the median: below it a service may cost little, above it a house or a pension costs much
FAR_BELOW, SURELY_BELOW, FAR_ABOVE = 1.5, 1.8, 2.0


def check(report: Report) -> Iterator[Finding]:
    """Programmes of the report's own list."""
    listed = [
        row for row in report.names.programmes if row.line and "budget" in row.values and "beneficiaries" in row.values
    ]
    costs = {id(row): cost for row in listed if (cost := per_person(row)) is not None}
    if len(costs) >= FEW:
        yield from _outside([row for row in listed if id(row) in costs], costs)
    empty = [row for row in listed if row.values["budget"] > 0 and row.values["beneficiaries"] == 0]
    if empty:
        yield NOBODY.at(
            empty[0].line, line_end=empty[-1].line, reported=str(len(empty)), expected="> 0", name=empty[0].pair,
            places=", ".join(str(row.line) for row in empty),
        )  # fmt: skip
    for row in listed:
        if row.values["budget"] == 0 and row.values["beneficiaries"] > 0:
            yield NOTHING.at(row.line, reported=printed(row.values["beneficiaries"]), expected="> 0", name=row.pair)


def per_person(row: Entity) -> float | None:
    """Taka for each beneficiary, None where there is no money or nobody."""
    money, people = row.values["budget"], row.values["beneficiaries"]
    return float(money * 100 / people) if money > 0 and people > 0 else None


def _outside(rows: list[Entity], costs: dict[int, float]) -> Iterator[Finding]:
    logs = [log10(costs[id(row)]) for row in rows]
    middle = median(logs)
    spread = median(abs(value - middle) for value in logs) * 1.4826
    for row, value in zip(rows, logs, strict=True):
        below, above = middle - value, value - middle
        shown: dict[str, Any] = {
            "reported": printed_taka(10**value),
            "expected": printed_taka(10**middle),
            "name": row.pair,
        }
        if below > max(FAR_BELOW, 1.75 * spread):
            yield LOW.at(row.line, severity="warning" if below > SURELY_BELOW else "note", **shown)
        elif above > max(FAR_ABOVE, 2 * spread):
            yield HIGH.at(row.line, **shown)


def printed_taka(value: float) -> str:
    from shohay.core.bangla import group

    return group(round(value))
