"""The indicators as everybody may see them: the list with values, one indicator, and their description for machines."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shohay.bulk.results_export import metadata
from shohay.core.indicator_documents import Indicator as Document
from shohay.core.indicator_states import judge
from shohay.stages.results import queries_export, queries_submissions, queries_values
from shohay.web.parts import charts
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.indicators import measure
from shohay.web.templatetags.shohay import area, digits, local, words

LEVELS = ("impact", "outcome", "output", "input")
HIDDEN = {"Q": "hidden", "M": "undefined"}


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator with its newest published value and what was aimed at."""
    table, aims = queries_export.published(areas=False), queries_values.milestones()
    newest: dict[str, dict[str, Any]] = {}
    for row in table["values"]:
        if row["group"] == "" and row["value"] is not None:
            newest[row["code"]] = row
    rows = [_row(document, newest.get(document["code"]), aims[document["code"]]) for document in table["indicators"]]
    tables = [(words(level, "indicator_level"), _table([row for row in rows if row["level"] == level]))
              for level in LEVELS if any(row["level"] == level for row in rows)]  # fmt: skip
    context = {
        "here": "indicators", "tables": tables, "as_of": table["as_of"], "run": table["run"], "whole": len(rows),
        "valued": sum(row["value"] is not None for row in rows),
    }  # fmt: skip
    return render(request, "public/indicators.html", context)


def _row(document: dict[str, Any], value: dict[str, Any] | None, aims: Any) -> dict[str, Any]:
    year = value["fiscal_year"] if value else ""
    aim = aims.in_force(year) if value else None
    return {
        "code": document["code"], "name_bn": document["name"]["bn"], "name_en": document["name"]["en"],
        "level": document["level"], "unit": document["unit"], "value": value["value"] if value else None, "year": year,
        "target": aim[1] if aim else None,
        "state": judge(value["value"] if value else None, document["direction"], aims, year or "2024-25"),
    }  # fmt: skip


def _table(rows: list[dict[str, Any]]) -> Table:
    columns = [
        Column(_("Indicator"), lambda row: local(row, "name"), "long",
               lambda row: reverse("public:indicator", args=[row["code"]])),
        Column(_("Value"), lambda row: measure(row["value"], row["unit"]), "digits"),
        Column(_("Fiscal year"), lambda row: digits(row["year"]) or "–", secondary=True),
        Column(_("Target"), lambda row: measure(row["target"], row["unit"]), "digits", secondary=True),
        Column(_("State"), lambda row: row["state"], "state", context="indicator_state"),
    ]  # fmt: skip
    return Table(columns, rows, caption=_("Indicators"), hide_caption=True)


@require_GET
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """The definition, the published values by year, and the districts of the newest year."""
    document = queries_submissions.document_of(code)
    if document is None:
        raise Http404
    values = queries_export.published(code=code)["values"]
    national = [row for row in values if not row["area_code"] and not row["group"]]
    year = next((row["fiscal_year"] for row in reversed(national) if row["value"] is not None), "")
    places = [row for row in values if len(row["area_code"]) == 4 and not row["group"] and row["fiscal_year"] == year]
    context = {
        "here": "indicators", "document": document, "year": year,
        "value": next((measure(row["value"], document.unit) for row in national if row["fiscal_year"] == year), ""),
        "chart": _chart(document, national) if national else None,
        "places": _places(document, places) if any(row["status"] != "M" for row in places) else None,
        "aims": sorted(queries_values.milestones()[code].targets.items()),
    }  # fmt: skip
    return render(request, "public/indicator.html", context)


def _shown(row: dict[str, Any], unit: str) -> str:
    if row["status"] == "A":
        return measure(row["value"], unit)
    return _("too few people") if row["status"] == "Q" else _("nothing to measure")


def _chart(document: Document, rows: list[dict[str, Any]]) -> dict[str, Any]:
    title = _("By fiscal year")
    columns = [
        Column(_("Fiscal year"), lambda row: digits(row["fiscal_year"])),
        Column(_("Value"), lambda row: _shown(row, document.unit), "digits"),
    ]
    data = {"labels": [digits(row["fiscal_year"]) for row in rows], "unit": words(document.unit, "indicator_unit"),
            "series": [{"name": _("Value"), "values": [row["value"] for row in rows]}]}  # fmt: skip
    return charts.chart("series", "bar", title, Table(columns, rows, caption=title, hide_caption=True), data)


def _places(document: Document, rows: list[dict[str, Any]]) -> Table:
    columns = [
        Column(_("District"), lambda row: area(row["area_code"])),
        Column(_("Value"), lambda row: _shown(row, document.unit), "digits"),
    ]
    return Table(columns, [row for row in rows if row["status"] != "M"], caption=_("By district"), tall=True)


@require_GET
def description(request: HttpRequest) -> JsonResponse:
    """The CSVW description of the open data set: columns in both languages, the run, every definition."""
    url = request.build_absolute_uri(reverse("api:open-csv", args=["indicators"]))
    told = metadata(queries_export.published(areas=False), url)
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "default": str})
    response["Access-Control-Allow-Origin"] = "*"
    return response
