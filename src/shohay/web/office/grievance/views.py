"""Complaints with their clocks: what is late first, one page each, the answer and the appeal."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.grievance import actions, queries
from shohay.stages.grievance.models import Grievance
from shohay.web.office import desk
from shohay.web.office.grievance.forms import AnswerForm, AppealForm, ContactForm
from shohay.web.office.words import say
from shohay.web.parts import names, pager


@require_GET
@desk.needs("grievance.view")
def grievances(request: HttpRequest) -> HttpResponse:
    officer, today = desk.officer(request), timezone.localdate()
    state = request.GET.get("state", "open")
    found = queries.grievances(officer, state if state in dict(_states()) else "open")
    if desk.wants_file(request):
        header = [_("Number"), _("About"), _("Area"), _("Filed"), _("Due"), _("State")]
        rows = (
            (
                row.number,
                row.category,
                names.area(row.area_code, desk.language()),
                row.filed_at.date(),
                row.due_on,
                row.state,
            )
            for row in found[: desk.EXPORT_UP_TO]
        )
        return desk.table_file("grievances", header, rows)
    context = {
        "rows": pager.page(request, found, order=("due_on", "id")),
        "state": state, "states": _states(), "today": today, "open_states": queries.OPEN,
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
    row, form, refusal = _find(request, number), AnswerForm(request.POST), ""
    if form.is_valid():
        given = form.cleaned_data
        refusal = desk.attempt(
            lambda: actions.answer(
                grievance=row, outcome=given["outcome"], text=given["text"], by=desk.officer(request)
            )
        )
        if not refusal:
            desk.done(request, _("The answer is recorded. The person sees it under the number of the grievance."))
            return redirect("office:grievance", number)
    return _page(request, row, refusal, answer_form=form)


@require_POST
@desk.needs("grievance.file")
def appeal(request: HttpRequest, number: str) -> HttpResponse:
    row, form, refusal = _find(request, number), AppealForm(request.POST), ""
    if form.is_valid():
        refusal = desk.attempt(
            lambda: actions.appeal(grievance=row, text=form.cleaned_data["text"], by=desk.officer(request))
        )
        if not refusal:
            desk.done(request, _("The appeal is recorded; its clock runs anew."))
            return redirect("office:grievance", number)
    return _page(request, row, refusal, appeal_form=form)


@require_POST
@desk.needs("grievance.answer")
def close(request: HttpRequest, number: str) -> HttpResponse:
    """The answer stands: the person is content, or did not appeal."""
    row = _find(request, number)
    refusal = desk.attempt(lambda: actions.close(grievance=row, by=desk.officer(request)))
    if refusal:
        return _page(request, row, refusal)
    desk.done(request, _("The grievance is closed; the answer stands."))
    return redirect("office:grievance", number)


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
