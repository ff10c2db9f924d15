"""The action plan of the reform: by ministry, with what is late, whatever its report calls it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import queries
from shohay.stages.coordination.models import ActionItem
from shohay.stages.programmes.models import Ministry
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.parts import pager


def _by_ministry(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    """One line a ministry: promised, late, completed; the latest first."""
    ministries = Ministry.objects.in_bulk()
    counted = queries.counts(officer, "ministry_id", on=timezone.localdate())
    rows = [
        {**row._asdict(), "ministry": ministries[row.name], "name_bn": ministries[row.name].name_bn,
         "name_en": ministries[row.name].name_en}
        for row in counted
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row["late"], row["ministry"].order))


exports.declare("action-plan", _("Action plan"), _by_ministry, ("plan.view",), [
    Field(_("Ministry or division"), "name_{language}"), Field(_("Promised"), "promised", "number"),
    Field(_("Late"), "late", "number"), Field(_("Completed"), "completed", "number"),
])  # fmt: skip


@require_GET
@desk.needs("plan.view")
def plan(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "action-plan", kind)
    rows = _by_ministry(desk.officer(request), request.GET)
    context = {
        "rows": rows,
        "late": sum(row["late"] for row in rows),
        "all": sum(row["promised"] for row in rows),
    }
    return desk.page(request, "office/coordination/plan.html", context)


def _promises(officer: Officer, asked: exports.Asked) -> QuerySet[ActionItem]:
    """The promises of a ministry in the order of the plan; ``shown=late`` leaves the others out."""
    only_late = asked.get("shown") == "late"
    found = queries.items(officer, on=timezone.localdate(), ministry=asked["ministry"], only_late=only_late)
    return found.order_by("objective_no", "code")


exports.declare("promises", _("Promises of a ministry"), _promises, ("plan.view",), [
    Field(_("No."), "code"), Field(_("Promise"), "activity_{language}"), Field(_("Indicator"), "indicator_{language}"),
    Field(_("Due by"), "due", "day"), Field(_("Timeframe as reported"), "timeframe", "timeframe"),
    Field(_("Reported as"), "status", "plan_status"),
])  # fmt: skip


@require_GET
@desk.needs("plan.view")
def ministry(request: HttpRequest, code: str) -> HttpResponse:
    """The promises of one ministry, in the order of the plan."""
    row = Ministry.objects.filter(pk=code).first()
    if row is None:
        raise Http404
    if kind := exports.wanted(request):
        return exports.answer(request, "promises", kind, ministry=code)
    found = _promises(desk.officer(request), {**request.GET.dict(), "ministry": code})
    shown = request.GET.get("shown", "all")
    context = {"ministry": row, "rows": pager.page(request, found, order=("objective_no", "code")), "shown": shown}
    return desk.page(request, "office/coordination/ministry.html", context)
