"""Budgets: who gets what, over the years and beside results. Every figure says where it comes from."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from shohay.core import budget
from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes import queries_budget as queries
from shohay.stages.programmes.models import Ministry
from shohay.stages.programmes.queries_budget import Total, Year
from shohay.stages.results import queries_performance
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.office.words import choices, say
from shohay.web.parts import charts, names
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import crore, digits, language, local, num, percent, taka, words

SHOWN = 12  # bars of a chart; the table has all


def asked_year(asked: exports.Asked) -> tuple[str, list[str]]:
    """The fiscal year that the address names, else the newest with a whole list, and the years that there are."""
    known = queries.years() or [queries.YEAR]
    year = asked.get("year", "")
    return (year if year in known else queries.YEAR if queries.YEAR in known else known[0]), known


def _asked(asked: exports.Asked) -> tuple[str, str, str]:
    year, _known = asked_year(asked)
    way = asked.get("by", "") if asked.get("by") in queries.WAYS else "ministry"
    variant = asked.get("variant", "") if asked.get("variant") in queries.VARIANTS else "all"
    return year, way, variant


def group_names(way: str, rows: list[Total]) -> dict[str, str]:
    """Code -> the name of a ministry or programme, the words of another group; read once for the page."""
    if way == "ministry":
        return ministry_names()
    return {row.name: names.programme(row.name, language()) if way == "programme" else words(row.name) for row in rows}


def ministry_names() -> dict[str, str]:
    return {row.code: local(row, "name") for row in Ministry.objects.order_by("order")}


# --------------------------------------------------------------------------------------------------- one year


def _found(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    year, way, variant = _asked(asked)
    rows = queries.totals(year, way, variant=variant)
    named = group_names(way, rows)
    return [
        {**row._asdict(), "group": named[row.name], "year": digits(year),
         "execution": _rounded(row.execution), "unit_cost_poisha": row.unit_cost_poisha}
        for row in rows
    ]  # fmt: skip


def _rounded(ratio: Any) -> float | None:
    return None if ratio is None else round(float(ratio), 4)


exports.declare("budget", gettext_noop("Budget"), _found, ("budget.view",), [
    Field(gettext_noop("Group"), "group"), Field(gettext_noop("Fiscal year"), "year"),
    Field(gettext_noop("Programmes"), "programmes", "number"),
    Field(gettext_noop("Allocation"), "allocation_poisha", "taka"),
    Field(gettext_noop("Revised allocation"), "revised_poisha", "taka"),
    Field(gettext_noop("Actual expenditure"), "actual_poisha", "taka"),
    Field(gettext_noop("Execution"), "execution", "number"),
    Field(gettext_noop("Beneficiaries"), "beneficiaries", "number"),
    Field(gettext_noop("Cost per beneficiary"), "unit_cost_poisha", "taka"),
])  # fmt: skip


@require_GET
@desk.needs("budget.view")
def overview(request: HttpRequest) -> HttpResponse:
    """One year by ministry, cluster, stage of life, type or programme."""
    if kind := exports.wanted(request):
        return exports.answer(request, "budget", kind)
    year, way, variant = _asked(request.GET)
    rows = queries.totals(year, way, variant=variant)
    whole = queries.whole(rows)
    officer = desk.officer(request)
    context = {
        "year": year, "years": [(one, digits(one)) for one in asked_year(request.GET)[1]], "way": way,
        "ways": choices("budget_way", queries.WAYS), "variant": variant,
        "variants": choices("budget_variant", queries.VARIANTS), "whole": whole,
        "tiles": _tiles(whole, year, variant) if whole else [], "chart": _chart(rows, way, year) if rows else None,
        "left_out": [say("budget_left_out", row.pk) for row in queries.variants()
                     if variant == "core" or (variant == row.variant)],
        "national": queries.national(year), "waiting_lines": queries.submissions(officer).count(),
        "concentration": budget.concentration([row.allocation_poisha for row in queries.totals(year, "programme")]),
    }  # fmt: skip
    return desk.page(request, "office/budget/overview.html", context)


def _tiles(whole: Total, year: str, variant: str) -> list[dict[str, Any]]:
    share = next((one for one in queries.shares(year) if one.variant == variant), None)
    timely = queries.timely(year)
    none = _("no citable figure")
    known = {"n": num(whole.with_actual), "all": num(whole.programmes)}
    tiles = [
        {"label": _("Allocation"), "value": crore(whole.allocation_poisha),
         "note": _("%(n)s programmes") % {"n": num(whole.programmes)}},
        {"label": _("Execution"), "value": percent(whole.execution),
         "note": _("known of %(n)s of %(all)s programmes") % known},
        {"label": _("Share of GDP"), "value": percent(share.of_gdp if share else None, 2),
         "note": "" if share and share.of_gdp is not None else none},
        {"label": _("Share of the national budget"), "value": percent(share.of_budget if share else None, 2),
         "note": "" if share and share.of_budget is not None else none},
        {"label": _("Cost per beneficiary"), "value": taka(_whole_taka(whole.unit_cost_poisha)),
         "note": _("where beneficiaries are counted")},
    ]  # fmt: skip
    if timely is not None:
        tiles.append({"label": _("Released on time"), "value": percent(timely), "note": _("of the money with a plan")})
    return tiles


def _whole_taka(poisha: int | None) -> int | None:
    return None if poisha is None else round(poisha / 100) * 100


def _chart(rows: list[Total], way: str, year: str) -> dict[str, Any]:
    title = _("Budget of %(year)s by: %(way)s") % {"year": digits(year), "way": say("budget_way", way)}
    top, others = rows[:SHOWN], rows[SHOWN:]
    rest = queries.whole(others)
    named = group_names(way, rows)
    bars = [(named[row.name], row) for row in top]
    if rest:
        bars.append((_("%(n)s others") % {"n": num(len(others))}, rest))
    series = [{"name": _("Allocation"), "values": [_crores(row.allocation_poisha) for _name, row in bars]}]
    if any(map(_complete, rows)):  # a sum of some programmes would read as the whole
        spent = [_crores(row.actual_poisha) if _complete(row) else None for _name, row in bars]
        series.append({"name": _("Actual expenditure"), "values": spent})
    data = {"labels": [name for name, _row in bars], "series": series, "unit": _("crore taka")}
    return charts.chart("budget", "bar", title, _table(rows, way, named, title), data, _source(year), tall=True)


def _complete(row: Total) -> bool:
    return row.with_actual == row.programmes


def _crores(poisha: int | None) -> float | None:
    return None if poisha is None else round(poisha / budget.CRORE, 2)


def _table(rows: list[Total], way: str, named: dict[str, str], title: str) -> Table:
    whole = queries.whole(rows)
    columns = [
        Column(say("budget_way", way), lambda row: named[row.name], "long"),
        Column(_("Programmes"), lambda row: row.programmes, "num", secondary=True),
        Column(_("Allocation"), lambda row: row.allocation_poisha, "crore"),
        Column(_("Revised"), lambda row: row.revised_poisha, "crore", secondary=True),
        Column(_("Actual"), lambda row: row.actual_poisha, "crore"),
        Column(_("Known of"), lambda row: f"{num(row.with_actual)} / {num(row.programmes)}", secondary=True),
        Column(_("Execution"), lambda row: row.execution, "percent"),
        Column(_("Beneficiaries"), lambda row: row.beneficiaries, "lakh", secondary=True),
        Column(_("Cost per beneficiary"), lambda row: _whole_taka(row.unit_cost_poisha), "taka"),
    ]
    total = [_("Total"), *(column.value(whole) for column in columns[1:])] if whole else None
    return Table(columns, rows, caption=title, hide_caption=True, total=total)


def _source(year: str) -> str:
    printed = _("Allocations as printed in the progress report of 2024 until a verified figure takes their place.")
    return printed if year == queries.YEAR else _("Figures submitted by ministries and verified by another officer.")


# ----------------------------------------------------------------------------------------------- over the years


@require_GET
@desk.needs("budget.view")
def series(request: HttpRequest) -> HttpResponse:
    """A ministry year by year: nominal and real, share of GDP, beneficiaries, with the figures that are in doubt."""
    known = ministry_names()
    with_series = queries.ministries_with_series()
    code = request.GET.get("ministry", "")
    code = code if code in known else (with_series[0] if with_series else "")
    rows = queries.series(code) if code else []
    if (kind := desk.wants_file(request)) and rows:
        return _series_file(rows, kind)
    context = {
        "ministry": code, "name": known.get(code, ""),
        "ministries": [(one, name) for one, name in known.items()],
        "printed": ", ".join(known[one] for one in with_series),
        "rows": rows, "money": _money(rows) if len(rows) > 1 else None,
        "people": _people(rows) if len(rows) > 1 else None, "base": queries.YEAR,
        "table": _series_table(rows) if rows else None, "news": _news(rows),
        "doubts": any(row.doubtful for row in rows),
    }  # fmt: skip
    return desk.page(request, "office/budget/series.html", context)


def _series_file(rows: list[Year], kind: str) -> HttpResponse:
    real = {year: value for year, _nominal, value in queries.real_terms(rows)}
    header = [_("Fiscal year"), _("Allocation (taka)"), _("At prices of the base year (taka)"), _("Revised (taka)"),
              _("Actual (taka)"), _("Beneficiaries"), _("In doubt because"), _("Source")]  # fmt: skip
    lines = [
        [row.fiscal_year, _plain(row.allocation_poisha), _plain(real[row.fiscal_year]), _plain(row.revised_poisha),
         _plain(row.actual_poisha), row.beneficiaries, "; ".join(say("budget_doubt", code) for code in row.doubtful),
         row.source]
        for row in rows
    ]  # fmt: skip
    return desk.table_file("budget-series", header, lines, kind)


def _plain(poisha: int | None) -> float | None:
    return None if poisha is None else poisha / 100


def _news(rows: list[Year]) -> dict[str, Any] | None:
    """The growth from the first year to the last, nominal and real."""
    if len(rows) < 2:
        return None
    real = queries.real_terms(rows)
    nominal = budget.ratio(rows[-1].allocation_poisha, rows[0].allocation_poisha)
    return {"first": rows[0], "last": rows[-1], "times": nominal, "real_times": budget.ratio(real[-1][2], real[0][2])}


def _money(rows: list[Year]) -> dict[str, Any]:
    title = _("Allocation as printed and in real terms (crore taka)")
    real = queries.real_terms(rows)
    lines = [
        {"name": _("As printed"), "values": [_crores(row.allocation_poisha) for row in rows]},
        {"name": _("At the prices of %(year)s") % {"year": digits(queries.YEAR)},
         "values": [_crores(value) for _year, _nominal, value in real]},
    ]  # fmt: skip
    if any(row.actual_poisha is not None for row in rows):
        lines.append({"name": _("Actual expenditure"), "values": [_crores(row.actual_poisha) for row in rows]})
    columns = [
        Column(_("Fiscal year"), lambda pair: digits(pair[0].fiscal_year)),
        Column(_("As printed"), lambda pair: pair[0].allocation_poisha, "crore"),
        Column(_("At the prices of %(year)s") % {"year": digits(queries.YEAR)}, lambda pair: pair[1][2], "crore"),
    ]
    table = Table(columns, list(zip(rows, real, strict=True)), caption=title, hide_caption=True)
    data = {"labels": [digits(row.fiscal_year) for row in rows], "series": lines, "unit": _("crore taka")}
    return charts.chart("budget-series", "line", title, table, data)


def _people(rows: list[Year]) -> dict[str, Any]:
    title = _("Beneficiaries as printed (lakh)")
    columns = [
        Column(_("Fiscal year"), lambda row: digits(row.fiscal_year)),
        Column(_("Beneficiaries"), lambda row: row.beneficiaries, "lakh"),
    ]
    values = [None if row.beneficiaries is None else row.beneficiaries / budget.LAKH for row in rows]
    data = {"labels": [digits(row.fiscal_year) for row in rows], "unit": _("lakh"),
            "series": [{"name": _("Beneficiaries"), "values": values}]}  # fmt: skip
    return charts.chart("people-series", "line", title, Table(columns, rows, caption=title, hide_caption=True), data)


def _series_table(rows: list[Year]) -> list[dict[str, Any]]:
    """A row a year: growth, share of GDP, cost per beneficiary, and what is in doubt."""
    real = {year: value for year, _nominal, value in queries.real_terms(rows)}
    table, before, nation = [], None, queries.nationals()
    for row in rows:
        national = nation.get(row.fiscal_year)
        gdp = national.gdp_crore * budget.CRORE if national and national.gdp_crore else None
        table.append({
            "row": row, "real": real[row.fiscal_year],
            "growth": budget.growth(before.allocation_poisha, row.allocation_poisha) if before else None,
            "of_gdp": budget.ratio(row.allocation_poisha, gdp), "gdp_base": national.gdp_base if national else "",
            "unit_cost": _whole_taka(budget.unit_cost(row.allocation_poisha, row.beneficiaries)),
            "doubts": [say("budget_doubt", code) for code in row.doubtful],
        })  # fmt: skip
        before = row
    return table


# --------------------------------------------------------------------------------------------- beside results


def _sheet(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    made = queries_performance.sheet(asked_year(asked)[0], ministry=asked.get("ministry", ""))
    return [
        {"programme": line.total.name, "allocation_poisha": line.total.allocation_poisha,
         "execution": _rounded(line.execution), "score": None if line.score is None else round(float(line.score), 1),
         "grade": line.grade, "held": line.held, "unit_cost_poisha": line.unit_cost_poisha,
         "unit_cost_change": _rounded(line.unit_cost_change)}
        for line in made.lines
    ]  # fmt: skip


exports.declare("budget-performance", gettext_noop("Money beside results"), _sheet, ("budget.view",), [
    Field(gettext_noop("Programme"), "programme", "programme"),
    Field(gettext_noop("Allocation"), "allocation_poisha", "taka"),
    Field(gettext_noop("Execution"), "execution", "number"),
    Field(gettext_noop("Performance score"), "score", "number"), Field(gettext_noop("Class"), "grade"),
    Field(gettext_noop("Why there is no score"), "held", "score_held"),
    Field(gettext_noop("Unit cost"), "unit_cost_poisha", "taka"),
    Field(gettext_noop("Real change of unit cost"), "unit_cost_change", "number"),
])  # fmt: skip


@require_GET
@desk.needs("budget.view")
def performance(request: HttpRequest) -> HttpResponse:
    """Execution, performance score and unit cost of each programme side by side, never merged."""
    if kind := exports.wanted(request):
        return exports.answer(request, "budget-performance", kind)
    year, known = asked_year(request.GET)
    ministries = ministry_names()
    ministry = request.GET.get("ministry", "")
    ministry = ministry if ministry in ministries else ""
    made = queries_performance.sheet(year, ministry=ministry)
    graded = [line for line in made.lines if line.score is not None]
    context = {
        "sheet": made, "year": year, "years": [(one, digits(one)) for one in known], "ministry": ministry,
        "ministries": list(ministries.items()), "graded": len(graded), "gate": budget.GATE,
        "counts": [(grade, sum(line.grade == grade for line in graded)) for grade in "ABC"],
    }  # fmt: skip
    return desk.page(request, "office/budget/performance.html", context)
