"""Counts that only the plan knows, as the computation of the indicators takes them: results stand left of the plan."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.utils import timezone

from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.coordination import queries_performance, queries_plan
from shohay.stages.coordination.models_performance import Training

YEARS_BACK = 2  # fiscal years before this one for which the plan is looked at


def passed_on(today: date | None = None) -> list[dict[str, Any]]:
    """What the indicators take from here: the action plan (OP-19, OP-20) and the trainings (IN-08).

    Rows {"name", "fiscal_year", "ministry_code", "value"}. Of the plan by ministry, at the end of each fiscal year and
    of this one today. Due: the day has come and it was not stopped; in time: completed by its day, with verified
    evidence; late: past it.
    """
    today = today or timezone.localdate()
    found = _trainings()
    for starts in range(FiscalYear.of(today).starts - YEARS_BACK, FiscalYear.of(today).starts + 1):
        year = FiscalYear(starts)
        for (name, ministry), value in sorted(_plan(min(year.last_day, today)).items()):
            found.append({"name": name, "fiscal_year": str(year), "ministry_code": ministry, "value": value})
    return found


def _plan(on: date) -> Counter[tuple[str, str]]:
    counted: Counter[tuple[str, str]] = Counter()
    for ministry, state, due in queries_plan.on_day(SYSTEM, on).values_list("owner_id", "state", "due"):
        if due is None or due > on or state == "stopped":
            continue
        for name in ("actions_due", "actions_in_time", "actions_late"):
            fits = {
                "actions_due": True,
                "actions_in_time": state == "completed_in_time",
                "actions_late": state == "late",
            }
            counted[name, ministry or ""] += fits[name]
    return counted


def _trainings() -> list[dict[str, Any]]:
    """Districts whose field committees were trained, of those the plan names; of years with a training on record."""
    found = []
    for year in sorted({FiscalYear.of(day) for day in Training.objects.values_list("first_day", flat=True)}, key=str):
        coverage = queries_performance.training_coverage(SYSTEM, fiscal_year=str(year))
        of_field = next(row for row in coverage if row.name == "field_committees")
        for name, value in (("districts_trained", of_field.districts), ("districts_planned", of_field.planned)):
            found.append({"name": name, "fiscal_year": str(year), "ministry_code": "", "value": value})
    return found
