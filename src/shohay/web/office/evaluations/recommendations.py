"""Recommendations of evaluations: answered by their owners, followed up, verified by another office; frameworks."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import evidence_of, evidence_on
from shohay.stages.programmes.models import Programme
from shohay.stages.results import actions_evaluations, actions_recommendations
from shohay.stages.results import actions_recommendations as actions
from shohay.stages.results import queries_evaluations as queries
from shohay.stages.results.models_evaluations import ProgrammeFramework, Recommendation
from shohay.web.office import desk, exports
from shohay.web.office.committees.forms import CheckForm, FollowForm, ministries
from shohay.web.office.evaluations.forms import FrameworkForm, RespondForm
from shohay.web.office.exports import Field
from shohay.web.parts import pager

STATES = ("waiting", "overdue", "going", "open", "reported", "verified", "rejected")
ORDER = ("order_day", "id")


def _asked(officer: Officer, asked: exports.Asked) -> dict[str, str]:
    own = officer.ministries[0] if len(officer.ministries) == 1 else ""
    state, response = asked.get("state", ""), asked.get("response", "")
    return {
        "state": state if state in STATES else "", "ministry": asked.get("ministry", own),
        "response": response if response in Recommendation.Response.values else "", "text": asked.get("q", "").strip(),
    }  # fmt: skip


def _listed(officer: Officer, asked: exports.Asked) -> QuerySet[Recommendation]:
    found = queries.recommendations(officer, on=timezone.localdate(), **_asked(officer, asked))
    return found.order_by(*ORDER)


exports.declare("recommendations", gettext_noop("Recommendations"), _listed, ("evaluation.view",), [
    Field(gettext_noop("Evaluation"), "evaluation__title_{language}"), Field(gettext_noop("No."), "no", "number"),
    Field(gettext_noop("What is recommended"), "text_bn"),
    Field(gettext_noop("Ministry that answers for it"), "ministry__name_{language}"),
    Field(gettext_noop("Or the office"), "office"), Field(gettext_noop("To be done by"), "due_on", "day"),
    Field(gettext_noop("Management response"), "response", "response"),
    Field(gettext_noop("Reason"), "response_text"), Field(gettext_noop("State"), "state", "recommendation_state"),
    Field(gettext_noop("Overdue"), "is_overdue", "yes_no"), Field(gettext_noop("Verified on"), "verified_on", "day"),
])  # fmt: skip


@require_GET
@desk.needs("evaluation.view")
def recommendations(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "recommendations", kind)
    officer, on = desk.officer(request), timezone.localdate()
    asked = _asked(officer, request.GET.dict())
    context = {
        "rows": pager.page(request, queries.recommendations(officer, on=on, **asked), order=ORDER), "asked": asked,
        "states": STATES, "responses": Recommendation.Response.values, "ministries": ministries(empty=""),
        "tally": queries.tally(officer, on=on, ministry=asked["ministry"]),
    }  # fmt: skip
    return desk.page(request, "office/evaluations/recommendations.html", context)


@require_GET
@desk.needs("evaluation.view")
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _mine(request, pk))


def _mine(request: HttpRequest, pk: int) -> Recommendation:
    row = queries.recommendation(desk.officer(request), pk, on=timezone.localdate())
    if row is None:
        raise Http404
    return row


def _owns(officer: Officer, row: Recommendation) -> bool:
    if row.ministry_id is None:
        return officer.may("evaluation.manage")
    return officer.may("evaluation.respond") and officer.covers(ministry=row.ministry_id)


def _page(request: HttpRequest, row: Recommendation, refusal: str = "", **forms: Any) -> HttpResponse:
    officer = desk.officer(request)
    state = Recommendation.State
    owns = _owns(officer, row)
    initial = {"response": "" if row.response == "none" else row.response, "text": row.response_text}
    checks = officer.may("evaluation.manage") and row.state == state.REPORTED and row.reported_by != officer.username
    context = {
        "recommendation": row, "evaluation": row.evaluation, "notes": queries.notes(row),
        "files": evidence_of("recommendation", row.pk),
        "respond_form": RespondForm(initial=initial) if owns and row.state in (state.OPEN, state.REJECTED) else None,
        "follow_form": FollowForm() if owns and row.state == state.OPEN and row.response != "none" else None,
        "check_form": CheckForm() if checks else None, **forms,
    }  # fmt: skip
    context["bound"] = [form for form in forms.values() if form is not None]
    return desk.page(request, "office/evaluations/recommendation.html", context, refusal=refusal)


def _do(request: HttpRequest, row: Recommendation, action: Any, form: Any, name: str) -> HttpResponse:
    def again(why: str) -> HttpResponse:
        return _page(request, row, why, **{name: form})

    return desk.act(request, action, again, _("It is written down."), "office:recommendation", row.pk, form=form)


@require_POST
@desk.needs("evaluation.respond", "evaluation.manage")
def respond(request: HttpRequest, pk: int) -> HttpResponse:
    """The management response."""
    row, form = _mine(request, pk), RespondForm(request.POST)

    def answer() -> None:
        given = form.cleaned_data
        actions.respond(recommendation=row, response=given["response"], text=given["text"], by=desk.officer(request))

    return _do(request, row, answer, form, "respond_form")


@require_POST
@desk.needs("evaluation.respond", "evaluation.manage")
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """A note with a file, or the report that it is carried out."""
    row, form = _mine(request, pk), FollowForm(request.POST, request.FILES)

    def note() -> None:
        given, file = form.cleaned_data, form.cleaned_data["paper"]
        action = actions.report_done if given["done"] == "yes" else actions.follow_up
        action(
            recommendation=row, note=given["note"], data=file.read() if file else b"",
            file_name=file.name if file else "", title=given["title"], by=desk.officer(request),
        )  # fmt: skip

    return _do(request, row, note, form, "follow_form")


@require_POST
@desk.needs("evaluation.manage")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Another office looks at the evidence."""
    row, form = _mine(request, pk), CheckForm(request.POST)

    def answer() -> None:
        done = form.cleaned_data["answer"] == "close"
        action = actions_recommendations.verify if done else actions_recommendations.return_report
        action(recommendation=row, note=form.cleaned_data["note"], by=desk.officer(request))

    return _do(request, row, answer, form, "check_form")


