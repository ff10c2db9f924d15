"""The values of the indicators, computed afresh, with the counts that only the plan of the reform knows."""

from __future__ import annotations

from typing import Any

from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination.queries_passed import passed_on
from shohay.stages.results import actions_values


@step("compute_indicators")
def compute_indicators(*, by: Officer, progress: Progress) -> dict[str, Any]:
    run = actions_values.compute(passed=passed_on(), by=by, progress=progress)
    return {"run": run.pk, **run.counts}
