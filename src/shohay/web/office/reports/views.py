"""The progress report: make it, read its editions, see what changed from one to another, publish one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core.messages import Refusal
from shohay.core.report.editions import CONTENT_TYPES, FORMATS, LANGUAGES, Difference, FigureChange, RowChange
from shohay.core.report.text import said
from shohay.core.report.words import word
from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import actions_editions as actions
from shohay.stages.coordination import queries_editions as queries
from shohay.stages.coordination.models_editions import Edition, EditionFile
from shohay.web.office import desk, exports, works
from shohay.web.office.exports import Field
from shohay.web.office.reports.forms import MakeForm
from shohay.web.parts import pager
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import local, num

JOB = "make_report"
MOST_ROWS = 300  # of a difference on the page; the command shows all
# an HTML report is one file of ours with its style inside; it may load and run nothing
OWN_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src 'none'; form-action 'none'"


def _editions(officer: Officer, asked: exports.Asked) -> Any:
    return queries.editions(officer)


exports.declare("reports", gettext_noop("Progress reports"), _editions, ("report.view",), [
    Field(gettext_noop("No."), "pk", "number"), Field(gettext_noop("Fiscal year"), "fiscal_year"),
    Field(gettext_noop("State as of"), "as_of", "day"), Field(gettext_noop("Fingerprint"), "sha256"),
    Field(gettext_noop("Made by"), "made_by", "officer"), Field(gettext_noop("Made at"), "made_at", "moment"),
])  # fmt: skip


@require_GET
@desk.needs("report.view")
def reports(request: HttpRequest) -> HttpResponse:
    """The editions, the newest first, and the form that makes one."""
    if kind := exports.wanted(request):
        return exports.answer(request, "reports", kind)
    return _list_page(request, None)


def _list_page(request: HttpRequest, form: MakeForm | None, refusal: str = "") -> HttpResponse:
    officer = desk.officer(request)
    if form is None and officer.may("report.make"):
        form = MakeForm(initial={"as_of": timezone.localdate()})
    found = pager.page(request, queries.editions(officer), order=("-id",))
    context = {"rows": found, "form": form, "work": works.latest(JOB), "compare": list(queries.editions(officer)[:50])}
    return desk.page(request, "office/reports/reports.html", context, refusal=refusal)


@require_POST
@desk.needs("report.make")
def make(request: HttpRequest) -> HttpResponse:
    """Some seconds of work for a job: both languages, every format."""
    form = MakeForm(request.POST)
    if not form.is_valid():
        return _list_page(request, form)
    given = form.cleaned_data
    works.start(JOB, by=desk.officer(request), year=given["year"], as_of=given["as_of"].isoformat())
    return redirect("office:reports")


def _asked(request: HttpRequest, pk: int) -> Edition:
    row = queries.editions(desk.officer(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_GET
@desk.needs("report.view")
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition: its files by language, its fingerprint, what changed since the one before."""
    return _edition_page(request, _asked(request, pk))


def _edition_page(request: HttpRequest, row: Edition, refusal: str = "") -> HttpResponse:
    officer = desk.officer(request)
    files = {(file.language, file.format): file for file in row.files.all()}
    before = queries.editions(officer).filter(pk__lt=row.pk, kind=row.kind).first()
    context = {
        "edition": row,
        "languages": [
            (language, [files[language, form] for form in FORMATS if (language, form) in files])
            for language in LANGUAGES
        ],
        "before": before,
        "published": getattr(row, "publication", None),
    }
    return desk.page(request, "office/reports/edition.html", context, refusal=refusal)


@require_POST
@desk.needs("report.publish")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    row = _asked(request, pk)
    return desk.act(
        request,
        lambda: actions.publish_edition(edition=row, by=desk.officer(request)),
        lambda refusal: _edition_page(request, row, refusal),
        _("The edition is published: everybody may read it."),
        "office:report",
        pk,
    )


@require_GET
@desk.needs("report.view")
def file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A file of an edition, such as bn.pdf; checked against its hash before it is handed out."""
    row = _asked(request, pk)
    found = next((one for one in row.files.all() if f"{one.language}.{one.format}" == name), None)
    if found is None:
        raise Http404
    try:
        return file_answer(row, found)
    except Refusal as refusal:
        return _edition_page(request, row, refusal.say(desk.language()))


def file_answer(row: Edition, found: EditionFile) -> HttpResponse:
    """The bytes; pages open in the browser, workbooks are saved. Refusal: report_edition_gone."""
    response = HttpResponse(queries.bytes_of(found), content_type=CONTENT_TYPES[found.format])
    how = "attachment" if found.format == "xlsx" else "inline"
    name = f"progress-{row.fiscal_year}-{row.pk}-{found.language}.{found.format}"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    response["Content-Security-Policy"] = OWN_POLICY
    return response


@require_GET
@desk.needs("report.view")
def difference(request: HttpRequest) -> HttpResponse:
    """``?old=1&new=2``: figures, promises, programmes and indicators that are not as they were."""
    old, new = request.GET.get("old", ""), request.GET.get("new", "")
    try:
        before, after, found = queries.changed(desk.officer(request), old, new)
    except Refusal as refusal:
        return _list_page(request, None, refusal.say(desk.language()))
    context = {
        "before": before, "after": after, "is_empty": found.is_empty, "tables": _tables(found),
        "figures": len(found.figures), "items": len(found.items),
    }  # fmt: skip
    return desk.page(request, "office/reports/difference.html", context)


def _tables(found: Difference) -> list[Table]:
    """A table for each list that holds something; long ones are cut, and say so."""
    tables = []
    if found.figures:
        tables.append(_figure_table(found.figures))
    for rows, caption, show in (
        (found.items, _("Promises whose state changed"), lambda state: word(state, desk.language()) if state else "–"),
        (found.programmes, _("Programmes whose budget changed"), lambda value: "–" if value is None else num(value, 2)),
        (found.indicators, _("Indicators whose value changed"), lambda value: "–" if value is None else num(value, 2)),
    ):
        if rows:
            tables.append(_row_table(rows, caption, show))
    return tables


def _cut(rows: list[Any], caption: str) -> tuple[list[Any], str]:
    if len(rows) <= MOST_ROWS:
        return rows, caption
    return rows[:MOST_ROWS], _("%(caption)s: the first %(n)s of %(all)s") % {
        "caption": caption, "n": num(MOST_ROWS), "all": num(len(rows))
    }  # fmt: skip


def _figure_table(rows: list[FigureChange]) -> Table:
    shown, caption = _cut(rows, _("Figures that changed"))

    def show(value: Any, kind: str) -> str:
        return "–" if value is None else said(value, kind, desk.language())

    columns = [
        Column(_("Figure"), lambda row: row.key),
        Column(_("Before"), lambda row: show(row.old, row.kind)),
        Column(_("After"), lambda row: show(row.new, row.kind)),
    ]
    return Table(columns, shown, caption=caption)


def _row_table(rows: list[RowChange], caption: str, show: Any) -> Table:
    shown, caption = _cut(rows, caption)
    columns = [
        Column(_("Code"), lambda row: row.code),
        Column(_("What"), lambda row: local((row.name_bn, row.name_en)), "long"),
        Column(_("Before"), lambda row: show(row.old)),
        Column(_("After"), lambda row: show(row.new)),
    ]
    return Table(columns, shown, caption=caption)
