"""A long list as a CSV or XLSX file that the officer who asked fetches from the page of the job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import get_resolver
from django.utils import timezone, translation

from shohay.bulk.list_file import write_list
from shohay.core.listing import LISTS, Sheet
from shohay.core.messages import Refusal
from shohay.jobs.running import Progress, step
from shohay.stages.accounts import rls
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record


@step("export_list")
def export_list(
    *, by: Officer, progress: Progress, list_name: str, kind: str, asked: dict[str, str], language: str = "bn"
) -> dict[str, Any]:
    """The rows that ``by`` may see now, whatever they saw when they asked; row security holds here as on the page."""
    get_resolver().url_patterns  # noqa: B018 - the views declare their lists when the addresses are read
    one = LISTS.get(list_name)
    if one is None:
        raise Refusal("job_unknown", name=list_name)
    if not any(by.may(permission) for permission in one.permissions):
        by.require(one.permissions[0])
    name = f"{list_name}-{timezone.localdate():%Y-%m-%d}.{kind}"
    path = settings.VAR / "exports" / f"{timezone.now():%Y%m%d%H%M%S%f}-{name}"
    with translation.override(language), transaction.atomic():
        rls.enter(by)
        rows = _write(path, kind, one.open(by, asked, language), progress)
    with transaction.atomic():
        detail = {"rows": rows, "kind": kind, "asked": asked}
        record(action="list.exported", subject=("export", list_name), detail=detail, by=by)
    return {"file": str(path.relative_to(settings.VAR)), "name": name, "rows": rows}


def _write(path: Path, kind: str, sheet: Sheet, progress: Progress) -> int:
    """Whole or not at all: a job that is cancelled or killed leaves no file under the name that is handed out."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as out:
            rows = write_list(
                out, kind, sheet.header, sheet.rows, title=sheet.title,
                report=lambda done: progress("export", done, sheet.length),
            )  # fmt: skip
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return rows
