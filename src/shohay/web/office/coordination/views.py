"""The action plan at a glance: by ministry, cluster, theme or status, on any day; and the items of one ministry."""

from __future__ import annotations

from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import queries_plan as plans
from shohay.stages.coordination import queries_plan_work as work
from shohay.stages.programmes.models import Ministry
from shohay.web.office import desk, exports
from shohay.web.office.coordination import shown
from shohay.web.office.exports import Field
from shohay.web.parts import pager
from shohay.web.parts.charts import chart
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import num

BY = ("ministry", "theme", "cluster", "state", "reported")
CHARTED = 12  # bars that a chart can hold and still be read


def _by(asked: exports.Asked) -> str:
    return asked.get("by", "") if asked.get("by") in BY else "ministry"


def _counted(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    """One line a ministry, cluster, theme or status; the most late first."""
    by = _by(asked)
    named = dict(shown.ministries())
    counted = plans.counts_by(officer, by, shown.on_of(asked))
    rows = [{**row._asdict(), "label": shown.name_of(by, row.name, named)} for row in counted]
    return sorted(rows, key=lambda row: (-row["late"], -row["promised"], row["label"]))


exports.declare("action-plan", gettext_noop("Action plan"), _counted, ("plan.view",), [
    Field(gettext_noop("Name"), "label"), Field(gettext_noop("Promised"), "promised", "number"),
    Field(gettext_noop("Late"), "late", "number"), Field(gettext_noop("Period missed"), "missed", "number"),
    Field(gettext_noop("Due soon"), "due_soon", "number"), Field(gettext_noop("Not yet due"), "in_time", "number"),
    Field(gettext_noop("Without a day"), "continuous", "number"),
    Field(gettext_noop("Completed"), "completed", "number"),
    Field(gettext_noop("With evidence"), "proven", "number"), Field(gettext_noop("Stopped"), "stopped", "number"),
])  # fmt: skip


@require_GET
@desk.needs("plan.view")
def plan(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "action-plan", kind)
    officer, by = desk.officer(request), _by(request.GET)
    rows = _counted(officer, request.GET)
    total = {name: sum(row[name] for row in rows) for name in plans.PlanCount._fields[1:]}
    context = {
        "rows": rows, "by": by, "total": total, "on": shown.on_of(request.GET), "asked": request.GET,
        "tiles": _tiles(officer, total, request.GET), "table": _table(rows, by, request.GET), "tab": "plan",
        "chart": _chart(rows, by), "rules": by == "cluster",
    }  # fmt: skip
    return desk.page(request, "office/coordination/plan.html", context)


def address(asked: exports.Asked, **filters: str) -> str:
    """The list of items with these filters, on the day of the page."""
    if asked.get("on"):
        filters["on"] = asked["on"]
    return f"{reverse('office:plan-items')}?{urlencode(filters)}"


def _tiles(officer: Officer, total: dict[str, int], asked: exports.Asked) -> list[dict[str, object]]:
    kind = "cluster" if _by(asked) == "cluster" else "chapter"

    def tile(label: str, value: int, tone: str, note: str, **filters: str) -> dict[str, object]:
        href = address(asked, kind=kind, **filters)
        return {"label": label, "value": num(value), "href": href, "tone": tone if value else "", "note": note}

    waiting = work.to_verify(officer).count() if officer.may("plan.verify") else 0
    tiles = [
        tile(_("Late"), total["late"], "bad", "", state="late"),
        tile(_("Period missed"), total["missed"], "bad", _("of what is due again and again"),
             state="recurring_missed"),
        tile(_("Due within 90 days"), total["due_soon"], "wait", "", state="due_soon"),
        tile(_("Completed"), total["completed"], "good",
             _("%(n)s with evidence") % {"n": num(total["proven"])}, state="completed"),
    ]  # fmt: skip
    if waiting:
        tiles.append({"label": _("Updates to verify"), "value": num(waiting), "tone": "wait", "note": "",
                      "href": reverse("office:plan-updates")})  # fmt: skip
    return tiles


def _table(rows: list[dict[str, Any]], by: str, asked: exports.Asked) -> Table:
    labels = {"ministry": _("Ministry or division"), "theme": _("Theme"), "cluster": _("Cluster"),
              "state": _("Status"), "reported": _("Reported as")}  # fmt: skip

    def opens(state: str = "") -> Any:
        if by == "reported":
            return None
        more = {"state": state} if state else {}
        return lambda row: address(
            asked, **{**({} if by == "cluster" else {"kind": "chapter"}), by: row["name"], **more}
        )

    columns = [
        Column(labels[by], lambda row: row["label"], "long", opens()),
        Column(_("Promised"), lambda row: row["promised"], "num"),
        Column(_("Late"), lambda row: row["late"], "num", opens("late") if by != "state" else None),
        Column(_("Period missed"), lambda row: row["missed"], "num", secondary=True),
        Column(_("Due soon"), lambda row: row["due_soon"], "num", secondary=True),
        Column(_("Not yet due"), lambda row: row["in_time"], "num", secondary=True),
        Column(_("Without a day"), lambda row: row["continuous"], "num", secondary=True),
        Column(_("Completed"), lambda row: row["completed"], "num"),
        Column(_("Stopped"), lambda row: row["stopped"], "num", secondary=True),
    ]
    return Table(columns, rows, caption=labels[by], hide_caption=True)


def _chart(rows: list[dict[str, Any]], by: str) -> dict[str, Any] | None:
    if by in ("state", "reported") or not rows:
        return None
    most = rows[:CHARTED]
    title = _("Late and completed, the most late first")
    series = [(_("Completed"), "completed"), (_("Late"), "late"), (_("Not yet due"), "in_time")]
    columns = [Column(_("Name"), lambda row: row["label"], "long")]
    columns += [Column(name, itemgetter(key), "num") for name, key in series]
    data = {
        "labels": [row["label"] for row in most],
        "series": [{"name": name, "values": [row[key] for row in most]} for name, key in series],
        "unit": "",
    }
    table = Table(columns, most, caption=title, hide_caption=True)
    return chart("plan-counts", "bar", title, table, data, tall=len(most) > 6)


@require_GET
@desk.needs("plan.view")
def ministry(request: HttpRequest, code: str) -> HttpResponse:
    """The items that one ministry answers for, owned or shared, in the order of the plan."""
    row = Ministry.objects.filter(pk=code).first()
    if row is None:
        raise Http404
    if kind := exports.wanted(request):
        return exports.answer(request, "plan-items", kind, ministry=code)
    asked = {**request.GET.dict(), "ministry": code}
    officer = desk.officer(request)
    found = shown.found(officer, asked)
    counted = next((one for one in plans.counts_by(officer, "ministry", shown.on_of(asked)) if one.name == code), None)
    mine = officer.may("plan.update") and officer.covers(ministry=code)
    context = {
        "ministry": row, "rows": pager.page(request, found, order=("order",)), "counted": counted, "mine": mine,
        "tab": "", **shown.filters(asked),
    }  # fmt: skip
    return desk.page(request, "office/coordination/ministry.html", context)
