"""Proposing how a quota is shared, and a second officer's decision, which sets the quotas."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from shohay.core.allocation import Document, Figure, Row
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.targeting import queries_allocation as queries
from shohay.stages.targeting.models import Allocation, AllocationRow, Quota


def propose_allocation(*, document: Document, by: Officer) -> Allocation:
    """Share the quota as the document says and keep the shares; they are in force when another officer approves.

    An area that has a quota but takes no part gets none. Refuses what core.allocation refuses, and allocation_waiting.
    """
    by.require("quota.set", programme=document.programme)
    found = queries.preview(document, by)
    with transaction.atomic():
        waiting = Allocation.objects.filter(programme_code=document.programme, fiscal_year=document.fiscal_year)
        if waiting.filter(state=Allocation.State.PROPOSED).exists():
            raise Refusal("allocation_waiting", programme=document.programme, year=document.fiscal_year)
        made = Allocation.objects.create(
            programme_code=document.programme, fiscal_year=document.fiscal_year, document=document.as_json(),
            sha256=document.sha256, slots=found.slots, run=found.run, proposed_by=by.username,
            proposed_at=timezone.now(),
        )  # fmt: skip
        rows = [_row(made, row, found.now) for row in found.rows]
        rows += [
            AllocationRow(allocation=made, area_code=code, places=0, state="nobody", exact=0, floor=0, persons=0,
                          now=found.now[code])
            for code in found.beside
        ]  # fmt: skip
        AllocationRow.objects.bulk_create(rows)
        record(
            action="allocation.proposed", by=by, subject=("allocation", made.pk), programme_code=made.programme_code,
            detail={"year": made.fiscal_year, "areas": len(rows), "slots": made.slots, "document": made.sha256},
        )  # fmt: skip
    return made


def _row(made: Allocation, row: Row, now: dict[str, int]) -> AllocationRow:
    return AllocationRow(
        allocation=made, area_code=row.code, places=row.places, state=row.state, exact=float(row.exact),
        floor=row.floor, ceiling=row.ceiling, persons=row.place.persons, eligible=row.place.eligible,
        before=row.place.before, now=now.get(row.code), notes=[list(note) for note in row.notes],
        figures={name: _figure(figure) for name, figure in row.place.figures.items()},
    )  # fmt: skip


def _figure(figure: Figure) -> dict[str, Any]:
    return {"value": str(figure.value), "origin": figure.origin, "year": figure.year, "source": figure.source,
            "shared": figure.shared}  # fmt: skip


def approve_allocation(*, allocation: Allocation, by: Officer) -> Allocation:
    """A second officer approves: the rows become the quotas. Refused when a quota was changed after the proposal."""
    by.require("quota.approve", programme=allocation.programme_code)
    with transaction.atomic():
        made = _waiting(allocation, by)
        rows = list(AllocationRow.objects.filter(allocation=made).order_by("area_code"))
        _refuse_stale(made, rows)
        with connection.cursor() as cursor:
            cursor.execute(PUT, [made.pk])
        made.state, made.decided_by, made.decided_at = Allocation.State.APPROVED, by.username, timezone.now()
        made.save(update_fields=["state", "decided_by", "decided_at"])
        record(
            action="allocation.approved", by=by, subject=("allocation", made.pk), programme_code=made.programme_code,
            detail={"year": made.fiscal_year, "areas": len(rows), "slots": made.slots},
        )  # fmt: skip
    return made


PUT = """
insert into targeting_quota (programme_code, fiscal_year, area_code, slots, set_by)
select a.programme_code, a.fiscal_year, r.area_code, r.places, a.proposed_by
from targeting_allocation a join targeting_allocationrow r on r.allocation_id = a.id where a.id = %s
order by r.area_code
on conflict (programme_code, fiscal_year, area_code) do update set slots = excluded.slots, set_by = excluded.set_by
"""


def _refuse_stale(made: Allocation, rows: list[AllocationRow]) -> None:
    """What was compared must still stand: another quota may have been set by hand meanwhile."""
    found = Quota.objects.filter(programme_code=made.programme_code, fiscal_year=made.fiscal_year)
    now = dict(found.select_for_update().values_list("area_code", "slots"))
    changed = [row.area_code for row in rows if now.get(row.area_code) != row.now]
    if changed:
        raise Refusal("allocation_stale", areas=", ".join(changed[:10]) + (" …" if len(changed) > 10 else ""))


def return_allocation(*, allocation: Allocation, reason: str, by: Officer) -> Allocation:
    """Send a proposed allocation back with a reason; another may then be proposed."""
    by.require("quota.approve", programme=allocation.programme_code)
    if not reason.strip():
        raise Refusal("reason_missing")
    with transaction.atomic():
        made = _waiting(allocation, by)
        made.state, made.decided_by, made.decided_at = Allocation.State.RETURNED, by.username, timezone.now()
        made.note = reason.strip()
        made.save(update_fields=["state", "decided_by", "decided_at", "note"])
        record(
            action="allocation.returned", by=by, subject=("allocation", made.pk), programme_code=made.programme_code,
            reason=made.note,
        )  # fmt: skip
    return made


def _waiting(allocation: Allocation, by: Officer) -> Allocation:
    """The allocation, locked against a second decision at the same moment; refused unless it waits for ``by``."""
    made = Allocation.objects.select_for_update().get(pk=allocation.pk)
    if made.state != Allocation.State.PROPOSED:
        raise Refusal("allocation_not_waiting", state=made.state)
    if made.proposed_by == by.username:
        raise Refusal("same_person")
    return made
