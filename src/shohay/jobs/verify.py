"""Asking an outside party about the people of an area; runs that a silent party put down go on by the clock."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from shohay.adapters.ports import port_of
from shohay.jobs.running import Progress, start, step
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.registry.models_verification import VerificationRun
from shohay.stages.registry.verifying import go_on


@step("verify")
def verify(*, run_id: int, by: Officer, progress: Progress) -> dict[str, Any]:
    """One run to its end, or to a pause."""
    run = VerificationRun.objects.get(pk=run_id)
    port = port_of(run.party, urls=settings.PARTY_URLS, key=settings.PARTY_KEY, hash_key=settings.SIM_HASH_KEY)
    return go_on(run=run, port=port, by=by, progress=progress)


@app.periodic(cron="* * * * *")
@app.task(name="take_up_verifications", queue="upkeep", queueing_lock="take_up_verifications", pass_context=True)
def take_up_verifications(context: JobContext, timestamp: int) -> None:
    """Runs whose time has come go on."""
    take_up()


def take_up() -> list[int]:
    """Queue every paused run whose time has come, on behalf of the system; their numbers."""
    due = VerificationRun.objects.filter(state="paused", resume_at__lte=timezone.now()).order_by("resume_at")
    taken = []
    for run in due:
        start("verify", by=SYSTEM, subject=str(run.pk), run_id=run.pk)
        taken.append(run.pk)
    return taken
