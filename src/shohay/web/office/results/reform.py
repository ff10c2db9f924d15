"""Dashboards of the reform: for the Central Management Committee, a cluster, a ministry, a district.

What is late, what has moved, money, people, results. Each number opens to its rows; the states of the plan are those
of today, the figures about people those of the last computation, and the page says of when each is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import queries_now as now
from shohay.stages.places import queries as places
from shohay.stages.programmes import queries as programmes
from shohay.stages.programmes.models import Ministry
from shohay.stages.results import queries as results
from shohay.stages.results import queries_values as values
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.office.indicators.views import year_of
from shohay.web.office.results import panels
from shohay.web.office.words import say
from shohay.web.parts import charts
from shohay.web.parts.charts import chart
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import crore, digits, lakh, local, num

BACK = 90  # days: what has moved since
FIRST = 10  # rows of a list that goes on in the plan
IN_POISHA, IN_PEOPLE = 10**9, 10**5


def _by_ministry(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    """One row a ministry or division: its promises and its money, the most late first."""
    chapters: dict[str, list[now.State]] = {}
    for row in now.states(officer, timezone.localdate()):
        if row.kind == "chapter":
            chapters.setdefault(row.ministry, []).append(row)
    money = {row.name: row for row in programmes.totals_by("ministry_id")}
    found = []
    for ministry in programmes.ministries():
        counted, own = now.tally(chapters.get(ministry.code, [])), money.get(ministry.code)
        found.append({
            "code": ministry.code, "name_bn": ministry.name_bn, "name_en": ministry.name_en, **counted._asdict(),
            "order": ministry.order, "budget_crore": own.budget_crore if own else 0,
        })  # fmt: skip
    return sorted(found, key=lambda row: (-row["late"], row["order"]))


exports.declare("reform", gettext_noop("State of the reform"), _by_ministry, ("plan.view",), [
    Field(gettext_noop("Ministry or division"), "name_{language}"),
    Field(gettext_noop("Promised"), "promised", "number"),
    Field(gettext_noop("Late"), "late", "number"), Field(gettext_noop("Period missed"), "missed", "number"),
    Field(gettext_noop("Due soon"), "due_soon", "number"), Field(gettext_noop("Completed"), "completed", "number"),
    Field(gettext_noop("Budget (crore taka)"), "budget_crore", "number"),
])  # fmt: skip


@require_GET
@desk.needs("plan.view")
def reform(request: HttpRequest) -> HttpResponse:
    """The whole reform, for the Central Management Committee."""
    if kind := exports.wanted(request):
        return exports.answer(request, "reform", kind)
    officer, today = desk.officer(request), timezone.localdate()
    since = today - timedelta(days=BACK)
    states = now.states(officer, today)
    counted = now.tally(row for row in states if row.kind == "chapter")
    rows = _by_ministry(officer, request.GET)
    year = year_of({})
    board = values.scoreboard(officer, fiscal_year=year)
    everywhere = "" in officer.areas and "" in officer.programmes
    figures = results.dashboard(officer if everywhere else None)
    table = _ministry_table(rows)
    late = [(local(row, "name"), row["late"]) for row in rows if row["late"]]
    context = {
        "counted": counted, "today": today, "since": since, "moved": now.moved(officer, since, today),
        "tiles": [*panels.plan_tiles(counted, kind="chapter"), _moved_tile(officer, since, today)],
        "money": _total_tiles(officer, programmes.national_total()),
        "people": panels.people_tiles(officer, figures["tiles"]),
        "results": panels.indicator_tiles(officer, board, year), "year": year,
        "run": next((row["run"] for row in board if row["run"]), None),
        "computed_at": figures["computed_at"], "clusters": _cluster_table(states),
        "chart": panels.bars("late", _("Late promises, the most first"), table, late), "ministries": table,
        "map": panels.district_map(officer),
    }  # fmt: skip
    return desk.page(request, "office/results/reform.html", context)


def _moved_tile(officer: Officer, since: date, today: date) -> panels.Tile:
    return panels.tile(
        _("Moved in 90 days"), num(now.moved(officer, since, today)),
        reverse("office:plan-moved") + f"?since={since.isoformat()}",
    )  # fmt: skip


def _ministry_table(rows: list[dict[str, Any]]) -> Table:
    def list_of(state: str) -> Any:
        return lambda row: panels.items_address(kind="chapter", ministry=row["code"], part="owner", state=state)

    columns = [
        Column(_("Ministry or division"), lambda row: local(row, "name"), "long",
               lambda row: reverse("office:dashboard-ministry", args=[row["code"]])),
        Column(_("Promised"), lambda row: row["promised"], "num"),
        Column(_("Late"), lambda row: row["late"], "num", list_of("late")),
        Column(_("Due soon"), lambda row: row["due_soon"], "num", list_of("due_soon"), secondary=True),
        Column(_("Completed"), lambda row: row["completed"], "num", list_of("completed")),
        Column(_("Budget"), lambda row: row["budget_crore"] * IN_POISHA, "crore", secondary=True),
    ]  # fmt: skip
    return Table(columns, rows, caption=_("By ministry"), hide_caption=True, tall=True)


def _cluster_table(states: tuple[now.State, ...]) -> Table:
    clusters: dict[str, list[now.State]] = {}
    for row in states:
        if row.kind == "cluster":
            clusters.setdefault(row.cluster, []).append(row)
    rows = [(name, now.tally(of)) for name, of in clusters.items()]
    columns = [
        Column(_("Cluster"), lambda row: say("cluster", row[0]), "long",
               lambda row: reverse("office:dashboard-cluster", args=[slugify(row[0])])),
        Column(_("Promised"), lambda row: row[1].promised, "num"),
        Column(_("Late"), lambda row: row[1].late, "num",
               lambda row: panels.items_address(kind="cluster", cluster=row[0], state="late")),
        Column(_("Completed"), lambda row: row[1].completed, "num"),
    ]  # fmt: skip
    return Table(columns, rows, caption=_("By cluster"), hide_caption=True)


# --------------------------------------------------------------------------------------------- cluster and ministry


def _late_table(states: list[now.State]) -> Table | None:
    """The first late promises of these, the longest late first."""
    found = now.longest_late(states, FIRST)
    columns = [
        Column(
            _("Promise"),
            lambda row: local(now.texts(row), "activity"),
            "long",
            lambda row: reverse("office:plan-item", args=[row.pk]),
        ),
        Column(_("Ministry or division"), lambda row: row.owner and local(row.owner, "name"), "long", secondary=True),
        Column(_("Due by"), lambda row: row.due, "day"),
        Column(_("Reported as"), lambda row: say("plan_status", now.texts(row).status), secondary=True),
    ]
    return Table(columns, found, caption=_("The longest late")) if found else None


@require_GET
@desk.needs("plan.view")
def cluster(request: HttpRequest, name: str) -> HttpResponse:
    """One thematic cluster: the rows of its plan, its programmes' money, the ministry that coordinates it."""
    officer, today = desk.officer(request), timezone.localdate()
    states = [row for row in now.states(officer, today) if row.kind == "cluster" and slugify(row.cluster) == name]
    if not states:
        raise Http404
    title, counted = states[0].cluster, now.tally(states)
    theme = title.removesuffix(" Cluster")
    money = next((row for row in programmes.totals_by("thematic_cluster") if row.name == theme), None)
    lead = Ministry.objects.filter(coordinating_cluster=theme).first()
    context = {
        "title": say("cluster", title), "counted": counted, "today": today, "lead": lead,
        "tiles": panels.plan_tiles(counted, kind="cluster", cluster=title),
        "money": _total_tiles(officer, money) if money else [],
        "late": _late_table(states),
        "all": panels.items_address(kind="cluster", cluster=title),
    }  # fmt: skip
    return desk.page(request, "office/results/part.html", context)


