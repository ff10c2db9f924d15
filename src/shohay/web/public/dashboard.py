"""The national figures: the news in a sentence, tiles, the map of districts, budget, coverage, payments.

The budget comes from the catalogue; people and payments come from the computed figures, small numbers left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shohay.stages.places import queries as places
from shohay.stages.programmes import queries as programmes
from shohay.stages.results import queries as results
from shohay.web.parts import charts, names
from shohay.web.parts.tables import Column, Table
from shohay.web.public import catalogue
from shohay.web.templatetags.shohay import area, crore, lakh, language, local, num, percent, words

SHOWN = 12  # ministries with a bar of their own; the others are one bar


def dashboard(request: HttpRequest) -> HttpResponse:
    """``?programme=`` chooses the programme of the map; without it all programmes together."""
    found = results.dashboard()
    by_programme = [row for row in found["programmes"] if row["enrolled"] != 0]
    by_programme.sort(key=lambda row: -(row["eligible"] or 0))
    codes = [row["programme_code"] for row in by_programme]
    chosen = request.GET.get("programme", "")
    chosen = chosen if chosen in codes else ""
    total = catalogue.totals(catalogue.listed())
    context = {
        "here": "dashboard",
        "total": total,
        "budget": catalogue.poisha(total["budget_crore"]),
        "largest": catalogue.listed().order_by("-budget_crore").first(),
        "tiles": _tiles(found["tiles"], total),
        "figures": found["tiles"],
        "computed_at": found["computed_at"],
        "chosen": chosen,
        "codes": codes,
        "map": _map(chosen),
        "ministries": _ministries(),
        "types": _budget_by("type", _("Budget by type of programme"), "types"),
        "stages": _budget_by("lifecycle_stage", _("Budget by stage of life"), "stages"),
        "coverage": charts.coverage(by_programme),
        "payments": charts.payments(found["payments"]),
        "returns": charts.returns(found["returns"]),
    }
    return render(request, "public/dashboard.html", context)


def _tiles(values: Mapping[str, float | None], total: Mapping[str, Any]) -> list[dict[str, object]]:
    """Budget first, then what the system itself has counted; a tile without a figure is left out."""
    tiles: list[dict[str, object]] = [
        {
            "label": _("Budget of the fiscal year 2024-25"),
            "value": crore(catalogue.poisha(total["budget_crore"])),
            "note": _("%(n)s programmes, %(m)s ministries")
            % {"n": num(total["programmes"]), "m": num(total["ministries"])},
            "href": reverse("public:programmes"),
        },
        {
            "label": _("Beneficiaries in the list"),
            "value": lakh(total["beneficiaries_lakh"] * catalogue.LAKH),
            "note": _("one person may be counted in several programmes"),
            "href": reverse("public:programmes"),
        },
    ]
    own = (
        ("persons", _("People in the registry"), num, ""),
        ("beneficiaries", _("People on a programme"), num, "#coverage"),
        ("paid_poisha", _("Paid out"), crore, "#payments"),
        ("answered_in_time", _("Complaints answered in time"), percent, ""),
    )
    for name, label, show, address in own:
        if values.get(name) is not None:
            tiles.append({"label": label, "value": show(values[name]), "href": address})
    return tiles


def _map(programme: str) -> dict[str, Any] | None:
    """Districts by coverage: of one programme enrolled over eligible, of all together beneficiaries over people."""
    rows = results.coverage_by_district(programme)
    if not rows:
        return None
    count = "enrolled" if programme else "beneficiaries"
    whole = "eligible" if programme else "persons"
    title = (
        _("%(programme)s: enrolled of the eligible, by district")
        % {"programme": names.programme(programme, language())}
        if programme
        else _("People on a programme, of the people in the registry, by district")
    )
    columns = [
        Column(_("District"), lambda row: row["area_code"], "area"),
        Column(_("On the programme") if programme else _("On a programme"), lambda row: row[count], "num"),
        Column(_("Eligible") if programme else _("In the registry"), lambda row: row[whole], "num"),
        Column(_("Share"), lambda row: row["coverage"], "percent"),
    ]
    by_code = {row["area_code"]: row["coverage"] for row in rows}
    shapes = [
        {"code": place.code, "name": area(place.code),
         "value": round(by_code[place.code] * 100, 1) if by_code.get(place.code) is not None else None}
        for place in places.areas("district")
    ]  # fmt: skip
    source = _(
        "Boundaries: UN OCHA / Bangladesh Bureau of Statistics (COD-AB v03, 2023), simplified. The lines shown are no "
        "statement about the legal status of any place. Grey: no figure, or fewer than five people."
    )
    return charts.chart("map", "map", title, Table(columns, rows, caption=title, hide_caption=True, tall=True),
                 {"places": shapes, "name": _("Share"), "unit": "%"}, source)  # fmt: skip


def _ministries() -> dict[str, Any]:
    rows = programmes.totals_by("ministry_id")
    labels = {ministry.code: local(ministry, "name") for ministry in programmes.ministries()}
    top, others = rows[:SHOWN], rows[SHOWN:]
    bars = [(labels[row.name], row.budget_crore) for row in top]
    if others:
        bars.append(
            (_("%(n)s others") % {"n": num(len(others))}, sum((row.budget_crore for row in others), Decimal(0)))
        )
    table = _budget_table(rows, _("Ministry"), lambda row: labels[row.name], _("Budget by ministry"))
    return charts.chart("ministries", "bar", _("Budget by ministry"), table, _budget_bars(bars), tall=True)


def _budget_by(column: str, title: str, name: str) -> dict[str, Any]:
    rows = programmes.totals_by(column)
    table = _budget_table(rows, words(column) if column != "type" else _("Type"), lambda row: words(row.name), title)
    return charts.chart(name, "bar", title, table, _budget_bars([(words(row.name), row.budget_crore) for row in rows]))


def _budget_bars(bars: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    return {
        "labels": [label for label, _value in bars],
        "series": [{"name": _("Budget"), "values": [round(float(value), 2) for _label, value in bars]}],
        "unit": _("crore taka"),
    }


def _budget_table(rows: Sequence[programmes.Total], label: str, name: Any, caption: str) -> Table:
    total = [
        _("Total"),
        sum(row.programmes for row in rows),
        catalogue.poisha(sum((row.budget_crore for row in rows), Decimal(0))),
        sum(row.beneficiaries_lakh for row in rows) * catalogue.LAKH,
    ]
    columns = [
        Column(label, name),
        Column(_("Programmes"), lambda row: row.programmes, "num"),
        Column(_("Budget"), lambda row: catalogue.poisha(row.budget_crore), "crore"),
        Column(_("Beneficiaries"), lambda row: row.beneficiaries_lakh * catalogue.LAKH, "lakh"),
    ]
    return Table(columns, rows, caption=caption, hide_caption=True, total=total)
