"""Changes that a file asks for wait as life events: nothing that was approved is overwritten.

Set-based: the values of the file come by COPY, meet the registry in SQL (changes_sql), and every difference becomes a
proposed event in one transaction. Each event's plan is made again when an officer approves it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from shohay.bulk import changes
from shohay.bulk.copying import copy_in
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.intake import queries as intake
from shohay.stages.intake.models import RowError, Upload
from shohay.stages.registry import actions, actions_declared, queries
from shohay.stages.registry import changes_sql as sql
from shohay.stages.registry.said import keep_said

Progress = Callable[[str, int, int], None]


def take_in(*, upload: Upload, by: Officer, progress: Progress | None = None) -> dict[str, int]:
    """What becomes of a checked file, by its template: households enter, changes and lists wait. Again: a no-op."""
    if upload.template == "beneficiaries":
        return actions_declared.declare(upload=upload, by=by)
    if upload.template == "changes":
        return propose_changes(upload=upload, by=by)
    counts = actions.admit(upload=upload, by=by, progress=progress)
    return {**counts, **propose_differences(upload=upload, by=by)} if counts.get("changed") else counts


def propose_changes(*, upload: Upload, by: Officer) -> dict[str, int]:
    """Every row of a checked change list as a waiting event; rows about nobody come back with the reason."""
    by.require("event.propose", area=upload.area_code or None)
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload.pk)
        if upload.state == Upload.State.ADMITTED:
            return dict(upload.counts)
        actions._admissible(upload)
        with _folder(upload) as work:
            path = changes.from_change_list(
                good=intake.good_rows(upload), ring=queries.key_ring(), out=work / "wanted.csv"
            )
            counts = _propose(upload, path, by, list_of_changes=True)
        upload.state, upload.admitted_at, upload.counts = Upload.State.ADMITTED, timezone.now(), counts
        upload.save()
        _recorded(upload, counts, by)
    return counts


def propose_differences(*, upload: Upload, by: Officer) -> dict[str, int]:
    """What an admitted household file says otherwise of known households, as waiting events; {} when told already."""
    by.require("upload.create", area=upload.area_code or None)
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload.pk)
        if "proposed" in upload.counts:
            return {}
        lines = RowError.objects.filter(upload=upload, code="already_registered").values_list("line", flat=True)
        on = timezone.localdate(upload.uploaded_at)
        with _folder(upload) as work:
            path = changes.from_households(
                good=intake.good_rows(upload), lines=lines, ring=queries.key_ring(), on=on,
                evidence=upload.file_name[:80], out=work / "wanted.csv",
            )  # fmt: skip
            counts = _propose(upload, path, by, list_of_changes=False)
        upload.counts = {**upload.counts, **counts}
        upload.save()
        _recorded(upload, counts, by)
    return counts


class _folder:
    """A folder of its own under VAR/work, emptied before and gone after."""

    def __init__(self, upload: Upload) -> None:
        self.path: Path = settings.VAR / "work" / f"changes-{upload.pk}"

    def __enter__(self) -> Path:
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(parents=True)
        return self.path

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.path, ignore_errors=True)


def _propose(upload: Upload, path: Path, by: Officer, *, list_of_changes: bool) -> dict[str, int]:
    """Match, compare, tell. The households are locked first, so that versions count on without a gap."""
    given: dict[str, Any] = {"upload": str(upload.pk), "by": by.username, "at": timezone.now()}
    with connection.cursor() as cursor:
        cursor.execute(sql.CREATE)
        copy_in(cursor, "wanted", [f'"{column}"' for column in changes.WANTED], path)
        cursor.execute(sql.WHO)
        nobody = "'person_unmatched'" if list_of_changes else "'member_new'"
        cursor.execute(sql.NOT_FOUND.format(warning=str(not list_of_changes).lower(), nobody=nobody))
        if not list_of_changes:
            cursor.execute(sql.GONE)
        cursor.execute("select 1 from registry_household where id in (select home from who) order by id for update")
        cursor.execute(sql.FIT)
        cursor.execute(sql.ONLY_APPROXIMATE)
        if list_of_changes:
            cursor.execute(sql.NOTHING_NEW)
        cursor.execute(sql.TOLD)
        cursor.execute(sql.WAITING)
        cursor.execute(sql.PROPOSE, given)
        proposed = cursor.rowcount
        cursor.execute(sql.ABOUT, given)
        cursor.execute(sql.VERSIONS)
        unmatched = keep_said(cursor, upload)
    return {"proposed": proposed, "unmatched": unmatched}


def _recorded(upload: Upload, counts: dict[str, int], by: Officer) -> None:
    record(action="changes.proposed", by=by, subject=("upload", upload.pk), area_code=upload.area_code, detail=counts)
