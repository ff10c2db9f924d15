"""A dated, immutable copy of the registry with who holds and who asks for what."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.enrolment import queries as enrolment
from shohay.stages.registry import actions as registry
from shohay.stages.targeting import queries as targeting


@step("take_snapshot")
def take_snapshot(*, by: Officer, progress: Progress, as_of: str = "") -> dict[str, Any]:
    """``as_of`` is an ISO date, today when empty. What lies right of the registry is handed to it as tables."""
    progress("snapshot", 0, 0)
    snapshot = registry.take_snapshot(
        as_of=date.fromisoformat(as_of) if as_of else timezone.localdate(),
        held=enrolment.held(),
        applications=targeting.applications_table(),
        by=by,
    )
    return {"snapshot": snapshot.pk, "sha256": snapshot.sha256, "counts": snapshot.counts}
