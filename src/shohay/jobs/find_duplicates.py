"""The matcher over a snapshot: pairs for a person to decide, and merges of those beyond doubt."""

from __future__ import annotations

from typing import Any

from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.linkage import actions as linkage
from shohay.stages.registry.models import Snapshot


@step("find_duplicates")
def find_duplicates(*, by: Officer, progress: Progress, snapshot_id: int | None = None) -> dict[str, Any]:
    """Of the snapshot named, else of the newest."""
    snapshot = Snapshot.objects.get(pk=snapshot_id) if snapshot_id else Snapshot.objects.latest("id")
    run = linkage.run_linkage(snapshot=snapshot, by=by, progress=progress)
    return {"linkage_run": run.pk, "counts": run.counts}
