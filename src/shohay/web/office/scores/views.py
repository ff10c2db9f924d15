"""Poverty scores: the formulas and which is in force, one formula with its model card, how scores moved."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shohay.core import model_card
from shohay.stages.programmes import queries_scores as queries
from shohay.stages.programmes.models_scores import ScoreDrift, ScoreVersion
from shohay.stages.registry import queries as registry
from shohay.web.office import desk, exports, works
from shohay.web.office.scores import lists, shown  # noqa: F401 - declares the lists as files
from shohay.web.office.scores.forms import ActivateForm, DriftForm
from shohay.web.office.words import say
from shohay.web.parts import names
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import day, moment, num

SEES = ("definition.view", "survey.view")
TRAINS, DRIFTS = "train_score", "score_drift"


@require_GET
@desk.needs(*SEES)
def scores(request: HttpRequest) -> HttpResponse:
    """Every formula that was installed, the newest first."""
    if kind := exports.wanted(request):
        return exports.answer(request, "scores", kind)
    found = list(queries.versions())
    active = queries.version_on()
    return desk.page(request, "office/scores/scores.html", {
        "table": _formulas(found), "active": active, "active_name": named(active) if active else "",
        "work": works.latest(TRAINS),
    })  # fmt: skip


def named(version: ScoreVersion) -> str:
    return str(version.document["title"][desk.language()])


def _formulas(rows: list[ScoreVersion]) -> Table:
    columns = [
        Column(_("Formula"), named, "long", lambda row: reverse("office:score", args=[row.pk])),
        Column(_("State"), lambda row: queries.state(row), "state", context="score"),
        Column(_("Kind"), lambda row: say("score_kind", row.kind)),
        Column(_("In force"), uses),
        Column(_("Made from"), lambda row: _("synthetic data") if row.synthetic else "", secondary=True),
        Column(_("Installed"), lambda row: row.installed_at, "moment", secondary=True),
    ]
    empty = (_("No formula yet"), _("Install a document, or train a formula from a survey."))
    return Table(columns, rows, caption=_("Score formulas"), hide_caption=True, empty=empty)


def uses(row: ScoreVersion) -> str:
    """The days on which it was in force."""
    told = [
        f"{day(use.valid_from)} – {day(use.valid_to) if use.valid_to else ''}".strip(" –") for use in row.uses.all()
    ]
    return "; ".join(told)


def found(pk: int) -> ScoreVersion:
    row = queries.versions().filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_GET
@desk.needs(*SEES)
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """One formula: what it counts, its model card, its history."""
    return page(request, found(pk))


def page(request: HttpRequest, row: ScoreVersion, form: ActivateForm | None = None, refusal: str = "") -> HttpResponse:
    formula, officer, state = queries.parsed(row), desk.officer(request), queries.state(row)
    own, tomorrow = row.installed_by == officer.username, timezone.localdate() + timedelta(days=1)
    context: dict[str, Any] = {
        "version": row, "name": named(row), "formula": formula, "state": state,
        "facts": _facts(row, formula.valid_months), "parts": shown.parts_of(formula), "scale": _scale(formula),
        "may_activate": officer.may("score.activate"),
        "own": own, "form": form or ActivateForm(initial={"on": tomorrow}), "card": row.card,
    }  # fmt: skip
    if row.card:
        context |= _card(request, row.card)
    return desk.page(request, "office/scores/score.html", context, refusal=refusal)


def _facts(row: ScoreVersion, months: int) -> list[tuple[str, object]]:
    told: list[tuple[str, object]] = [
        (_("Kind"), say("score_kind", row.kind)), (_("In force"), uses(row) or "–"),
        (_("Source"), str(row.document["source"])), (_("A score counts for"), _("%(n)s months") % {"n": num(months)}),
        (_("Installed"), f"{moment(row.installed_at)}, {names.officer(row.installed_by, desk.language())}"),
        (_("Document, SHA-256"), row.sha256[:16]),
    ]  # fmt: skip
    return [*told, (_("Note"), row.note)] if row.note else told


def _scale(formula: Any) -> str:
    """How the sum becomes a score, in a sentence."""
    if formula.questions:
        return _("The points are added up; times %(scale)s they are the score.") % {"scale": num(formula.scale)}
    if formula.conditions:
        given = {"needed": num(formula.needed), "count": num(len(formula.conditions))}
        return _("A household counts as poor when %(needed)s of the %(count)s conditions hold. The score falls with "
                 "every condition that holds.") % given  # fmt: skip
    low, high = formula.document["scale"][0], formula.document["scale"][-1]
    return _("The formula estimates consumption. %(low)s taka a head and month is score %(bottom)s, %(high)s taka is "
             "%(top)s; less and more change nothing.") % {
                 "low": num(low[0]), "bottom": num(low[1]), "high": num(high[0]), "top": num(high[1])}  # fmt: skip


CUTS, MEASURES = ("share", "line"), ("exclusion", "inclusion", "coverage")


def _card(request: HttpRequest, card: dict[str, Any]) -> dict[str, Any]:
    cut, measure = request.GET.get("cut", ""), request.GET.get("measure", "")
    cut, measure = cut if cut in CUTS else CUTS[0], measure if measure in MEASURES else MEASURES[0]
    return {
        "cut": cut, "measure": measure, "cuts": [(code, say("score_cut", code)) for code in CUTS],
        "measures": [(code, say("score_measure", code)) for code in MEASURES],
        "news": model_card.news(card).in_language(desk.language()), "fits": shown.fits(card),
        "models": [(shown.told_model(one["name"]), shown.coefficients(one)) for one in card["models"]],
        "curve": shown.curve(card), "compared": shown.compared(card), "groups": shown.by_group(card, cut, measure),
        "data_facts": shown.data_facts(card),
    }  # fmt: skip


@require_GET
@desk.needs(*SEES)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The formula as it was installed."""
    row = found(pk)
    return _file(row.text, f"{row.code}.yaml", "text/yaml")


