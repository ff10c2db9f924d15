"""Evaluations: registered, completed with their report; findings, recommendations, response, follow-up, check."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.audit.actions_evidence import attach
from shohay.stages.audit.queries import evidence_of
from shohay.stages.places.reference_files import DATA, Merged, merge
from shohay.stages.programmes.models import Ministry, Programme
from shohay.stages.results.models_evaluations import (
    Evaluation,
    EvaluationQuestion,
    Finding,
    ProgrammeFramework,
    Recommendation,
)

State = Evaluation.State
KNOWN = {
    **{
        name: name
        for name in (
            "code", "kind", "title_bn", "title_en", "evaluator", "commissioned_by", "method_bn", "method_en",
            "period_bn", "period_en", "note_bn", "note_en", "source",
        )
    },
    "ministry_id": "(select m.code from programmes_ministry m where m.code = incoming.ministry_code)",
    # what an officer has changed since stays
    "state": "coalesce((select k.state from results_evaluation k where k.code = incoming.code), incoming.state)",
    "recorded_by": "'system'",
    "recorded_at": "coalesce((select k.recorded_at from results_evaluation k where k.code = incoming.code), now())",
}  # fmt: skip
FINDINGS = {
    "evaluation_id": "evaluation", "no": "no::int", "text_bn": "text_bn", "text_en": "text_en", "strength": "strength",
    "recorded_by": "'system'",
}  # fmt: skip


def load_evaluations(*, by: Officer) -> dict[str, Merged]:
    """Evaluations of before this platform, with what their sources say of them. Again: no change."""
    by.require("reference.load")
    with transaction.atomic():
        merged = {
            "evaluations": merge("catalogue/evaluations.csv", table="results_evaluation", key="code", columns=KNOWN),
            "evaluation_findings": merge(
                "catalogue/evaluation_findings.csv", table="results_finding", key="evaluation_id, no", columns=FINDINGS
            ),
            "evaluation_recommendations": _load_recommendations(),
        }
        record(action="evaluations.loaded", by=by, detail={name: list(counts) for name, counts in merged.items()})
    return merged


def _load_recommendations() -> Merged:
    """Those of the file that are not there yet: what officers answered since stays."""
    with (DATA / "catalogue" / "evaluation_recommendations.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into results_recommendation (evaluation_id, no, text_bn, text_en, office, response, response_text,"
            " responded_on, responded_by, state, reported_by, verified_by, recorded_by)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, '', 'open', '', '', 'system')"
            " on conflict (evaluation_id, no) do nothing",
            [
                [row["evaluation"], int(row["no"]), row["text_bn"], row["text_en"], row["office"], row["response"],
                 row["response_text"], row["responded_on"] or None]
                for row in rows
            ],
        )  # fmt: skip
        return Merged(len(rows), max(int(cursor.rowcount), 0), 0)


def register_evaluation(
    *,
    kind: str,
    title_bn: str,
    title_en: str = "",
    ministry: Ministry | None = None,
    programme: Programme | None = None,
    evaluator: str = "",
    commissioned_by: str = "",
    method: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    questions: Sequence[str] = (),
    by: Officer,
) -> Evaluation:
    """Put an evaluation on the register. Raises evaluation_text_missing, evaluation_days, evaluation_scope."""
    by.require("evaluation.manage")
    if not title_bn.strip():
        raise Refusal("evaluation_text_missing")
    if starts_on and ends_on and ends_on < starts_on:
        raise Refusal("evaluation_days")
    if programme is not None and ministry is not None and programme.ministry_id != ministry.pk:
        raise Refusal("evaluation_scope", ministry=programme.ministry.name_bn)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("lock table results_evaluation in share row exclusive mode")  # the number is counted on
        row = Evaluation.objects.create(
            code=_next_code(), kind=kind, title_bn=title_bn.strip(), title_en=title_en.strip(),
            ministry=ministry or (programme.ministry if programme else None), programme=programme,
            evaluator=evaluator.strip(), commissioned_by=commissioned_by.strip(), method_bn=method.strip(),
            starts_on=starts_on, ends_on=ends_on, recorded_by=by.username, recorded_at=timezone.now(),
        )  # fmt: skip
        asked = [text.strip() for text in questions if text.strip()]
        EvaluationQuestion.objects.bulk_create(
            EvaluationQuestion(evaluation=row, no=no, text=text) for no, text in enumerate(asked, 1)
        )
        _record("evaluation.registered", row, by, kind=kind, questions=len(asked))
    return row


def set_questions(*, evaluation: Evaluation, questions: Sequence[str], by: Officer) -> Evaluation:
    """The questions as they now are, until a finding answers one. Raises evaluation_questions_used."""
    by.require("evaluation.manage")
    with transaction.atomic():
        row = _locked(evaluation)
        if Finding.objects.filter(evaluation=row).exclude(question=None).exists():
            raise Refusal("evaluation_questions_used")
        EvaluationQuestion.objects.filter(evaluation=row).delete()
        asked = [text.strip() for text in questions if text.strip()]
        EvaluationQuestion.objects.bulk_create(
            EvaluationQuestion(evaluation=row, no=no, text=text) for no, text in enumerate(asked, 1)
        )
        _record("evaluation.questions_set", row, by, questions=len(asked))
    return row


def add_report(*, evaluation: Evaluation, data: bytes, file_name: str, title: str, by: Officer) -> Evaluation:
    """Attach the report, the terms of reference or an annex. Refuses as evidence does."""
    by.require("evaluation.manage")
    with transaction.atomic():
        row = _locked(evaluation)
        file = attach(data=data, file_name=file_name, title=title, subject=("evaluation", row.pk), by=by)
        _record("evaluation.report_added", row, by, sha256=file.sha256)
    return row


def start_evaluation(*, evaluation: Evaluation, by: Officer) -> Evaluation:
    """The work has begun."""
    by.require("evaluation.manage")
    return _move(evaluation, State.UNDER_WAY, (State.PLANNED,), "evaluation.started", by)


def complete_evaluation(*, evaluation: Evaluation, on: date, by: Officer) -> Evaluation:
    """The report of the day ``on`` is there. Raises evaluation_report_missing, evaluation_day_ahead, wrong_state."""
    by.require("evaluation.manage")
    if on > timezone.localdate():
        raise Refusal("evaluation_day_ahead", on=on)
    if not evidence_of("evaluation", evaluation.pk):
        raise Refusal("evaluation_report_missing")
    return _move(evaluation, State.COMPLETED, (State.PLANNED, State.UNDER_WAY), "evaluation.completed", by, on)


def cancel_evaluation(*, evaluation: Evaluation, reason: str, by: Officer) -> Evaluation:
    """It will not be made; the reason stands in the log."""
    by.require("evaluation.manage")
    if not reason.strip():
        raise Refusal("reason_missing")
    return _move(
        evaluation, State.CANCELLED, (State.PLANNED, State.UNDER_WAY), "evaluation.cancelled", by, reason=reason.strip()
    )


def add_finding(
    *, evaluation: Evaluation, text: str, strength: str, question: int | None = None, by: Officer
) -> Finding:
    """What was found; ``question`` is the number of the question that it answers."""
    by.require("evaluation.manage")
    if not text.strip():
        raise Refusal("evaluation_text_missing")
    with transaction.atomic():
        row = _locked(evaluation)
        last = Finding.objects.filter(evaluation=row).aggregate(last=Max("no"))["last"] or 0
        asked = EvaluationQuestion.objects.filter(evaluation=row, no=question).first() if question else None
        found = Finding.objects.create(
            evaluation=row,
            question=asked,
            no=last + 1,
            text_bn=text.strip(),
            strength=strength,
            recorded_by=by.username,
        )
        _record("evaluation.finding_added", row, by, no=found.no, strength=strength)
    return found


def add_recommendation(
    *,
    evaluation: Evaluation,
    text: str,
    ministry: Ministry | None = None,
    office: str = "",
    due_on: date | None = None,
    by: Officer,
) -> Recommendation:
    """What is asked of whom by when. Raises recommendation_owner_missing, evaluation_text_missing."""
    by.require("evaluation.manage")
    if not text.strip():
        raise Refusal("evaluation_text_missing")
    if ministry is None and not office.strip():
        raise Refusal("recommendation_owner_missing")
    with transaction.atomic():
        row = _locked(evaluation)
        last = Recommendation.objects.filter(evaluation=row).aggregate(last=Max("no"))["last"] or 0
        made = Recommendation.objects.create(
            evaluation=row, no=last + 1, text_bn=text.strip(), ministry=ministry, office=office.strip(), due_on=due_on,
            recorded_by=by.username,
        )  # fmt: skip
        _record("evaluation.recommended", row, by, no=made.no, owner=made.ministry_id or made.office)
    return made


def record_framework(
    *, programme: Programme, approved_on: date, data: bytes, file_name: str, by: Officer
) -> ProgrammeFramework:
    """A programme's results framework as it was approved, with the document; it counts once another verified it."""
    by.require("evaluation.manage")
    if approved_on > timezone.localdate():
        raise Refusal("evaluation_day_ahead", on=approved_on)
    with transaction.atomic():
        values = {"approved_on": approved_on, "recorded_by": by.username, "verified_by": ""}
        row, _new = ProgrammeFramework.objects.update_or_create(programme=programme, defaults=values)
        attach(data=data, file_name=file_name, title="", subject=("framework", programme.pk), by=by)
        record(
            action="framework.recorded", by=by, subject=("framework", programme.pk), programme_code=programme.pk,
            detail={"approved_on": approved_on.isoformat()},
        )  # fmt: skip
    return row


