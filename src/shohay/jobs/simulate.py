"""A comparison of the policy lab, simulated on the whole of its base."""

from __future__ import annotations

from typing import Any

from shohay.core.messages import Refusal
from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.results import actions_lab as lab
from shohay.stages.results import queries_lab as queries


@step("simulate")
def simulate(*, by: Officer, progress: Progress, study_id: int) -> dict[str, Any]:
    asked = queries.studies(by).filter(pk=study_id).first()
    if asked is None:
        raise Refusal("lab_study_unknown", study=study_id)
    result = lab.simulate_study(study=asked, by=by, progress=progress)
    return {"study": asked.pk, "result": result.result_sha256, "seconds": result.seconds}
