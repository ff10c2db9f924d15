"""Ends and moves that the registry makes necessary, for all enrolments of the officer's areas and programmes."""

from __future__ import annotations

from datetime import date
from typing import Any

from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.enrolment import actions_transitions as transitions
from shohay.stages.payments import queries as payments


@step("find_transitions")
def find_transitions(*, by: Officer, progress: Progress, on: str) -> dict[str, Any]:
    """``on`` (ISO) is the day on which the rules are asked; no move begins inside a period whose cycle is open."""
    made = transitions.propose_transitions(
        on=date.fromisoformat(on), until=payments.paid_until(), progress=progress, by=by
    )
    return {"batches": made.batches, "rows": made.rows, "asked": made.asked}
