"""CODI assessments: the rounds, what one of them says, and its steps."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_GET, require_POST

from shohay.core import codi
from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes.models import Programme
from shohay.stages.results import actions_codi as actions
from shohay.stages.results import queries_codi as queries
from shohay.stages.results.models_codi import LEVELS, CodiRound
from shohay.stages.results.queries_codi import Result
from shohay.web.office import desk, exports
from shohay.web.office.codi.forms import InviteForm, OpenForm
from shohay.web.office.exports import Field
from shohay.web.office.words import say
from shohay.web.parts import charts, names
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import digits, language, local, num

FOUR = ("latent", "emerging", "moderate", "advanced")
THREE = ("weak", "partial", "good")


def title(row: CodiRound) -> str:
    """ "The whole system, 2024-25" or the programme's name with its year."""
    what = names.programme(row.programme_id, language()) if row.programme_id else say("codi_level", row.level)
    return f"{what}, {digits(row.fiscal_year)}"


def level_words(scale: int) -> list[str]:
    return [say("codi_step", step) for step in (FOUR if scale == 4 else THREE)]


def assessors() -> list[tuple[str, str]]:
    return [(name, names.officer(name, language())) for name in queries.able_to_assess()]


@require_GET
@desk.needs("codi.view")
def rounds(request: HttpRequest) -> HttpResponse:
    return _rounds_page(request)


def _rounds_page(request: HttpRequest, refusal: str = "", form: OpenForm | None = None) -> HttpResponse:
    officer = desk.officer(request)
    columns = [
        Column(_("Assessment"), title, "long", address=_address),
        Column(_("Scale"), lambda row: say("codi_scale", row.scale)),
        Column(_("Assessors"), lambda row: len(row.assessors.all()), "num"),
        Column(_("Mean of criteria"), lambda row: _mean(queries.result(row).overall)),
        Column(_("State"), lambda row: row.state, "state", context="codi_round"),
    ]
    found = list(queries.rounds(officer).prefetch_related("assessors"))
    newest = {level: queries.latest(level) for level in LEVELS[:2]}
    context = {
        "table": Table(columns, found, caption=_("Assessments"), hide_caption=True) if found else None,
        "form": (form or _open_form()) if officer.may("codi.manage") else None,
        "example": any(made.round.example for made in newest.values() if made),
        "newest": [(title(made.round), radar([made], f"radar-{level}")) for level, made in newest.items() if made],
    }  # fmt: skip
    return desk.page(request, "office/codi/rounds.html", context, refusal=refusal)


def _address(row: CodiRound) -> str:
    return reverse("office:codi", args=[row.pk])


def _mean(value: Fraction | None) -> str:
    return "–" if value is None else num(float(value), 2)


def _open_form(data: Any = None) -> OpenForm:
    listed = Programme.objects.filter(in_list=True).order_by("order")
    programmes = [(row.code, local(row, "name")) for row in listed]
    return OpenForm(data, programmes=programmes, assessors=assessors())


@require_POST
@desk.needs("codi.manage")
def open_round(request: HttpRequest) -> HttpResponse:
    form, made = _open_form(request.POST), list[CodiRound]()
    if not form.is_valid():
        return _rounds_page(request, form=form)
    given = form.cleaned_data
    refusal = desk.attempt(
        lambda: made.append(
            actions.open_round(
                level=given["level"], programme=given["programme"], fiscal_year=given["fiscal_year"],
                scale=int(given["scale"]), assessors=given["assessors"], by=desk.officer(request),
            )
        )
    )  # fmt: skip
    if refusal:
        return _rounds_page(request, refusal, form)
    desk.done(request, _("The assessment is open. Each assessor scores alone."))
    return redirect("office:codi", made[0].pk)


# ----------------------------------------------------------------------------------------------- one assessment


