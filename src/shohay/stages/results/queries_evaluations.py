"""Reading the register of evaluations, what they recommended and what is overdue."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes.models import Programme
from shohay.stages.results.models_evaluations import (
    Evaluation,
    EvaluationQuestion,
    Finding,
    ProgrammeFramework,
    Recommendation,
    RecommendationNote,
)

MAJOR = 20  # programmes with the largest budget: OP-21 says "major" and nobody which; this project's assumption
YEARS = 3  # an evaluation counts for so long (OP-21)
LAST_DAY = date(9999, 12, 31)


class Tally(NamedTuple):
    """Recommendations without a response, under way, of them overdue, reported, verified, rejected."""

    waiting: int
    open: int
    overdue: int
    reported: int
    verified: int
    rejected: int


class InPlace(NamedTuple):
    """OP-21: of the ``major`` programmes, those with a framework, with an evaluation of the last years, with both."""

    major: int
    framework: int
    evaluated: int
    both: int
    percent: float
    programmes: list[tuple[str, bool, bool]]  # code, framework, evaluated; the largest budget first


def overdue(on: date) -> Q:
    """Due before ``on``, neither verified nor rejected; what was reported by its day waits for the check."""
    in_time = Q(state="reported", reported_on__lte=F("due_on"))
    return Q(state__in=("open", "reported"), due_on__lt=on) & ~in_time


def evaluations(
    officer: Officer, *, kind: str = "", state: str = "", ministry: str = "", programme: str = "", text: str = ""
) -> QuerySet[Evaluation]:
    """The register, the latest first, with how many recommendations and how many of them are settled."""
    officer.require("evaluation.view")
    wanted = {"kind": kind, "state": state, "ministry_id": ministry, "programme_id": programme}
    found = Evaluation.objects.filter(**{name: value for name, value in wanted.items() if value})
    if text:
        found = found.filter(Q(title_bn__icontains=text) | Q(title_en__icontains=text) | Q(evaluator__icontains=text))
    settled = Count("recommendations", filter=Q(recommendations__state__in=("verified", "rejected")))
    return (
        found.select_related("ministry", "programme")
        .annotate(n_asked=Count("recommendations"), n_settled=settled)
        .order_by("-recorded_at", "code")
    )


def evaluation(officer: Officer, code: str) -> Evaluation | None:
    return evaluations(officer).filter(pk=code).first()


def questions(evaluation: Evaluation) -> QuerySet[EvaluationQuestion]:
    return EvaluationQuestion.objects.filter(evaluation=evaluation).order_by("no")


def findings(evaluation: Evaluation) -> QuerySet[Finding]:
    """By question, what answers none at the end."""
    found = Finding.objects.filter(evaluation=evaluation).select_related("question")
    return found.order_by(F("question__no").asc(nulls_last=True), "no")


def recommendations(
    officer: Officer,
    *,
    on: date,
    state: str = "",
    response: str = "",
    ministry: str = "",
    evaluation: str = "",
    text: str = "",
) -> QuerySet[Recommendation]:
    """Recommendations with ``is_overdue``, ``order_day``. ``state``: one of them, 'overdue', 'waiting', 'going', ''."""
    officer.require("evaluation.view")
    found = Recommendation.objects.select_related("evaluation", "ministry")
    wanted = {"response": response, "ministry_id": ministry, "evaluation_id": evaluation}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    if text:
        found = found.filter(Q(text_bn__icontains=text) | Q(text_en__icontains=text))
    conditions = {
        "overdue": overdue(on),
        "waiting": Q(response="none"),
        "going": Q(state__in=("open", "reported")),
    }
    if state:
        found = found.filter(conditions.get(state, Q(state=state)))
    is_overdue = Case(When(overdue(on), then=Value(True)), default=Value(False), output_field=BooleanField())
    return found.annotate(is_overdue=is_overdue, order_day=Coalesce("due_on", Value(LAST_DAY)))


def recommendation(officer: Officer, pk: int, *, on: date) -> Recommendation | None:
    return recommendations(officer, on=on).filter(pk=pk).first()


def notes(recommendation: Recommendation) -> QuerySet[RecommendationNote]:
    return RecommendationNote.objects.filter(recommendation=recommendation).order_by("-id")


def tally(officer: Officer, *, on: date, ministry: str = "") -> Tally:
    """All recommendations in one question."""
    found = recommendations(officer, on=on, ministry=ministry).aggregate(
        waiting=Count("id", filter=Q(response="none")),
        open=Count("id", filter=Q(state="open") & ~Q(response="none")),
        overdue=Count("id", filter=overdue(on)),
        reported=Count("id", filter=Q(state="reported")),
        verified=Count("id", filter=Q(state="verified")),
        rejected=Count("id", filter=Q(state="rejected")),
    )
    return Tally(**found)


def frameworks_and_evaluations(officer: Officer, *, on: date, major: int = MAJOR) -> InPlace:
    """OP-21 on a day: major programmes with an approved results framework and an evaluation of the last three years.

    An evaluation counts for its programme, or for every programme of its ministry when it names none; one of the
    whole system counts for none. Numerator ``both``, denominator ``major``.
    """
    officer.require("evaluation.view")
    since = on.replace(year=on.year - YEARS) if (on.month, on.day) != (2, 29) else date(on.year - YEARS, 2, 28)
    recent = Evaluation.objects.filter(state="completed", completed_on__gt=since, completed_on__lte=on)
    its_own = recent.filter(programme=OuterRef("pk")).order_by("-completed_on").values("code")[:1]
    of_ministry = recent.filter(ministry=OuterRef("ministry"), programme=None).order_by("-completed_on")
    approved = ProgrammeFramework.objects.filter(programme=OuterRef("pk"), approved_on__lte=on).exclude(verified_by="")
    rows: Any = (
        Programme.objects.filter(in_list=True)
        .order_by(F("budget_crore").desc(nulls_last=True), "order")
        .annotate(
            framework_of=Subquery(approved.values("programme_id")[:1]),
            evaluated_by=Coalesce(Subquery(its_own), Subquery(of_ministry.values("code")[:1])),
        )
        .values_list("code", "framework_of", "evaluated_by")[:major]
    )
    found = [(code, framework is not None, evaluated is not None) for code, framework, evaluated in rows]
    both = sum(framework and evaluated for _, framework, evaluated in found)
    return InPlace(
        len(found), sum(row[1] for row in found), sum(row[2] for row in found), both,
        100 * both / len(found) if found else 0.0, found,
    )  # fmt: skip
