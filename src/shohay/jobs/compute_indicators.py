"""The values of the indicators, computed afresh, with the counts that only the plan of the reform knows."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.utils import timezone

from shohay.core.values import FiscalYear
from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.coordination import queries_plan
from shohay.stages.results import actions_values

YEARS_BACK = 2  # fiscal years before this one for which the plan is looked at


@step("compute_indicators")
def compute_indicators(*, by: Officer, progress: Progress) -> dict[str, Any]:
    run = actions_values.compute(passed=passed_on(), by=by, progress=progress)
    return {"run": run.pk, **run.counts}


def passed_on(today: date | None = None) -> list[dict[str, Any]]:
    """Counts of the action plan by ministry at the end of each fiscal year, of this one today (OP-19, OP-20).

    Due: the day has come and it was not stopped; in time: completed by its day, with verified evidence; late: past it.
    """
    today = today or timezone.localdate()
    found = []
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
            fits = {"actions_due": True, "actions_in_time": state == "completed_in_time", "actions_late": state == "late"}
            counted[name, ministry or ""] += fits[name]
    return counted
