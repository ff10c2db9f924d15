"""Batches of ends and moves, and who is in them."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from shohay.stages.accounts.officer import Officer
from shohay.stages.enrolment.models import Transition, TransitionBatch


def batches(officer: Officer, programme: str = "", state: str = "") -> QuerySet[TransitionBatch]:
    """Batches in the officer's areas and programmes, newest search first."""
    officer.require("enrolment.view")
    found = TransitionBatch.objects.filter(officer.area_filter(), officer.programme_filter())
    if programme:
        found = found.filter(programme_code=programme)
    if state in TransitionBatch.State.values:
        found = found.filter(state=state)
    return found.order_by("-id")


def rows(officer: Officer, batch: int, reason: str = "") -> QuerySet[Transition]:
    """Who ends or moves in a batch that the officer may see."""
    officer.require("enrolment.view")
    found = Transition.objects.filter(officer.area_filter(), officer.programme_filter(), batch=batch)
    if reason:
        found = found.filter(reason=reason)
    return found.select_related("person", "person__household", "enrolment").order_by("id")


def by_reason(officer: Officer, batch: int) -> list[dict[str, object]]:
    """kind, reason, to_programme, count of a batch, the most frequent first."""
    counted = rows(officer, batch).order_by().values("kind", "reason", "to_programme").annotate(count=Count("id"))
    return [dict(row) for row in counted.order_by("-count", "reason")]
