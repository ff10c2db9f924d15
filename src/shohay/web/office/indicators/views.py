"""The scoreboard, one indicator, where a value comes from, computing afresh, and targets."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core.indicator_documents import Indicator as Document
from shohay.core.indicator_states import STATES
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.results import actions_values, queries_lineage, queries_submissions, queries_values
from shohay.stages.results.models_values import IndicatorTarget, IndicatorValue
from shohay.web.office import desk, exports, works
from shohay.web.office.exports import Field
from shohay.web.office.indicators import shown
from shohay.web.office.indicators.forms import TargetForm
from shohay.web.office.rail import permissions_of
from shohay.web.office.words import say
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.indicators import measure
from shohay.web.templatetags.shohay import digits, local, num, words

JOB = "compute_indicators"
LEVELS = ("impact", "outcome", "output", "input")
UNBROKEN = "\u2011"  # a hyphen at which no line breaks
SHOWN_YEARS = 4  # before the present one


def years() -> list[str]:
    """Fiscal years that a page offers, the present one first."""
    last = FiscalYear.of(timezone.localdate()).starts
    return [str(FiscalYear(year)) for year in range(last, last - SHOWN_YEARS, -1)]


def year_of(asked: Any) -> str:
    """The year asked for; else the newest that has a computed value."""
    given = str(asked.get("year", ""))
    if given in years():
        return given
    run = queries_values.latest_run()
    return next((year for year in reversed(run.years) if year in years()), years()[0]) if run else years()[0]


def _rows(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    rows = queries_values.scoreboard(officer, fiscal_year=year_of(asked))
    for name in ("level", "state"):
        rows = [row for row in rows if row[name] == asked[name]] if asked.get(name) else rows
    return [row for row in rows if row["core"]] if asked.get("core") == "1" else rows


exports.declare("indicators", gettext_noop("Indicators"), _rows, ("indicator.view",), [
    Field(gettext_noop("Code"), "code"), Field(gettext_noop("Indicator"), "name_{language}"),
    Field(gettext_noop("Level"), "level", "indicator_level"), Field(gettext_noop("Unit"), "unit", "indicator_unit"),
    Field(gettext_noop("Value"), "value", "number"), Field(gettext_noop("Target"), "target", "number"),
    Field(gettext_noop("Baseline"), "baseline", "number"), Field(gettext_noop("State"), "state", "indicator_state"),
    Field(gettext_noop("As of"), "as_of", "day"), Field(gettext_noop("Source"), "source", "indicator_source"),
])  # fmt: skip


@require_GET
@desk.needs("indicator.view")
def scoreboard(request: HttpRequest) -> HttpResponse:
    """Every indicator of a year beside its target, by level."""
    if kind := exports.wanted(request):
        return exports.answer(request, "indicators", kind)
    officer, year = desk.officer(request), year_of(request.GET)
    rows = _rows(officer, request.GET)
    whole = queries_values.scoreboard(officer, fiscal_year=year)
    run = queries_values.latest_run()
    context = {
        "year": year, "years": [(one, digits(one)) for one in years()], "asked": request.GET,
        "states": [(state, say("indicator_state", state)) for state in STATES],
        "levels": [(level, words(level, "indicator_level")) for level in LEVELS],
        "tables": [(words(level, "indicator_level"), _table(year, [row for row in rows if row["level"] == level]))
                   for level in LEVELS if any(row["level"] == level for row in rows)],
        "tiles": _tiles(whole, year), "count": Counter(row["state"] for row in whole), "whole": len(whole),
        "run": run, "work": works.latest(JOB),
    }  # fmt: skip
    return desk.page(request, "office/indicators/scoreboard.html", context)


def _tiles(rows: list[dict[str, Any]], year: str) -> list[dict[str, Any]]:
    counted = Counter(row["state"] for row in rows)
    tones = {"met": "good", "behind": "bad", "on_track": "", "no_target": "", "no_value": "wait"}
    here = reverse("office:indicators")
    return [
        {"label": say("indicator_state", state), "value": num(counted[state]), "tone": tones[state], "note": "",
         "href": f"{here}?year={year}&state={state}"}
        for state in STATES if counted[state]
    ]  # fmt: skip


def _table(year: str, rows: list[dict[str, Any]]) -> Table:
    def target(row: dict[str, Any]) -> str:
        if row["target"] is None:
            return "–"
        aim = measure(row["target"], row["unit"])
        return aim if row["target_year"] == year else f"{aim} ({digits(row['target_year'])})"

    columns = [
        Column(_("Code"), lambda row: row["code"].replace("-", UNBROKEN), secondary=True),
        Column(_("Indicator"), lambda row: local(row, "name"), "long",
               lambda row: f"{reverse('office:indicator', args=[row['code']])}?year={year}"),
        Column(_("Value"), lambda row: measure(row["value"], row["unit"]), "digits"),
        Column(_("Target"), target, "digits"),
        Column(_("State"), lambda row: row["state"], "state", context="indicator_state"),
        Column(_("Source"), lambda row: say("indicator_source", row["source"]), secondary=True),
    ]  # fmt: skip
    return Table(columns, rows, caption=_("Indicators"), hide_caption=True)


@require_GET
@desk.needs("indicator.view")
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, code)


def _page(request: HttpRequest, code: str, form: TargetForm | None = None, refusal: str = "") -> HttpResponse:
    """What it is, its values by year, place and group, its targets, and what offices reported."""
    officer, document = desk.officer(request), _document(code)
    year = year_of(request.GET)
    row = next(one for one in queries_values.scoreboard(officer, fiscal_year=year) if one["code"] == code)
    aims = queries_values.milestones()[code]
    series = queries_values.series(code)
    values = _values(code, year)
    offered = [(one, digits(one)) for one in years()]
    context = {
        "document": document, "row": row, "year": year, "years": offered, "language": desk.language(),
        "value": measure(row["value"], document.unit), "target": measure(row["target"], document.unit),
        "baseline": measure(aims.baseline, document.unit) if aims.baseline is not None else "",
        "chart": shown.series_chart(code, document.unit, series, dict(aims.targets))
        if series or aims.targets else None,
        "map": shown.district_map(code, document.unit, [v for v in values if len(v.area_code) == 4 and not v.group])
        if "district" in document.by and values else None,
        "groups": [(say("indicator_split", split), shown.groups_table(code, document.unit, of))
                   for split in document.splits
                   if (of := [v for v in values if not v.area_code and v.group.startswith(f"{split}:")])],
        "offices": ", ".join(shown.offices(list(document.reported_by)).values()),
        "targets": IndicatorTarget.objects.filter(code=code).order_by("fiscal_year", "-id"),
        "versions": queries_submissions.versions(code)[:20], "unit": document.unit,
        "form": (form or TargetForm(years=offered)) if officer.may("indicator.target") else None,
        "may_submit": document.source == "submitted" and officer.may("indicator.submit")
        and any(officer.covers(ministry=one) for one in document.reported_by),
    }  # fmt: skip
    return desk.page(request, "office/indicators/indicator.html", context, refusal=refusal)


def _document(code: str) -> Document:
    document = queries_submissions.document_of(code)
    if document is None:
        raise Http404
    return document


def _values(code: str, year: str) -> list[IndicatorValue]:
    run = queries_values.latest_run()
    if run is None:
        return []
    return list(IndicatorValue.objects.filter(run=run, code=code, fiscal_year=year).order_by("area_code", "group"))


@require_GET
@desk.needs("indicator.view")
def lineage(request: HttpRequest, code: str) -> HttpResponse:
    """Value, formula, counts, run: each count opens the list that it counts."""
    document, officer = _document(code), desk.officer(request)
    found = queries_lineage.lineage(
        code, year=request.GET.get("year", ""), area=request.GET.get("area", ""), group=request.GET.get("group", "")
    )
    if not found:
        raise Http404
    counts = [
        {**count, "shown": num(count["value"]), "text": local(count, "text"),
         "href": reverse(f"office:{count['page']}") if count["page"] and _opens(officer, count["page"]) else ""}
        for count in found["counts"]
    ]  # fmt: skip
    context = {
        "document": document,
        "found": found,
        "counts": counts,
        "value": measure(found["value"], document.unit),
        "group": shown.group(found["group"]) if found["group"] else "",
        "language": desk.language(),
    }
    return desk.page(request, "office/indicators/lineage.html", context)


def _opens(officer: Officer, name: str) -> bool:
    return name == "indicators-missing" or desk.may_open(officer, permissions_of(name))


@require_POST
@desk.needs("indicator.compute")
def compute(request: HttpRequest) -> HttpResponse:
    work = works.start(JOB, by=desk.officer(request))
    return redirect("office:work", work.pk)


@require_POST
@desk.needs("indicator.target")
def target(request: HttpRequest, code: str) -> HttpResponse:
    _document(code)
    form = TargetForm(request.POST, years=[(one, digits(one)) for one in years()])
    if not form.is_valid():
        return _page(request, code, form)
    given = form.cleaned_data
    refusal = desk.attempt(
        lambda: actions_values.set_target(
            code=code, fiscal_year=given["fiscal_year"], value=float(given["value"]), source=given["source"],
            by=desk.officer(request),
        )
    )  # fmt: skip
    if refusal:
        return _page(request, code, form, refusal)
    desk.done(request, _("The target is set; the one before stays in the history."))
    return redirect("office:indicator", code)
