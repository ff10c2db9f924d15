"""The ministries' sheets on the screen: the template, a sheet read and shown, taken; errors as a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shohay.bulk.list_file import KINDS
from shohay.bulk.plan_sheets import HEADINGS, MOST_BYTES
from shohay.bulk.plan_template import write_template
from shohay.core.messages import say
from shohay.stages.coordination import actions_sheets as actions
from shohay.stages.coordination import queries_plan_work as work
from shohay.stages.coordination.models_plan import PlanImport
from shohay.stages.programmes.models import Ministry
from shohay.web.office import desk
from shohay.web.office.coordination import shown
from shohay.web.office.coordination.forms import SheetForm
from shohay.web.templatetags.shohay import digits, local

LATEST = 30


@require_http_methods(["GET", "POST"])
@desk.needs("plan.import")
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets of the officer's ministries; on POST one is read and shown."""
    officer = desk.officer(request)
    mine = shown.ministries(officer)
    form, refusal = SheetForm(ministries=mine, initial={"ministry": mine[0][0] if mine else ""}), ""
    if request.method == "POST":
        form = SheetForm(request.POST, request.FILES, ministries=mine)
        if form.is_valid():
            file, made = form.cleaned_data["file"], []
            # one more byte than allowed is enough for the refusal
            data = file.read(MOST_BYTES + 1)
            code = form.cleaned_data["ministry"]
            refusal = desk.attempt(
                lambda: made.append(actions.read_sheet(ministry=code, data=data, file_name=file.name, by=officer))
            )
            if not refusal:
                return redirect("office:plan-sheet", made[0].pk)
    context = {"form": form, "rows": list(work.imports(officer)[:LATEST]), "ministries": mine, "tab": "sheets"}
    return desk.page(request, "office/coordination/sheets.html", context, refusal=refusal)


@require_GET
@desk.needs("plan.import")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, refusal: str = "") -> HttpResponse:
    row = _mine(request, pk)
    errors = _errors(row)
    if kind := desk.wants_file(request):
        header = [_("Line"), _("Column"), _("What stands there"), _("Why it is wrong")]
        return desk.table_file("errors", header, errors, kind)
    for one in row.rows:
        one["day"] = date.fromisoformat(one["done_on"]) if one["done_on"] else None
    return desk.page(request, "office/coordination/sheet.html", {"sheet": row, "errors": errors}, refusal=refusal)


def _mine(request: HttpRequest, pk: int) -> PlanImport:
    row = work.imports(desk.officer(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _errors(row: PlanImport) -> list[list[Any]]:
    """(line, heading, what stands there, why) in the reader's language, in the order of the file."""
    language = desk.language()
    named = {heading.code: heading.en if language == "en" else heading.bn for heading in HEADINGS}
    found = sorted(row.errors, key=lambda error: error["line"])
    return [
        [error["line"], named.get(error["column"], error["column"]), error["value"],
         _in_words(error["code"], error["params"], language)]
        for error in found
    ]  # fmt: skip


def _in_words(code: str, params: dict[str, Any], language: str) -> str:
    return say(code, language, **{name: digits(value) for name, value in params.items()})


@require_POST
@desk.needs("plan.import")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    _mine(request, pk)
    return desk.act(
        request,
        lambda: actions.take_sheet(sheet=pk, by=desk.officer(request)),
        lambda refusal: _page(request, pk, refusal),
        _("The rows were taken and wait for the Cabinet Division to verify them."),
        "office:plan-sheet",
        pk,
    )


@require_GET
@desk.needs("plan.import")
def template(request: HttpRequest, code: str) -> HttpResponse:
    """The template with the ministry's own items, as XLSX, or CSV when ``?as=csv``."""
    ministry = Ministry.objects.filter(pk=code).first()
    officer = desk.officer(request)
    if ministry is None or not officer.covers(ministry=code):
        raise Http404
    language, kind = desk.language(), desk.wants_file(request) or "xlsx"
    title = _("Progress of the action plan: %(ministry)s") % {"ministry": local(ministry, "name")}
    data = write_template(kind, work.template_rows(officer, code, language), title=title, language=language)
    response = HttpResponse(data, content_type=KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="plan-{code}.{kind}"'
    return response
