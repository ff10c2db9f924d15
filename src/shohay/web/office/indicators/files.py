"""The published values as files for the statistics office: CSV with its description, SDMX with its structure."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from shohay.bulk import results_export
from shohay.stages.audit.actions import record
from shohay.stages.results import queries_export
from shohay.web.office import desk

WRITERS = {
    "csv": results_export.write_csv,
    "sdmx-csv": results_export.write_sdmx_csv,
    "sdmx-ml": results_export.write_sdmx_ml,
}


@require_GET
@desk.needs("results.export")
def files(request: HttpRequest, kind: str) -> HttpResponse:
    """One ZIP with data and description; what was taken away stands in the log."""
    if kind not in WRITERS:
        raise Http404
    table, packed = queries_export.published(), io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for path in WRITERS[kind](table, Path(folder)):
            file.write(path, path.name)
    record(
        action="list.exported", subject=("export", f"indicators.{kind}"),
        detail={"rows": len(table["values"]), "kind": kind, "run": table["run"]}, by=desk.officer(request),
    )  # fmt: skip
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    name = f"indicators-{kind}-{timezone.localdate():%Y-%m-%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
