"""Write the instruction files of an approved payroll and send them to the bank."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from shohay.adapters.banks import demo_bank
from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.payments import actions as payments
from shohay.stages.payments.models import Payroll


@step("send_files")
def send_files(*, payroll_id: int, by: Officer, progress: Progress) -> dict[str, Any]:
    payroll = Payroll.objects.get(pk=payroll_id)
    bank = demo_bank(settings.BANK_URL, settings.VAR)
    files = payments.write_files(payroll=payroll, by=by)
    for number, file in enumerate(files, start=1):
        payments.send(payment_file=file, bank=bank, by=by)
        progress("send", number, len(files))
    return {"payroll": payroll.pk, "files": len(files)}
