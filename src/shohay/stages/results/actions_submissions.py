"""Submitting the values that an office reports, and verifying or returning them by another office."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from shohay.core.indicator_documents import Indicator as Document
from shohay.core.messages import Refusal
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit import actions_evidence
from shohay.stages.audit import queries as audit
from shohay.stages.audit.actions import record
from shohay.stages.results.models_values import Submission
from shohay.stages.results.queries_submissions import document_of

Evidence = tuple[str, bytes, str]  # file name, bytes, title
SUBJECT = "indicator_value"  # what the evidence is about: web.office.evidence knows who may see it
State = Submission.State


def submit(
    *,
    code: str,
    fiscal_year: str,
    ministry: str,
    numerator: float,
    denominator: float,
    measured_on: date,
    source: str,
    note: str = "",
    based_on: int | None = None,
    evidence: Evidence | None = None,
    example: bool = False,
    by: Officer,
) -> Submission:
    """Report a value: a new version. Nothing that anybody sent is overwritten.

    ``based_on`` is the newest version that the writer had seen (None: not asked). When another came meanwhile, this
    one is kept beside it (``unaware_of``), and whoever verifies sees both; otherwise it takes the place of versions
    still waiting. ``example``: invented, never published. Raises indicator_*.
    """
    by.require("indicator.submit", ministry=ministry)
    document = _reported(code, fiscal_year, ministry)
    value = _value(document, numerator, denominator)
    _told(source, measured_on)
    with transaction.atomic():
        mine = list(_locked(code, fiscal_year, ministry))
        newest = mine[-1].version if mine else 0
        clash = newest if based_on is not None and newest > based_on else None
        if clash is None:
            _supersede([row for row in mine if row.state == State.SUBMITTED])
        row = Submission.objects.create(
            code=code, fiscal_year=fiscal_year, ministry_code=ministry, version=newest + 1, numerator=numerator,
            denominator=denominator, value=value, measured_on=measured_on, source=source.strip()[:300],
            note=note.strip()[:1000], unaware_of=clash, example=example, submitted_by=by.username,
            submitted_role=by.role, submitted_at=timezone.now(),
        )  # fmt: skip
        _attach(row, evidence, by)
        _note("submission.sent", row, by, unaware_of=clash)
    return row


def _attach(row: Submission, evidence: Evidence | None, by: Officer) -> None:
    if evidence is not None:
        name, data, title = evidence
        actions_evidence.attach(data=data, file_name=name, title=title, subject=(SUBJECT, row.pk), by=by)


def _told(source: str, measured_on: date) -> None:
    """Refuse a figure without its source, or of a day to come."""
    if not source.strip():
        raise Refusal("indicator_source")
    if measured_on > timezone.localdate():
        raise Refusal("indicator_day", day=measured_on)


def _locked(code: str, fiscal_year: str, ministry: str) -> Any:
    """The versions so far, held until the transaction ends: two senders at once come one after the other."""
    with connection.cursor() as cursor:  # there may be no row yet to lock
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 4))", [f"{code}|{fiscal_year}|{ministry}"])
    return Submission.objects.filter(code=code, fiscal_year=fiscal_year, ministry_code=ministry).order_by("version")


def _reported(code: str, fiscal_year: str, ministry: str) -> Document:
    """The indicator, where this office reports it."""
    document = document_of(code)
    if document is None:
        raise Refusal("indicator_unknown", code=code)
    if document.source == "computed":
        raise Refusal("indicator_is_computed", code=code)
    if ministry not in document.reported_by:
        raise Refusal("indicator_not_yours", code=code, offices=", ".join(document.reported_by))
    try:
        FiscalYear.parse(fiscal_year)
    except ValueError:
        raise Refusal("indicator_year", year=fiscal_year) from None
    return document


def _value(document: Document, numerator: float, denominator: float) -> float | None:
    for number in (numerator, denominator):
        if not math.isfinite(number) or number < 0:
            raise Refusal("indicator_number", value=number)
    if denominator == 0 and numerator != 0:
        raise Refusal("indicator_zero")
    if document.is_share and numerator > denominator:
        raise Refusal("indicator_share", numerator=f"{numerator:g}", denominator=f"{denominator:g}")
    return document.value(numerator, denominator)


def verify(*, submission: Submission, by: Officer) -> Submission:
    """A second office confirms the value: it counts from now on; waiting and earlier verified versions give way.

    Raises submission_decided, submission_same_person, submission_no_evidence.
    """
    with transaction.atomic():
        row = _open(submission, by)
        if not audit.evidence_of(SUBJECT, str(row.pk)):
            raise Refusal("submission_no_evidence")
        others = Submission.objects.filter(
            code=row.code, fiscal_year=row.fiscal_year, ministry_code=row.ministry_code,
            state__in=(State.SUBMITTED, State.VERIFIED),
        ).exclude(pk=row.pk)  # fmt: skip
        _supersede(list(others))
        _decide(row, State.VERIFIED, "", by)
        _note("submission.verified", row, by)
    return row


def return_(*, submission: Submission, reason: str, by: Officer) -> Submission:
    """A second office sends it back, with the reason. Raises submission_reason and as ``verify``."""
    with transaction.atomic():
        row = _open(submission, by)
        if not reason.strip():
            raise Refusal("submission_reason")
        _decide(row, State.RETURNED, reason.strip()[:1000], by)
        _note("submission.returned", row, by, reason=row.reason)
    return row


def _open(submission: Submission, by: Officer) -> Submission:
    by.require("indicator.verify")
    row = Submission.objects.select_for_update().get(pk=submission.pk)
    if row.state != State.SUBMITTED:
        raise Refusal("submission_decided", code=row.code, by=row.decided_by or "-")
    if by.username == row.submitted_by or by.role == row.submitted_role:
        raise Refusal("submission_same_person")
    return row


def _decide(row: Submission, state: str, reason: str, by: Officer) -> None:
    row.state, row.reason, row.decided_by, row.decided_role = state, reason, by.username, by.role
    row.decided_at = timezone.now()
    row.save(update_fields=["state", "reason", "decided_by", "decided_role", "decided_at"])


def _supersede(rows: list[Submission]) -> None:
    """Give way to another version; who had decided about them, and when, stays."""
    Submission.objects.filter(pk__in=[row.pk for row in rows]).update(state=State.SUPERSEDED)


def _note(action: str, row: Submission, by: Officer, **more: object) -> None:
    record(
        action=action, by=by, subject=(SUBJECT, row.pk),
        detail={"code": row.code, "fiscal_year": row.fiscal_year, "ministry": row.ministry_code,
                "version": row.version, "value": row.value, **more},
    )  # fmt: skip
