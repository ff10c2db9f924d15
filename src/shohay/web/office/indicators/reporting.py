"""Reporting a value, verifying or returning it, and who never reported."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shohay.core.indicator_documents import Indicator as Document
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import evidence_of
from shohay.stages.results import actions_submissions as actions
from shohay.stages.results import queries_submissions as queries
from shohay.stages.results.models_values import Submission
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.office.indicators import shown
from shohay.web.office.indicators.forms import ReturnForm, SubmitForm
from shohay.web.office.indicators.views import year_of, years
from shohay.web.templatetags.indicators import measure
from shohay.web.templatetags.shohay import digits, num


def _missing(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    rows = queries.missing(officer, year_of(asked), timezone.localdate())
    names = shown.offices([row.ministry_code for row in rows])
    return [{**row._asdict(), "office": names[row.ministry_code]} for row in rows]


exports.declare("indicators-missing", gettext_noop("Reports that never came"), _missing, ("indicator.view",), [
    Field(gettext_noop("Office"), "office"), Field(gettext_noop("Code"), "code"),
    Field(gettext_noop("Indicator"), "name_{language}"), Field(gettext_noop("Fiscal year"), "fiscal_year"),
    Field(gettext_noop("Was due"), "due_on", "day"),
])  # fmt: skip


@require_GET
@desk.needs("indicator.view")
def missing(request: HttpRequest) -> HttpResponse:
    """Reports of a year that are past their day and never came, by office."""
    if kind := exports.wanted(request):
        return exports.answer(request, "indicators-missing", kind)
    officer, year = desk.officer(request), year_of(request.GET)
    owed = queries.owed(officer, year)
    rows = _missing(officer, {"year": year})
    context = {
        "year": year, "years": [(one, digits(one)) for one in years()], "rows": rows, "due_on": queries.due_on(year),
        "owed": len(owed), "came": sum(one.came_on is not None for one in owed), "today": timezone.localdate(),
        "language": desk.language(),
    }  # fmt: skip
    return desk.page(request, "office/indicators/missing.html", context)


@require_GET
@desk.needs("indicator.submit", "indicator.verify")
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the officer's verification, and what the officer's offices owe and sent."""
    officer, year = desk.officer(request), year_of(request.GET)
    waiting = list(queries.waiting(officer)[:200]) if officer.may("indicator.verify") else []
    owed = queries.owed(officer, year) if officer.may("indicator.submit") else []
    names = queries.names_of({row.code for row in waiting})
    offices = shown.offices([row.ministry_code for row in waiting] + [one.ministry_code for one in owed])
    context = {
        "to_verify": [{"row": row, "name": names[row.code], "office": offices[row.ministry_code],
                     "value": measure(row.value, names[row.code]["unit"])} for row in waiting],
        "owed": [{**one._asdict(), "office": offices[one.ministry_code],
                  "missing": one.missing_on(timezone.localdate())} for one in owed],
        "year": year, "years": [(one, digits(one)) for one in years()],
        "verifies": officer.may("indicator.verify"), "submits": officer.may("indicator.submit"),
    }  # fmt: skip
    return desk.page(request, "office/indicators/queue.html", context)


