"""The ministries' sheets: read and shown first, then taken as updates that wait for verification."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from shohay.bulk.plan_rows import read_rows
from shohay.bulk.plan_sheets import open_table
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.coordination.actions_plan import Saying, submit_row
from shohay.stages.coordination.models_plan import PlanImport
from shohay.stages.coordination.queries_plan_work import known, ministry_of, versions


def read_sheet(*, ministry: str, data: bytes, file_name: str, by: Officer) -> PlanImport:
    """What a sheet says, row by row, with the errors; nothing is taken yet. The same file again: what was read before.

    A file that was read but not taken is read anew: the plan may have changed since. Raises not_allowed,
    plan_ministry_unknown and what opening the sheet raises.
    """
    by.require("plan.import", ministry=ministry)
    ministry_of(ministry)
    digest = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        before = PlanImport.objects.select_for_update().filter(ministry=ministry, sha256=digest).first()
        if before and before.state == PlanImport.State.TAKEN:
            record(action="plan.sheet_read", subject=("plan_sheet", before.pk), detail={"again": True}, by=by)
            return before
        table = open_table(data)
        read = read_rows(table, known(ministry, timezone.localdate()))
        bases = versions(ministry)
        values: dict[str, Any] = {
            "file_name": file_name[:150], "rows": [{**row, "base": bases.get(row["code"], 0)} for row in read.rows],
            "errors": read.errors, "read_by": by.username,
            "found": {"sheet": table.grid.name, "line": table.first, "columns": sorted(table.places),
                      "unknown": table.unknown[:40], "left": read.left},
        }  # fmt: skip
        sheet, _new = PlanImport.objects.update_or_create(ministry_id=ministry, sha256=digest, defaults=values)
        record(
            action="plan.sheet_read", subject=("plan_sheet", sheet.pk), by=by,
            detail={"ministry": ministry, "sha256": digest, "rows": len(read.rows), "errors": len(read.errors)},
        )  # fmt: skip
    return sheet


def take_sheet(*, sheet: int, by: Officer) -> PlanImport:
    """Each good row becomes an update that waits; a row of an item that changed meanwhile becomes an error.

    Raises not_allowed, plan_sheet_taken, plan_sheet_nothing.
    """
    with transaction.atomic():
        row = PlanImport.objects.select_for_update().get(pk=sheet)
        by.require("plan.import", ministry=row.ministry_id)
        if row.state == PlanImport.State.TAKEN:
            raise Refusal("plan_sheet_taken", at=timezone.localtime(row.taken_at))
        if not row.rows:
            raise Refusal("plan_sheet_nothing")
        bases: dict[str, int] = {}  # two periods of one item are two rows: the second follows the first's version
        good = [one for one in row.rows if _take(one, row, bases, by)]
        if not good:
            raise Refusal("plan_sheet_nothing")
        row.state, row.taken_by, row.taken_at = PlanImport.State.TAKEN, by.username, timezone.now()
        row.rows = good
        row.save(update_fields=["state", "taken_by", "taken_at", "rows", "errors"])
        record(
            action="plan.sheet_taken", subject=("plan_sheet", row.pk), by=by,
            detail={"ministry": row.ministry_id, "rows": len(good), "errors": len(row.errors)},
        )  # fmt: skip
    return row


def _take(one: dict[str, Any], sheet: PlanImport, bases: dict[str, int], by: Officer) -> bool:
    """One row as an update; False, with an error in the sheet, where it cannot be taken any more."""
    done_on = date.fromisoformat(one["done_on"]) if one["done_on"] else None
    saying = Saying(
        one["claim"], one["percent"], one["milestone"], done_on, one["text_bn"], one["text_en"], one["obligation"]
    )
    base = bases.get(one["code"], one["base"])
    try:
        with transaction.atomic():
            update = submit_row(item=one["code"], saying=saying, base=base, sheet=sheet, by=by)
    except Refusal as refusal:
        code = "plan_row_changed" if refusal.code == "plan_update_changed" else refusal.code
        params = {name: str(value) for name, value in refusal.params.items()} if code == refusal.code else {}
        sheet.errors.append(
            {"line": one["line"], "column": "code", "value": one["code"], "code": code, "params": params}
        )
        return False
    bases[one["code"]] = update.version
    return True
