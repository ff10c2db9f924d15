"""A programme's own list of beneficiaries: matched to registered people, accepted or refused by another officer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from shohay.bulk import declared as bulk
from shohay.bulk.copying import copy_in
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.intake import queries as intake
from shohay.stages.intake.models import Upload
from shohay.stages.registry import declared_sql as sql
from shohay.stages.registry import queries
from shohay.stages.registry.actions import _admissible
from shohay.stages.registry.models_declared import Declared
from shohay.stages.registry.said import keep_said


def declare(*, upload: Upload, by: Officer) -> dict[str, int]:
    """Match the rows of a checked beneficiary list, set-based; who was found waits for review, the others come back.

    Found by number, else by name key, birth date and union where one person fits. Nobody is enrolled.
    """
    by.require("upload.create", area=upload.area_code or None)
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload.pk)
        if upload.state == Upload.State.ADMITTED:
            return dict(upload.counts)
        _admissible(upload)
        path = intake.stored(upload).with_suffix(".declared.csv")
        try:
            bulk.rows_csv(good=intake.good_rows(upload), ring=queries.key_ring(), out=path)
            with connection.cursor() as cursor:
                cursor.execute(sql.CREATE)
                copy_in(cursor, "listed", list(bulk.LISTED), path)
                cursor.execute(sql.FOUND)
                cursor.execute(sql.NOT_FOUND)
                given: dict[str, Any] = {"upload": str(upload.pk), "by": by.username, "at": timezone.now()}
                cursor.execute(sql.KEEP, given)
                matched = cursor.rowcount
                cursor.execute(sql.ALREADY, given)
                counts = {"declared": matched, "unmatched": keep_said(cursor, upload)}
        finally:
            path.unlink(missing_ok=True)
        upload.state, upload.admitted_at, upload.counts = Upload.State.ADMITTED, timezone.now(), counts
        upload.save()
        record(
            action="beneficiaries.declared", by=by, subject=("upload", upload.pk), area_code=upload.area_code,
            detail=counts,
        )  # fmt: skip
    return counts


def review(*, upload: Upload, accept: bool, rows: Sequence[int] = (), reason: str = "", by: Officer) -> int:
    """Accept or refuse ``rows`` of a list, or all that wait; how many. Accepted ones count as held from now on.

    Raises not_allowed, same_person, reason_missing (of a refusal).
    """
    by.require("event.approve", area=upload.area_code or None)
    if upload.uploaded_by == by.username:
        raise Refusal("same_person")
    if not accept and not reason.strip():
        raise Refusal("reason_missing")
    state = Declared.State.ACCEPTED if accept else Declared.State.REFUSED
    with transaction.atomic():
        found = Declared.objects.filter(by.area_filter(), upload=upload, state=Declared.State.PROPOSED)
        if rows:
            found = found.filter(pk__in=rows)
        done = found.update(state=state, decided_by=by.username, decided_at=timezone.now(), reason=reason.strip()[:400])
        record(
            action=f"declared.{state}", by=by, subject=("upload", upload.pk), area_code=upload.area_code,
            reason=reason.strip(), detail={"rows": done},
        )  # fmt: skip
    return done
