"""Files received: send one in, watch it being checked, fetch the rows to correct."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_POST

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.intake import actions, queries
from shohay.stages.intake.models import RowError, Upload
from shohay.web.office import desk, exports, works
from shohay.web.office.exports import Field
from shohay.web.office.intake.drafts import give_notice
from shohay.web.office.intake.forms import ORDER, UploadForm, titles
from shohay.web.parts import names, pager

JOB = "import_file"


def _found(officer: Officer, asked: exports.Asked) -> QuerySet[Upload]:
    """The files of the officer's areas, in the state that the address names."""
    found: QuerySet[Upload] = queries.uploads(officer)
    state = asked.get("state", "")
    return found.filter(state=state) if state in Upload.State.values else found


exports.declare("uploads", _("Files received"), _found, ("upload.view",), [
    Field(_("File"), "file_name"), Field(_("State"), "state", "state"), Field(_("Rows"), "rows_total", "number"),
    Field(_("Good"), "rows_good", "number"), Field(_("To correct"), "rows_bad", "number"),
    Field(_("Area"), "area_code", "area"), Field(_("Sent by"), "uploaded_by", "officer"),
    Field(_("Received"), "uploaded_at", "moment"),
])  # fmt: skip


@require_GET
@desk.needs("upload.view")
def uploads(request: HttpRequest) -> HttpResponse:
    """The files of my areas, newest first."""
    if kind := exports.wanted(request):
        return exports.answer(request, "uploads", kind)
    rows = pager.page(request, _found(desk.officer(request), request.GET), order=("-uploaded_at", "-id"))
    context = {"rows": rows, "states": Upload.State.values, "state": request.GET.get("state", "")}
    return desk.page(request, "office/intake/uploads.html", context)


@desk.needs("upload.create")
def new(request: HttpRequest) -> HttpResponse:
    """Send a file in. Checking and admitting it is a job."""
    officer = desk.officer(request)
    areas = [(code, names.area(code, desk.language())) for code in officer.areas if code]
    form = UploadForm(request.POST or None, request.FILES or None, areas=areas)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        received: list[Upload] = []
        refusal = desk.attempt(lambda: received.append(_receive(form.cleaned_data, officer)))
        if not refusal:
            return redirect("office:upload-mapping" if _asks(received[0]) else "office:upload", received[0].pk)
    return desk.page(request, "office/intake/new.html", {"form": form, "titles": titles()}, refusal=refusal)


def _asks(row: Upload) -> bool:
    """The headings are not understood and nobody of the office has said yet what they mean."""
    if row.state != Upload.State.RECEIVED or row.columns:
        return queries.needs_mapping(row)
    try:
        shown = queries.preview_of(row)
    except Refusal:
        return False
    return not shown.understood and not shown.lenient and not queries.remembered(row, shown.headings)


def _receive(given: dict[str, Any], officer: Officer) -> Upload:
    """Keep the bytes, then start the import unless this file was admitted before. A large file stays on disk."""
    file = given["file"]
    kept = getattr(file, "temporary_file_path", None)
    upload = actions.receive(
        data=Path(kept()) if kept else file.read(),
        file_name=Path(file.name).name,
        template=given.get("template") or "household",
        area_code=given.get("area") or next((code for code in officer.areas if code), ""),
        language=desk.language(),
        by=officer,
    )
    give_notice(upload, given, officer)
    if upload.state in (Upload.State.RECEIVED, Upload.State.CHECKED) and not _asks(upload):
        works.start(JOB, subject=str(upload.pk), by=officer, upload_id=str(upload.pk))
    return upload


@require_GET
@desk.needs("upload.view")
def upload(request: HttpRequest, pk: str, refusal: str = "") -> HttpResponse:
    """One file: how far it is, what is wrong with which rows."""
    row = _mine(request, pk)
    errors = queries.row_errors(row)
    reason = request.GET.get("reason", "")
    shown = errors.filter(code=reason) if reason else errors
    context = {
        "upload": row,
        "work": works.latest(JOB, str(row.pk)),
        "by_reason": _by_reason(errors),
        "reason": reason,
        "rows": _with_words(pager.page(request, shown, order=("line", "id"))),
        "problem": queries.problem(row, desk.language()),
        "can_map": queries.needs_mapping(row),
    }
    return desk.page(request, "office/intake/upload.html", context, refusal=refusal)


def _by_reason(errors: QuerySet[RowError]) -> list[dict[str, Any]]:
    """Reasons with the number of rows, the commonest first; one row of each reason lends its particulars."""
    grouped = errors.order_by().values("code", "column", "is_warning").annotate(times=Count("id"), one=Min("id"))
    lines = list(grouped.order_by("-times", "code", "column")[:100])
    examples = RowError.objects.in_bulk([line["one"] for line in lines])
    return [{**line, "words": _said(examples[line["one"]]), "title": _title(examples[line["one"]])} for line in lines]


def _said(error: RowError) -> str:
    return queries.reason(error, desk.language())


def _title(error: RowError) -> str:
    """The heading of the error's column, '–' where the whole row is meant."""
    return queries.column_title(error.upload.template, error.column, desk.language()) if error.column else "–"


def _with_words(page: pager.Page) -> pager.Page:
    """The page with each error's reason and column in the reader's language."""
    for error in page.rows:
        error.words, error.title = _said(error), _title(error)
    return page


@require_POST
@desk.needs("upload.create")
def start_import(request: HttpRequest, pk: str) -> HttpResponse:
    """Begin again what was cut off."""
    row, officer = _mine(request, pk), desk.officer(request)
    works.start(JOB, subject=str(row.pk), by=officer, upload_id=str(row.pk))
    return redirect("office:upload", row.pk)


@require_GET
@desk.needs("upload.view")
def errors_file(request: HttpRequest, pk: str) -> HttpResponse:
    """The bad rows with the reason beside each, in the reader's language."""
    row = _mine(request, pk)
    path = queries.errors_file(row, desk.language())
    response = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="to-correct-{row.sha256[:8]}{path.suffix}"'
    return response


@require_GET
@desk.needs("upload.create")
def template_file(request: HttpRequest) -> HttpResponse:
    """A blank file with headings in the reader's language; ``?kind=csv`` a plain one, ``?name=`` another template."""
    kind = "csv" if request.GET.get("kind") == "csv" else "xlsx"
    name = request.GET.get("name", "household")
    if name not in ORDER:
        raise Http404
    path = queries.template_file(desk.language(), kind, name)
    response = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{name}-template.{kind}"'
    return response


@require_GET
@desk.needs("upload.create")
def form_file(request: HttpRequest) -> HttpResponse:
    """The household form for ODK and Kobo (XLSForm), in both languages."""
    response = HttpResponse(queries.form_file().read_bytes(), content_type="application/octet-stream")
    response["Content-Disposition"] = 'attachment; filename="shohay-household-form.xlsx"'
    return response


def _mine(request: HttpRequest, pk: str) -> Upload:
    found: Upload | None = queries.uploads(desk.officer(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
