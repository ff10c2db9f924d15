"""Counts that only the plan knows, as the computation of the indicators takes them: results stand left of the plan."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.utils import timezone

from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.coordination import queries_plan

YEARS_BACK = 2  # fiscal years before this one for which the plan is looked at


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
            fits = {
                "actions_due": True,
                "actions_in_time": state == "completed_in_time",
                "actions_late": state == "late",
            }
            counted[name, ministry or ""] += fits[name]
    return counted
