"""How good the records are: by place, by operator, by rule, over time; and records put on the work list."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_GET, require_POST

from shohay.core.quality import DIMENSIONS, Rule
from shohay.stages.accounts.officer import Officer
from shohay.stages.registry import actions_quality as actions
from shohay.stages.registry import queries_quality as queries
from shohay.stages.registry.models_quality import QualityRun
from shohay.web.office import desk, exports, works
from shohay.web.office.exports import Field
from shohay.web.office.quality.forms import OpenForm
from shohay.web.parts import names
from shohay.web.parts.charts import chart
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import day, num

JOB = "check_quality"


def _listed(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    """The rules with what they found in the officer's areas, for a file."""
    run, language = queries.latest(), desk.language()
    return [
        {"rule": rule.text.in_language(language), "kind": DIMENSIONS[rule.dimension].in_language(language),
         "points": rule.weight, "records": number, "do": rule.do.in_language(language)}
        for rule, number in (queries.by_rule(officer, run, asked.get("area", "")) if run else [])
    ]  # fmt: skip


exports.declare("quality", gettext_noop("Quality of records"), _listed, ("quality.view",), [
    Field(gettext_noop("Rule"), "rule"), Field(gettext_noop("Kind"), "kind"),
    Field(gettext_noop("Points"), "points", "number"), Field(gettext_noop("Records"), "records", "number"),
    Field(gettext_noop("What to do"), "do"),
])  # fmt: skip


@require_GET
@desk.needs("quality.view")
def overview(request: HttpRequest) -> HttpResponse:
    """The latest check for the officer's areas, or for one place in them."""
    if kind := exports.wanted(request):
        return exports.answer(request, "quality", kind)
    officer, area = desk.officer(request), _area(request)
    run = queries.latest()
    total = queries.total(officer, run, area) if run else None
    context: dict[str, Any] = {"run": run, "total": total, "area": area, "work": works.latest(JOB)}
    if run and total:
        rules = queries.by_rule(officer, run, area)
        context |= {
            "tiles": _tiles(officer, total, area),
            "above": _above(officer, area),
            "places": _places(officer, run, area),
            "operators": _operators(officer, run, area),
            "rules": _rules([pair for pair in rules if pair[1]], area, _("Rules, the commonest finding first")),
            "quiet": _rules([pair for pair in rules if not pair[1]], area, _("Rules that found nothing")),
            "trend": _trend(officer, area),
        }
    return desk.page(request, "office/quality/quality.html", context)


def _area(request: HttpRequest) -> str:
    """The place asked for when it is one; its records are filtered by the officer's areas in the queries."""
    asked = request.GET.get("area", "")
    return asked if asked.isdigit() and len(asked) in (2, 4, 6, 8) else ""


def _tiles(officer: Officer, total: queries.Scored, area: str) -> list[dict[str, object]]:
    waiting = queries.tasks(officer)
    if area:
        waiting = waiting.filter(area_code__startswith=area)
    shown = [
        (_("Mean score of a record"), num(total.score, 1), "", ""),
        (_("Records"), num(total.records), "", ""),
        (_("Records with a finding"), num(total.found), "", "bad" if total.found else ""),
    ]
    if desk.may_open(officer, ("quality.task",)):
        shown.append((_("Tasks not ended"), num(waiting.count()), reverse("office:quality-tasks"), ""))
    return [
        {"label": label, "value": value, "href": href, "tone": tone, "note": ""} for label, value, href, tone in shown
    ]


def _above(officer: Officer, area: str) -> list[tuple[str, str]]:
    """The places around ``area`` that the officer may look at, the largest first: (code, address)."""
    codes = [area[:digits] for digits in (2, 4, 6) if digits < len(area)]
    codes = [code for code in codes if officer.covers(area=code)]
    return [("", reverse("office:quality")), *((code, f"{reverse('office:quality')}?area={code}") for code in codes)]


def _columns(label: str, show: Any, address: Any = None) -> list[Column]:
    return [
        Column(label, show, "long", address),
        Column(_("Records"), lambda row: row.records, "num", secondary=True),
        Column(_("With a finding"), lambda row: row.share, "percent"),
        Column(_("Score"), lambda row: num(row.score, 1), "digits"),
    ]


def _places(officer: Officer, run: QualityRun, area: str) -> Table | None:
    rows = queries.by_place(officer, run, area)
    if len(area) == 8 or not rows:
        return None
    here = reverse("office:quality")
    columns = _columns(
        _("Place"), lambda row: names.area(row.key, desk.language()), lambda row: f"{here}?area={row.key}"
    )
    return Table(columns, rows, caption=_("Places, the lowest score first"), tall=len(rows) > 20)


