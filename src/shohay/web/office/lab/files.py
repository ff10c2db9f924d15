"""A comparison as a file: XLSX, PDF, JSON; a scenario as the YAML that `shohay simulate` reads."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from shohay.stages.audit.actions import record
from shohay.stages.results.models_lab import LabResult, LabStudy
from shohay.web.office import desk
from shohay.web.office.lab import documents, papers, views

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "pdf": "application/pdf",
    "json": "application/json; charset=utf-8",
}  # fmt: skip


@require_GET
@desk.needs("lab.view")
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The whole result; who took it is in the audit log."""
    row = views.found(request, pk)
    if kind not in KINDS or row.result is None:
        raise Http404
    data = _made(row, row.result, kind)
    record(action="lab.exported", subject=("lab", row.pk), by=desk.officer(request),
           detail={"kind": kind, "result": row.result.result_sha256})  # fmt: skip
    return _handed(data, KINDS[kind], f"policy-lab-{row.pk}.{desk.language()}.{kind}")


def _made(row: LabStudy, result: LabResult, kind: str) -> bytes:
    from shohay.bulk.report import book, pages

    if kind == "json":
        return json.dumps(result.result, ensure_ascii=False, indent=1).encode()
    if kind == "xlsx":
        return book.workbook(papers.document(row, result, book=True))
    return pages.pdf(papers.document(row, result, book=False))


@require_GET
@desk.needs("lab.view")
def scenario(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One scenario as a document that can be sent in again, or given to the command."""
    row = views.found(request, pk)
    if not 1 <= number <= len(row.scenarios):
        raise Http404
    of = row.scenarios[number - 1]
    name = slugify(of["title"]["en"]) or "scenario"
    return _handed(documents.dumped(of).encode(), "text/yaml; charset=utf-8", f"{name}.yaml")


def _handed(data: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
