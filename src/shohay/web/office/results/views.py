"""The dashboard of an officer's areas, and the chain in numbers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from shohay.stages.accounts.officer import Officer
from shohay.stages.results import queries
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.office.rail import permissions_of
from shohay.web.parts import charts
from shohay.web.templatetags.office import kg
from shohay.web.templatetags.shohay import crore, num, percent


def _programmes(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = queries.dashboard(officer)["programmes"]
    return found


exports.declare("dashboard", gettext_noop("Dashboard"), _programmes, ("dashboard.view",), [
    Field(gettext_noop("Programme"), "programme_code", "programme"),
    Field(gettext_noop("Eligible"), "eligible", "number"),
    Field(gettext_noop("Applications"), "applied", "number"), Field(gettext_noop("Selected"), "selected", "number"),
    Field(gettext_noop("Enrolled"), "enrolled", "number"), Field(gettext_noop("Payments"), "payments", "number"),
    Field(gettext_noop("Paid"), "paid", "number"), Field(gettext_noop("Paid out (taka)"), "paid_poisha", "taka"),
    Field(gettext_noop("Returned payments"), "returns", "number"),
])  # fmt: skip


@require_GET
@desk.needs("dashboard.view")
def dashboard(request: HttpRequest) -> HttpResponse:
    """The figures of the officer's areas and programmes: news, tiles that open their rows, charts with tables."""
    if kind := exports.wanted(request):
        return exports.answer(request, "dashboard", kind)
    officer = desk.officer(request)
    found = queries.dashboard(officer)
    context = {
        "figures": found["tiles"],
        "computed_at": found["computed_at"],
        "tiles": _tiles(officer, found["tiles"]),
        "coverage": charts.coverage(found["programmes"]),
        "payments": charts.payments(found["payments"]),
        "returns": charts.returns(found["returns"]),
    }
    return desk.page(request, "office/results/dashboard.html", context)


def _tiles(officer: Officer, values: dict[str, float | None]) -> list[dict[str, object]]:
    """A tile for each figure that is there; it opens the rows behind it where the role may see them."""
    shown = (
        ("persons", _("People in the registry"), num, "people", "", ""),
        ("applied", _("Applications"), num, "runs", "", ""),
        ("beneficiaries", _("People on a programme"), num, "enrolments", "", "good"),
        ("payments", _("Payments"), num, "payrolls", "", ""),
        ("paid_poisha", _("Paid out"), crore, "payrolls", "", "good"),
        ("returns", _("Returned payments"), num, "returns", "", "bad"),
        ("given_grams", _("Goods handed over"), kg, "distributions", "", "good"),
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


def _steps(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    """The steps of the chain with the numbers that the demo wrote down."""
    return queries.chain_steps()


exports.declare("chain", gettext_noop("The chain in numbers"), _steps, ("dashboard.view",), [
    Field(gettext_noop("Step"), "step", "chain"), Field(gettext_noop("In"), "rows_in", "number"),
    Field(gettext_noop("Out"), "rows_out", "number"), Field(gettext_noop("Seconds"), "seconds", "number"),
])  # fmt: skip


@require_GET
@desk.needs("dashboard.view")
def chain(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "chain", kind)
    return desk.page(request, "office/results/chain.html", {"steps": queries.chain_steps()})