def _scores(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    """A row a field: agreed score and reason, and what each assessor said, as far as the officer may read it."""
    row = queries.round_of(officer, int(asked.get("round", 0)))
    if row is None:
        return []
    done = queries.agreed(row)
    said: dict[str, list[str]] = {}
    for one in queries.scores(officer, row):
        answer = f"{one.score or say('codi_without', one.without)} ({one.evidence})"
        said.setdefault(one.field_id, []).append(f"{names.officer(one.assessor, language())}: {answer}")
    return [
        {"code": field.code, "criterion": local(field.criterion_name), "field": local(field.name),
         "score": done[field.code].score if field.code in done else None,
         "three": _on_three(row, field, done.get(field.code)),
         "without": done[field.code].without if field.code in done else "",
         "reason": done[field.code].reason if field.code in done else "", "said": "; ".join(said.get(field.code, []))}
        for field in queries.fields(row.scale)
    ]  # fmt: skip


def _on_three(row: CodiRound, field: queries.Field, agreed: Any) -> int | None:
    score = agreed.score if agreed else None
    return codi.on_three(score, field.three) if score is not None and row.scale == 4 else score


exports.declare("codi", gettext_noop("CODI assessment"), _scores, ("codi.view",), [
    Field(gettext_noop("No."), "code"), Field(gettext_noop("Criterion"), "criterion"),
    Field(gettext_noop("Field"), "field"), Field(gettext_noop("Agreed score"), "score", "number"),
    Field(gettext_noop("On Bangladesh's three levels"), "three", "number"),
    Field(gettext_noop("Why there is no score"), "without", "codi_without"),
    Field(gettext_noop("Why this score"), "reason"), Field(gettext_noop("Assessors"), "said"),
])  # fmt: skip


@require_GET
@desk.needs("codi.view")
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "codi", kind, round=pk)
    return assessment_page(request, pk)


def round_or_404(request: HttpRequest, pk: int) -> CodiRound:
    row = queries.round_of(desk.officer(request), pk)
    if row is None:
        raise Http404
    return row


def assessment_page(request: HttpRequest, pk: int, refusal: str = "") -> HttpResponse:
    """While it is scored: how far everybody is, and one's own fields. After: differences, what was agreed, charts."""
    officer, row = desk.officer(request), round_or_404(request, pk)
    scoring, manages = row.state == CodiRound.State.SCORING, officer.may("codi.manage")
    compared = queries.over_rounds(row)
    made, listed = compared[-1], queries.fields(row.scale)
    said = {} if scoring else queries.answers_by_field(row)
    mine = {one.field_id: one for one in queries.scores(officer, row) if one.assessor == officer.username}
    left = [(code, name) for code, name in assessors() if code not in _names(row) and code != row.opened_by]
    low = set(queries.low_fields(made))
    context = {
        "round": row, "title": title(row), "scoring": scoring, "manages": manages, "result": made,
        "invited": queries.is_assessor(officer, row), "progress": queries.progress(row),
        "all_fields": len(listed), "answered": len(mine), "groups": _groups(listed, made, said, mine),
        "charts": [radar(compared, "radar"), heat(made, listed)] if made.answers else [],
        "criteria": _criteria(compared) if made.answers else None, "unanimity": codi.unanimity(said),
        "differ": sum(codi.differ(answers) for answers in said.values()),
        "low": [one for one in listed if one.code in low],
        "options": queries.options(officer, row),
        "invite": InviteForm(assessors=left) if manages and scoring and left else None,
        "other_scale": len({one.round.scale for one in compared}) > 1,
    }  # fmt: skip
    return desk.page(request, "office/codi/round.html", context, refusal=refusal)


def _names(row: CodiRound) -> set[str]:
    return {one["assessor"] for one in queries.progress(row)}


def _groups(listed: list[queries.Field], made: Result, said: Any, mine: Any) -> list[dict[str, Any]]:
    """The fields by criterion, with one's own score, what was said and what was agreed."""
    groups: dict[int, dict[str, Any]] = {}
    for field in listed:
        group = groups.setdefault(field.criterion, {"name": local(field.criterion_name), "fields": []})
        answers = said.get(field.code, [])
        group["fields"].append({
            "field": field, "name": local(field.name), "mine": mine.get(field.code),
            "said": ", ".join(_shown(one) for one in answers), "differ": codi.differ(answers),
            "agreed": _shown(made.answers[field.code]) if field.code in made.answers else "",
        })  # fmt: skip
    return list(groups.values())


def _shown(answer: codi.Answer) -> str:
    return num(answer.score) if answer.score is not None else say("codi_without", answer.without)


def _agreed(made: Result, code: str) -> str:
    return _shown(made.answers[code]) if code in made.answers else "–"


def _criteria(compared: list[Result]) -> Table:
    """Means of the criteria over the rounds, with what is left out of the newest."""
    newest = compared[-1]
    wording = queries.criteria_names()
    columns = [Column(_("Criterion"), lambda pair: local(wording[pair[1].number]), "long")]
    columns += [Column(digits(made.round.fiscal_year), partial(_mean_at, made)) for made in compared]
    columns += [
        Column(_("Fields scored"), lambda pair: f"{num(pair[1].scored)} / {num(pair[1].fields)}"),
        Column(_("Missing"), lambda pair: ", ".join(digits(code) for code in pair[1].missing), secondary=True),
        Column(_("No evidence"), lambda pair: ", ".join(digits(code) for code in pair[1].no_evidence), secondary=True),
    ]
    total = [_("Mean of criteria"), *(_mean(made.overall) for made in compared), None, None, None]
    return Table(columns, list(enumerate(newest.criteria)), caption=_("Score by criterion"), total=total)