@require_GET
@desk.needs(*SEES)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """The model card as JSON."""
    row = found(pk)
    if row.card is None:
        raise Http404
    text = json.dumps(row.card, ensure_ascii=False, indent=1, sort_keys=True)
    return _file(text, f"{row.code}.card.json", "application/json")


def _file(text: str, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# ------------------------------------------------------------------------------------------------------------ drift


@require_GET
@desk.needs(*SEES)
def drift(request: HttpRequest) -> HttpResponse:
    """How the scores of a formula moved between two snapshots: the newest comparison, or the one asked for."""
    if kind := exports.wanted(request):
        return exports.answer(request, "score-drift", kind)
    return drift_page(request)


def drift_page(request: HttpRequest, form: DriftForm | None = None, refusal: str = "") -> HttpResponse:
    rows = list(queries.drifts()[:20])
    asked = request.GET.get("drift", "")
    row = next((one for one in rows if str(one.pk) == asked), rows[0] if rows else None)
    area = request.GET.get("area", "")
    context: dict[str, Any] = {
        "rows": [(str(one.pk), _drift_name(one)) for one in rows], "row": row, "work": works.latest(DRIFTS),
        "form": form or drift_form(), "may": desk.officer(request).may("score.propose"), "area": area,
    }  # fmt: skip
    if row:
        context |= _drift(row, area)
    return desk.page(request, "office/scores/drift.html", context, refusal=refusal)


def drift_form(data: Any = None) -> DriftForm:
    versions = [(str(one.pk), named(one)) for one in queries.versions()]
    taken = [(str(one.pk), f"{day(one.as_of)} ({num(one.pk)})") for one in registry.snapshots()[:30]]
    return DriftForm(versions, taken, data)


def _drift_name(row: ScoreDrift) -> str:
    which = f"{row.before_sha256[:6]} – {row.after_sha256[:6]}"
    return f"{row.formula_code}: {day(row.before_on)} – {day(row.after_on)} ({which})"


def _drift(row: ScoreDrift, area: str) -> dict[str, Any]:
    lines = row.result["rows"]
    line = next((one for one in lines if one["area"] == area), lines[0])
    before, after = (f"{text} {day(on)}" for text, on in ((_("Before:"), row.before_on), (_("After:"), row.after_on)))
    return {
        "drift_name": _drift_name(row), "table": shown.by_area(row.result),
        "chart": shown.histogram(row.result, line, before, after),
        "areas": [(one["area"], names.area(one["area"], desk.language())) for one in lines if one["area"]],
        "psi": num(row.psi, 3), "ks": num(row.ks, 3), "advice": say("score_advice", row.level),
    }  # fmt: skip
