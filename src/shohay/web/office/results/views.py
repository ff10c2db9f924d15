"""The dashboard of an officer's areas, and the chain in numbers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shohay.stages.accounts.officer import Officer
from shohay.stages.results import queries
from shohay.web.office import desk
from shohay.web.office.rail import permissions_of
from shohay.web.parts import names
from shohay.web.parts.tables import Column, Table
from shohay.web.public.dashboard import chart
from shohay.web.templatetags.shohay import crore, num, percent, words


@require_GET
@desk.needs("dashboard.view")
def dashboard(request: HttpRequest) -> HttpResponse:
    """The figures of the officer's areas and programmes: news, tiles that open their rows, charts with tables."""
    officer = desk.officer(request)
    found = queries.dashboard(officer)
    if desk.wants_file(request):
        return _file(found["programmes"])
    context = {
        "figures": found["tiles"],
        "computed_at": found["computed_at"],
        "tiles": _tiles(officer, found["tiles"]),
        "coverage": _coverage(found["programmes"]),
        "payments": _payments(found["payments"]),
        "returns": _returns(found["returns"]),
    }
    return desk.page(request, "office/results/dashboard.html", context)


def _file(rows: list[dict[str, Any]]) -> HttpResponse:
    columns = ("eligible", "applied", "selected", "enrolled", "payments", "paid", "paid_poisha", "returns")
    header = [_("Programme"), *columns]
    return desk.table_file(
        "dashboard", header, ([row["programme_code"], *(row[name] for name in columns)] for row in rows)
    )


def _tiles(officer: Officer, values: dict[str, float | None]) -> list[dict[str, object]]:
    """A tile for each figure that is there; it opens the rows behind it where the role may see them."""
    shown = (
        ("persons", _("People in the registry"), num, "people", "", ""),
        ("applied", _("Applications"), num, "runs", "", ""),
        ("beneficiaries", _("People on a programme"), num, "enrolments", "", "good"),
        ("payments", _("Payments"), num, "payrolls", "", ""),
        ("paid_poisha", _("Paid out"), crore, "payrolls", "", "good"),
        ("returns", _("Returned payments"), num, "returns", "", "bad"),
        ("grievances", _("Grievances"), num, "grievances", "?state=filed", ""),
        ("answered_in_time", _("Grievances answered in time"), percent, "grievances", "?state=answered", ""),
    )
    return [
        {
            "label": label,
            "value": show(values[name]),
            "href": reverse(f"office:{page}") + question if desk.may_open(officer, permissions_of(page)) else "",
            "tone": tone if values[name] else "",
            "note": "",
        }
        for name, label, show, page, question, tone in shown
        if values.get(name) is not None
    ]


def _coverage(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    rows = [row for row in rows if row["eligible"] or row["enrolled"]]
    if not rows:
        return None
    title = _("Eligible and enrolled, by programme")
    columns = [
        Column(_("Programme"), lambda row: row["programme_code"], "programme"),
        Column(words("eligible"), lambda row: row["eligible"], "num"),
        Column(_("Enrolled"), lambda row: row["enrolled"], "num"),
        Column(_("Coverage"), lambda row: row["coverage"], "percent"),
        Column(_("Women"), lambda row: row["women_share"], "percent"),
    ]
    data = {
        "labels": [names.programme(row["programme_code"], desk.language()) for row in rows],
        "series": [
            {"name": words("eligible"), "values": [row["eligible"] for row in rows]},
            {"name": _("Enrolled"), "values": [row["enrolled"] for row in rows]},
        ],
        "unit": "",
    }
    return chart("coverage", "bar", title, Table(columns, rows, caption=title, hide_caption=True), data, tall=True)


def _payments(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    if not rows:
        return None
    title = _("Payments by state")
    columns = [
        Column(_("State"), lambda row: row["state"], "state", context="payment"),
        Column(_("Payments"), lambda row: row["payments"], "num"),
        Column(_("Amount"), lambda row: row["poisha"], "crore"),
    ]
    data = {
        "labels": [words(row["state"], "payment") for row in rows],
        "series": [{"name": _("Payments"), "values": [row["payments"] for row in rows]}],
        "unit": "",
    }
    return chart("payments", "bar", title, Table(columns, rows, caption=title, hide_caption=True), data)


def _returns(rows: list[dict[str, Any]]) -> Table | None:
    columns = [
        Column(_("Reason"), lambda row: row["reason"], "words"),
        Column(_("Payments"), lambda row: row["payments"], "num"),
    ]
    return Table(columns, rows, caption=_("Payments that came back, by reason")) if rows else None


@require_GET
@desk.needs("dashboard.view")
def chain(request: HttpRequest) -> HttpResponse:
    """The steps of the chain with the numbers that the demo wrote down."""
    steps = queries.chain_steps()
    if desk.wants_file(request):
        rows = ([step["step"], step["rows_in"], step["rows_out"], step["seconds"]] for step in steps)
        return desk.table_file("chain", [_("Step"), _("In"), _("Out"), _("Seconds")], rows)
    return desk.page(request, "office/results/chain.html", {"steps": steps})
