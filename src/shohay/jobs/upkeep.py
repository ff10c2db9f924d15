"""What the worker does by the clock: take up what a killed worker left, and clear away what nobody needs."""

from __future__ import annotations

import shutil
import time

from django.conf import settings
from procrastinate import JobContext
from procrastinate.contrib.django import app

STALLED_AFTER = 30  # seconds without a sign of life of the worker that had the job
KEEP_HOURS = 24 * 30  # finished jobs; what they did stays in audit.Work and in the audit log
KEEP_FILES = 24 * 3600  # seconds; younger ones may belong to work under way


@app.periodic(cron="* * * * *")
@app.task(name="take_up_stalled", queue="upkeep", queueing_lock="take_up_stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Jobs of a worker that was killed go back into the queue; actions are whole or not done, so nothing is doubled."""
    await requeue(STALLED_AFTER)


async def requeue(seconds: float) -> int:
    """Queue again every job whose worker has been silent for ``seconds``; how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds))
    for job in stalled:
        await app.job_manager.retry_job(job)
    return len(stalled)


@app.periodic(cron="30 3 * * *")
@app.task(name="clear_away", queue="upkeep", queueing_lock="clear_away", pass_context=True)
async def clear_away(context: JobContext, timestamp: int) -> None:
    """Old finished jobs, and half-made files of commands that were killed."""
    await app.job_manager.delete_old_jobs(nb_hours=KEEP_HOURS, include_failed=True, include_cancelled=True)
    clear_files()


def clear_files() -> int:
    """Remove what is left in VAR/tmp, and lists handed out as files, older than a day; how many."""
    removed = 0
    for path in [*(settings.VAR / "tmp").glob("*"), *(settings.VAR / "exports").glob("*")]:
        if time.time() - path.stat().st_mtime < KEEP_FILES:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
        removed += 1
    return removed
