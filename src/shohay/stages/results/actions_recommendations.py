"""Recommendations: the owner's response, what was done, checked by another office."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.accounts.queries import officer_of
from shohay.stages.audit.actions import record
from shohay.stages.audit.actions_evidence import attach
from shohay.stages.audit.queries import evidence_of
from shohay.stages.results.models_evaluations import Recommendation, RecommendationNote

State, Response, Kind = Recommendation.State, Recommendation.Response, RecommendationNote.Kind


def respond(*, recommendation: Recommendation, response: str, text: str, by: Officer) -> Recommendation:
    """The management response of the owner; again while nothing was reported. In part or not at all needs a reason.

    Raises recommendation_reason_missing, wrong_state, not_allowed.
    """
    _require_owner(recommendation, by)
    if response not in (Response.ACCEPTED, Response.PARTLY, Response.REJECTED):
        raise Refusal("recommendation_no_response")
    if response != Response.ACCEPTED and not text.strip():
        raise Refusal("recommendation_reason_missing")
    with transaction.atomic():
        row = _locked(recommendation, State.OPEN, State.REJECTED)
        before, row.response, row.response_text = row.response, response, text.strip()
        row.responded_by, row.responded_on = by.username, timezone.localdate()
        row.state = State.REJECTED if response == Response.REJECTED else State.OPEN
        row.save(update_fields=["response", "response_text", "responded_by", "responded_on", "state"])
        _record("recommendation.answered", row, by, before=before, response=response)
    return row


def follow_up(
    *, recommendation: Recommendation, note: str, data: bytes = b"", file_name: str = "", title: str = "", by: Officer
) -> RecommendationNote:
    """What the owner has done so far. Raises recommendation_no_response, evaluation_text_missing, wrong_state."""
    _require_owner(recommendation, by)
    with transaction.atomic():
        row = _locked(recommendation, State.OPEN)
        said = _note(row, Kind.PROGRESS, note, data, file_name, title, by)
        _record("recommendation.followed", row, by)
    return said


def report_done(
    *, recommendation: Recommendation, note: str, data: bytes = b"", file_name: str = "", title: str = "", by: Officer
) -> Recommendation:
    """The owner says it is carried out, and shows it. Raises recommendation_evidence_missing and as follow_up."""
    _require_owner(recommendation, by)
    with transaction.atomic():
        row = _locked(recommendation, State.OPEN)
        _note(row, Kind.REPORTED, note, data, file_name, title, by)
        files = evidence_of("recommendation", row.pk)
        if not files:
            raise Refusal("recommendation_evidence_missing")
        row.state, row.reported_by, row.reported_on = State.REPORTED, by.username, timezone.localdate()
        row.save(update_fields=["state", "reported_by", "reported_on"])
        _record("recommendation.reported", row, by, evidence=[file.sha256 for file in files])
    return row


def verify(*, recommendation: Recommendation, note: str, by: Officer) -> Recommendation:
    """Another office has seen what shows it. Raises same_person, recommendation_other_office, wrong_state."""
    by.require("evaluation.manage")
    with transaction.atomic():
        row = _locked(recommendation, State.REPORTED)
        _other_office(row, by)
        _note(row, Kind.VERIFIED, note, b"", "", "", by)
        row.state, row.verified_by, row.verified_on = State.VERIFIED, by.username, timezone.localdate()
        row.save(update_fields=["state", "verified_by", "verified_on"])
        _record("recommendation.verified", row, by)
    return row


def return_report(*, recommendation: Recommendation, note: str, by: Officer) -> Recommendation:
    """What was attached does not show it: back to the owner, with the reason."""
    by.require("evaluation.manage")
    with transaction.atomic():
        row = _locked(recommendation, State.REPORTED)
        _other_office(row, by)
        _note(row, Kind.RETURNED, note, b"", "", "", by)
        row.state, row.reported_by, row.reported_on = State.OPEN, "", None
        row.save(update_fields=["state", "reported_by", "reported_on"])
        _record("recommendation.returned", row, by)
    return row


def _require_owner(recommendation: Recommendation, by: Officer) -> None:
    """The focal point of the ministry that owns it; where an office owns it, whoever keeps the register."""
    if recommendation.ministry_id is None:
        by.require("evaluation.manage")
    else:
        by.require("evaluation.respond", ministry=recommendation.ministry_id)


def _other_office(recommendation: Recommendation, by: Officer) -> None:
    """Not the same person, and not an officer bound to the same ministry."""
    if recommendation.reported_by == by.username:
        raise Refusal("same_person")
    mine, theirs = {*by.ministries} - {""}, {*officer_of(recommendation.reported_by).ministries} - {""}
    if mine & theirs:
        raise Refusal("recommendation_other_office")


def _note(
    row: Recommendation, kind: str, note: str, data: bytes, file_name: str, title: str, by: Officer
) -> RecommendationNote:
    if row.response == Response.NONE:
        raise Refusal("recommendation_no_response")
    if not note.strip():
        raise Refusal("evaluation_text_missing")
    if data:
        attach(data=data, file_name=file_name, title=title, subject=("recommendation", row.pk), by=by)
    return RecommendationNote.objects.create(recommendation=row, kind=kind, note=note.strip(), recorded_by=by.username)


def _locked(recommendation: Recommendation, *states: str) -> Recommendation:
    row = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if row.state not in states:
        raise Refusal("wrong_state", state=row.state)
    return row


def _record(action: str, row: Recommendation, by: Officer, **detail: object) -> None:
    record(
        action=action, by=by, subject=("recommendation", row.pk),
        detail={"evaluation": row.evaluation_id, "no": row.no, **detail},
    )  # fmt: skip
