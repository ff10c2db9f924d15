"""How the scores of a formula moved between two snapshots of the registry."""

from __future__ import annotations

from typing import Any

from shohay.core.messages import Refusal
from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes import actions_scores as scores
from shohay.stages.programmes import queries_scores as queries
from shohay.stages.registry.models import Snapshot
from shohay.stages.registry.queries_scores import folder_of


@step("score_drift")
def score_drift(*, by: Officer, progress: Progress, version: str, before: int, after: int) -> dict[str, Any]:
    folders = []
    for number in (before, after):
        found = Snapshot.objects.filter(pk=number).first()
        if found is None or not folder_of(found).is_dir():
            raise Refusal("snapshot_gone", path=str(number))
        folders.append(folder_of(found))
    row = scores.keep_drift(
        version=queries.needed(version), before=folders[0], after=folders[1], by=by, progress=progress
    )
    return {"drift": row.pk, "psi": row.psi, "level": row.level}
