"""Each night: ministries are reminded of what is late, missed or soon due. Once a month an item and ministry."""

from __future__ import annotations

from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app

from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.coordination.actions_plan import remind


@app.periodic(cron="15 1 * * *")
@app.task(name="remind_ministries", queue="upkeep", queueing_lock="remind_ministries", pass_context=True)
def remind_ministries(context: JobContext, timestamp: int) -> None:
    """What became late since the first of the month is reminded of too; nothing is said twice in a month."""
    remind(on=timezone.localdate(), by=SYSTEM)
