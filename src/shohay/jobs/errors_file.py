"""The rows to correct of a large file, with the reason in a column, as a file to download."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.intake import queries as intake
from shohay.stages.intake.models import Upload


@step("errors_file")
def errors_file(*, upload_id: str, by: Officer, progress: Progress, language: str = "bn") -> dict[str, Any]:
    by.require("upload.view")
    upload = Upload.objects.filter(by.area_filter()).get(pk=upload_id)
    progress("errors", 0, upload.rows_bad)
    path = intake.errors_file(upload, language)
    return {"path": str(path.relative_to(settings.VAR)), "rows": upload.rows_bad}
