"""Writing the audit log, and the progress of long work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.audit import chain
from shohay.stages.audit.models import Event, Head, Work

PROGRESS_EVERY = 0.3  # seconds between two writes of progress
CHAIN_LOCK = 0x5A0A  # one writer at a time extends the chain
UNDER_WAY = (Work.State.WAITING, Work.State.RUNNING)


class Cancelled(Exception):
    """Somebody asked to stop this work. Raised where a step reports progress, so its transaction is rolled back."""


class Actor(Protocol):
    """Whoever acts: an officer of shohay.stages.accounts, or the system."""

    @property
    def username(self) -> str: ...

    @property
    def role(self) -> str: ...


def record(
    *,
    action: str,
    by: Actor,
    subject: tuple[str, object] = ("", ""),
    area_code: str = "",
    programme_code: str = "",
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> Event:
    """Append one event to the chain, inside the caller's transaction.

    Call it last in an action: the lock that keeps the chain in order is held until the transaction ends.
    ``detail`` holds counts, hashes and old and new values; never an identity number, phone or account.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        head = Head.objects.filter(id=1).first()
        event = Event(
            seq=head.seq + 1 if head else 1,
            at=timezone.now(),
            actor=by.username,
            role=by.role,
            action=action,
            subject_type=subject[0],
            subject_id=str(subject[1]),
            area_code=area_code,
            programme_code=programme_code,
            reason=reason,
            detail=detail or {},
            prev_hash=head.hash if head else chain.GENESIS,
        )
        event.hash = chain.hash_of(event)
        event.save(force_insert=True)
        Head.objects.update_or_create(id=1, defaults={"seq": event.seq, "hash": event.hash})
    return event


def start_work(*, name: str, total: int = 0, subject: str = "", by: Actor) -> Work:
    """A row that a screen and the command line can watch while the work goes on."""
    return Work.objects.create(name=name, subject=subject, rows_total=total, started_by=by.username)


def advance_work(*, work: Work, **changes: Any) -> None:
    """Set progress columns of ``work`` (rows_done, rows_total, step, state, result, error)."""
    if changes.get("state") == Work.State.RUNNING and work.started_at is None:
        changes["started_at"] = timezone.now()
    if changes.get("state") in (Work.State.DONE, Work.State.FAILED, Work.State.CANCELLED):
        changes["finished_at"] = timezone.now()
    for name, value in changes.items():
        setattr(work, name, value)
    Work.objects.filter(pk=work.pk).update(**changes)


def claim_work(*, work: Work) -> bool:
    """Mark the work as running, unless it has ended or was cancelled meanwhile; whether it may run.

    Running work is claimed too: its worker was killed and another one takes it up.
    """
    now = timezone.now()
    with transaction.atomic():
        row = Work.objects.select_for_update().get(pk=work.pk)
        if row.state in UNDER_WAY and row.cancel_asked_by:
            advance_work(work=work, state=Work.State.CANCELLED, step="")
        elif row.state in UNDER_WAY:
            started = row.started_at or now
            advance_work(work=work, state=Work.State.RUNNING, step="", rows_done=0, started_at=started)
            return True
    return False


def cancel_work(*, work: Work, by: Actor) -> None:
    """Stop work that waits at once, and work that runs at its next report of progress; by whoever started it.

    Refusals: not_allowed, job_over.
    """
    if by.username != work.started_by:
        raise Refusal("not_allowed", what="work.cancel")
    with transaction.atomic():
        row = Work.objects.select_for_update().get(pk=work.pk)
        if row.state not in UNDER_WAY:
            raise Refusal("job_over")
        if row.state == Work.State.WAITING:
            advance_work(work=row, state=Work.State.CANCELLED, cancel_asked_by=by.username)
        else:
            advance_work(work=row, cancel_asked_by=by.username)
        record(action="work.cancelled", subject=("work", row.pk), detail={"name": row.name}, by=by)


@contextmanager
def reporting(*, work: Work) -> Iterator[Callable[[str, int, int], None]]:
    """A ``progress(step, rows done, rows in all)`` that others can watch while an action is still at work.

    It writes over a connection of its own: what the action's transaction writes is seen only when it has ended.
    Where somebody asked to stop the work, a report raises Cancelled.
    """
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    last = ("", 0.0)

    def progress(step: str, done: int, total: int) -> None:
        nonlocal last
        if step == last[0] and done < total and monotonic() - last[1] < PROGRESS_EVERY:
            return
        last = (step, monotonic())
        with own.cursor() as cursor:
            cursor.execute(
                "update audit_work set step = %s, rows_done = %s, rows_total = %s where id = %s"
                " returning cancel_asked_by",
                [step[:60], done, total, work.pk],
            )
            asked = cursor.fetchone()
        if asked and asked[0]:
            raise Cancelled(asked[0])

    try:
        yield progress
    finally:
        own.close()
