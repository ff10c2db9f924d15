"""How often each fact is missing in a snapshot, the newest one when none is named."""

from __future__ import annotations

from typing import Any

from shohay.core.messages import Refusal
from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.registry import actions_facts, queries, queries_facts


@step("measure_facts")
def measure_facts(*, by: Officer, progress: Progress, snapshot_id: int = 0) -> dict[str, Any]:
    named = queries.snapshots().filter(pk=snapshot_id).first() if snapshot_id else queries_facts.newest_snapshot()
    if named is None:
        raise Refusal("facts_no_snapshot")
    measured = actions_facts.measure_facts(snapshot=named, by=by, progress=progress)
    return {"facts": measured.pk, "rows": measured.figures["rows"]}