def _total_tiles(officer: Officer, total: programmes.Total) -> list[panels.Tile]:
    address = panels.opens(officer, "budget")
    note = _("%(n)s programmes") % {"n": num(total.programmes)}
    return [
        panels.tile(_("Budget of the fiscal year 2024-25"), crore(total.budget_crore * IN_POISHA), address, "", note),
        panels.tile(_("Beneficiaries in the list"), lakh(total.beneficiaries_lakh * IN_PEOPLE), address),
    ]


@require_GET
@desk.needs("plan.view")
def ministry(request: HttpRequest, code: str) -> HttpResponse:
    """One ministry or division: its promises, its budget year by year, its programmes."""
    officer, today = desk.officer(request), timezone.localdate()
    row = Ministry.objects.filter(pk=code).first()
    if row is None:
        raise Http404
    states = [one for one in now.states(officer, today) if one.kind == "chapter" and one.ministry == code]
    counted = now.tally(states)
    money = next((one for one in programmes.totals_by("ministry_id") if one.name == code), None)
    context = {
        "title": local(row, "name"), "counted": counted, "today": today, "lead": None,
        "tiles": panels.plan_tiles(counted, kind="chapter", ministry=code, part="owner"),
        "money": _total_tiles(officer, money) if money else [],
        "late": _late_table(states),
        "all": reverse("office:plan-ministry", args=[code]),
        "chart": _series(code, local(row, "name")), "programmes": _programmes(code),
    }  # fmt: skip
    return desk.page(request, "office/results/part.html", context)


