"""Meetings and decisions: called, held with a quorum, minutes and closing by a second officer."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.models import Event
from shohay.stages.audit.queries import evidence_of
from shohay.stages.coordination import actions_decisions as decisions
from shohay.stages.coordination import actions_meetings as actions
from shohay.stages.coordination import queries_committees, queries_decisions
from shohay.stages.coordination.actions_committees import load_committees
from shohay.stages.coordination.models import ActionItem, ClusterAction
from shohay.stages.coordination.models_committees import AgendaItem, Attendance, Committee, Decision, FollowUp, Meeting
from shohay.stages.coordination.models_plan import PlanItem
from shohay.stages.programmes.models import Ministry
from tests.factories.world import HERE, make_places, make_programmes

pytestmark = pytest.mark.django_db
SECRETARY = Officer("secretary", "secretary", ("",))
CABINET = Officer("cabinet", "cabinet", ("",))
FOCAL = Officer("focal", "focal_point", ("",), (), ("MoSW",))
OTHER_FOCAL = Officer("focal2", "focal_point", ("",), (), ("MoWCA",))
LOCAL = Officer("local", "secretary", (HERE,))
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def refusal(action, **given) -> str:
    with pytest.raises(Refusal) as refused:
        action(**given)
    return refused.value.code


@pytest.fixture
def committee() -> Committee:
    make_places()
    make_programmes()
    load_committees(counted_from=timezone.localdate() - timedelta(days=400), by=SYSTEM)
    return Committee.objects.select_related("kind").get(pk="CL-ALLOW")


def call(committee: Committee, days: int = 10, **given) -> Meeting:
    on = timezone.localdate() + timedelta(days=days)
    how = {"agenda": ["Last minutes", " ", "MIS"], "short_reason": "" if days >= 7 else "written down afterwards"}
    return actions.call_meeting(committee=committee, meets_on=on, **{"by": SECRETARY, **how, **given})


@pytest.fixture
def held(committee) -> Meeting:
    meeting = call(committee, -5)
    roll = queries_committees.members(committee, on=meeting.meets_on)
    return actions.record_attendance(meeting=meeting, present=[member.pk for member in roll], deputies={}, by=SECRETARY)


def decide(meeting: Meeting, **given) -> Decision:
    how = {"text": "Link the MIS", "ministry": Ministry.objects.get(pk="MoSW"), "due_on": timezone.localdate()}
    return decisions.decide(meeting=meeting, **{**how, **given}, by=SECRETARY)


@pytest.fixture
def binding(held) -> Decision:
    decision = decide(held)
    actions.draft_minutes(meeting=held, text="It was discussed", by=SECRETARY)
    actions.confirm_minutes(meeting=held, by=CABINET)
    decision.refresh_from_db()
    return decision


# ------------------------------------------------------------------------------------------------------- calling


def test_a_meeting_is_called_with_its_agenda_and_number(committee):
    first, second = call(committee, 10, begins_at=time(10, 30), place="Room 2"), call(committee, 40)
    assert (first.number, second.number, first.state) == (1, 2, "called")
    assert list(AgendaItem.objects.filter(meeting=first).values_list("no", "title")) == [
        (1, "Last minutes"),
        (2, "MIS"),
    ]
    assert Event.objects.filter(action="meeting.called", subject_id=str(first.pk)).count() == 1


def test_what_no_meeting_can_be(committee):
    today = timezone.localdate()
    given = {"committee": committee, "agenda": ["x"], "by": SECRETARY}
    assert refusal(actions.call_meeting, **given, meets_on=today + timedelta(days=3)) == "meeting_short_notice"
    assert refusal(actions.call_meeting, **given, meets_on=date(1905, 7, 1)) == "committee_day_unlikely"
    assert refusal(actions.call_meeting, **given, meets_on=today + timedelta(days=800)) == "committee_day_unlikely"
    assert refusal(actions.call_meeting, **{**given, "agenda": [" "]}, meets_on=today) == "meeting_agenda_missing"
    call(committee, 10)
    assert refusal(actions.call_meeting, **given, meets_on=today + timedelta(days=10)) == "meeting_that_day"
    assert refusal(actions.call_meeting, **{**given, "by": FOCAL}, meets_on=today) == "not_allowed"
    assert refusal(actions.call_meeting, **{**given, "by": LOCAL}, meets_on=today) == "not_allowed"


def test_it_may_be_moved_and_called_off_with_a_reason(committee):
    meeting, other = call(committee, 10), call(committee, 20)
    assert refusal(actions.move_meeting, meeting=meeting, meets_on=other.meets_on, reason="x", by=SECRETARY) == (
        "meeting_that_day"
    )
    assert refusal(actions.cancel_meeting, meeting=meeting, reason=" ", by=SECRETARY) == "reason_missing"
    moved = actions.move_meeting(
        meeting=meeting, meets_on=other.meets_on + timedelta(days=1), reason="flood", by=SECRETARY
    )
    assert moved.meets_on == other.meets_on + timedelta(days=1)
    actions.cancel_meeting(meeting=other, reason="flood", by=SECRETARY)
    assert refusal(actions.move_meeting, meeting=other, meets_on=other.meets_on, reason="x", by=SECRETARY) == (
        "wrong_state"
    )
    call(committee, 20)  # the day is free again


def test_papers_and_agenda(committee):
    meeting = call(committee)
    actions.set_agenda(meeting=meeting, agenda=["Only this"], by=SECRETARY)
    assert AgendaItem.objects.filter(meeting=meeting).count() == 1
    actions.add_paper(meeting=meeting, data=PDF, file_name="paper.pdf", title="Paper", by=SECRETARY)
    assert [file.title for file in evidence_of("meeting", meeting.pk)] == ["Paper"]
    assert refusal(
        actions.add_paper, meeting=meeting, data=b"MZ\x90\x00", file_name="x.pdf", title="", by=SECRETARY
    ) == "evidence_kind"  # fmt: skip


# ------------------------------------------------------------------------------------------- attendance, minutes


def test_a_quorum_makes_it_held_and_too_few_do_not(committee):
    meeting = call(committee, -5)
    roll = list(queries_committees.members(committee, on=meeting.meets_on))
    assert len(roll) == 9
    few = actions.record_attendance(meeting=meeting, present=[roll[0].pk, 10**9], deputies={}, by=SECRETARY)
    assert (few.state, few.seats, few.quorum, few.present) == ("no_quorum", 9, 5, 1)
    enough = actions.record_attendance(
        meeting=meeting, present=[one.pk for one in roll[:4]], deputies={roll[4].pk: "Deputy"}, by=SECRETARY
    )
    assert (enough.state, enough.present) == ("held", 5)
    assert Attendance.objects.filter(meeting=meeting, present=True).count() == 5
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(present=4)


def test_attendance_not_before_the_day_and_not_without_a_roll(committee):
    assert refusal(
        actions.record_attendance, meeting=call(committee, 9), present=[], deputies={}, by=SECRETARY
    ) == "meeting_not_yet"  # fmt: skip
    bare = Committee.objects.get(pk="SUB-ME")
    meeting = call(bare, -3)
    given = {"meeting": meeting, "present": [], "deputies": {}, "by": SECRETARY}
    assert refusal(actions.record_attendance, **given) == "meeting_no_roll"


def test_minutes_are_confirmed_by_another_officer_and_then_stand(held):
    decision = decide(held)
    assert refusal(actions.confirm_minutes, meeting=held, by=CABINET) == "meeting_minutes_missing"
    assert refusal(actions.draft_minutes, meeting=held, text=" ", by=SECRETARY) == "meeting_minutes_missing"
    actions.draft_minutes(meeting=held, text="First", by=CABINET)
    again = actions.draft_minutes(meeting=held, text="Second", by=SECRETARY)
    assert again.minutes_version == 2
    assert refusal(actions.confirm_minutes, meeting=held, by=SECRETARY) == "meeting_confirm_other"
    actions.draft_minutes(meeting=held, text="Third", by=CABINET)
    assert refusal(actions.confirm_minutes, meeting=held, by=SECRETARY) == "meeting_confirm_other"  # it decided
    actions.draft_minutes(meeting=held, text="Fourth", by=SECRETARY)
    actions.confirm_minutes(meeting=held, by=CABINET)
    decision.refresh_from_db()
    assert decision.state == "open"
    assert refusal(actions.draft_minutes, meeting=held, text="x", by=SECRETARY) == "meeting_minutes_confirmed"
    assert refusal(decide, meeting=held) == "meeting_minutes_confirmed"
    assert refusal(
        actions.record_attendance, meeting=held, present=[], deputies={}, by=SECRETARY
    ) == "meeting_minutes_confirmed"  # fmt: skip


@pytest.mark.parametrize("same", ["secretary", ""])
def test_the_database_refuses_one_officer_for_both(held, same):
    actions.draft_minutes(meeting=held, text="x", by=SECRETARY)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Meeting.objects.filter(pk=held.pk).update(minutes_state="confirmed", confirmed_by=same)


# ----------------------------------------------------------------------------------------------------- decisions


def test_a_decision_has_an_owner_a_day_and_what_it_concerns(held):
    ActionItem.objects.create(
        code="2.1-01-01", ministry_id="MoSW", section="2.1", objective_no=1, timeframe="", timeframe_kind="date",
        status="In-progress",
    )  # fmt: skip
    PlanItem.objects.create(code="2.1-01-01", kind="chapter", order=1, action_id="2.1-01-01", timeframe_kind="date")
    of_cluster = ClusterAction.objects.create(
        cluster="Food Security Cluster", no=1, timeframe="", timeframe_kind="date", status="In-progress"
    )
    PlanItem.objects.create(code="FOOD-01", kind="cluster", order=2, cluster_action=of_cluster, timeframe_kind="date")
    decision = decide(held, items=["2.1-01-01", "২.১-০১-০১", "", "FOOD-01"])
    assert sorted(link.item_id for link in decision.actions.all()) == ["2.1-01-01", "FOOD-01"]
    assert queries_decisions.decisions(SECRETARY, on=held.meets_on, item="2.1-01-01").get() == decision
    assert refusal(decide, meeting=held, items=["9.9-99-99"]) == "decision_action_unknown"
    assert refusal(decide, meeting=held, ministry=None) == "decision_owner_missing"
    assert refusal(decide, meeting=held, text="") == "decision_note_missing"
    assert refusal(decide, meeting=held, due_on=held.meets_on - timedelta(days=1)) == "decision_due_early"
    decisions.drop_decision(decision=decision, by=SECRETARY)
    assert not Decision.objects.exists()


def test_too_few_cannot_come_any_more_once_something_is_decided(held):
    decide(held)
    given = {"meeting": held, "present": [], "deputies": {}, "by": SECRETARY}
    assert refusal(actions.record_attendance, **given) == "meeting_decided_already"


def test_the_owner_follows_up_and_another_officer_closes(binding):
    decisions.follow_up(decision=binding, note="Letter written", by=FOCAL)
    assert refusal(decisions.follow_up, decision=binding, note="x", by=OTHER_FOCAL) == "not_allowed"
    assert refusal(decisions.report_done, decision=binding, note="Done", by=FOCAL) == "decision_evidence_missing"
    assert refusal(decisions.report_done, decision=binding, note=" ", data=PDF, by=FOCAL) == "decision_note_missing"
    assert evidence_of("decision", binding.pk) == []  # nothing half-done remains
    decisions.report_done(decision=binding, note="Done", data=PDF, file_name="a.pdf", title="Order", by=FOCAL)
    assert refusal(decisions.close_decision, decision=binding, note="Seen", by=FOCAL) == "not_allowed"
    decisions.return_decision(decision=binding, note="Not signed", by=CABINET)
    decisions.report_done(decision=binding, note="Signed now", by=SECRETARY)
    assert refusal(decisions.close_decision, decision=binding, note="Seen", by=SECRETARY) == "same_person"
    closed = decisions.close_decision(decision=binding, note="Seen", by=CABINET)
    assert (closed.state, closed.closed_by) == ("closed", "cabinet")
    kinds = list(FollowUp.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["progress", "reported", "returned", "reported", "closed"]
    assert refusal(decisions.follow_up, decision=binding, note="x", by=FOCAL) == "wrong_state"


def test_the_database_refuses_one_officer_who_reports_and_closes(binding):
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Decision.objects.filter(pk=binding.pk).update(state="closed", reported_by="focal", closed_by="focal")


def test_late_is_what_the_day_says(binding):
    due = binding.due_on

    def is_late(on: date) -> bool:
        return queries_decisions.decision(SECRETARY, binding.pk, on=on).is_late

    assert not is_late(due)
    assert is_late(due + timedelta(days=1))
    Decision.objects.filter(pk=binding.pk).update(state="reported", reported_on=due)
    assert not is_late(due + timedelta(days=9))  # reported in time: the check is not the owner's
    Decision.objects.filter(pk=binding.pk).update(reported_on=due + timedelta(days=2))
    assert is_late(due + timedelta(days=9))
    tally = queries_decisions.counts(SECRETARY, on=due + timedelta(days=9))
    assert [(row.name, row.open, row.late, row.reported) for row in tally] == [("MoSW", 0, 1, 1)]
    decisions.withdraw_decision(decision=binding, reason="Decided otherwise", by=SECRETARY)
    assert not is_late(due + timedelta(days=9))


def test_of_an_upazila_its_officer_follows_up(committee):
    upazila = Committee.objects.select_related("kind").get(pk="UPZ-554952")
    meeting = call(upazila, -1, by=LOCAL)
    roll = [member.pk for member in queries_committees.members(upazila, on=meeting.meets_on)]
    meeting = actions.record_attendance(meeting=meeting, present=roll, deputies={}, by=LOCAL)
    decision = decisions.decide(meeting=meeting, text="Publish the list", office="UP Belgachha", by=LOCAL)
    actions.draft_minutes(meeting=meeting, text="x", by=LOCAL)
    actions.confirm_minutes(meeting=meeting, by=SECRETARY)
    decision.refresh_from_db()
    decisions.follow_up(decision=decision, note="Printed", by=LOCAL)
    stranger = Officer("y", "secretary", ("504130",))
    assert refusal(decisions.follow_up, decision=decision, note="x", by=stranger) == "not_allowed"
    assert queries_decisions.decision(stranger, decision.pk, on=meeting.meets_on) is None
    assert list(queries_decisions.open_before(LOCAL, call(upazila, by=LOCAL), on=timezone.localdate())) == [decision]


def test_reading_needs_the_permission(binding):
    nobody = Officer("x", "upazila_officer", ("",))
    for ask in (queries_decisions.decisions, queries_decisions.counts, queries_committees.by_kind):
        with pytest.raises(Refusal):
            ask(nobody, on=binding.due_on)
    with pytest.raises(Refusal):
        queries_committees.meetings(nobody)
