"""Budget figures: submitted by one officer, line by line or as a sheet, verified or refused by another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from shohay.bulk import budget_sheet
from shohay.core.messages import Refusal
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.programmes.models import Programme
from shohay.stages.programmes.models_budget import BudgetLine

MONEY = ("allocation_poisha", "revised_poisha", "actual_poisha", "released_poisha")
FIGURES = (*MONEY, "beneficiaries", "reached", "planned_release_on", "released_on")


@dataclass
class Imported:
    """What a sheet brought: lines submitted, rows equal to what stands already, and what is wrong in which row."""

    submitted: int = 0
    unchanged: int = 0
    errors: list[budget_sheet.Wrong] = field(default_factory=list)


def submit_line(
    *, programme: str, fiscal_year: str, figures: dict[str, Any], source: str, example: bool = False, by: Officer
) -> BudgetLine:
    """Submit a programme's money of a year (keys: FIGURES, money in poisha). It waits for another officer.

    Raises budget_programme_unknown, not_allowed, budget_year_wrong, budget_amount_wrong, budget_source_missing.
    """
    row = Programme.objects.filter(pk=programme).first()
    if row is None:
        by.require("budget.submit")
        raise Refusal("budget_programme_unknown", code=programme)
    by.require("budget.submit", ministry=row.ministry_id)
    year = _year(fiscal_year)
    if not source.strip():
        raise Refusal("budget_source_missing")
    _check(figures)
    with transaction.atomic():
        line = _submit(row, year, figures, source, example, by)
        record(
            action="budget.submitted", by=by, subject=("budget_line", line.pk), programme_code=row.code,
            detail={"fiscal_year": year, **{name: figures.get(name) for name in MONEY}},
        )  # fmt: skip
    return line


def import_lines(*, data: bytes, file_name: str, source: str, example: bool = False, by: Officer) -> Imported:
    """Submit every good row of a sheet; the others are told with line, column and reason.

    Rows of programmes outside the officer's ministries are errors of their rows. Raises budget_file_kind,
    budget_header_missing, budget_file_long, budget_source_missing, not_allowed.
    """
    by.require("budget.submit")
    if not source.strip():
        raise Refusal("budget_source_missing")
    sheet = budget_sheet.read(data)
    told = Imported(errors=list(sheet.errors))
    programmes = Programme.objects.in_bulk([row.programme for row in sheet.rows])
    with transaction.atomic():
        for row in sheet.rows:
            programme = programmes.get(row.programme)
            reason = _unfit(programme, by)
            if programme is None or reason:
                told.errors.append(budget_sheet.Wrong(row.line, "programme", row.programme, reason))
                continue
            figures = _figures(row)
            if _stands(programme, row.fiscal_year, figures):
                told.unchanged += 1
                continue
            _submit(programme, row.fiscal_year, figures, source, example, by)
            told.submitted += 1
        told.errors.sort()
        record(
            action="budget.imported", by=by, subject=("budget_sheet", hashlib.sha256(data).hexdigest()[:16]),
            detail={"file": file_name[:150], "sha256": hashlib.sha256(data).hexdigest(), "submitted": told.submitted,
                    "unchanged": told.unchanged, "errors": len(told.errors)},
        )  # fmt: skip
    return told


def verify_lines(*, lines: list[int], by: Officer) -> int:
    """Verify submitted lines; each takes the place of the one verified before. How many.

    All or none. Raises not_allowed, budget_line_missing, budget_own_line.
    """
    by.require("budget.verify")
    with transaction.atomic():
        rows = _waiting(lines, by)
        if any(row.submitted_by == by.username for row in rows):
            raise Refusal("budget_own_line")
        now = timezone.now()
        for row in rows:
            BudgetLine.objects.filter(
                programme_id=row.programme_id, fiscal_year=row.fiscal_year, state=BudgetLine.State.VERIFIED
            ).update(state=BudgetLine.State.REPLACED)
            row.state, row.decided_by, row.decided_at = BudgetLine.State.VERIFIED, by.username, now
            row.save(update_fields=["state", "decided_by", "decided_at"])
        record(
            action="budget.verified", by=by, subject=("budget_line", rows[0].pk if len(rows) == 1 else ""),
            detail={"lines": [row.pk for row in rows], "programmes": [row.programme_id for row in rows]},
        )  # fmt: skip
    return len(rows)


def refuse_line(*, line: int, reason: str, by: Officer) -> BudgetLine:
    """Send a submitted line back. Raises not_allowed, budget_line_missing, budget_own_line, budget_reason_missing."""
    by.require("budget.verify")
    if not reason.strip():
        raise Refusal("budget_reason_missing")
    with transaction.atomic():
        (row,) = _waiting([line], by)
        if row.submitted_by == by.username:
            raise Refusal("budget_own_line")
        row.state, row.decided_by, row.decided_at = BudgetLine.State.REFUSED, by.username, timezone.now()
        row.reason = reason.strip()[:500]
        row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
        record(
            action="budget.refused", by=by, subject=("budget_line", row.pk), programme_code=row.programme_id,
            reason=row.reason,
        )  # fmt: skip
    return row


def _waiting(lines: list[int], by: Officer) -> list[BudgetLine]:
    """The lines, locked; Refusal unless all of them wait and are of the officer's ministries."""
    rows = list(
        BudgetLine.objects.select_for_update()
        .filter(by.ministry_filter("programme__ministry_id"), pk__in=lines, state=BudgetLine.State.SUBMITTED)
        .order_by("pk")
    )
    if not rows or len(rows) != len(set(lines)):
        raise Refusal("budget_line_missing")
    return rows


