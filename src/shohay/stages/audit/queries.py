"""Reading and verifying the audit log."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import QuerySet

from shohay.stages.audit import chain
from shohay.stages.audit.models import Event, Head


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
