"""The quality rules over a snapshot, the newest one when none is named."""

from __future__ import annotations

from typing import Any

from shohay.core.messages import Refusal
from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.registry import actions_quality as quality
from shohay.stages.registry import queries as registry


@step("check_quality")
def check_quality(*, by: Officer, progress: Progress, snapshot_id: int = 0) -> dict[str, Any]:
    snapshots = registry.snapshots()
    snapshot = snapshots.filter(pk=snapshot_id).first() if snapshot_id else snapshots.first()
    if snapshot is None:
        raise Refusal("quality_run_missing")
    run = quality.check_quality(snapshot=snapshot, by=by, progress=progress)
    return {"quality": run.pk, "counts": run.counts}
