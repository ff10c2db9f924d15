"""The payments of a cycle in an area."""

from __future__ import annotations

from typing import Any

from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.payments import actions as payments
from shohay.stages.payments.models import Cycle


@step("prepare_payroll")
def prepare_payroll(*, cycle_id: int, by: Officer, progress: Progress, area_code: str = "") -> dict[str, Any]:
    cycle = Cycle.objects.get(pk=cycle_id)
    payroll = payments.prepare_payroll(cycle=cycle, area_code=area_code, by=by, progress=progress)
    return {"payroll": payroll.pk, "lines": payroll.lines, "amount_poisha": payroll.amount_poisha}
