"""Figures of a ministry sent in, by sheet or one by one, and verified by another officer."""

from __future__ import annotations

import io

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_GET, require_POST

from shohay.bulk import budget_sheet
from shohay.bulk.list_file import KINDS, write_list
from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes import actions_budget as actions
from shohay.stages.programmes import queries_budget as queries
from shohay.stages.programmes.models_budget import BudgetLine
from shohay.web.office import desk, exports
from shohay.web.office.budget.forms import LineForm, SheetForm
from shohay.web.office.budget.views import asked_year
from shohay.web.office.exports import Field
from shohay.web.office.words import say
from shohay.web.parts import pager
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import local, num

STATES = ("submitted", "verified", "refused", "replaced")
MOST_BYTES = 5 * 2**20
TOLD = "budget_errors"  # of the session: the rows of the last sheet that could not be read


def _found(officer: Officer, asked: exports.Asked) -> QuerySet[BudgetLine]:
    state = asked.get("state", "submitted")
    return queries.submissions(officer, state=state if state in STATES else "submitted")


exports.declare("budget-lines", gettext_noop("Budget lines"), _found, ("budget.view",), [
    Field(gettext_noop("Programme"), "programme_id", "programme"),
    Field(gettext_noop("Fiscal year"), "fiscal_year"),
    Field(gettext_noop("Allocation"), "allocation_poisha", "taka"),
    Field(gettext_noop("Revised allocation"), "revised_poisha", "taka"),
    Field(gettext_noop("Actual expenditure"), "actual_poisha", "taka"),
    Field(gettext_noop("Planned beneficiaries"), "beneficiaries", "number"),
    Field(gettext_noop("Beneficiaries reached"), "reached", "number"),
    Field(gettext_noop("State"), "state", "budget_line"), Field(gettext_noop("Source"), "source"),
    Field(gettext_noop("Submitted by"), "submitted_by", "officer"),
    Field(gettext_noop("Decided by"), "decided_by", "officer"),
])  # fmt: skip


@require_GET
@desk.needs("budget.view")
def lines(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "budget-lines", kind)
    return _lines_page(request)


def _lines_page(request: HttpRequest, refusal: str = "", form: SheetForm | None = None) -> HttpResponse:
    officer = desk.officer(request)
    state = request.GET.get("state", "submitted")
    state = state if state in STATES else "submitted"
    page = pager.page(request, _found(officer, request.GET), order=("fiscal_year", "programme__order", "id"))
    for row in page.rows:
        row.own = row.submitted_by == officer.username
    may_verify = officer.may("budget.verify") and state == "submitted" and any(not row.own for row in page.rows)
    context = {
        "rows": page, "state": state, "states": STATES, "may_verify": may_verify,
        "form": (form or SheetForm()) if officer.may("budget.submit") else None, "year": asked_year(request.GET)[0],
    }  # fmt: skip
    return desk.page(request, "office/budget/lines.html", context, refusal=refusal)


@desk.needs("budget.submit")
def new(request: HttpRequest) -> HttpResponse:
    """One programme's money of one year."""
    officer = desk.officer(request)
    programmes = [(row.code, f"{local(row, 'name')} ({row.code})") for row in queries.programmes_of(officer)]
    form = LineForm(request.POST or None, programmes=programmes)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        refusal = desk.attempt(
            lambda: actions.submit_line(
                programme=given["programme"], fiscal_year=given["fiscal_year"], figures=form.figures(),
                source=given["source"], by=officer,
            )
        )  # fmt: skip
        if not refusal:
            desk.done(request, _("Submitted. Another officer verifies it before it counts."))
            return redirect("office:budget-lines")
    return desk.page(request, "office/budget/new.html", {"form": form}, refusal=refusal)


@require_POST
@desk.needs("budget.submit")
def import_sheet(request: HttpRequest) -> HttpResponse:
    """The good rows of a sheet are submitted; the others are shown with what is wrong, and can be fetched as a file."""
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _lines_page(request, form=form)
    file, told = form.cleaned_data["file"], list[actions.Imported]()
    if file.size > MOST_BYTES:
        return _lines_page(request, _("The file is larger than 5 MB. Send one fiscal year in one file."), form)
    refusal = desk.attempt(
        lambda: told.append(
            actions.import_lines(
                data=file.read(), file_name=file.name, source=form.cleaned_data["source"], by=desk.officer(request)
            )
        )
    )
    if refusal:
        return _lines_page(request, refusal, form)
    request.session[TOLD] = [list(wrong) for wrong in told[0].errors]
    return desk.page(
        request, "office/budget/imported.html",
        {"told": told[0], "file": file.name, "errors": _errors_table(told[0].errors) if told[0].errors else None},
    )  # fmt: skip


def _errors_table(errors: list[budget_sheet.Wrong]) -> Table:
    columns = [
        Column(_("Line"), lambda row: row.line, "num"),
        Column(_("Column"), lambda row: say("budget_column", row.column)),
        Column(_("What stands there"), lambda row: row.value),
        Column(_("What is wrong"), lambda row: say("budget_error", row.reason), "long"),
    ]
    return Table(columns, errors, caption=_("Rows that were not taken"))


@require_GET
@desk.needs("budget.submit")
def errors(request: HttpRequest) -> HttpResponse:
    """The rows of the last sheet that were not taken, as a file."""
    header = [_("Line"), _("Column"), _("What stands there"), _("What is wrong")]
    rows = [
        [line, say("budget_column", column), value, say("budget_error", reason)]
        for line, column, value, reason in request.session.get(TOLD, [])
    ]
    return desk.table_file("budget-errors", header, rows, desk.wants_file(request) or "csv")


@require_GET
@desk.needs("budget.submit")
def template(request: HttpRequest) -> HttpResponse:
    """The empty sheet, with the programmes of my ministries and what is known of the year."""
    kind = desk.wants_file(request) or "xlsx"
    year, _known = asked_year(request.GET)
    rows = queries.template_rows(desk.officer(request), year)
    data = io.BytesIO()
    filled = [budget_sheet.template_row(row, desk.language()) for row in rows]
    write_list(data, kind if kind in KINDS else "xlsx", budget_sheet.template(desk.language()), filled)
    return desk.list_file(data.getvalue(), f"budget-template-{year}", kind)


@require_POST
@desk.needs("budget.verify")
def verify(request: HttpRequest) -> HttpResponse:
    """Verify the ticked lines."""
    chosen = [int(pk) for pk in request.POST.getlist("line") if pk.isdigit()]
    if not chosen:
        return _lines_page(request, _("Tick at least one line."))
    count: list[int] = []

    def act() -> None:
        count.append(actions.verify_lines(lines=chosen, by=desk.officer(request)))

    if refusal := desk.attempt(act):
        return _lines_page(request, refusal)
    text = ngettext("%(n)s line verified.", "%(n)s lines verified.", count[0])
    desk.done(request, text % {"n": num(count[0])})
    return redirect("office:budget-lines")


@require_POST
@desk.needs("budget.verify")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one line back with a reason."""

    def act() -> None:
        actions.refuse_line(line=pk, reason=request.POST.get("reason", ""), by=desk.officer(request))

    if refusal := desk.attempt(act):
        return _lines_page(request, refusal)
    desk.done(request, _("Sent back with your reason."))
    return redirect("office:budget-lines")
