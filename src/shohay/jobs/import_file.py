"""A received file: check its rows, take the good ones in by their template, and the applications they carry."""

from __future__ import annotations

from typing import Any

from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.intake import actions as intake
from shohay.stages.intake.models import Upload
from shohay.stages.registry import actions_changes as registry
from shohay.stages.targeting import actions as targeting


@step("import_file")
def import_file(*, upload_id: str, by: Officer, progress: Progress) -> dict[str, Any]:
    """Every part recognises what an earlier, killed attempt finished."""
    upload = Upload.objects.get(pk=upload_id)
    if upload.state == Upload.State.RECEIVED:
        upload = intake.check(upload=upload, by=by, progress=progress)
    if upload.state == Upload.State.REFUSED:
        return {"upload": upload_id, "problem": upload.problem}
    admitted = registry.take_in(upload=upload, by=by, progress=progress)
    upload.refresh_from_db()
    if upload.template != "household":
        return {"upload": upload_id, "bad_rows": upload.rows_bad, "admitted": admitted, "applications": {}}
    progress("applications", 0, upload.rows_good)
    applications = targeting.register_applications(upload=upload, by=by)
    return {"upload": upload_id, "bad_rows": upload.rows_bad, "admitted": admitted, "applications": applications}
