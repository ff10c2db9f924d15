"""The lists of rations of a month."""

from __future__ import annotations

from typing import Any

from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.payments import actions_kind
from shohay.stages.payments.models import Cycle


@step("prepare_distributions")
def prepare_distributions(*, cycle_id: int, by: Officer, progress: Progress, occasion: str = "") -> dict[str, Any]:
    cycle = Cycle.objects.get(pk=cycle_id)
    made = actions_kind.prepare_distributions(cycle=cycle, occasion=occasion, by=by, progress=progress)
    return {"cycle": cycle.pk, "lists": len(made), "rations": sum(one.rations for one in made)}
