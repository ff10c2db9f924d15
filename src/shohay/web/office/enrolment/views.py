"""Who is on which programme, and stops that wait for a second officer."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.enrolment import actions
from shohay.stages.enrolment.models import Enrolment
from shohay.web.office import desk
from shohay.web.parts import names, pager


def _mine(officer: Officer) -> QuerySet[Enrolment]:
    scope = officer.area_filter() & officer.programme_filter()
    return Enrolment.objects.filter(scope).select_related("person")


@require_GET
@desk.needs("enrolment.view")
def enrolments(request: HttpRequest) -> HttpResponse:
    """Beneficiaries of one programme; names stay behind the person's record."""
    found = _mine(desk.officer(request))
    codes = list(Enrolment.objects.order_by("programme_code").values_list("programme_code", flat=True).distinct())
    codes = [code for code in codes if desk.officer(request).covers(programme=code)]
    code, state = request.GET.get("programme", ""), request.GET.get("state", "")
    if code:
        found = found.filter(programme_code=code)
    if state in Enrolment.State.values:
        found = found.filter(state=state)
    if desk.wants_file(request):
        header = [_("Programme"), _("Person"), _("Area"), _("From"), _("State")]
        rows = (
            (row.programme_code, row.person_id, names.area(row.area_code, desk.language()), row.valid.lower, row.state)
            for row in found.order_by("id")[: desk.EXPORT_UP_TO]
        )
        return desk.table_file("beneficiaries", header, rows)
    context = {
        "rows": pager.page(request, found, order=("-id",)),
        "programmes": codes, "programme": code, "states": Enrolment.State.values, "state": state,
    }  # fmt: skip
    return desk.page(request, "office/enrolment/enrolments.html", context)


@require_GET
@desk.needs("enrolment.stop")
def stops(request: HttpRequest) -> HttpResponse:
    return _stops_page(request)


def _proposed(officer: Officer) -> QuerySet[Enrolment]:
    return _mine(officer).exclude(stop_proposed_by="").filter(stop_approved_by="")


def _stops_page(request: HttpRequest, refusal: str = "") -> HttpResponse:
    rows = pager.page(request, _proposed(desk.officer(request)), order=("-id",))
    return desk.page(request, "office/enrolment/stops.html", {"rows": rows}, refusal=refusal)


@require_POST
@desk.needs("enrolment.stop")
def approve_stop(request: HttpRequest, pk: int) -> HttpResponse:
    row = _proposed(desk.officer(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    refusal = desk.attempt(lambda: actions.approve_stop(enrolment=row, by=desk.officer(request)))
    if refusal:
        return _stops_page(request, refusal)
    desk.done(request, _("The stop is approved: no further payment will be prepared."))
    return redirect("office:stops")
