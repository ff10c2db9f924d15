"""The register of evaluations: what was asked and found, from the plan to the report."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import events_about, evidence_of
from shohay.stages.programmes.models import Programme
from shohay.stages.results import actions_evaluations as actions
from shohay.stages.results import queries_evaluations as queries
from shohay.stages.results.models_evaluations import Evaluation
from shohay.web.office import desk, exports
from shohay.web.office.committees.forms import ministries, ministry
from shohay.web.office.evaluations.forms import (
    CancelForm,
    CompleteForm,
    EvaluationForm,
    FindingForm,
    QuestionsForm,
    RecommendationForm,
    ReportForm,
)
from shohay.web.office.exports import Field
from shohay.web.parts import pager
from shohay.web.templatetags.shohay import num

ORDER = ("-recorded_at", "code")


def _asked(asked: exports.Asked) -> dict[str, str]:
    return {
        "kind": asked.get("kind", "") if asked.get("kind", "") in Evaluation.Kind.values else "",
        "state": asked.get("state", "") if asked.get("state", "") in Evaluation.State.values else "",
        "ministry": asked.get("ministry", ""), "text": asked.get("q", "").strip(),
    }  # fmt: skip


def _listed(officer: Officer, asked: exports.Asked) -> QuerySet[Evaluation]:
    return queries.evaluations(officer, **_asked(asked))


exports.declare("evaluations", gettext_noop("Evaluations"), _listed, ("evaluation.view",), [
    Field(gettext_noop("Number"), "code"), Field(gettext_noop("Title"), "title_{language}"),
    Field(gettext_noop("Kind of evaluation"), "kind", "evaluation_kind"),
    Field(gettext_noop("Programme"), "programme_id", "programme"),
    Field(gettext_noop("Ministry or division"), "ministry__name_{language}"),
    Field(gettext_noop("Who evaluates"), "evaluator"), Field(gettext_noop("State"), "state", "evaluation_state"),
    Field(gettext_noop("Completed on"), "completed_on", "day"), Field(gettext_noop("When"), "period_{language}"),
    Field(gettext_noop("Recommendations"), "n_asked", "number"), Field(gettext_noop("Settled"), "n_settled", "number"),
    Field(gettext_noop("Source"), "source"),
])  # fmt: skip


@require_GET
@desk.needs("evaluation.view")
def evaluations(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "evaluations", kind)
    officer, on, asked = desk.officer(request), timezone.localdate(), _asked(request.GET.dict())
    tally = queries.tally(officer, on=on)
    context = {
        "rows": pager.page(request, queries.evaluations(officer, **asked), order=ORDER), "asked": asked,
        "kinds": Evaluation.Kind.values, "states": Evaluation.State.values, "ministries": ministries(empty=""),
        "tally": tally, "tiles": _tiles(officer, tally),
    }  # fmt: skip
    return desk.page(request, "office/evaluations/evaluations.html", context)


def _tiles(officer: Officer, tally: queries.Tally) -> list[dict[str, object]]:
    here = reverse("office:recommendations")
    place = queries.frameworks_and_evaluations(officer, on=timezone.localdate())
    shown = [
        (_("Recommendations without a response"), num(tally.waiting), f"{here}?state=waiting&ministry=", "wait", ""),
        (_("Overdue recommendations"), num(tally.overdue), f"{here}?state=overdue&ministry=", "bad", ""),
        (_("Reported, to be verified"), num(tally.reported), f"{here}?state=reported&ministry=", "wait", ""),
        (
            _("Programmes with framework and evaluation (OP-21)"),
            f"{num(place.both)} / {num(place.major)}",
            reverse("office:frameworks"),
            "",
            _("of the largest programmes; an evaluation counts for three years"),
        ),
    ]
    return [
        {"label": label, "value": value, "href": href, "tone": tone if value != num(0) else "", "note": note}
        for label, value, href, tone, note in shown
    ]


@require_http_methods(["GET", "POST"])
@desk.needs("evaluation.manage")
def new(request: HttpRequest) -> HttpResponse:
    """The form of an evaluation that is planned."""
    if request.method == "GET":
        return desk.page(request, "office/evaluations/new.html", {"form": EvaluationForm()})
    form, made = EvaluationForm(request.POST), []
    refusal = ""
    if form.is_valid():
        given = dict(form.cleaned_data)
        given["questions"] = given["questions"].splitlines()
        given["ministry"] = ministry(given["ministry"])
        given["programme"] = Programme.objects.filter(pk=given["programme"]).select_related("ministry").first()
        refusal = desk.attempt(lambda: made.append(actions.register_evaluation(by=desk.officer(request), **given)))
    if not made:
        return desk.page(request, "office/evaluations/new.html", {"form": form}, refusal=refusal)
    desk.done(request, _("The evaluation is on the register."))
    return redirect("office:evaluation", made[0].pk)


@require_GET
@desk.needs("evaluation.view")
def evaluation(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, mine(request, code))


def mine(request: HttpRequest, code: str) -> Evaluation:
    row = queries.evaluation(desk.officer(request), code)
    if row is None:
        raise Http404
    return row


def _page(request: HttpRequest, row: Evaluation, refusal: str = "", **forms: Any) -> HttpResponse:
    """Everything of one evaluation, and what this officer may do now."""
    officer, on = desk.officer(request), timezone.localdate()
    asked = list(queries.questions(row))
    context = {
        "evaluation": row, "questions": asked, "findings": queries.findings(row),
        "rows": queries.recommendations(officer, on=on, evaluation=row.pk).order_by("no"),
        "files": evidence_of("evaluation", row.pk), "events": events_about("evaluation", row.pk)[:10],
        **_forms(officer, row, asked), **forms,
    }  # fmt: skip
    context["bound"] = [form for form in forms.values() if form is not None]
    return desk.page(request, "office/evaluations/evaluation.html", context, refusal=refusal)


def _forms(officer: Officer, row: Evaluation, asked: list[Any]) -> dict[str, Any]:
    if not officer.may("evaluation.manage") or row.state == Evaluation.State.CANCELLED:
        return {}
    shown: dict[str, Any] = {
        "report_form": ReportForm(), "recommendation_form": RecommendationForm(),
        "finding_form": FindingForm(questions=_choices(asked)),
        "questions_form": QuestionsForm(initial={"questions": "\n".join(one.text for one in asked)}),
    }  # fmt: skip
    if row.state in (Evaluation.State.PLANNED, Evaluation.State.UNDER_WAY):
        shown |= {"complete_form": CompleteForm(initial={"on": timezone.localdate()}), "cancel_form": CancelForm()}
    return shown


def _choices(asked: list[Any]) -> list[tuple[str, str]]:
    return [(str(one.no), f"{num(one.no)}. {one.text}"[:120]) for one in asked]


def _refused(request: HttpRequest, row: Evaluation, why: str, **forms: Any) -> HttpResponse:
    return _page(request, row, why, **forms)


def _do(request: HttpRequest, row: Evaluation, action: Any, said: str, form: Any, name: str) -> HttpResponse:
    again = partial(_refused, request, row, **{name: form})
    return desk.act(request, action, again, said, "office:evaluation", row.pk, form=form)


@require_POST
@desk.needs("evaluation.manage")
def set_questions(request: HttpRequest, code: str) -> HttpResponse:
    row, form = mine(request, code), QuestionsForm(request.POST)

    def write() -> None:
        given = form.cleaned_data["questions"].splitlines()
        actions.set_questions(evaluation=row, questions=given, by=desk.officer(request))

    return _do(request, row, write, _("The questions are changed."), form, "questions_form")


@require_POST
@desk.needs("evaluation.manage")
def report(request: HttpRequest, code: str) -> HttpResponse:
    row, form = mine(request, code), ReportForm(request.POST, request.FILES)

    def add() -> None:
        file, title = form.cleaned_data["paper"], form.cleaned_data["title"]
        actions.add_report(evaluation=row, data=file.read(), file_name=file.name, title=title, by=desk.officer(request))

    return _do(request, row, add, _("The file is attached."), form, "report_form")


@require_POST
@desk.needs("evaluation.manage")
def start(request: HttpRequest, code: str) -> HttpResponse:
    row = mine(request, code)
    return desk.act(
        request, lambda: actions.start_evaluation(evaluation=row, by=desk.officer(request)),
        partial(_refused, request, row), _("The evaluation is under way."), "office:evaluation", code,
    )  # fmt: skip


@require_POST
@desk.needs("evaluation.manage")
def complete(request: HttpRequest, code: str) -> HttpResponse:
    row, form = mine(request, code), CompleteForm(request.POST)

    def end() -> None:
        actions.complete_evaluation(evaluation=row, on=form.cleaned_data["on"], by=desk.officer(request))

    return _do(request, row, end, _("The evaluation is completed."), form, "complete_form")


@require_POST
@desk.needs("evaluation.manage")
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    row, form = mine(request, code), CancelForm(request.POST)

    def end() -> None:
        actions.cancel_evaluation(evaluation=row, reason=form.cleaned_data["reason"], by=desk.officer(request))

    return _do(request, row, end, _("The evaluation is cancelled."), form, "cancel_form")


@require_POST
@desk.needs("evaluation.manage")
def finding(request: HttpRequest, code: str) -> HttpResponse:
    row = mine(request, code)
    form = FindingForm(request.POST, questions=_choices(list(queries.questions(row))))

    def add() -> None:
        given = form.cleaned_data
        actions.add_finding(
            evaluation=row, text=given["text"], strength=given["strength"],
            question=int(given["question"]) if given["question"] else None, by=desk.officer(request),
        )  # fmt: skip

    return _do(request, row, add, _("The finding is written down."), form, "finding_form")


@require_POST
@desk.needs("evaluation.manage")
def recommend(request: HttpRequest, code: str) -> HttpResponse:
    row, form = mine(request, code), RecommendationForm(request.POST)

    def add() -> None:
        given = {**form.cleaned_data, "ministry": ministry(form.cleaned_data["ministry"])}
        actions.add_recommendation(evaluation=row, by=desk.officer(request), **given)

    return _do(request, row, add, _("The recommendation is written down."), form, "recommendation_form")
