"""Decide every person of a snapshot for every programme."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.registry.models import Snapshot
from shohay.stages.targeting import actions as targeting


@step("determine")
def determine(*, by: Officer, progress: Progress, snapshot_id: int | None = None, on: str = "") -> dict[str, Any]:
    """Of the snapshot named, else of the newest; with the definitions in force ``on`` (ISO date, else today)."""
    snapshot = Snapshot.objects.get(pk=snapshot_id) if snapshot_id else Snapshot.objects.latest("id")
    day = date.fromisoformat(on) if on else timezone.localdate()
    run = targeting.run_determination(snapshot=snapshot, on=day, by=by, progress=progress)
    return {"run": run.pk, "sha256": run.result_sha256}
