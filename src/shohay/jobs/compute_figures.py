"""The figures of the dashboards, afresh."""

from __future__ import annotations

from typing import Any

from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.results import actions as results


@step("compute_figures")
def compute_figures(*, by: Officer, progress: Progress) -> dict[str, Any]:
    progress("figures", 0, 0)
    return {"figures": results.compute_figures(by=by)}
