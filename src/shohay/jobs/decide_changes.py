"""All changes that a file asked for, approved or refused one after another: each is a decision of its own in the log.

Killed in the middle, those decided stay decided; run again, it goes on with those that wait.
"""

from __future__ import annotations

from typing import Any

from shohay.core.messages import Refusal
from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.intake.models import Upload
from shohay.stages.registry import actions_approval, queries_changes
from shohay.stages.registry.models_history import LifeEvent


@step("decide_changes")
def decide_changes(*, upload_id: str, reason: str = "", by: Officer, progress: Progress) -> dict[str, Any]:
    """With a ``reason`` they are refused, without one approved; what no longer holds stays and is counted."""
    upload = Upload.objects.get(pk=upload_id)
    waiting = queries_changes.changes_of(by, upload).filter(state=LifeEvent.State.PROPOSED).order_by("pk")
    ids = list(waiting.values_list("pk", flat=True))
    done = 0
    left: dict[str, int] = {}
    for number, event in enumerate(ids):
        progress("changes", number, len(ids))
        row = LifeEvent.objects.get(pk=event)
        try:
            if reason:
                actions_approval.refuse(event=row, reason=reason, by=by)
            else:
                actions_approval.approve(event=row, by=by)
            done += 1
        except Refusal as refusal:
            left[refusal.code] = left.get(refusal.code, 0) + 1
    return {"upload": upload_id, "decided": done, "left": left}
