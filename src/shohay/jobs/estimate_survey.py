"""The estimates of a survey round, with their errors."""

from __future__ import annotations

from typing import Any

from shohay.core.messages import Refusal
from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.results import actions_survey as surveys
from shohay.stages.results import queries_survey as queries


@step("estimate_survey")
def estimate_survey(*, by: Officer, progress: Progress, round_id: int) -> dict[str, Any]:
    asked = queries.rounds(by).filter(pk=round_id).first()
    if asked is None:
        raise Refusal("survey_unknown", survey=round_id)
    run = surveys.estimate_round(survey_round=asked, by=by, progress=progress)
    return {"run": run.pk, "estimates": run.estimates}
