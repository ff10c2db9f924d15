"""CODI assessments: opened, scored by each assessor alone, talked through, agreed, closed; and what follows."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from shohay.core import codi
from shohay.core.codi import Answer
from shohay.core.messages import Refusal
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.accounts.queries import officer_of
from shohay.stages.audit.actions import record
from shohay.stages.audit.actions_evidence import attach
from shohay.stages.places.reference_files import Merged, merge
from shohay.stages.programmes.models import Ministry, Programme
from shohay.stages.results import queries_codi as queries
from shohay.stages.results.models_codi import (
    LEVELS,
    CodiAgreed,
    CodiAssessor,
    CodiField,
    CodiOption,
    CodiRound,
    CodiScore,
    CodiWording,
)

LEAST = 2  # assessors who must have scored before the consensus
TEXTS = ", ".join(
    f"'{name}', {name}"
    for name in (
        "question_bn", "question_en", *(f"level_{n}_{language}" for n in (1, 2, 3, 4) for language in ("bn", "en")),
        "evidence_bn", "evidence_en", "key_areas", "confidence",
    )
)  # fmt: skip
COLUMNS = {
    "code": "code", '"order"': "split_part(code, '.', 1)::int * 100 + split_part(code, '.', 2)::int",
    "criterion": "criterion::int", "criterion_bn": "criterion_bn", "criterion_en": "criterion_en",
    "name_bn": "name_bn", "name_en": "name_en", "three": "three", "indicators": "indicators",
    "document": f"jsonb_build_object({TEXTS})",
}  # fmt: skip


def load_codi(*, by: Officer) -> dict[str, Merged]:
    """The 37 fields with their wording; corrections made since stand in a table of their own. Again: no change."""
    by.require("reference.load")
    with transaction.atomic():
        merged = {
            "codi_fields": merge("catalogue/codi_fields.csv", table="results_codifield", key="code", columns=COLUMNS)
        }
        record(action="codi.loaded", by=by, detail={name: list(counts) for name, counts in merged.items()})
    return merged


def open_round(
    *,
    level: str,
    fiscal_year: str,
    programme: str = "",
    scale: int = 4,
    assessors: list[str],
    example: bool = False,
    by: Officer,
) -> CodiRound:
    """Open an assessment for ``assessors`` (sign-in names). They score alone; whoever opens it does not score.

    Raises not_allowed, codi_round_wrong, codi_round_once, codi_not_assessor, budget_year_wrong.
    """
    by.require("codi.manage")
    found = Programme.objects.filter(pk=programme).first() if programme else None
    if level not in LEVELS or scale not in codi.SCALES or (level == "programme") != (found is not None):
        raise Refusal("codi_round_wrong")
    year = _year(fiscal_year)
    with transaction.atomic():
        try:
            with transaction.atomic():
                made = CodiRound.objects.create(
                    level=level, programme=found, fiscal_year=year, scale=scale, example=example,
                    opened_by=by.username, opened_at=timezone.now(),
                )  # fmt: skip
        except IntegrityError as error:
            raise Refusal("codi_round_once") from error
        for username in dict.fromkeys(assessors):
            _invite(made, username, by)
        record(
            action="codi.opened", by=by, subject=("codi_round", made.pk), programme_code=programme,
            detail={"level": level, "fiscal_year": year, "scale": scale, "assessors": sorted(set(assessors))},
        )  # fmt: skip
    return made


def invite(*, round: int, username: str, by: Officer) -> CodiAssessor:
    """Invite one more assessor while the scoring goes on. Raises not_allowed, codi_round_missing, codi_not_assessor."""
    by.require("codi.manage")
    with transaction.atomic():
        row = _round(round, CodiRound.State.SCORING)
        made = _invite(row, username, by)
        record(action="codi.invited", by=by, subject=("codi_round", row.pk), detail={"assessor": username})
    return made


def score(
    *,
    round: int,
    field: str,
    answer: Answer,
    evidence: str = "",
    comment: str = "",
    files: list[tuple[str, bytes]] | None = None,
    by: Officer,
) -> CodiScore:
    """Score a field, or say why it has no score; a later answer replaces the earlier one while scoring goes on.

    A score needs evidence in words; without a score a comment says why. Raises not_allowed, codi_round_missing,
    codi_not_invited, codi_field_missing, codi_score_wrong, codi_evidence_missing.
    """
    by.require("codi.assess")
    with transaction.atomic():
        row = _round(round, CodiRound.State.SCORING)
        if not row.assessors.filter(username=by.username).exists():
            raise Refusal("codi_not_invited")
        _check(answer, row.scale)
        if not (evidence if answer.score is not None else comment).strip():
            raise Refusal("codi_evidence_missing")
        made, _new = CodiScore.objects.update_or_create(
            round=row, field=_field(field), assessor=by.username,
            defaults={"score": answer.score, "without": answer.without, "evidence": evidence.strip()[:500],
                      "comment": comment.strip()[:1000], "scored_at": timezone.now()},
        )  # fmt: skip
        for name, data in files or []:
            attach(data=data, file_name=name, title="", subject=("codi_score", made.pk), by=by)
        # the score itself is not in the log: until the consensus nobody reads another's
        record(action="codi.scored", by=by, subject=("codi_round", row.pk), detail={"field": field})
    return made


def open_consensus(*, round: int, by: Officer) -> CodiRound:
    """End the scoring: everybody now sees what everybody said. Raises not_allowed, codi_round_missing, codi_too_few."""
    by.require("codi.manage")
    with transaction.atomic():
        row = _round(round, CodiRound.State.SCORING)
        scored = row.scores.values("assessor").distinct().count()
        if scored < LEAST:
            raise Refusal("codi_too_few", n=scored)
        row.state, row.consensus_by, row.consensus_at = CodiRound.State.CONSENSUS, by.username, timezone.now()
        row.save(update_fields=["state", "consensus_by", "consensus_at"])
        record(action="codi.consensus", by=by, subject=("codi_round", row.pk), detail={"assessors": scored})
    return row


def agree(*, round: int, field: str, answer: Answer, reason: str = "", by: Officer) -> CodiAgreed:
    """Write the agreed score of a field. A reason is needed unless all assessors said just this.

    Raises not_allowed, codi_round_missing, codi_field_missing, codi_score_wrong, codi_reason_missing.
    """
    by.require("codi.manage")
    with transaction.atomic():
        row = _round(round, CodiRound.State.CONSENSUS)
        _check(answer, row.scale)
        made = _agree(row, _field(field), answer, reason, by)
        record(
            action="codi.agreed", by=by, subject=("codi_round", row.pk), reason=made.reason,
            detail={"field": field, "score": answer.score, "without": answer.without},
        )  # fmt: skip
    return made


def agree_unanimous(*, round: int, by: Officer) -> int:
    """Agree on every field of which all assessors say the same and that has no agreement yet; how many."""
    by.require("codi.manage")
    with transaction.atomic():
        row = _round(round, CodiRound.State.CONSENSUS)
        done = set(row.agreed.values_list("field_id", flat=True))
        alike = {
            code: answers[0]
            for code, answers in queries.answers_by_field(row).items()
            if code not in done and len(answers) >= LEAST and not codi.differ(answers)
        }
        for code, answer in alike.items():
            _agree(row, _field(code), answer, "", by)
        record(action="codi.agreed", by=by, subject=("codi_round", row.pk), detail={"fields": sorted(alike)})
    return len(alike)


def close_round(*, round: int, by: Officer) -> CodiRound:
    """Close an assessment; nothing of it changes any more. Fields that nobody answered stay missing, and are named.

    Raises not_allowed, codi_round_missing, codi_not_agreed.
    """
    by.require("codi.manage")
    with transaction.atomic():
        row = _round(round, CodiRound.State.CONSENSUS)
        left = set(queries.answers_by_field(row)) - set(row.agreed.values_list("field_id", flat=True))
        if left:
            raise Refusal("codi_not_agreed", n=len(left))
        row.state, row.closed_by, row.closed_at = CodiRound.State.CLOSED, by.username, timezone.now()
        row.save(update_fields=["state", "closed_by", "closed_at"])
        result = queries.result(row)
        record(
            action="codi.closed", by=by, subject=("codi_round", row.pk),
            detail={"overall": None if result.overall is None else float(result.overall),
                    "completeness": float(result.completeness)},
        )  # fmt: skip
    return row


def propose_option(
    *, round: int, field: str, what: str, owner: str, priority: str, actions: str = "", by: Officer
) -> CodiOption:
    """Write a reform that would lift a field. ``actions``: codes of the action plan that serve it, as text.

    Raises not_allowed, codi_round_missing, codi_field_missing, codi_option_wrong.
    """
    by.require("codi.manage")
    ministry = Ministry.objects.filter(pk=owner).first()
    if not what.strip() or ministry is None or priority not in CodiOption.Priority.values:
        raise Refusal("codi_option_wrong")
    with transaction.atomic():
        row = _round(round, CodiRound.State.CONSENSUS, CodiRound.State.CLOSED)
        made = CodiOption.objects.create(
            round=row, field=_field(field), what=what.strip()[:500], owner=ministry, priority=priority,
            actions=actions.strip()[:200], written_by=by.username, written_at=timezone.now(),
        )  # fmt: skip
        record(
            action="codi.option", by=by, subject=("codi_round", row.pk),
            detail={"field": field, "owner": owner, "priority": priority},
        )  # fmt: skip
    return made


def correct_wording(*, field: str, part: str, bn: str, en: str, reason: str, by: Officer) -> CodiWording:
    """Correct how a field is worded; what stood before is kept. Raises codi_field_missing, codi_wording_wrong."""
    by.require("codi.manage")
    if part not in queries.PARTS or not (bn.strip() and en.strip() and reason.strip()):
        raise Refusal("codi_wording_wrong")
    with transaction.atomic():
        made = CodiWording.objects.create(
            field=_field(field), part=part, bn=bn.strip(), en=en.strip(), reason=reason.strip()[:500],
            changed_by=by.username, changed_at=timezone.now(),
        )  # fmt: skip
        record(
            action="codi.worded", by=by, subject=("codi_field", field), reason=made.reason,
            detail={"part": part, "bn": made.bn, "en": made.en},
        )  # fmt: skip
    return made


def _agree(row: CodiRound, field: CodiField, answer: Answer, reason: str, by: Officer) -> CodiAgreed:
    said = queries.answers_by_field(row).get(field.pk, [])
    if (codi.differ(said) or not said or said[0] != answer) and not reason.strip():
        raise Refusal("codi_reason_missing")
    made, _new = CodiAgreed.objects.update_or_create(
        round=row, field=field,
        defaults={"score": answer.score, "without": answer.without, "reason": reason.strip()[:1000],
                  "agreed_by": by.username, "agreed_at": timezone.now()},
    )  # fmt: skip
    return made


def _invite(row: CodiRound, username: str, by: Officer) -> CodiAssessor:
    if username == row.opened_by or not officer_of(username).may("codi.assess"):
        raise Refusal("codi_not_assessor", name=username)
    return CodiAssessor.objects.get_or_create(round=row, username=username, defaults={"invited_by": by.username})[0]


def _round(pk: int, *states: str) -> CodiRound:
    row = CodiRound.objects.select_for_update().filter(pk=pk, state__in=states).first()
    if row is None:
        raise Refusal("codi_round_missing")
    return row


def _field(code: str) -> CodiField:
    row = CodiField.objects.filter(pk=code).first()
    if row is None:
        raise Refusal("codi_field_missing", code=code)
    return row


def _check(answer: Answer, scale: int) -> None:
    scored = answer.score is not None and 1 <= answer.score <= scale and not answer.without
    if not scored and (answer.score is not None or answer.without not in codi.WITHOUT):
        raise Refusal("codi_score_wrong", scale=scale)


def _year(said: str) -> str:
    try:
        return str(FiscalYear.parse(said))
    except ValueError as error:
        raise Refusal("budget_year_wrong", value=said[:20]) from error
