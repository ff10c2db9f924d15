"""The action plan of the reform: by ministry, with what is late, whatever its report calls it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shohay.stages.coordination import queries
from shohay.stages.programmes.models import Ministry
from shohay.web.office import desk
from shohay.web.parts import pager


@require_GET
@desk.needs("plan.view")
def plan(request: HttpRequest) -> HttpResponse:
    """One line a ministry: promised, late, completed; the latest first."""
    ministries = Ministry.objects.in_bulk()
    counted = queries.counts(desk.officer(request), "ministry_id", on=timezone.localdate())
    rows = [{**row._asdict(), "ministry": ministries[row.name]} for row in counted]
    rows.sort(key=lambda row: (-row["late"], row["ministry"].order))
    if desk.wants_file(request):
        column = "name_en" if desk.language() == "en" else "name_bn"
        header = [_("Ministry or division"), _("Promised"), _("Late"), _("Completed")]
        lines = ((getattr(row["ministry"], column), row["promised"], row["late"], row["completed"]) for row in rows)
        return desk.table_file("action-plan", header, lines)
    context = {
        "rows": rows,
        "late": sum(row["late"] for row in rows),
        "all": sum(row["promised"] for row in rows),
    }
    return desk.page(request, "office/coordination/plan.html", context)


@require_GET
@desk.needs("plan.view")
def ministry(request: HttpRequest, code: str) -> HttpResponse:
    """The promises of one ministry, in the order of the plan."""
    row = Ministry.objects.filter(pk=code).first()
    if row is None:
        raise Http404
    shown = request.GET.get("shown", "all")
    found = queries.items(desk.officer(request), on=timezone.localdate(), ministry=code, only_late=shown == "late")
    context = {"ministry": row, "rows": pager.page(request, found, order=("objective_no", "code")), "shown": shown}
    return desk.page(request, "office/coordination/ministry.html", context)
