"""Complaints with their clocks: what is late first, one page each, the answer and the appeal."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.grievance import actions, queries
from shohay.stages.grievance.models import Grievance
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.office.grievance.forms import AnswerForm, AppealForm, ContactForm
from shohay.web.office.words import say
from shohay.web.parts import pager


def _state(asked: exports.Asked) -> str:
    return asked["state"] if asked.get("state") in dict(_states()) else "open"


def _found(officer: Officer, asked: exports.Asked) -> QuerySet[Grievance]:
    found: QuerySet[Grievance] = queries.grievances(officer, _state(asked))
    return found


_COLUMNS = [
    Field(gettext_noop("Number"), "number"), Field(gettext_noop("About"), "category", "grievance"),
    Field(gettext_noop("Programme"), "programme_code", "programme"), Field(gettext_noop("Area"), "area_code", "area"),
    Field(gettext_noop("Filed"), "filed_at", "moment"), Field(gettext_noop("Channel"), "channel", "channel"),
    Field(gettext_noop("Answer due"), "due_on", "day"), Field(gettext_noop("State"), "state", "grievance"),
]  # fmt: skip
exports.declare("grievances", gettext_noop("Grievances"), _found, ("grievance.view",), _COLUMNS)


@require_GET
@desk.needs("grievance.view")
def grievances(request: HttpRequest) -> HttpResponse:
    """Those due first stand on top."""
    if kind := exports.wanted(request):
        return exports.answer(request, "grievances", kind)
    context = {
        "rows": pager.page(request, _found(desk.officer(request), request.GET), order=("due_on", "id")),
        "state": _state(request.GET), "states": _states(), "today": timezone.localdate(), "open_states": queries.OPEN,
    }  # fmt: skip
    return desk.page(request, "office/grievance/grievances.html", context)


def _states() -> list[tuple[str, str]]:
    kept = [(state, say("grievance", state)) for state in ("filed", "appealed", "answered", "closed")]
    return [("open", _("To be answered")), ("late", _("Late")), *kept]


@require_GET
@desk.needs("grievance.view")
def grievance(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, _find(request, number))


def _find(request: HttpRequest, number: str) -> Grievance:
    found = queries.grievance(desk.officer(request), number)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, row: Grievance, refusal: str = "", **shown: Any) -> HttpResponse:
    officer = desk.officer(request)
    context = {
        "grievance": row,
        "replies": row.replies.order_by("id"),
        "days_late": queries.days_late(row),
        "days_left": queries.days_left(row),
        "open": row.state in queries.OPEN,
        "answer_form": AnswerForm() if row.state in queries.OPEN and officer.may("grievance.answer") else None,
        "appeal_form": AppealForm() if row.state == "answered" and officer.may("grievance.file") else None,
        "may_close": row.state == "answered" and officer.may("grievance.answer"),
        "contact_form": ContactForm() if row.contact_sealed is not None and officer.may("grievance.answer") else None,
        "contact_shown": queries.contact_shown(row),
        "contact": "",
        **shown,
    }
    return desk.page(request, "office/grievance/grievance.html", context, refusal=refusal)


@require_POST
@desk.needs("grievance.answer")
def answer(request: HttpRequest, number: str) -> HttpResponse:
    row, form, by = _find(request, number), AnswerForm(request.POST), desk.officer(request)
    return desk.act(
        request,
        lambda: actions.answer(grievance=row, **form.cleaned_data, by=by),
        lambda why: _page(request, row, why, answer_form=form),
        _("The answer is recorded. The person sees it under the number of the grievance."),
        "office:grievance", number, form=form,
    )  # fmt: skip


@require_POST
@desk.needs("grievance.file")
def appeal(request: HttpRequest, number: str) -> HttpResponse:
    row, form, by = _find(request, number), AppealForm(request.POST), desk.officer(request)
    return desk.act(
        request,
        lambda: actions.appeal(grievance=row, text=form.cleaned_data["text"], by=by),
        lambda why: _page(request, row, why, appeal_form=form),
        _("The appeal is recorded; its clock runs anew."),
        "office:grievance", number, form=form,
    )  # fmt: skip


@require_POST
@desk.needs("grievance.answer")
def close(request: HttpRequest, number: str) -> HttpResponse:
    """The answer stands: the person is content, or did not appeal."""
    row, by = _find(request, number), desk.officer(request)
    return desk.act(
        request,
        lambda: actions.close(grievance=row, by=by),
        lambda why: _page(request, row, why),
        _("The grievance is closed; the answer stands."),
        "office:grievance", number,
    )  # fmt: skip


@require_POST
@desk.needs("grievance.answer")
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """The contact that the person left, shown once: counted, with the reason in the log."""
    row, form, refusal = _find(request, number), ContactForm(request.POST), ""
    if row.contact_sealed is None:
        raise Http404
    shown: list[str] = []
    if form.is_valid():
        reason = form.cleaned_data["contact_reason"]
        refusal = desk.attempt(
            lambda: shown.append(actions.reveal_contact(grievance=row, reason=reason, by=desk.officer(request)))
        )
        if not refusal:
            return _page(request, row, contact=shown[0])
    return _page(request, row, refusal, contact_form=form)