def _submit(
    programme: Programme, year: str, figures: dict[str, Any], source: str, example: bool, by: Officer
) -> BudgetLine:
    waiting = BudgetLine.objects.filter(programme=programme, fiscal_year=year, state=BudgetLine.State.SUBMITTED)
    waiting.update(state=BudgetLine.State.REPLACED)
    return BudgetLine.objects.create(
        programme=programme, fiscal_year=year, source=source.strip()[:200], example=example, submitted_by=by.username,
        submitted_at=timezone.now(), **{name: figures.get(name) for name in FIGURES},
    )  # fmt: skip


def _stands(programme: Programme, year: str, figures: dict[str, Any]) -> bool:
    """Whether the newest line of the year, waiting or verified, says the same."""
    newest = (
        BudgetLine.objects.filter(programme=programme, fiscal_year=year, state__in=("submitted", "verified"))
        .order_by("-id")
        .first()
    )
    return newest is not None and all(getattr(newest, name) == figures.get(name) for name in FIGURES)


def _figures(row: budget_sheet.Row) -> dict[str, Any]:
    return {
        "allocation_poisha": row.allocation, "revised_poisha": row.revised, "actual_poisha": row.actual,
        "released_poisha": row.released, "beneficiaries": row.beneficiaries, "reached": row.reached,
        "planned_release_on": row.planned_release_on, "released_on": row.released_on,
    }  # fmt: skip


def _unfit(programme: Programme | None, by: Officer) -> str:
    """Why this officer cannot submit the row: the code of the reason, or ''."""
    if programme is None:
        return "unknown_programme"
    return "" if by.covers(ministry=programme.ministry_id) else "other_ministry"


def _check(figures: dict[str, Any]) -> None:
    amounts = [figures.get(name) for name in (*MONEY, "beneficiaries", "reached")]
    if figures.get("allocation_poisha") is None or any(amount is not None and amount < 0 for amount in amounts):
        raise Refusal("budget_amount_wrong")


def _year(said: str) -> str:
    try:
        return str(FiscalYear.parse(said))
    except ValueError as error:
        raise Refusal("budget_year_wrong", value=said[:20]) from error