@require_http_methods(["GET", "POST"])
@desk.needs("indicator.submit")
def submit(request: HttpRequest, code: str) -> HttpResponse:
    """The form of one report. Two who write at once: the second is told, and both versions stay."""
    document, officer = _reported(code), desk.officer(request)
    mine = [one for one in document.reported_by if officer.covers(ministry=one)]
    if not mine:
        raise Http404
    names = shown.offices(mine)
    ministry = request.GET.get("ministry", "") if request.GET.get("ministry", "") in mine else mine[0]
    year = year_of(request.GET)
    side = (document.numerator.in_language(desk.language()), document.denominator.in_language(desk.language()))
    offered: dict[str, Any] = {
        "offices": list(names.items()), "years": [(one, digits(one)) for one in years()], "words": side,
    }  # fmt: skip
    if request.method == "GET":
        first = {"ministry": ministry, "fiscal_year": year, "based_on": queries.newest(code, year, ministry),
                 "measured_on": timezone.localdate()}  # fmt: skip
        return _form(request, document, SubmitForm(initial=first, **offered))
    form = SubmitForm(request.POST, request.FILES, **offered)
    if not form.is_valid():
        return _form(request, document, form)
    given = form.cleaned_data
    if (given["ministry"], given["fiscal_year"]) != (ministry, year):
        given["based_on"] = 0  # what was seen is another report: anything there already stays beside this one
    made: list[Submission] = []
    refusal = desk.attempt(lambda: made.append(_send(code, given, officer)))
    if refusal:
        return _form(request, document, form, refusal)
    if made[0].unaware_of:
        said = _("Version %(other)s came while you were writing. Yours is kept as version %(n)s beside it: whoever "
                 "verifies sees both.") % {"other": num(made[0].unaware_of), "n": num(made[0].version)}  # fmt: skip
    else:
        said = _("Sent as version %(n)s. It counts when another office has verified it.") % {"n": num(made[0].version)}
    desk.done(request, said)
    return redirect("office:indicator-submission", made[0].pk)


def _reported(code: str) -> Document:
    document = queries.document_of(code)
    if document is None or document.source != "submitted":
        raise Http404
    return document


def _send(code: str, given: dict[str, Any], officer: Officer) -> Submission:
    file = given["evidence"]
    return actions.submit(
        code=code, fiscal_year=given["fiscal_year"], ministry=given["ministry"], numerator=float(given["numerator"]),
        denominator=float(given["denominator"]), measured_on=given["measured_on"], source=given["source"],
        note=given["note"], based_on=given["based_on"], evidence=(file.name, file.read(), given["source"]), by=officer,
    )  # fmt: skip


def _form(request: HttpRequest, document: Document, form: SubmitForm, refusal: str = "") -> HttpResponse:
    context = {"document": document, "form": form, "language": desk.language()}
    return desk.page(request, "office/indicators/submit.html", context, refusal=refusal)


@require_GET
@desk.needs("indicator.view")
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    return _submission(request, _row(pk), None)


def _row(pk: int) -> Submission:
    row = Submission.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _submission(request: HttpRequest, row: Submission, form: ReturnForm | None, refusal: str = "") -> HttpResponse:
    """One version: its sides, source and evidence; what came beside it; verify or return."""
    officer, document = desk.officer(request), _reported(row.code)
    may = officer.may("indicator.verify") and queries.waiting(officer).filter(pk=row.pk).exists()
    context = {
        "row": row, "document": document, "value": measure(row.value, document.unit),
        "office": shown.office(row.ministry_code), "files": evidence_of(actions.SUBJECT, str(row.pk)),
        "beside": [(one, measure(one.value, document.unit)) for one in queries.beside(row)],
        "before": [(one, measure(one.value, document.unit))
                   for one in queries.versions(row.code, row.fiscal_year, row.ministry_code) if one.pk != row.pk],
        "form": (form or ReturnForm()) if may else None, "language": desk.language(),
    }  # fmt: skip
    return desk.page(request, "office/indicators/submission.html", context, refusal=refusal)


@require_POST
@desk.needs("indicator.verify")
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(pk)
    return desk.act(
        request,
        lambda: actions.verify(submission=row, by=desk.officer(request)),
        lambda refusal: _submission(request, row, None, refusal),
        _("Verified. The value counts from now on."),
        "office:indicator-submission",
        pk,
    )


@require_POST
@desk.needs("indicator.verify")
def return_(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _row(pk), ReturnForm(request.POST)
    return desk.act(
        request,
        lambda: actions.return_(submission=row, reason=form.cleaned_data["reason"], by=desk.officer(request)),
        lambda refusal: _submission(request, row, form, refusal),
        _("Returned to the office with your reason."),
        "office:indicator-queue",
        form=form,
    )
