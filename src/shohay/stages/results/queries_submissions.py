"""Reading submissions: what is due from whom, what came, what waits for verification, and who never sent anything."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from shohay.core.indicator_documents import Indicator as Document
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.results.models import Indicator
from shohay.stages.results.models_values import Submission

DUE_MONTH, DUE_DAY = 9, 30  # a report on a fiscal year is due on 30 September after it


class Due(NamedTuple):
    """One report that an office owes: of an indicator, for a fiscal year. ``came_on`` None: not yet, or never."""

    code: str
    name_bn: str
    name_en: str
    fiscal_year: str
    ministry_code: str
    due_on: date
    came_on: date | None
    state: str  # of the newest version; '' when none came

    @property
    def in_time(self) -> bool:
        return self.came_on is not None and self.came_on <= self.due_on

    def missing_on(self, day: date) -> bool:
        return self.came_on is None and self.due_on < day


def document_of(code: str) -> Document | None:
    """The document of an indicator as it was loaded."""
    row = Indicator.objects.filter(code=code).first()
    return document(row) if row else None


def documents() -> list[Document]:
    """Every indicator as it was loaded, by code."""
    return [document(row) for row in Indicator.objects.order_by("code")]


def document(row: Indicator) -> Document:
    return Document.model_validate({key: value for key, value in row.document.items() if key != "sha256"})


def due_on(fiscal_year: str) -> date:
    """The day on which reports on the year are due."""
    return date(FiscalYear.parse(fiscal_year).starts + 1, DUE_MONTH, DUE_DAY)


def obligations(fiscal_year: str, ministry: str = "") -> list[Due]:
    """Every report that is owed for the year, with what came of it; by indicator and office."""
    came: dict[tuple[str, str], list[Submission]] = {}
    for row in Submission.objects.filter(fiscal_year=fiscal_year).order_by("id"):
        came.setdefault((row.code, row.ministry_code), []).append(row)
    found, day = [], due_on(fiscal_year)
    for indicator in Indicator.objects.order_by("code"):
        for office in indicator.document.get("reported_by") or ():
            if ministry and office != ministry:
                continue
            rows = came.get((indicator.code, office), [])
            first = timezone.localdate(rows[0].submitted_at) if rows else None
            found.append(
                Due(indicator.code, indicator.name_bn, indicator.name_en, fiscal_year, office, day, first,
                    rows[-1].state if rows else "")
            )  # fmt: skip
    return found


def missing(officer: Officer, fiscal_year: str, on: date) -> list[Due]:
    """Reports past their day that never came, of the officer's ministries."""
    return [
        one for one in obligations(fiscal_year) if one.missing_on(on) and officer.covers(ministry=one.ministry_code)
    ]


def owed(officer: Officer, fiscal_year: str) -> list[Due]:
    """The reports that the officer's ministries owe for the year."""
    return [one for one in obligations(fiscal_year) if officer.covers(ministry=one.ministry_code)]


def versions(code: str, fiscal_year: str = "", ministry: str | None = None) -> QuerySet[Submission]:
    """All versions of an indicator's submissions, the newest first. Statistics are no secret within the office."""
    rows = Submission.objects.filter(code=code)
    rows = rows.filter(fiscal_year=fiscal_year) if fiscal_year else rows
    rows = rows.filter(ministry_code=ministry) if ministry is not None else rows
    return rows.order_by("-fiscal_year", "ministry_code", "-version")


def newest(code: str, fiscal_year: str, ministry: str) -> int:
    """The number of the newest version; 0 before the first. A form carries it, so that a clash is seen."""
    found = Submission.objects.filter(code=code, fiscal_year=fiscal_year, ministry_code=ministry)
    row = found.order_by("-version").first()
    return row.version if row else 0


def waiting(officer: Officer) -> QuerySet[Submission]:
    """What the officer could verify: sent, not by them, nor by somebody of the same kind of office."""
    rows = Submission.objects.filter(state="submitted")
    if officer.role != "system":
        rows = rows.exclude(submitted_by=officer.username).exclude(submitted_role=officer.role)
    return rows.order_by("submitted_at", "id")


def beside(row: Submission) -> QuerySet[Submission]:
    """The other versions that wait for the same decision: two people wrote at the same time."""
    return Submission.objects.filter(
        code=row.code, fiscal_year=row.fiscal_year, ministry_code=row.ministry_code, state="submitted"
    ).exclude(pk=row.pk)


def names_of(codes: set[str]) -> dict[str, dict[str, Any]]:
    """Code -> {"bn", "en", "unit"} of indicators."""
    rows = Indicator.objects.filter(code__in=codes)
    return {row.code: {"bn": row.name_bn, "en": row.name_en, "unit": row.document.get("unit", "")} for row in rows}
