"""Long work that a screen starts: a row of progress and a row in the queue that the worker claims.

The step is named, not imported: the web process puts a row into the queue, shohay.jobs knows what it does.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from shohay.core.messages import MESSAGES, say
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import start_work
from shohay.stages.audit.models import Work
from shohay.web.office import desk

SHOWN_FOR = timedelta(minutes=10)


def start(name: str, *, by: Officer, subject: str = "", **arguments: Any) -> Work:
    """Queue the step ``name``; the page shows the returned row. Asked twice while one waits or runs: that one."""
    app.perform_import_paths()  # type: ignore[no-untyped-call]  # a step's queue stands with the step (settings.PROCRASTINATE_IMPORT_PATHS)
    running = Work.objects.filter(name=name, subject=subject, state__in=("waiting", "running")).order_by("-id").first()
    if running is not None:
        return running
    work = start_work(name=name, subject=subject, by=by)
    app.configure_task(name).defer(work_id=work.pk, username=by.username, role=by.role, **arguments)
    return work


def latest(name: str, subject: str = "") -> Work | None:
    """The newest work of that name on that subject; None too when it was done a while ago: its result stands there."""
    work = Work.objects.filter(name=name, subject=subject).order_by("-id").first()
    if work is None or (work.finished_at and work.state == "done" and timezone.now() - work.finished_at > SHOWN_FOR):
        return None
    return in_words(work)


def in_words(work: Work) -> Work:
    """``work`` with ``error`` said in the reader's language where it was a refusal."""
    if work.state == "done":
        work.rows_done = work.rows_total  # the last report came before the end
    refusal = (work.result or {}).get("refusal") if isinstance(work.result, dict) else None
    if refusal and refusal.get("code") in MESSAGES:
        work.error = say(refusal["code"], desk.language(), **refusal.get("params", {}))
    return work
