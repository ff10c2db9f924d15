"""One field of an assessment: scored alone, talked through, agreed, followed by reforms; its wording corrected."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shohay.core import codi
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import evidence_of
from shohay.stages.programmes.models import Ministry
from shohay.stages.results import actions_codi as actions
from shohay.stages.results import queries_codi as queries
from shohay.stages.results import queries_values
from shohay.stages.results.models_codi import CodiRound, CodiScore
from shohay.stages.results.queries_codi import Field
from shohay.web.office import desk
from shohay.web.office.codi.forms import AgreeForm, OptionForm, ScoreForm, WordingForm
from shohay.web.office.codi.views import level_words, round_or_404, title
from shohay.web.templatetags.shohay import digits, local


@require_GET
@desk.needs("codi.view")
def field(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    return _page(request, pk, code)


def _found(row: CodiRound, code: str) -> tuple[Field, str, str]:
    """The field with the codes of those before and after it ('' at the ends)."""
    listed = queries.fields(row.scale)
    place = next((at for at, one in enumerate(listed) if one.code == code), None)
    if place is None:
        raise Http404
    before = listed[place - 1].code if place else ""
    return listed[place], before, listed[place + 1].code if place + 1 < len(listed) else ""


def _page(request: HttpRequest, pk: int, code: str, refusal: str = "", **forms: Any) -> HttpResponse:
    officer, row = desk.officer(request), round_or_404(request, pk)
    found, before, after = _found(row, code)
    said = list(queries.scores(officer, row).filter(field_id=code))
    done = queries.agreed(row).get(code)
    context = {
        "round": row, "title": title(row), "field": found, "name": local(found.name), "before": before, "after": after,
        "levels": [(n, word, local(text)) for n, (word, text) in
                   enumerate(zip(level_words(row.scale), found.levels, strict=True), start=1)],
        "indicators": _indicators(officer, row, found), "said": [_said(one) for one in said], "agreed": done,
        "three": codi.on_three(done.score, found.three) if done and done.score and row.scale == 4 else None,
        "options": queries.options(officer, row).filter(field_id=code),
        **_forms(officer, row, found, said, forms),
    }  # fmt: skip
    return desk.page(request, "office/codi/field.html", context, refusal=refusal)


def _said(one: CodiScore) -> dict[str, Any]:
    return {"score": one, "files": evidence_of("codi_score", str(one.pk))}


def _forms(officer: Officer, row: CodiRound, found: Field, said: list[CodiScore], given: dict[str, Any]) -> Any:
    """The forms that this officer may use at this step; None for the others."""
    manages, scoring = officer.may("codi.manage"), row.state == CodiRound.State.SCORING
    scores = scoring and officer.may("codi.assess") and queries.is_assessor(officer, row)
    agrees = manages and row.state == CodiRound.State.CONSENSUS
    return {
        "score": given.get("score") or ScoreForm(field=found, initial=_own(said, officer)) if scores else None,
        "agree": given.get("agree") or AgreeForm(field=found, initial=_suggested(said)) if agrees else None,
        "option": given.get("option") or _option_form() if manages and not scoring else None,
        "wording": given.get("wording") or WordingForm() if manages else None,
    }


def _own(said: list[CodiScore], officer: Officer) -> dict[str, Any]:
    own = next((one for one in said if one.assessor == officer.username), None)
    if own is None:
        return {}
    return {"answer": str(own.score or own.without), "evidence": own.evidence, "comment": own.comment}


def _suggested(said: list[CodiScore]) -> dict[str, Any]:
    """The middle of what was said, as a start for the talk."""
    middle = codi.suggested([codi.Answer(one.score, one.without) for one in said])
    return {"answer": str(middle.score or middle.without)} if middle else {}


def _indicators(officer: Officer, row: CodiRound, found: Field) -> list[dict[str, Any]]:
    """The platform's indicators that bear on the field, with their value of the year where there is one."""
    if not found.indicators:
        return []
    board = queries_values.scoreboard(officer, fiscal_year=row.fiscal_year)
    return [one for one in board if one["code"] in found.indicators]


def _option_form(data: Any = None) -> OptionForm:
    ministries = [(one.code, local(one, "name")) for one in Ministry.objects.order_by("order")]
    return OptionForm(data, ministries=ministries)


@require_POST
@desk.needs("codi.assess")
def score(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One's own score; then the next field."""
    row = round_or_404(request, pk)
    found, _before, after = _found(row, code)
    form = ScoreForm(request.POST, request.FILES, field=found)

    def act() -> None:
        given = form.cleaned_data
        files = [(given["file"].name, given["file"].read())] if given["file"] else []
        actions.score(
            round=pk, field=code, answer=form.given(), evidence=given["evidence"], comment=given["comment"],
            files=files, by=desk.officer(request),
        )  # fmt: skip

    to = ("office:codi-field", pk, after) if after else ("office:codi", pk)
    said = _("Field %(code)s is scored.") % {"code": digits(code)}
    return desk.act(request, act, lambda refusal: _page(request, pk, code, refusal, score=form), said, *to, form=form)


@require_POST
@desk.needs("codi.manage")
def agree(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    row = round_or_404(request, pk)
    form = AgreeForm(request.POST, field=_found(row, code)[0])
    return desk.act(
        request,
        lambda: actions.agree(
            round=pk, field=code, answer=form.given(), reason=form.cleaned_data["reason"], by=desk.officer(request)
        ),
        lambda refusal: _page(request, pk, code, refusal, agree=form),
        _("The score of field %(code)s is agreed.") % {"code": digits(code)}, "office:codi", pk, form=form,
    )  # fmt: skip


@require_POST
@desk.needs("codi.manage")
def option(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    _found(round_or_404(request, pk), code)
    form = _option_form(request.POST)
    return desk.act(
        request,
        lambda: actions.propose_option(round=pk, field=code, by=desk.officer(request), **form.cleaned_data),
        lambda refusal: _page(request, pk, code, refusal, option=form),
        _("The reform is written down."), "office:codi-field", pk, code, form=form,
    )  # fmt: skip


@require_POST
@desk.needs("codi.manage")
def wording(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    _found(round_or_404(request, pk), code)
    form = WordingForm(request.POST)
    return desk.act(
        request,
        lambda: actions.correct_wording(field=code, by=desk.officer(request), **form.cleaned_data),
        lambda refusal: _page(request, pk, code, refusal, wording=form),
        _("The wording is corrected; the earlier one is kept."), "office:codi-field", pk, code, form=form,
    )  # fmt: skip
