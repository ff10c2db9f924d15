"""What every background step shares: who asked, progress that others see, and an end that is never silent.

A job is a row of procrastinate that names a step and carries ``work_id, username, role`` and the step's own
arguments. The worker runs the step as the officer who asked, with the rights that officer has *now*.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from shohay.core.messages import Refusal, say
from shohay.stages.accounts.officer import NOBODY, SYSTEM, Officer
from shohay.stages.accounts.queries import officer_of
from shohay.stages.audit.actions import Cancelled, advance_work, claim_work, reporting, start_work
from shohay.stages.audit.models import Work

logger = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
Step = Callable[..., dict[str, Any]]

# Another moment may do better: the database restarts, the bank's line drops. Everything else is for a person.
PASSING: tuple[type[Exception], ...] = (OperationalError, InterfaceError, ConnectionError, TimeoutError)
PASSING_REFUSALS = ("bank_down",)
ATTEMPTS = 3
KILLED_OFTEN = 6  # a step that takes its worker down each time (no memory) is not tried for ever


def step(name: str) -> Callable[[Step], Step]:
    """Make a function ``(*, by, progress, **arguments) -> result`` a background step that is queued as ``name``."""

    def register(function: Step) -> Step:
        retry = RetryStrategy(max_attempts=ATTEMPTS - 1, wait=2, exponential_wait=3, retry_exceptions=PASSING)

        @app.task(name=name, queue="work", pass_context=True, retry=retry)
        def run(context: JobContext, /, *, work_id: int, username: str, role: str, **arguments: Any) -> None:
            carry_out(function, context.job.attempts, work_id, username, role, arguments)

        return function

    return register


def start(name: str, *, by: Officer, subject: str = "", **arguments: Any) -> Work:
    """Queue the step ``name`` for ``by`` and return the row that shows its progress."""
    app.perform_import_paths()  # type: ignore[no-untyped-call]  # the library leaves it untyped
    if name not in app.tasks:
        raise Refusal("job_unknown", name=name)
    if Work.objects.filter(name=name, subject=subject, state__in=(Work.State.WAITING, Work.State.RUNNING)).exists():
        raise Refusal("job_waiting", name=name)
    work = start_work(name=name, subject=subject, by=by)
    app.configure_task(name).defer(work_id=work.pk, username=by.username, role=by.role, **arguments)
    return work


def carry_out(function: Step, attempts: int, work_id: int, username: str, role: str, arguments: dict[str, Any]) -> None:
    """Run one step and write down how it ended. A step that had ended before its worker was killed runs no more."""
    work = Work.objects.get(pk=work_id)
    if not claim_work(work=work):
        return
    if attempts >= KILLED_OFTEN:
        _fail(work, "job_broke", {"what": "killed", "work": work.pk})
        return
    by = SYSTEM if role == SYSTEM.role and username == SYSTEM.username else officer_of(username, role)
    try:
        if by == NOBODY:
            raise Refusal("job_no_officer", username=username)
        with reporting(work=work) as progress:
            result = function(by=by, progress=progress, **arguments)
    except Cancelled:
        advance_work(work=work, state=Work.State.CANCELLED, step="")  # the action was rolled back whole
    except Refusal as refusal:
        if refusal.code in PASSING_REFUSALS and attempts + 1 < ATTEMPTS:
            advance_work(work=work, state=Work.State.WAITING, step="again")
            raise ConnectionError(str(refusal)) from refusal
        _fail(work, refusal.code, refusal.params)
    except Exception as fault:
        if isinstance(fault, PASSING) and attempts + 1 < ATTEMPTS:
            advance_work(work=work, state=Work.State.WAITING, step="again")
            raise
        logger.exception("%s (work %s) broke", work.name, work.pk)
        _fail(work, "job_broke", {"what": type(fault).__name__, "work": work.pk})
        raise
    else:
        advance_work(work=work, state=Work.State.DONE, step="", result=result)


def _fail(work: Work, code: str, params: dict[str, Any]) -> None:
    """Why it failed: the code for the screen, which knows the reader's language; both languages for everyone else."""
    params = {name: str(value) for name, value in params.items()}
    text = f"{say(code, 'bn', **params)}\n{say(code, 'en', **params)}"
    advance_work(work=work, state=Work.State.FAILED, error=text, result={"refusal": {"code": code, "params": params}})
