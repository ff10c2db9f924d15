"""Meetings of all my committees: what is coming, what was held, whose minutes wait for confirmation."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import queries_committees as queries
from shohay.stages.coordination.models_committees import CommitteeKind, Meeting
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.parts import pager

SHOWN = ("coming", "draft", "held", "no_quorum", "cancelled")


def _listed(officer: Officer, asked: exports.Asked) -> QuerySet[Meeting]:
    """Coming meetings first to come, the others latest first."""
    show, level, text = asked.get("show", "coming"), asked.get("level", ""), asked.get("q", "").strip()
    found = queries.meetings(officer)
    if level in CommitteeKind.Level.values:
        found = found.filter(committee__kind__level=level)
    if text:
        found = found.filter(Q(committee__name_bn__icontains=text) | Q(committee__name_en__icontains=text))
    if show == "draft":
        return found.filter(minutes_state="draft")
    if show in ("held", "no_quorum", "cancelled"):
        return found.filter(state=show)
    return found.filter(state="called") if show == "coming" else found


exports.declare("meetings", gettext_noop("Meetings"), _listed, ("committee.view",), [
    Field(gettext_noop("Committee"), "committee__name_{language}"), Field(gettext_noop("No."), "number", "number"),
    Field(gettext_noop("Day"), "meets_on", "day"), Field(gettext_noop("Place"), "place"),
    Field(gettext_noop("State"), "state", "meeting_show"), Field(gettext_noop("Present"), "present", "number"),
    Field(gettext_noop("Minutes"), "minutes_state", "minutes_state"),
])  # fmt: skip


@require_GET
@desk.needs("committee.view")
def meetings(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "meetings", kind)
    asked = request.GET.dict()
    show = asked.get("show", "coming")
    coming = show == "coming"
    order = ("meets_on", "id") if coming else ("-meets_on", "-id")
    context = {
        "rows": pager.page(request, _listed(desk.officer(request), asked), order=order),
        "show": show if show in SHOWN else "", "shown": SHOWN, "level": asked.get("level", ""),
        "levels": CommitteeKind.Level.values, "text": asked.get("q", ""), "today": timezone.localdate(),
    }  # fmt: skip
    return desk.page(request, "office/committees/meetings.html", context)
