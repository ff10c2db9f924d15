"""Meetings: called, moved or called off, held with a quorum or not, their minutes drafted and confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.audit.actions_evidence import attach
from shohay.stages.audit.models_evidence import Evidence
from shohay.stages.coordination.models_committees import AgendaItem, Attendance, Committee, Decision, Meeting
from shohay.stages.coordination.queries_committees import likely_day, members, require_manage

AHEAD = 366  # days from today to which a meeting may be called


def call_meeting(
    *,
    committee: Committee,
    meets_on: date,
    begins_at: time | None = None,
    place: str = "",
    agenda: Sequence[str],
    short_reason: str = "",
    by: Officer,
) -> Meeting:
    """Call a meeting with its agenda; one that has taken place is written down the same way, with the reason.

    Raises meeting_agenda_missing, committee_day_unlikely, meeting_that_day, meeting_short_notice.
    """
    require_manage(committee, by)
    points = _points(agenda)
    likely_day(meets_on, committee.counted_from, AHEAD)
    _notice(committee, meets_on, short_reason)
    with transaction.atomic():
        Committee.objects.select_for_update().get(pk=committee.pk)  # two calls at once would take one number
        _free(committee, meets_on)
        last = Meeting.objects.filter(committee=committee).aggregate(last=Max("number"))["last"] or 0
        row = Meeting.objects.create(
            committee=committee, number=last + 1, meets_on=meets_on, begins_at=begins_at, place=place.strip(),
            called_by=by.username, called_at=timezone.now(), short_reason=short_reason.strip(),
        )  # fmt: skip
        _write_agenda(row, points)
        _record("meeting.called", row, by, on=meets_on.isoformat(), agenda=len(points))
    return row


def move_meeting(*, meeting: Meeting, meets_on: date, reason: str, by: Officer) -> Meeting:
    """Another day for a meeting that has not been held; the reason stands in the log. Raises as call_meeting."""
    require_manage(meeting.committee, by)
    reason = _said(reason)
    likely_day(meets_on, meeting.committee.counted_from, AHEAD)
    with transaction.atomic():
        row = _locked(meeting, Meeting.State.CALLED)
        _free(row.committee, meets_on, row.pk)
        before, row.meets_on, row.short_reason = row.meets_on, meets_on, reason
        row.save(update_fields=["meets_on", "short_reason"])
        _record("meeting.moved", row, by, reason, before=before.isoformat(), on=meets_on.isoformat())
    return row


def cancel_meeting(*, meeting: Meeting, reason: str, by: Officer) -> Meeting:
    """Call it off. Raises reason_missing, wrong_state."""
    require_manage(meeting.committee, by)
    reason = _said(reason)
    with transaction.atomic():
        row = _locked(meeting, Meeting.State.CALLED)
        row.state, row.reason, row.recorded_by, row.recorded_at = "cancelled", reason, by.username, timezone.now()
        row.save(update_fields=["state", "reason", "recorded_by", "recorded_at"])
        _record("meeting.cancelled", row, by, reason)
    return row


def set_agenda(*, meeting: Meeting, agenda: Sequence[str], by: Officer) -> Meeting:
    """The agenda as it now is, until the meeting is held."""
    require_manage(meeting.committee, by)
    points = _points(agenda)
    with transaction.atomic():
        row = _locked(meeting, Meeting.State.CALLED)
        AgendaItem.objects.filter(meeting=row).delete()
        _write_agenda(row, points)
        _record("meeting.agenda_set", row, by, agenda=len(points))
    return row


def add_paper(*, meeting: Meeting, data: bytes, file_name: str, title: str, by: Officer) -> Evidence:
    """A paper for the agenda, or a signed copy of the minutes. Refuses as evidence does."""
    require_manage(meeting.committee, by)
    with transaction.atomic():
        row = _locked(meeting, Meeting.State.CALLED, Meeting.State.HELD)
        file = attach(data=data, file_name=file_name, title=title, subject=("meeting", row.pk), by=by)
        _record("meeting.paper_added", row, by, evidence=file.pk, sha256=file.sha256)
    return file


def record_attendance(*, meeting: Meeting, present: Sequence[int], deputies: Mapping[int, str], by: Officer) -> Meeting:
    """Who came: ids of members, and who came in a member's place. With a quorum it was held, else it fell through.

    May be corrected until the minutes are confirmed. Raises meeting_not_yet, meeting_no_roll,
    meeting_decided_already, meeting_minutes_confirmed, wrong_state.
    """
    require_manage(meeting.committee, by)
    with transaction.atomic():
        row = _locked(meeting, Meeting.State.CALLED, Meeting.State.HELD, Meeting.State.NO_QUORUM)
        _not_confirmed(row)
        if row.meets_on > timezone.localdate():
            raise Refusal("meeting_not_yet", on=row.meets_on)
        roll = list(members(row.committee, on=row.meets_on))
        if not roll:
            raise Refusal("meeting_no_roll")
        came = {member.pk for member in roll} & ({*present} | {pk for pk, name in deputies.items() if name.strip()})
        row.seats, row.present = len(roll), len(came)
        row.quorum = -(-len(roll) * row.committee.kind.quorum_percent // 100)
        enough = row.present >= row.quorum
        if not enough and (Decision.objects.filter(meeting=row).exists() or row.minutes):
            raise Refusal("meeting_decided_already", present=row.present, quorum=row.quorum)
        Attendance.objects.filter(meeting=row).delete()
        Attendance.objects.bulk_create(
            Attendance(meeting=row, member=one, present=one.pk in came, deputy=deputies.get(one.pk, "").strip()[:150])
            for one in roll
        )
        row.state = Meeting.State.HELD if enough else Meeting.State.NO_QUORUM
        row.recorded_by, row.recorded_at = by.username, timezone.now()
        row.save(update_fields=["state", "seats", "present", "quorum", "recorded_by", "recorded_at"])
        _record("meeting.held" if enough else "meeting.no_quorum", row, by, present=row.present, quorum=row.quorum)
    return row


# ------------------------------------------------------------------------------------------------------ minutes


def draft_minutes(*, meeting: Meeting, text: str, by: Officer) -> Meeting:
    """Write the minutes, or write them again, until another officer confirms them."""
    require_manage(meeting.committee, by)
    if not text.strip():
        raise Refusal("meeting_minutes_missing")
    with transaction.atomic():
        row = _locked(meeting, Meeting.State.HELD)
        _not_confirmed(row)
        row.minutes, row.minutes_state, row.minutes_version = text.strip(), "draft", row.minutes_version + 1
        row.minutes_by, row.minutes_at = by.username, timezone.now()
        row.save(update_fields=["minutes", "minutes_state", "minutes_version", "minutes_by", "minutes_at"])
        _record("meeting.minutes_drafted", row, by, version=row.minutes_version, letters=len(row.minutes))
    return row


def confirm_minutes(*, meeting: Meeting, by: Officer) -> Meeting:
    """The chair or another officer confirms what was written; from now on the decisions bind.

    Raises meeting_minutes_missing, meeting_confirm_other, meeting_minutes_confirmed.
    """
    require_manage(meeting.committee, by)
    with transaction.atomic():
        row = _locked(meeting, Meeting.State.HELD)
        _not_confirmed(row)
        if row.minutes_state != Meeting.Minutes.DRAFT:
            raise Refusal("meeting_minutes_missing")
        decided = Decision.objects.filter(meeting=row, state=Decision.State.DRAFT)
        if row.minutes_by == by.username or decided.filter(recorded_by=by.username).exists():
            raise Refusal("meeting_confirm_other")
        row.minutes_state, row.confirmed_by, row.confirmed_at = "confirmed", by.username, timezone.now()
        row.save(update_fields=["minutes_state", "confirmed_by", "confirmed_at"])
        bind = decided.update(state=Decision.State.OPEN)
        _record("meeting.minutes_confirmed", row, by, version=row.minutes_version, decisions=bind)
    return row


# ------------------------------------------------------------------------------------------------------ helpers


def _points(agenda: Sequence[str]) -> list[str]:
    points = [line.strip()[:400] for line in agenda if line.strip()]
    if not points:
        raise Refusal("meeting_agenda_missing")
    return points


def _write_agenda(meeting: Meeting, points: list[str]) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, no=no, title=title) for no, title in enumerate(points, 1)
    )


def _notice(committee: Committee, meets_on: date, reason: str) -> None:
    left = (meets_on - timezone.localdate()).days
    if left < committee.kind.notice_days and not reason.strip():
        raise Refusal("meeting_short_notice", days=committee.kind.notice_days, left=left)


def _free(committee: Committee, meets_on: date, but: int = 0) -> None:
    same = Meeting.objects.filter(committee=committee, meets_on=meets_on).exclude(state="cancelled").exclude(pk=but)
    if there := same.first():
        raise Refusal("meeting_that_day", on=meets_on, number=there.number)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refusal("reason_missing")
    return reason.strip()[:400]


def _locked(meeting: Meeting, *states: str) -> Meeting:
    row = Meeting.objects.select_for_update(of=("self",)).select_related("committee__kind").get(pk=meeting.pk)
    if row.state not in states:
        raise Refusal("wrong_state", state=row.state)
    return row


def _not_confirmed(meeting: Meeting) -> None:
    if meeting.minutes_state == Meeting.Minutes.CONFIRMED and meeting.confirmed_at:
        raise Refusal("meeting_minutes_confirmed", on=timezone.localtime(meeting.confirmed_at).date())


def _record(action: str, meeting: Meeting, by: Officer, reason: str = "", **detail: object) -> None:
    record(
        action=action, by=by, subject=("meeting", meeting.pk), area_code=meeting.committee.area_code, reason=reason,
        detail={"committee": meeting.committee_id, "number": meeting.number, **detail},
    )  # fmt: skip
