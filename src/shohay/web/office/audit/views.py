"""The audit log: who did what, when and why; and the proof that nothing in it was changed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts import queries as accounts
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit import queries
from shohay.stages.audit.models import Event
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.parts import pager
from shohay.web.parts.forms import BanglaDateField


def _found(officer: Officer, asked: exports.Asked) -> QuerySet[Event]:
    """Events that fit the filters of the address, newest first."""
    found = Event.objects.order_by("-seq")
    for name, column in (("action", "action"), ("type", "subject_type"), ("id", "subject_id")):
        if asked.get(name):
            found = found.filter(**{column: asked[name].strip()})
    if who := asked.get("actor", "").strip():
        found = found.filter(actor__in=[who, *accounts.usernames_of(who)])
    day = BanglaDateField(required=False)
    for name, column in (("from", "at__date__gte"), ("to", "at__date__lte")):
        try:
            if chosen := day.clean(asked.get(name, "")):
                found = found.filter(**{column: chosen})
        except ValidationError:
            continue
    return found


exports.declare("audit", _("Audit log"), _found, ("audit.view",), [
    Field(_("No."), "seq", "number"), Field(_("When"), "at", "moment"), Field(_("Account"), "actor"),
    Field(_("Who"), "actor", "officer"), Field(_("Role"), "role", "role"), Field(_("What"), "action", "event"),
    Field(_("Kind of record"), "subject_type", "subject"), Field(_("Number of the record"), "subject_id"),
    Field(_("Programme"), "programme_code", "programme"),
    Field(_("Area"), "area_code"), Field(_("Why"), "reason", "log_reason"),
    Field(_("Fingerprint"), "hash"),
])  # fmt: skip


@require_GET
@desk.needs("audit.view")
def log(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "audit", kind)
    return _log_page(request)


def _log_page(request: HttpRequest, verification: queries.Verification | None = None) -> HttpResponse:
    actions = list(Event.objects.order_by("action").values_list("action", flat=True).distinct())
    context = {
        "rows": pager.page(request, _found(desk.officer(request), request.GET), order=("-seq",)),
        "actions": actions, "asked": request.GET, "verification": verification,
    }  # fmt: skip
    return desk.page(request, "office/audit/log.html", context)


@require_POST
@desk.needs("audit.verify")
def verify(request: HttpRequest) -> HttpResponse:
    """Compute the whole chain again; the result stands on the page."""
    return _log_page(request, queries.verify())
