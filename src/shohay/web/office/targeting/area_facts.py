"""Facts of areas with their sources: a map, a table, and which place each figure really belongs to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from shohay.core.facts import FACTS
from shohay.stages.accounts.officer import Officer
from shohay.stages.places import queries as places
from shohay.stages.places.models import Area
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.parts import names
from shohay.web.parts.charts import chart
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import digits, language, num

SEES = ("quota.set", "quota.approve", "list.view", "definition.view", "dashboard.view")
FIRST = "poverty_rate"


def choices() -> list[tuple[str, str]]:
    """The facts of areas that have figures, in the reader's language."""
    return [(fact.name, fact.text.in_language(language())) for fact in FACTS.values()
            if fact.level == "area" and fact.kind in ("number", "bool") and fact.name != "oaa_universal"]  # fmt: skip


def figures(name: str) -> list[dict[str, Any]]:
    """One row an upazila or city corporation: its figure, whose it is, year, source; None where nothing is known."""
    levels = (Area.Level.UPAZILA, Area.Level.CITY_CORPORATION)
    codes = list(Area.objects.filter(level__in=levels).order_by("code").values_list("code", flat=True))
    found = places.figures([name], codes)
    rows: list[dict[str, Any]] = []
    for code in codes:
        fact, share = found.get(code, {}).get(name, (None, None))
        if fact is None or share is not None:  # of a total only the area's own figure is its own
            rows.append({"area": code, "value": None, "origin": "", "year": None, "source": "", "confidence": ""})
        else:
            rows.append({"area": code, "value": fact.value, "origin": fact.area_id, "year": fact.year,
                         "source": fact.source, "confidence": fact.confidence})  # fmt: skip
    return rows


def _chosen(asked: exports.Asked) -> str:
    name = asked.get("fact", "")
    return name if name in dict(choices()) else FIRST


def _found(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    return figures(_chosen(asked))


exports.declare("area-facts", gettext_noop("Area facts"), _found, SEES, [
    Field(gettext_noop("Code"), "area"), Field(gettext_noop("Area"), "area", "area"),
    Field(gettext_noop("Figure"), "value", "number"), Field(gettext_noop("Figure of"), "origin", "area"),
    Field(gettext_noop("Year"), "year", "number"), Field(gettext_noop("Source"), "source"),
    Field(gettext_noop("Confidence"), "confidence", "confidence"),
])  # fmt: skip


@require_GET
@desk.needs(*SEES)
def area_facts(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "area-facts", kind)
    name = _chosen(request.GET)
    rows = figures(name)
    known = [row for row in rows if row["value"] is not None]
    own = sum(row["origin"] == row["area"] for row in known)
    sources = sorted(
        {(row["source"], row["year"], row["confidence"]) for row in known}, key=lambda one: (-one[1], one[0])
    )
    context = {
        "choices": choices(), "fact": name, "title": FACTS[name].text.in_language(language()), "all": len(rows),
        "known": len(known), "own": own, "borrowed": len(known) - own, "unknown": len(rows) - len(known),
        "map": _map(name, rows), "sources": sources,
    }  # fmt: skip
    return desk.page(request, "office/targeting/area_facts.html", context)


def _value(name: str, value: float | None) -> str:
    """The figure as people read it; a dash where nothing is known."""
    if value is None:
        return "–"
    if FACTS[name].kind == "bool":
        return _("Yes") if value else _("No")
    text = num(value, 0 if value == int(value) else 2)
    return text + ("%" if FACTS[name].unit == "percent" else "")


def _map(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    title = FACTS[name].text.in_language(language())
    data = {
        "places": [
            {"code": row["area"], "name": names.area(row["area"], language()), "value": row["value"]} for row in rows
        ],
        "name": title, "unit": "%" if FACTS[name].unit == "percent" else "", "places_of": "upazilas",
    }  # fmt: skip
    columns = [
        Column(_("Area"), lambda row: row["area"], "area"), Column(_("District"), lambda row: row["area"][:4], "area"),
        Column(_("Figure"), lambda row: _value(name, row["value"]), "digits"),
        Column(_("Figure of"), lambda row: names.area(row["origin"], language()) if row["origin"] else "", "long"),
        Column(_("Year"), lambda row: digits(row["year"]) if row["year"] else "", "text"),
    ]  # fmt: skip
    ordered = sorted(rows, key=lambda row: (row["value"] is None, -(row["value"] or 0), row["area"]))
    table = Table(columns, ordered, caption=title, hide_caption=True, tall=True)
    return chart(
        "area-map",
        "map",
        title,
        table,
        data,
        _("Grey: not known. A figure of a district or division fills all its upazilas."),
    )
