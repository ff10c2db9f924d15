"""Who is on which programme, and stops that wait for a second officer."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.enrolment import actions
from shohay.stages.enrolment.models import Enrolment
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.parts import pager


def _mine(officer: Officer) -> QuerySet[Enrolment]:
    scope = officer.area_filter() & officer.programme_filter()
    return Enrolment.objects.filter(scope).select_related("person")


def _found(officer: Officer, asked: exports.Asked) -> QuerySet[Enrolment]:
    """Those of the programme and the state that the address names."""
    found = _mine(officer)
    code, state = asked.get("programme", ""), asked.get("state", "")
    if code:
        found = found.filter(programme_code=code)
    return found.filter(state=state) if state in Enrolment.State.values else found


_COLUMNS = [
    Field(gettext_noop("Programme"), "programme_code", "programme"),
    Field(gettext_noop("Person"), "person_id", "number"),
    Field(gettext_noop("Household"), "person__household__reference"), Field(gettext_noop("Area"), "area_code", "area"),
    Field(gettext_noop("Since"), "valid", "since"), Field(gettext_noop("State"), "state", "enrolment"),
]  # fmt: skip
exports.declare("beneficiaries", gettext_noop("Beneficiaries"), _found, ("enrolment.view",), _COLUMNS)


@require_GET
@desk.needs("enrolment.view")
def enrolments(request: HttpRequest) -> HttpResponse:
    """Beneficiaries of one programme; names stay behind the person's record."""
    officer, asked = desk.officer(request), request.GET
    if kind := exports.wanted(request):
        return exports.answer(request, "beneficiaries", kind)
    codes = Enrolment.objects.order_by("programme_code").values_list("programme_code", flat=True).distinct()
    context = {
        "rows": pager.page(request, _found(officer, asked), order=("-id",)),
        "programmes": [code for code in codes if officer.covers(programme=code)],
        "programme": asked.get("programme", ""), "states": Enrolment.State.values, "state": asked.get("state", ""),
    }  # fmt: skip
    return desk.page(request, "office/enrolment/enrolments.html", context)


@require_GET
@desk.needs("enrolment.stop")
def stops(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "stops", kind)
    return _stops_page(request)


def _proposed(officer: Officer) -> QuerySet[Enrolment]:
    return _mine(officer).exclude(stop_proposed_by="").filter(stop_approved_by="")


def _to_stop(officer: Officer, asked: exports.Asked) -> QuerySet[Enrolment]:
    return _proposed(officer).order_by("-id")


exports.declare("stops", gettext_noop("Proposed stops"), _to_stop, ("enrolment.stop",), [
    *_COLUMNS[:4], Field(gettext_noop("Reason"), "stop_reason", "stop"),
    Field(gettext_noop("First day without it"), "stop_on", "day"),
    Field(gettext_noop("Proposed by"), "stop_proposed_by", "officer"),
])  # fmt: skip


def _stops_page(request: HttpRequest, refusal: str = "") -> HttpResponse:
    rows = pager.page(request, _proposed(desk.officer(request)), order=("-id",))
    return desk.page(request, "office/enrolment/stops.html", {"rows": rows}, refusal=refusal)


@require_POST
@desk.needs("enrolment.stop")
def approve_stop(request: HttpRequest, pk: int) -> HttpResponse:
    row = _proposed(desk.officer(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return desk.act(
        request,
        lambda: actions.approve_stop(enrolment=row, by=desk.officer(request)),
        lambda why: _stops_page(request, why),
        _("The stop is approved: no further payment will be prepared."),
        "office:stops",
    )
