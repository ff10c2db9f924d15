"""Decisions of committees: recorded with owner and day, followed up by the owner, closed by another officer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from shohay.core.bangla import to_latin_digits
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.audit.actions_evidence import attach
from shohay.stages.audit.queries import evidence_of
from shohay.stages.coordination.models_committees import Decision, DecisionAction, FollowUp, Meeting
from shohay.stages.coordination.models_plan import PlanItem
from shohay.stages.coordination.queries_committees import require_manage
from shohay.stages.programmes.models import Ministry

State, Kind = Decision.State, FollowUp.Kind


def decide(
    *,
    meeting: Meeting,
    text: str,
    ministry: Ministry | None = None,
    office: str = "",
    due_on: date | None = None,
    items: Sequence[str] = (),
    by: Officer,
) -> Decision:
    """Write down what a meeting decided. It binds when the minutes are confirmed.

    ``items`` are codes of the action plan, of its chapters and its clusters. Raises decision_note_missing,
    decision_owner_missing, decision_due_early, decision_action_unknown, meeting_minutes_confirmed, wrong_state.
    """
    require_manage(meeting.committee, by)
    if not text.strip():
        raise Refusal("decision_note_missing")
    if ministry is None and not office.strip():
        raise Refusal("decision_owner_missing")
    with transaction.atomic():
        held = Meeting.objects.select_for_update(of=("self",)).select_related("committee").get(pk=meeting.pk)
        _open_to_decide(held)
        if due_on is not None and due_on < held.meets_on:
            raise Refusal("decision_due_early", on=held.meets_on)
        last = Decision.objects.filter(meeting=held).aggregate(last=Max("no"))["last"] or 0
        row = Decision.objects.create(
            meeting=held, no=last + 1, text=text.strip(), ministry=ministry, office=office.strip()[:200], due_on=due_on,
            recorded_by=by.username, recorded_at=timezone.now(),
        )  # fmt: skip
        DecisionAction.objects.bulk_create(DecisionAction(decision=row, item_id=code) for code in _known(items))
        _record("decision.recorded", row, by, owner=row.ministry_id or row.office, items=len(items))
    return row


def drop_decision(*, decision: Decision, by: Officer) -> None:
    """Take out what was wrongly written down, while the minutes are a draft."""
    require_manage(decision.meeting.committee, by)
    with transaction.atomic():
        row = _locked(decision, State.DRAFT)
        DecisionAction.objects.filter(decision=row).delete()
        Decision.objects.filter(pk=row.pk).delete()
        _record("decision.dropped", row, by, text=row.text[:200])


def follow_up(
    *, decision: Decision, note: str, data: bytes = b"", file_name: str = "", title: str = "", by: Officer
) -> FollowUp:
    """What the owner has done so far, with a file where there is one. Raises decision_note_missing, wrong_state."""
    _require_owner(decision, by)
    with transaction.atomic():
        row = _locked(decision, State.OPEN)
        if data:
            attach(data=data, file_name=file_name, title=title, subject=("decision", row.pk), by=by)
        said = _note(row, Kind.PROGRESS, note, by)
        _record("decision.followed", row, by)
    return said


def report_done(
    *, decision: Decision, note: str, data: bytes = b"", file_name: str = "", title: str = "", by: Officer
) -> Decision:
    """The owner says it is carried out, and shows it. Raises decision_evidence_missing, decision_note_missing."""
    _require_owner(decision, by)
    with transaction.atomic():
        row = _locked(decision, State.OPEN)
        if data:
            attach(data=data, file_name=file_name, title=title, subject=("decision", row.pk), by=by)
        files = evidence_of("decision", row.pk)
        if not files:
            raise Refusal("decision_evidence_missing")
        _note(row, Kind.REPORTED, note, by)
        row.state, row.reported_by, row.reported_on = State.REPORTED, by.username, timezone.localdate()
        row.save(update_fields=["state", "reported_by", "reported_on"])
        _record("decision.reported", row, by, evidence=[file.sha256 for file in files])
    return row


def return_decision(*, decision: Decision, note: str, by: Officer) -> Decision:
    """The evidence does not show it: back to the owner, with the reason."""
    require_manage(decision.meeting.committee, by)
    with transaction.atomic():
        row = _locked(decision, State.REPORTED)
        _other(row, by)
        _note(row, Kind.RETURNED, note, by)
        row.state, row.reported_by, row.reported_on = State.OPEN, "", None
        row.save(update_fields=["state", "reported_by", "reported_on"])
        _record("decision.returned", row, by)
    return row


def close_decision(*, decision: Decision, note: str, by: Officer) -> Decision:
    """Another officer has looked at the evidence and closes it. Raises same_person, wrong_state."""
    require_manage(decision.meeting.committee, by)
    with transaction.atomic():
        row = _locked(decision, State.REPORTED)
        _other(row, by)
        _note(row, Kind.CLOSED, note, by)
        row.state, row.closed_by, row.closed_on = State.CLOSED, by.username, timezone.localdate()
        row.save(update_fields=["state", "closed_by", "closed_on"])
        _record("decision.closed", row, by)
    return row


def withdraw_decision(*, decision: Decision, reason: str, by: Officer) -> Decision:
    """It no longer binds: a later meeting decided otherwise. The reason stays."""
    require_manage(decision.meeting.committee, by)
    with transaction.atomic():
        row = _locked(decision, State.OPEN, State.REPORTED)
        _note(row, Kind.WITHDRAWN, reason, by)
        row.state = State.WITHDRAWN
        row.save(update_fields=["state"])
        _record("decision.withdrawn", row, by)
    return row


def _open_to_decide(meeting: Meeting) -> None:
    if meeting.minutes_state == Meeting.Minutes.CONFIRMED and meeting.confirmed_at:
        raise Refusal("meeting_minutes_confirmed", on=timezone.localtime(meeting.confirmed_at).date())
    if meeting.state != Meeting.State.HELD:
        raise Refusal("wrong_state", state=meeting.state)


def _known(items: Sequence[str]) -> list[str]:
    asked = list(dict.fromkeys(to_latin_digits(code.strip()) for code in items if code.strip()))
    known = set(PlanItem.objects.filter(pk__in=asked).values_list("pk", flat=True))
    for code in asked:
        if code not in known:
            raise Refusal("decision_action_unknown", code=code[:20])
    return asked


def _require_owner(decision: Decision, by: Officer) -> None:
    """The focal point of the ministry that owns it; of an office, whoever manages the committee."""
    committee = decision.meeting.committee
    owner = decision.ministry_id or committee.ministry_id or ""
    by.require("decision.follow", area=committee.area_code, ministry=owner)
    if decision.ministry_id is None:
        require_manage(committee, by)


def _other(decision: Decision, by: Officer) -> None:
    if decision.reported_by == by.username:
        raise Refusal("same_person")


def _locked(decision: Decision, *states: str) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",)).select_related("meeting__committee")
    row = rows.get(pk=decision.pk)
    if row.state not in states:
        raise Refusal("wrong_state", state=row.state)
    return row


def _note(decision: Decision, kind: str, note: str, by: Officer) -> FollowUp:
    if not note.strip():
        raise Refusal("decision_note_missing")
    return FollowUp.objects.create(decision=decision, kind=kind, note=note.strip(), recorded_by=by.username)


def _record(action: str, decision: Decision, by: Officer, **detail: object) -> None:
    committee = decision.meeting.committee
    record(
        action=action, by=by, subject=("decision", decision.pk), area_code=committee.area_code,
        detail={"committee": committee.pk, "meeting": decision.meeting.number, "no": decision.no, **detail},
    )  # fmt: skip
