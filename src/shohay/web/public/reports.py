"""Progress reports that have been published, for everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shohay.core.messages import Refusal
from shohay.core.report.editions import CONTENT_TYPES, FORMATS, LANGUAGES
from shohay.stages.coordination import queries_editions as queries

# a report is one file with its style inside; it may load and run nothing
OWN_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src 'none'; form-action 'none'"


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """Every published edition with its files, the newest first."""
    rows = []
    for row in queries.published():
        files = {(file.language, file.format): file for file in row.files.all()}
        rows.append((row, [files[key] for key in _order() if key in files]))
    return render(request, "public/reports.html", {"here": "reports", "rows": rows})


def _order() -> list[tuple[str, str]]:
    return [(language, form) for language in LANGUAGES for form in FORMATS]


@require_GET
def file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A file of a published edition, such as bn.pdf, checked against its hash."""
    row = queries.published().filter(pk=pk).first()
    if row is None:
        raise Http404
    found = next((one for one in row.files.all() if f"{one.language}.{one.format}" == name), None)
    if found is None:
        raise Http404
    try:
        response = HttpResponse(queries.bytes_of(found), content_type=CONTENT_TYPES[found.format])
    except Refusal:
        raise Http404 from None
    how = "attachment" if found.format == "xlsx" else "inline"
    response["Content-Disposition"] = f'{how}; filename="nsss-progress-{row.fiscal_year}-{pk}-{name}"'
    response["Content-Security-Policy"] = OWN_POLICY
    return response
