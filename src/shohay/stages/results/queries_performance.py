"""Performance-based budgeting: money beside results, three numbers a programme, never merged into one.

Execution (IN-03), the performance score (PB-02) and the unit cost (PB-01) with its change in real terms. The score is
advice to the budget; below the quality gate (OP-22) it is held back, and the sheet says so.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from shohay.core import budget
from shohay.core.budget import Measure
from shohay.core.values import FiscalYear
from shohay.stages.places.reference_files import DATA
from shohay.stages.programmes import queries_budget
from shohay.stages.programmes.queries_budget import Total
from shohay.stages.results.models_values import IndicatorRun, IndicatorValue
from shohay.stages.results.queries_values import milestones

QUALITY = "OP-22"
REACHED = "OP-01"
WHOLE = Decimal(100)  # the target of a percentage where none was set


class Line(NamedTuple):
    """A programme on the sheet. ``held``: why the score is not shown ('' when it is)."""

    total: Total
    execution: Fraction | None
    unit_cost_poisha: int | None
    unit_cost_change: Fraction | None  # against the year before, at constant prices; None where either is unknown
    measures: tuple[Measure, ...]
    score: Fraction | None
    held: str
    grade: str  # A, B, C or ''


class Sheet(NamedTuple):
    """The sheet of a year: its lines, and the share of quality checks passed with the year that it is of."""

    year: str
    lines: list[Line]
    quality: Fraction | None
    quality_year: str


def sheet(year: str = queries_budget.YEAR, *, ministry: str = "") -> Sheet:
    """Every programme of the year (or of one ministry), the largest allocation first."""
    where = {"ministry": ministry} if ministry else None
    rows = queries_budget.totals(year, "programme", where=where)
    before = {row.name: row for row in queries_budget.totals(_before(year), "programme", where=where)}
    measured, quality, quality_year = _measured(year), *_quality(year)
    prices = queries_budget.price_indexes()
    scale = prices.get(_before(year)), prices.get(year)
    lines = [_line(row, before.get(row.name), measured.get(row.name, {}), quality, scale) for row in rows]
    return Sheet(year, lines, quality, quality_year)


def _before(year: str) -> str:
    return str(FiscalYear(FiscalYear.parse(year).starts - 1))


def _line(
    row: Total,
    before: Total | None,
    measured: dict[str, Measure],
    quality: Fraction | None,
    scale: tuple[Decimal | None, Decimal | None],
) -> Line:
    measures = dict(measured)
    if REACHED not in measures and row.reached is not None and row.beneficiaries:
        measures[REACHED] = Measure(REACHED, row.reached, row.beneficiaries, weights()[REACHED])
    listed = tuple(measures[code] for code in sorted(measures))
    score, held = budget.gated(budget.performance(listed), quality)
    was = budget.real(before.unit_cost_poisha, *scale) if before else None
    return Line(
        row, row.execution, row.unit_cost_poisha, budget.growth(was, row.unit_cost_poisha), listed, score, held,
        budget.performance_class(score),
    )  # fmt: skip


@cache
def weights() -> dict[str, Decimal]:
    """Which indicators make the score, and with what weight (data/catalogue/performance_measures.csv)."""
    with (DATA / "catalogue/performance_measures.csv").open(encoding="utf-8") as file:
        return {row["code"]: Decimal(row["weight"]) for row in csv.DictReader(file)}


def _measured(year: str) -> dict[str, dict[str, Measure]]:
    """programme -> indicator -> what the newest run computed for it, beside the target of the year."""
    run = IndicatorRun.objects.order_by("-id").first()
    if run is None:
        return {}
    rows = IndicatorValue.objects.filter(
        run=run, fiscal_year=year, area_code="", group__startswith="programme:", code__in=weights(), state="value"
    ).order_by("code", "group")
    aims = milestones()
    found: dict[str, dict[str, Measure]] = {}
    for row in rows:
        aim = aims[row.code].targets.get(year) if row.code in aims else None
        target = WHOLE if aim is None else Decimal(str(aim))
        measure = Measure(row.code, Decimal(str(row.value)), target, weights()[row.code])
        found.setdefault(row.group.removeprefix("programme:"), {})[row.code] = measure
    return found


def _quality(year: str) -> tuple[Fraction | None, str]:
    """OP-22 of the year, else the newest that the last run knows: the share of passed checks, and its year."""
    run = IndicatorRun.objects.order_by("-id").first()
    rows = IndicatorValue.objects.filter(run=run, code=QUALITY, area_code="", group="", state="value")
    known = {row.fiscal_year: row.value for row in rows if row.value is not None} if run else {}
    if not known:
        return None, ""
    of = year if year in known else max(known)
    return Fraction(Decimal(str(known[of]))) / 100, of