def _operators(officer: Officer, run: QualityRun, area: str) -> Table | None:
    rows = queries.by_operator(officer, run, area)
    columns = _columns(_("Recorded by"), lambda row: row.key)
    return Table(columns, rows, caption=_("Who recorded them, the lowest score first"), tall=True) if rows else None


def _rules(rules: list[tuple[Rule, int]], area: str, caption: str) -> Table:
    language = desk.language()

    def address(pair: tuple[Rule, int]) -> str:
        return reverse("office:quality-rule", args=[pair[0].id]) + (f"?area={area}" if area else "")

    columns = [
        Column(_("What is wrong"), lambda pair: pair[0].text.in_language(language), "long", address),
        Column(_("Kind"), lambda pair: DIMENSIONS[pair[0].dimension].in_language(language), secondary=True),
        Column(_("Points lost"), lambda pair: pair[0].weight, "num", secondary=True),
        Column(_("Records"), lambda pair: pair[1], "num"),
    ]
    return Table(columns, rules, caption=caption, hide_caption=True)


def _trend(officer: Officer, area: str) -> dict[str, Any] | None:
    """The score over the last checks; one check is no trend."""
    found = queries.trend(officer, area)
    if len(found) < 2:
        return None
    title = _("Mean score, check by check")
    columns = [
        Column(_("As of"), lambda pair: pair[0].as_of, "day"),
        Column(_("Mean score"), lambda pair: num(pair[1].score, 1), "digits"),
        Column(_("With a finding"), lambda pair: pair[1].share, "percent"),
    ]
    data = {
        "labels": [day(run.as_of) for run, _scored in found],
        "series": [{"name": _("Mean score"), "values": [round(scored.score, 2) for _run, scored in found]}],
        "unit": "",
    }
    return chart("quality-trend", "line", title, Table(columns, found, caption=title, hide_caption=True), data)


@require_POST
@desk.needs("quality.check")
def start_check(request: HttpRequest) -> HttpResponse:
    """Minutes for the nation: a job does it, on the newest snapshot."""
    works.start(JOB, by=desk.officer(request))
    return redirect("office:quality")


@require_GET
@desk.needs("quality.view")
def rule(request: HttpRequest, rule: str) -> HttpResponse:
    return _rule_page(request, rule, None)


def _rule_page(request: HttpRequest, id_: str, form: OpenForm | None, refusal: str = "") -> HttpResponse:
    """One rule in words, how many records it found, where; and what may be put on the work list."""
    officer, run = desk.officer(request), queries.latest()
    found = queries.rules().named(id_)
    if found is None or run is None:
        raise Http404
    area = _area(request)
    number = {one.id: count for one, count in queries.by_rule(officer, run, area)}[id_]
    if form is None and officer.may("quality.assign") and number:
        form = _open_form(officer, initial={"number": min(number, 100), "area": area or officer.areas[0]})
    context = {
        "rule": found, "run": run, "area": area, "records": number, "form": form,
        "dimension": DIMENSIONS[found.dimension], "on_list": queries.tasks(officer, rule=id_).count(),
    }  # fmt: skip
    return desk.page(request, "office/quality/rule.html", context, refusal=refusal)


def _open_form(officer: Officer, data: Any = None, initial: dict[str, Any] | None = None) -> OpenForm:
    """The places are the officer's own and the one asked for, when it lies in them."""
    codes = [*officer.areas]
    asked = (data or initial or {}).get("area", "")
    if asked and asked not in codes and officer.covers(area=asked):
        codes.append(asked)
    areas = [(code, names.area(code, desk.language())) for code in codes]
    return OpenForm(data, initial=initial, areas=areas, doers=queries.doers(officer))


@require_POST
@desk.needs("quality.assign")
def open_tasks(request: HttpRequest, rule: str) -> HttpResponse:
    officer, run = desk.officer(request), queries.latest()
    form = _open_form(officer, request.POST)
    if run is None:
        raise Http404
    if not form.is_valid():
        return _rule_page(request, rule, form)
    opened: list[int] = []
    given = form.cleaned_data
    refusal = desk.attempt(
        lambda: opened.append(
            actions.open_tasks(
                run=run, rule=rule, area_code=given["area"], number=given["number"], assign_to=given["to"], by=officer
            )
        )
    )
    if refusal:
        return _rule_page(request, rule, form, refusal)
    count = opened[0]
    text = ngettext("%(n)s record is now on the work list.", "%(n)s records are now on the work list.", count)
    desk.done(request, text % {"n": num(count)} if count else _("All of them were on the work list already."))
    return redirect("office:quality-tasks")
