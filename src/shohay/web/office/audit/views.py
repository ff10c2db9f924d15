"""The audit log: who did what, when and why; and the proof that nothing in it was changed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.audit import queries
from shohay.stages.audit.models import Event
from shohay.web.office import desk
from shohay.web.parts import pager
from shohay.web.parts.forms import BanglaDateField


@require_GET
@desk.needs("audit.view")
def log(request: HttpRequest) -> HttpResponse:
    return _log_page(request)


def _found(request: HttpRequest) -> QuerySet[Event]:
    """Events that fit the filters of the address."""
    found, asked = Event.objects.all(), request.GET
    for name, column in (("actor", "actor"), ("action", "action"), ("type", "subject_type"), ("id", "subject_id")):
        if asked.get(name):
            found = found.filter(**{column: asked[name].strip()})
    day = BanglaDateField(required=False)
    for name, column in (("from", "at__date__gte"), ("to", "at__date__lte")):
        try:
            if chosen := day.clean(asked.get(name, "")):
                found = found.filter(**{column: chosen})
        except ValidationError:
            continue
    return found


def _log_page(request: HttpRequest, verification: queries.Verification | None = None) -> HttpResponse:
    found = _found(request)
    if desk.wants_file(request):
        header = [_("No."), _("When"), _("Who"), _("Role"), _("What"), _("Subject"), _("Reason"), _("Hash")]
        rows = (
            (e.seq, e.at, e.actor, e.role, e.action, f"{e.subject_type} {e.subject_id}", e.reason, e.hash)
            for e in found.order_by("-seq")[: desk.EXPORT_UP_TO]
        )
        return desk.table_file("audit", header, rows)
    actions = list(Event.objects.order_by("action").values_list("action", flat=True).distinct())
    context = {
        "rows": pager.page(request, found, order=("-seq",)),
        "actions": actions, "asked": request.GET, "verification": verification,
    }  # fmt: skip
    return desk.page(request, "office/audit/log.html", context)


@require_POST
@desk.needs("audit.verify")
def verify(request: HttpRequest) -> HttpResponse:
    """Compute the whole chain again; the result stands on the page."""
    return _log_page(request, queries.verify())
