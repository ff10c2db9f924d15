"""The facts that rules may name: what each means, how often it is missing and where, and who rests on it."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core.criteria_hints import OFTEN
from shohay.core.facts import FACTS, LEVELS, Fact
from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes import queries_facts as programmes
from shohay.stages.registry import queries_facts as queries
from shohay.web.office import desk, exports, works
from shohay.web.office.exports import Field
from shohay.web.office.facts import shown
from shohay.web.office.words import say

JOB = "measure_facts"


class Row(NamedTuple):
    """One fact in the list, the share of those asked who lack it (None: not measured), and who rests on it."""

    fact: Fact
    name: str
    kind: str
    share: float | None
    often: bool
    programmes: list[str]


def _rows() -> list[Row]:
    language = desk.language()
    used = programmes.used_by(timezone.localdate())
    shares = queries.coverage_of(FACTS)
    return [
        Row(fact, fact.text.in_language(language), shown.kind_of(fact), share, (share or 0) > OFTEN, used.get(name, []))
        for name, fact in FACTS.items()
        for share in (shares[name],)
    ]


def _listed(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    language = desk.language()
    return [
        {"code": row.fact.name, "name": row.name, "level": LEVELS[row.fact.level].in_language(language),
         "kind": row.kind, "source": say("fact_source", row.fact.source),
         "missing": None if row.share is None else round(100 * row.share, 2), "programmes": ", ".join(row.programmes)}
        for row in _rows()
    ]  # fmt: skip


exports.declare("facts", gettext_noop("Facts of the rules"), _listed, ("definition.view",), [
    Field(gettext_noop("Code"), "code"), Field(gettext_noop("Fact"), "name"), Field(gettext_noop("About"), "level"),
    Field(gettext_noop("Kind of value"), "kind"), Field(gettext_noop("Known from"), "source"),
    Field(gettext_noop("Missing, percent"), "missing", "number"), Field(gettext_noop("Programmes"), "programmes"),
])  # fmt: skip


@require_GET
@desk.needs("definition.view")
def facts(request: HttpRequest) -> HttpResponse:
    """Every fact, by what it is about."""
    if kind := exports.wanted(request):
        return exports.answer(request, "facts", kind)
    rows, language = _rows(), desk.language()
    groups = [
        (level, title.in_language(language), [row for row in rows if row.fact.level == level])
        for level, title in LEVELS.items()
    ]
    lacking = [row for row in rows if row.often]
    context = {
        "groups": groups, "measured": queries.latest(), "work": works.latest(JOB), "number": len(rows),
        "lacking": len(lacking), "worst": max((row for row in lacking if row.programmes), key=_share, default=None),
        "may_measure": queries.newest_snapshot() is not None,
    }  # fmt: skip
    return desk.page(request, "office/facts/facts.html", context)


def _share(row: Row) -> float:
    return row.share or 0


@require_POST
@desk.needs("quality.check")
def start(request: HttpRequest) -> HttpResponse:
    """Minutes for the nation: a job does it, on the newest snapshot."""
    works.start(JOB, by=desk.officer(request))
    return redirect("office:facts")


@require_GET
@desk.needs("definition.view")
def fact(request: HttpRequest, name: str) -> HttpResponse:
    """One fact: its meaning, where it is missing, what it is where it is known, the rules that rest on it."""
    found = FACTS.get(name)
    if found is None:
        raise Http404
    measured = queries.latest()
    figures: dict[str, Any] = measured.figures["facts"].get(name, {}) if measured else {}
    language = desk.language()
    context: dict[str, Any] = {
        "fact": found,
        "title": found.text.in_language(language),
        "about": shown.about(found),
        "measured": measured,
        "programmes": programmes.used_by(timezone.localdate()).get(name, []),
        "needs": [(FACTS[need], reverse("office:fact", args=[need])) for need in found.needs],
    }
    if figures and figures["rows"]:
        share = figures["missing"] / figures["rows"]
        context |= {
            "figures": figures, "share": share, "often": share > OFTEN, "tiles": shown.tiles(found, figures),
            "where": shown.where(figures), "districts": shown.districts(figures),
            "spread": shown.spread(found, figures),
        }  # fmt: skip
    return desk.page(request, "office/facts/fact.html", context | {"nobody": bool(figures) and not figures["rows"]})
