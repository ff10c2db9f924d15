"""How an indicator's value, group and office are written, and the tables and charts of its pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from shohay.stages.places import queries as places
from shohay.stages.programmes.models import Ministry
from shohay.stages.results import queries_codi
from shohay.stages.results.models_values import IndicatorValue
from shohay.web.office import desk
from shohay.web.office.words import say
from shohay.web.parts import charts, names
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.indicators import measure
from shohay.web.templatetags.shohay import area, digits, local, words


def group(code: str) -> str:
    """A group of people or of programmes in words; '' is everybody."""
    kind, _colon, of = code.partition(":")
    if kind == "programme":
        return names.programme(of, desk.language())
    if kind == "ministry":
        return office(of)
    if kind == "criterion":
        bangla, english = queries_codi.criteria_names().get(int(of), (of, of))
        return english if desk.language() == "en" else bangla
    return say("indicator_group", code) if code else _("All")


def office(code: str) -> str:
    """Name of a ministry or division; the code where it is not in the catalogue."""
    found = Ministry.objects.filter(code=code).first()
    return local(found, "name") if found else code or _("Whole country")


def offices(codes: list[str]) -> dict[str, str]:
    """Names of several at once."""
    found = {row.code: local(row, "name") for row in Ministry.objects.filter(code__in=set(codes))}
    return {code: found.get(code, code) for code in codes}


def lineage_address(code: str, row: IndicatorValue) -> str:
    asked = {"year": row.fiscal_year, "area": row.area_code, "group": row.group}
    return f"{reverse('office:indicator-lineage', args=[code])}?{urlencode({k: v for k, v in asked.items() if v})}"


def series_chart(code: str, unit: str, rows: list[tuple[str, float | None]], aims: dict[str, float]) -> dict[str, Any]:
    """Value and target by year, with the table behind the switch."""
    title = _("By fiscal year")
    years = sorted({year for year, _value in rows} | {year for year in aims if len(year) == 7})
    of = dict(rows)
    columns = [
        Column(_("Fiscal year"), lambda year: digits(year)),
        Column(_("Value"), lambda year: measure(of.get(year), unit), "digits"),
        Column(_("Target"), lambda year: measure(aims.get(year), unit), "digits"),
    ]
    series = [{"name": _("Value"), "values": [_rounded(of.get(year)) for year in years]}]
    if any(year in aims for year in years):
        series.append({"name": _("Target"), "values": [_rounded(aims.get(year)) for year in years]})
    data = {"labels": [digits(year) for year in years], "series": series, "unit": words(unit, "indicator_unit")}
    table = Table(columns, years, caption=title, hide_caption=True)
    return charts.chart("series", "line" if len(years) > 2 else "bar", title, table, data)


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)


def district_map(code: str, unit: str, rows: list[IndicatorValue]) -> dict[str, Any]:
    """Districts coloured by value, with the list; grey where there is none."""
    title = _("By district")
    by_code = {row.area_code: row for row in rows}
    columns = [
        Column(_("District"), lambda row: area(row.area_code), address=lambda row: lineage_address(code, row)),
        Column(_("Value"), lambda row: measure(row.value, unit), "digits"),
        Column(_("Numerator"), lambda row: row.numerator, "num", secondary=True),
        Column(_("Denominator"), lambda row: row.denominator, "num", secondary=True),
    ]
    shapes = [
        {"code": place.code, "name": area(place.code), "value": _rounded(by_code[place.code].value)
         if place.code in by_code else None}
        for place in places.areas("district")
    ]  # fmt: skip
    table = Table(columns, [row for row in rows if row.denominator], caption=title, hide_caption=True, tall=True,
                  empty=(_("No district has a value"), _("The denominator is 0 in every district.")))  # fmt: skip
    source = _("Boundaries: UN OCHA / Bangladesh Bureau of Statistics (COD-AB v03, 2023), simplified. The lines shown "
               "are no statement about the legal status of any place. Grey: no value.")  # fmt: skip
    data = {"places": shapes, "name": _("Value"), "unit": words(unit, "indicator_unit")}
    return charts.chart("map", "map", title, table, data, source)


def groups_table(code: str, unit: str, rows: list[IndicatorValue]) -> Table:
    """The value of each group beside that of all."""
    columns = [
        Column(_("Group"), lambda row: group(row.group), "long", lambda row: lineage_address(code, row)),
        Column(_("Value"), lambda row: measure(row.value, unit), "digits"),
        Column(_("Numerator"), lambda row: row.numerator, "num", secondary=True),
        Column(_("Denominator"), lambda row: row.denominator, "num", secondary=True),
    ]
    return Table(columns, rows, caption=_("By group"), hide_caption=True, tall=len(rows) > 20)
