"""Home, the catalogue, the page of a programme, the action plan, sources, open data."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from shohay.core import open_data
from shohay.core.definition import COMMON, Definition, Version
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.coordination import queries_plan as plans
from shohay.stages.programmes import definitions as rules
from shohay.stages.programmes import queries
from shohay.stages.programmes.models import Ministry, Programme
from shohay.web.citizen.reasons import PER, bring, unit_words, where_to_apply
from shohay.web.parts import pager
from shohay.web.parts.benefit import what_for
from shohay.web.parts.tables import Column, Table
from shohay.web.public import catalogue
from shohay.web.templatetags.shohay import crore, day, digits, language, local, num, taka, words

DATA = Path(__file__).resolve().parents[2] / "data"


def home(request: HttpRequest) -> HttpResponse:
    """One sentence on what this is, and the five things people come for."""
    return render(request, "public/home.html", {"totals": catalogue.totals(catalogue.listed())})


def programmes(request: HttpRequest) -> HttpResponse:
    """All programmes with budget; search and filters stay in the address."""
    found = catalogue.found(request.GET)
    total = catalogue.totals(found)
    ruled = {definition.programme for definition in rules.definitions_on(timezone.localdate())}
    columns = [
        Column(
            _("Programme"), lambda p: local(p, "name"), address=lambda p: reverse("public:programme", args=[p.code])
        ),
        Column(_("Ministry"), lambda p: local(p.ministry, "name"), "long", secondary=True),
        Column(_("Type"), lambda p: p.type, "words", secondary=True),
        Column(_("Budget"), lambda p: catalogue.poisha(p.budget_crore), "crore"),
        Column(
            _("Beneficiaries"),
            lambda p: p.beneficiaries_lakh and p.beneficiaries_lakh * catalogue.LAKH,
            "lakh",
            secondary=True,
        ),
        Column(_("Rules"), lambda p: _("Shown") if p.code in ruled else "–", secondary=True),
    ]
    page = pager.page(request, found, order=("order", "code"), size=50)
    table = Table(
        columns,
        page.rows,
        caption=_("Programmes of the social security budget"),
        hide_caption=True,
        empty=(_("No programme fits"), _("Take a word away, or choose all ministries and all types.")),
    )
    chosen = {name: request.GET.get(name, "") for name in ("q", "ministry", "type", "stage")}
    context = {
        "here": "programmes", "table": table, "page": page, "total": total, "chosen": chosen,
        "filtered": any(chosen.values()),
        "budget": catalogue.poisha(total["budget_crore"]), "people": total["beneficiaries_lakh"] * catalogue.LAKH,
        "ministries": queries.ministries(), "types": _choices("type"), "stages": _choices("lifecycle_stage"),
    }  # fmt: skip
    return render(request, "public/programmes.html", context)


def _choices(column: str) -> list[tuple[str, str]]:
    """The values of a column of the catalogue with their words, in the order of the words."""
    codes = Programme.objects.order_by().values_list(column, flat=True).distinct()
    return sorted(((code, words(code)) for code in codes), key=lambda pair: pair[1])


def programme(request: HttpRequest, code: str) -> HttpResponse:
    """One programme: what it is, who may get it in words, what it gives and gave, where to apply."""
    found = get_object_or_404(Programme.objects.select_related("ministry"), code=code)
    today = timezone.localdate()
    definition = next((one for one in rules.definitions_on(today) if one.programme == code), None)
    facts: list[tuple[str, ...]] = [
        (_("Ministry"), local(found.ministry, "name")),
        (_("Type"), words(found.type)),
        (_("Stage of life"), words(found.lifecycle_stage)),
        (_("Cluster of the strategy"), words(found.thematic_cluster)),
    ]
    if found.budget_crore is not None:
        year = _("budget of FY %(year)s") % {"year": digits(found.fiscal_year)}
        facts.append((_("Budget"), crore(catalogue.poisha(found.budget_crore)), year))
        if found.beneficiaries_lakh:
            facts.append((_("Beneficiaries"), num(found.beneficiaries_lakh * catalogue.LAKH), year))
    context = {"here": "programmes", "programme": found, "facts": facts, **_rules(definition, code, today)}
    return render(request, "public/programme.html", context)


def _rules(definition: Definition | None, code: str, today: dt.date) -> dict[str, object]:
    """The criteria in words, the compatible programmes, the rates by year, papers and place."""
    version = definition.version_on(today) if definition else None
    if definition is None or version is None:
        return {"definition": None}
    lang = language()
    compatible = {
        verdict: [name for name, found in version.compatible.with_.items() if found == verdict]
        for verdict in ("allowed", "forbidden")
    }
    return {
        "definition": definition,
        "version": version,
        "criteria": [version.sentence(name).in_language(lang) for name in version.criterion_ids if name not in COMMON],
        "rest": version.compatible.default,
        "compatible": compatible,
        "rates": _rates_table(definition),
        "sources": list(dict.fromkeys((legal.source, legal.confidence) for legal in version.legal)),
        "bring": bring(version),
        "where": where_to_apply(code, ""),
        "unit": definition.unit,
    }


def _rates_table(definition: Definition) -> Table:
    lang = language()
    lines = catalogue.rates(definition)
    columns = [
        Column(_("When"), lambda rate: _period(rate.version)),
        Column(
            _("Amount"),
            lambda rate: (
                taka(rate.amount * 100)
                if rate.amount is not None
                else f"{num(rate.line.quantity)} {unit_words(rate.line.unit)}"
            ),
        ),
        Column(_("How often"), lambda rate: PER[rate.line.per].in_language(lang)),
    ]
    if any(what_for(rate.line, lang) for rate in lines):
        of = Column(_("What for"), lambda rate: what_for(rate.line, lang), "long")
        columns.insert(1, of)
    return Table(columns, lines, caption=_("What the programme gave, year by year"), hide_caption=True)


def _period(version: Version) -> str:
    """1 July 2023 – 30 June 2025, or: since 1 July 2026."""
    if version.valid[1] is None:
        return _("since %(day)s") % {"day": day(version.first)}
    return f"{day(version.first)} – {day(version.valid[1])}"


def plan(request: HttpRequest) -> HttpResponse:
    """The action plan of the strategy: how far it is, by theme and by ministry; by its dates and verified evidence."""
    today = timezone.localdate()
    themes = plans.counts_by(SYSTEM, "theme", today)
    named = {row.code: local(row, "name") for row in Ministry.objects.all()}
    ministries = [
        row._replace(name=named.get(row.name, row.name)) for row in plans.counts_by(SYSTEM, "ministry", today)
    ]
    count, done, late, stopped, proven = (
        sum(getattr(row, name) for row in themes) for name in ("promised", "completed", "late", "stopped", "proven")
    )
    note = _("%(n)s with evidence") % {"n": num(proven)}
    context = {
        "here": "plan", "today": today, "count": count, "late": late, "done": done + stopped,
        "tiles": [
            {"label": _("Promised actions"), "value": num(count)},
            {"label": words("Completed"), "value": num(done), "tone": "good", "note": note},
            {"label": _("Past their due date"), "value": num(late), "tone": "bad" if late else ""},
            {"label": words("Stopped"), "value": num(stopped)},
        ],
        "themes": _plan_table(themes, _("Theme"), _("By theme"), "words"),
        "ministries": _plan_table(ministries, _("Ministry"), _("By ministry"), "text"),
    }  # fmt: skip
    return render(request, "public/plan.html", context)


def _plan_table(rows: list[plans.PlanCount], label: str, caption: str, kind: str) -> Table:
    columns = [
        Column(label, lambda row: row[0], kind),
        Column(_("Promised"), lambda row: row[1], "num"),
        Column(words("Completed"), lambda row: row[2], "num"),
        Column(_("Past due"), lambda row: row[4], "num"),
    ]
    total = [_("Total"), *(sum(getattr(row, name) for row in rows) for name in ("promised", "completed", "late"))]
    return Table(columns, rows, caption=caption, total=total, tall=True)


def sources(request: HttpRequest) -> HttpResponse:
    """Where the figures come from, and what happens with what people tell us."""
    return render(request, "public/sources.html")


def data(request: HttpRequest) -> HttpResponse:
    """The open data sets, each as CSV and JSON."""
    sets = [
        ("programmes", _("Programmes with ministry, type, budget and beneficiaries")),
        ("ministries", _("Ministries and divisions with their totals")),
        ("budget-years", _("Budget and beneficiaries by ministry and fiscal year")),
        ("rates", _("What each programme gave, by period")),
        ("places", _("Divisions, districts, upazilas and city corporations with codes")),
        ("coverage", _("Beneficiaries and coverage by programme and district")),
        ("payments", _("Payments by programme and state")),
        ("returns", _("Returned payments by reason")),
        ("indicators", _("Indicators: published values by fiscal year, place and group")),
        ("actions", _("The action plan: every promised action with due date and status")),
    ]
    context = {
        "sets": [(name, title, local(open_data.ABOUT[name])) for name, title in sets],
        "licence": open_data.LICENCE,
        "licence_url": open_data.LICENCE_URL,
    }
    return render(request, "public/data.html", context)


@cache_control(public=True, max_age=86_400)
def boundaries(request: HttpRequest, level: str) -> HttpResponseBase:
    """The simplified boundaries for maps, as bundled; 'upazilas-5549' are those of one district."""
    if level in ("districts", "upazilas"):
        return FileResponse((DATA / "boundaries" / f"{level}.geojson").open("rb"), content_type="application/geo+json")
    name, _dash, district = level.partition("-")
    part = _upazilas(district) if name == "upazilas" and len(district) == 4 and district.isdigit() else ""
    if not part:
        raise Http404
    return HttpResponse(part, content_type="application/geo+json")


@lru_cache(maxsize=64)
def _upazilas(district: str) -> str:
    """The upazilas of a district as GeoJSON; '' where it has none."""
    whole = json.loads((DATA / "boundaries" / "upazilas.geojson").read_text(encoding="utf-8"))
    own = [one for one in whole["features"] if str(one["properties"]["code"]).startswith(district)]
    return json.dumps({**whole, "features": own}, ensure_ascii=False, separators=(",", ":")) if own else ""
