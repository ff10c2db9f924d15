"""Ends and moves that the registry makes necessary: looked for by a job, decided batch by batch by a second officer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.enrolment import actions_transitions as actions
from shohay.stages.enrolment import queries_transitions as queries
from shohay.stages.enrolment.models import Transition, TransitionBatch
from shohay.stages.payments import queries as payments
from shohay.web.office import desk, exports, fields, works
from shohay.web.office.exports import Field
from shohay.web.parts import pager

JOB = "find_transitions"


class FindForm(forms.Form):
    on = fields.day(
        gettext_lazy("Ask the rules on"), help_text=gettext_lazy("Day, month and year, for instance 21/11/2026.")
    )


class BackForm(forms.Form):
    reason = fields.text(gettext_lazy("What should be corrected?"), rows=2)


def _found(officer: Officer, asked: exports.Asked) -> QuerySet[TransitionBatch]:
    return queries.batches(officer, asked.get("programme", ""), asked.get("state", ""))


def _rows_found(officer: Officer, asked: exports.Asked) -> QuerySet[Transition]:
    batch = asked.get("batch", "0")
    if not batch.isdigit():
        raise Refusal("not_allowed", what="enrolment.view")
    seen = queries.batches(officer).filter(pk=int(batch)).exists()  # of another's batch there is nothing to take away
    return queries.rows(officer, int(batch) if seen else 0, asked.get("reason", ""))


exports.declare("transitions", gettext_noop("Ends and moves"), _found, ("enrolment.view",), [
    Field(gettext_noop("Programme"), "programme_code", "programme"), Field(gettext_noop("Area"), "area_code", "area"),
    Field(gettext_noop("Rules asked on"), "on", "day"), Field(gettext_noop("State"), "state", "list"),
    Field(gettext_noop("Ending"), "ends", "number"), Field(gettext_noop("Moving"), "moves", "number"),
    Field(gettext_noop("Done"), "applied", "number"), Field(gettext_noop("Proposed by"), "proposed_by", "officer"),
])  # fmt: skip
exports.declare("transition-rows", gettext_noop("Who ends and who moves"), _rows_found, ("enrolment.view",), [
    Field(gettext_noop("Person"), "person_id", "number"),
    Field(gettext_noop("Household"), "person__household__reference"),
    Field(gettext_noop("Area"), "area_code", "area"), Field(gettext_noop("What happens"), "kind", "transition"),
    Field(gettext_noop("Why"), "reason", "stop"), Field(gettext_noop("To"), "to_programme", "programme"),
    Field(gettext_noop("From"), "ends_on", "day"), Field(gettext_noop("State"), "state", "transition_state"),
])  # fmt: skip


@require_GET
@desk.needs("enrolment.view")
def transitions(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "transitions", kind)
    return _list_page(request)


def _list_page(request: HttpRequest, form: FindForm | None = None) -> HttpResponse:
    officer, asked = desk.officer(request), request.GET
    if form is None and officer.may("enrolment.stop"):
        form = FindForm(initial={"on": timezone.localdate()})
    codes = queries.batches(officer).order_by("programme_code").values_list("programme_code", flat=True).distinct()
    context = {
        "rows": pager.page(request, _found(officer, asked), order=("-id",)), "form": form,
        "work": works.latest(JOB, officer.username), "states": TransitionBatch.State.values,
        "state": asked.get("state", ""), "programmes": list(codes), "programme": asked.get("programme", ""),
    }  # fmt: skip
    return desk.page(request, "office/enrolment/transitions.html", context)


@require_POST
@desk.needs("enrolment.stop")
def transitions_find(request: HttpRequest) -> HttpResponse:
    """Asking every enrolment takes a while: a job does it."""
    form, officer = FindForm(request.POST), desk.officer(request)
    if not form.is_valid():
        return _list_page(request, form)
    works.start(JOB, by=officer, subject=officer.username, on=form.cleaned_data["on"].isoformat())
    return redirect("office:transitions")


@require_GET
@desk.needs("enrolment.view")
def transition_batch(request: HttpRequest, pk: int) -> HttpResponse:
    row = _batch(request, pk)
    if kind := exports.wanted(request):
        return exports.answer(request, "transition-rows", kind, batch=row.pk)
    return _batch_page(request, row)


def _batch(request: HttpRequest, pk: int) -> TransitionBatch:
    found = queries.batches(desk.officer(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _batch_page(
    request: HttpRequest, row: TransitionBatch, refusal: str = "", form: BackForm | None = None
) -> HttpResponse:
    officer = desk.officer(request)
    waits = row.state == TransitionBatch.State.PROPOSED
    context: dict[str, Any] = {
        "batch": row, "rows": pager.page(request, queries.rows(officer, row.pk), order=("id",)),
        "counts": queries.by_reason(officer, row.pk), "own": row.proposed_by == officer.username,
        "may_decide": waits and officer.may("enrolment.stop") and row.proposed_by != officer.username,
        "back_form": form or BackForm(),
    }  # fmt: skip
    return desk.page(request, "office/enrolment/transition_batch.html", context, refusal=refusal)


@require_POST
@desk.needs("enrolment.stop")
def transitions_approve(request: HttpRequest, pk: int) -> HttpResponse:
    row, by = _batch(request, pk), desk.officer(request)
    return desk.act(
        request,
        lambda: actions.approve_transitions(batch=row, until=payments.paid_until(), by=by),
        lambda why: _batch_page(request, row, why),
        _("Done: the benefits end and move on the days shown."), "office:transition-batch", pk,
    )  # fmt: skip


@require_POST
@desk.needs("enrolment.stop")
def transitions_return(request: HttpRequest, pk: int) -> HttpResponse:
    row, form, by = _batch(request, pk), BackForm(request.POST), desk.officer(request)
    return desk.act(
        request,
        lambda: actions.return_transitions(batch=row, reason=form.cleaned_data["reason"], by=by),
        lambda why: _batch_page(request, row, why, form), _("The batch is sent back with your reason."),
        "office:transition-batch", pk, form=form,
    )  # fmt: skip
