"""Reading and verifying the audit log."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from shohay.stages.audit import chain
from shohay.stages.audit.models import Event, Head
from shohay.stages.audit.models_evidence import Evidence


class Verification(NamedTuple):
    """What ``verify`` found. ``broken_at`` is the first sequence number that does not fit, or None."""

    events: int
    broken_at: int | None
    problem: str


def verify() -> Verification:
    """Recompute the whole chain in order. Finds changed, missing, inserted and cut-off rows."""
    expected_seq, prev = 1, chain.GENESIS
    for event in Event.objects.order_by("seq").iterator(chunk_size=5000):
        if event.seq != expected_seq:
            return Verification(expected_seq - 1, expected_seq, "missing")
        if event.prev_hash != prev:
            return Verification(expected_seq - 1, event.seq, "unlinked")
        if chain.hash_of(event) != event.hash:
            return Verification(expected_seq - 1, event.seq, "changed")
        expected_seq, prev = expected_seq + 1, event.hash
    head = Head.objects.filter(id=1).first()
    if head is not None and (head.seq != expected_seq - 1 or head.hash != prev):
        return Verification(expected_seq - 1, expected_seq, "cut_off")
    return Verification(expected_seq - 1, None, "")


def events_about(subject_type: str, subject_id: object) -> QuerySet[Event]:
    """Events of one subject, newest first."""
    return Event.objects.filter(subject_type=subject_type, subject_id=str(subject_id)).order_by("-seq")


def evidence_folder() -> Path:
    """Where the bytes of evidence lie, each file under its SHA-256."""
    return Path(settings.VAR) / "evidence"


def evidence_of(subject_type: str, subject_id: object) -> list[Evidence]:
    """The files attached to a subject, in the order they came. May be shown to whoever may see the subject."""
    return list(Evidence.objects.filter(subject_type=subject_type, subject_id=str(subject_id)).order_by("id"))


def evidence_on(subject_type: str, subject_ids: list[object]) -> dict[str, list[Evidence]]:
    """Files of several subjects at once, by the number of the subject as text."""
    found: dict[str, list[Evidence]] = {str(number): [] for number in subject_ids}
    for row in Evidence.objects.filter(subject_type=subject_type, subject_id__in=list(found)).order_by("id"):
        found[row.subject_id].append(row)
    return found


def evidence_path(evidence: Evidence) -> Path:
    """The bytes of one file; FileNotFoundError is the reader's to tell."""
    return evidence_folder() / evidence.sha256