def radar(compared: list[Result], name: str) -> dict[str, Any]:
    """The vector of criteria of one or several rounds; rounds on two scales as parts of theirs, in per cent."""
    heading = _("Score by criterion")
    wording = _numbered()
    mixed = len({made.round.scale for made in compared}) > 1
    low, high = (0, 100) if mixed else (1, compared[0].round.scale)

    def value(made: Result, mean: Fraction | None) -> float | None:
        if mean is None:
            return None
        part = codi.normalised(mean, made.round.scale) if mixed else mean
        return None if part is None else round(float(part * 100 if mixed else part), 2)

    lines: list[dict[str, Any]] = [
        {"name": title(made.round), "values": [value(made, one.mean) for one in made.criteria]} for made in compared
    ]
    columns = [Column(_("Criterion"), lambda place: list(wording.values())[place], "long")]
    columns += [
        Column(digits(made.round.fiscal_year), partial(_value_at, line["values"]))
        for made, line in zip(compared, lines, strict=True)
    ]
    table = Table(columns, list(range(len(wording))), caption=heading, hide_caption=True)
    data = {"labels": list(wording.values()), "series": lines, "low": low, "high": high, "unit": "%" if mixed else ""}
    return charts.chart(name, "radar", heading, table, data, tall=True)


def _numbered() -> dict[int, str]:
    """The criteria with their numbers: on a phone the number alone stands at its ray."""
    return {number: f"{num(number)}. {local(pair)}" for number, pair in queries.criteria_names().items()}


def _mean_at(made: Result, pair: tuple[int, Any]) -> str:
    return _mean(made.criteria[pair[0]].mean)


def _value_at(values: list[float | None], place: int) -> str:
    return "–" if values[place] is None else num(values[place], 2)


def heat(made: Result, listed: list[queries.Field]) -> dict[str, Any]:
    """A square a field: criteria below each other, their fields beside each other."""
    heading = _("Level of each field")
    places: dict[int, int] = {}
    cells = []
    for field in listed:
        at = places[field.criterion] = places.get(field.criterion, -1) + 1
        answer = made.answers.get(field.code)
        cells.append({"x": at, "y": field.criterion - 1, "value": answer.score if answer else None,
                      "name": f"{digits(field.code)} {local(field.name)}"})  # fmt: skip
    columns = [
        Column(_("Field"), lambda field: f"{digits(field.code)} {local(field.name)}", "long"),
        Column(_("Agreed score"), lambda field: _agreed(made, field.code)),
    ]
    data = {"labels": list(_numbered().values()), "cells": cells, "low": 1, "high": made.round.scale,
            "columns": [str(n) for n in range(1, max(places.values()) + 2)],
            "words": [f"{num(n)} {word}" for n, word in enumerate(level_words(made.round.scale), start=1)]}  # fmt: skip
    return charts.chart("heat", "heat", heading, Table(columns, listed, caption=heading, hide_caption=True), data)


# ------------------------------------------------------------------------------------------------------ steps


@require_POST
@desk.needs("codi.manage")
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    name = request.POST.get("username", "")
    return _step(request, pk, lambda by: actions.invite(round=pk, username=name, by=by), _("Invited."))


@require_POST
@desk.needs("codi.manage")
def consensus(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("The consensus is open: everybody sees what everybody said.")
    return _step(request, pk, lambda by: actions.open_consensus(round=pk, by=by), said)


@require_POST
@desk.needs("codi.manage")
def unanimous(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree on what everybody says alike."""
    round_or_404(request, pk)
    count: list[int] = []
    refusal = desk.attempt(lambda: count.append(actions.agree_unanimous(round=pk, by=desk.officer(request))))
    if refusal:
        return assessment_page(request, pk, refusal)
    text = ngettext("%(n)s field agreed.", "%(n)s fields agreed.", count[0])
    desk.done(request, text % {"n": num(count[0])})
    return redirect("office:codi", pk)


@require_POST
@desk.needs("codi.manage")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, lambda by: actions.close_round(round=pk, by=by), _("The assessment is closed."))


def _step(request: HttpRequest, pk: int, act: Callable[[Officer], object], said: str) -> HttpResponse:
    round_or_404(request, pk)
    return desk.act(
        request, lambda: act(desk.officer(request)), lambda refusal: assessment_page(request, pk, refusal), said,
        "office:codi", pk,
    )  # fmt: skip