def _series(code: str, name: str) -> dict[str, Any] | None:
    rows = list(programmes.budget_years(code))
    if len(rows) < 2:
        return None
    title = _("Budget of %(name)s by fiscal year, crore taka") % {"name": name}
    columns = [
        Column(_("Fiscal year"), lambda row: row.fiscal_year, "digits"),
        Column(_("Budget"), lambda row: row.budget_crore * IN_POISHA, "crore"),
        Column(_("Beneficiaries"), lambda row: row.beneficiaries_lakh * IN_PEOPLE, "lakh"),
    ]
    data = {
        "labels": [digits(row.fiscal_year) for row in rows],
        "series": [{"name": _("Budget"), "values": [float(row.budget_crore) for row in rows]}],
        "unit": _("crore taka"),
    }
    return chart("series", "line", title, Table(columns, rows, caption=title, hide_caption=True), data)


def _programmes(code: str) -> Table | None:
    rows = list(programmes.listed().filter(ministry_id=code).order_by("-budget_crore", "order"))
    columns = [
        Column(_("Programme"), lambda row: local(row, "name"), "long",
               lambda row: reverse("public:programme", args=[row.code])),
        Column(_("Budget"), lambda row: row.budget_crore and row.budget_crore * IN_POISHA, "crore"),
        Column(_("Beneficiaries"), lambda row: row.beneficiaries_lakh and row.beneficiaries_lakh * IN_PEOPLE, "lakh"),
    ]  # fmt: skip
    return Table(columns, rows, caption=_("Programmes")) if rows else None


# --------------------------------------------------------------------------------------------------------- district


@require_GET
@desk.needs("dashboard.view")
def district(request: HttpRequest, code: str) -> HttpResponse:
    """One district of the officer's: people, payments and grievances, its upazilas."""
    officer, place = desk.officer(request), places.area(code)
    if place is None or place.level != "district":
        raise Http404
    if not any(code.startswith(own) or own.startswith(code) for own in officer.areas):
        raise PermissionDenied("dashboard.view")
    narrowed = replace(officer, areas=tuple(own for own in officer.areas if own.startswith(code)) or (code,))
    found = results.dashboard(narrowed)
    rows = results.coverage_by_district(officer=narrowed, level="upazila")
    columns = [
        Column(_("Upazila"), lambda row: row["area_code"], "area"),
        Column(_("In the registry"), lambda row: row["persons"], "num"),
        Column(_("On a programme"), lambda row: row["beneficiaries"], "num"),
        Column(_("Share"), lambda row: row["coverage"], "percent"),
    ]
    title = _("Upazilas: people on a programme")
    table = Table(columns, rows, caption=title, hide_caption=True)
    context = {
        "code": code, "computed_at": found["computed_at"], "figures": found["tiles"],
        "tiles": panels.people_tiles(officer, found["tiles"]), "coverage": charts.coverage(found["programmes"]),
        "payments": charts.payments(found["payments"]), "upazilas": panels.upazila_map(code, title, table, rows),
    }  # fmt: skip
    return desk.page(request, "office/results/district.html", context)