# ------------------------------------------------------------------------------------------- results frameworks


def _in_place(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    """The largest programmes with what each has (OP-21)."""
    found = queries.frameworks_and_evaluations(officer, on=timezone.localdate())
    return [
        {"programme": code, "framework": framework, "evaluated": evaluated}
        for code, framework, evaluated in found.programmes
    ]


exports.declare("frameworks", gettext_noop("Results frameworks"), _in_place, ("evaluation.view",), [
    Field(gettext_noop("Programme"), "programme", "programme"),
    Field(gettext_noop("Approved framework"), "framework", "yes_no"),
    Field(gettext_noop("Evaluated in three years"), "evaluated", "yes_no"),
])  # fmt: skip


@require_GET
@desk.needs("evaluation.view")
def frameworks(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "frameworks", kind)
    return _frameworks_page(request)


def _frameworks_page(request: HttpRequest, refusal: str = "", form: FrameworkForm | None = None) -> HttpResponse:
    officer = desk.officer(request)
    found = queries.frameworks_and_evaluations(officer, on=timezone.localdate())
    recorded = list(ProgrammeFramework.objects.select_related("programme").order_by("programme__order"))
    files = evidence_on("framework", [row.programme_id for row in recorded])
    for row in recorded:
        row.files = files[row.programme_id]  # type: ignore[attr-defined]  # for the template
    if form is None and officer.may("evaluation.manage"):
        form = FrameworkForm()
    context = {"place": found, "recorded": recorded, "form": form}
    return desk.page(request, "office/evaluations/frameworks.html", context, refusal=refusal)


@require_POST
@desk.needs("evaluation.manage")
def record(request: HttpRequest) -> HttpResponse:
    form = FrameworkForm(request.POST, request.FILES)

    def write() -> None:
        given, file = form.cleaned_data, form.cleaned_data["paper"]
        actions_evaluations.record_framework(
            programme=Programme.objects.get(pk=given["programme"]), approved_on=given["approved_on"], data=file.read(),
            file_name=file.name, by=desk.officer(request),
        )  # fmt: skip

    def again(why: str) -> HttpResponse:
        return _frameworks_page(request, why, form)

    said = _("The framework is written down. It counts when another officer has verified it.")
    return desk.act(request, write, again, said, "office:frameworks", form=form)


@require_POST
@desk.needs("evaluation.manage")
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    row = ProgrammeFramework.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    return desk.act(
        request, lambda: actions_evaluations.verify_framework(framework=row, by=desk.officer(request)),
        partial(_frameworks_page, request), _("It is verified."), "office:frameworks",
    )  # fmt: skip
