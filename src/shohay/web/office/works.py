"""Long work that a screen starts: a row of progress and a row in the queue that the worker claims.

The step is named, not imported: the web process puts a row into the queue, shohay.jobs knows what it does.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateWorker

from shohay.core.messages import MESSAGES, say
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import start_work
from shohay.stages.audit.models import Work
from shohay.web.office import desk
from shohay.web.office.words import UNIT_OF_STEP
from shohay.web.templatetags.shohay import num, percent

SHOWN_FOR = timedelta(minutes=10)
PATIENCE = timedelta(seconds=5)  # after which a page that waits asks whether anybody works
ALIVE = timedelta(seconds=40)  # a worker gives a sign of life every ten seconds


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


def amount(work: Work) -> str:
    """How much is done, in the unit in which the step counts: rows, people, files, steps, bytes; '' when it is over."""
    if not work.rows_total or not work.step:
        return ""
    given = {"done": num(work.rows_done), "total": num(work.rows_total)}
    unit = UNIT_OF_STEP.get(work.step, "rows")
    texts = {
        "rows": _("%(done)s of %(total)s rows"),
        "people": _("%(done)s of %(total)s people"),
        "payments": _("%(done)s of %(total)s payments"),
        "files": _("%(done)s of %(total)s files"),
        "steps": _("step %(done)s of %(total)s"),
        "parts": _("part %(done)s of %(total)s"),
    }
    return percent(work.rows_done / work.rows_total, 0) if unit == "bytes" else texts[unit] % given


def lonely(work: Work) -> bool:
    """It has waited for some seconds and no worker has given a sign of life."""
    if work.state != "waiting" or timezone.now() - work.created_at < PATIENCE:
        return False
    return not ProcrastinateWorker.objects.filter(last_heartbeat__gt=timezone.now() - ALIVE).exists()