def verify_framework(*, framework: ProgrammeFramework, by: Officer) -> ProgrammeFramework:
    """Another officer has seen the document. Raises same_person."""
    by.require("evaluation.manage")
    with transaction.atomic():
        row = ProgrammeFramework.objects.select_for_update().get(pk=framework.pk)
        if row.recorded_by == by.username:
            raise Refusal("same_person")
        row.verified_by = by.username
        row.save(update_fields=["verified_by"])
        record(
            action="framework.verified", by=by, subject=("framework", row.programme_id), programme_code=row.programme_id
        )
    return row


# ------------------------------------------------------------------------------------------------------- helpers


def _next_code() -> str:
    year = timezone.localdate().year
    last = Evaluation.objects.filter(code__startswith=f"EV-{year}-").aggregate(last=Max("code"))["last"]
    return f"EV-{year}-{int(last[8:]) + 1 if last else 1:03d}"


def _locked(evaluation: Evaluation) -> Evaluation:
    row = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if row.state == State.CANCELLED:
        raise Refusal("evaluation_cancelled")
    return row


def _move(
    evaluation: Evaluation, to: str, states: tuple[str, ...], action: str, by: Officer, on: date | None = None,
    reason: str = "",
) -> Evaluation:  # fmt: skip
    with transaction.atomic():
        row = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
        if row.state not in states:
            raise Refusal("wrong_state", state=row.state)
        row.state, row.completed_on = to, on
        row.save(update_fields=["state", "completed_on"])
        record(action=action, by=by, subject=("evaluation", row.pk), reason=reason, detail={"to": to})
    return row


def _record(action: str, evaluation: Evaluation, by: Officer, **detail: object) -> None:
    record(action=action, by=by, subject=("evaluation", evaluation.pk), detail=detail)
