"""Fetch what the bank has answered; each message is applied once."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from shohay.adapters.banks import demo_bank
from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.payments import actions as payments


@step("take_answers")
def take_answers(*, by: Officer, progress: Progress) -> dict[str, Any]:
    progress("answers", 0, 0)
    taken = payments.take_answers(bank=demo_bank(settings.BANK_URL, settings.VAR), by=by)
    return {"answers": taken}
