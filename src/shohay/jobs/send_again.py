"""Write the instruction files of an approved supplement and send them to the bank."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from shohay.adapters.banks import demo_bank
from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.payments import actions_again
from shohay.stages.payments.models_again import Supplement


@step("send_again")
def send_again(*, supplement_id: int, by: Officer, progress: Progress) -> dict[str, Any]:
    bank = demo_bank(settings.BANK_URL, settings.VAR)
    files = actions_again.write_again(supplement=Supplement.objects.get(pk=supplement_id), by=by)
    for number, file in enumerate(files, start=1):
        actions_again.send_again(file=file, bank=bank, by=by)
        progress("send", number, len(files))
    return {"supplement": supplement_id, "files": len(files)}
