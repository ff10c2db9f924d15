"""Ends and moves: found for everybody at once, decided by a second officer, never twice, never overlapping."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.models import Event
from shohay.stages.enrolment import actions_transitions as transitions
from shohay.stages.enrolment.models import Enrolment, Transition, TransitionBatch
from tests.factories.world import (
    HERE,
    THERE,
    UNION_HERE,
    UNION_THERE,
    make_person,
    make_places,
    make_programmes,
    publish_definition,
)

DAY = date(2026, 11, 22)
QUARTER = date(2027, 1, 1)
UPAZILA = Officer("upazila", "upazila_officer", (HERE,), ("",))
SECOND = Officer("second", "upazila_officer", (HERE,), ("",))


@pytest.fixture
def people(db: None) -> dict[str, Enrolment]:
    """A widow of 66, one of 50, a dead one, a second record of the younger, and an old widow in another upazila."""
    make_places()
    make_programmes()
    for folder in ("old_age_allowance", "widow_allowance"):
        publish_definition(folder)
    young = make_person(UNION_HERE, birth_date=date(1976, 1, 1), marital_status="widowed")
    made = {
        "old": make_person(UNION_HERE, birth_date=date(1960, 1, 1), marital_status="widowed"), "young": young,
        "dead": make_person(UNION_HERE, birth_date=date(1970, 1, 1), death_date=date(2026, 10, 3)),
        "twice": make_person(UNION_HERE, birth_date=date(1976, 1, 1), duplicate_of=young),
        "there": make_person(UNION_THERE, birth_date=date(1960, 1, 1), marital_status="widowed"),
    }  # fmt: skip
    return {name: enrolled(person, "WDA") for name, person in made.items()}


def enrolled(person, code: str, first: date = date(2020, 7, 1)) -> Enrolment:
    return Enrolment.objects.create(
        person=person, household=person.household, programme_code=code, area_code=person.area_code,
        valid=DateRange(first, None), definition_sha256="f" * 64, enrolled_at=timezone.now(), enrolled_by="system",
    )  # fmt: skip


def standing(name: Enrolment) -> list[tuple]:
    rows = Enrolment.objects.filter(person_id=name.person_id).order_by("valid")
    return [(row.programme_code, row.state, row.valid.lower, row.valid.upper) for row in rows]


def found() -> dict[int, tuple]:
    rows = Transition.objects.filter(state="proposed").order_by("enrolment_id")
    return {row.enrolment_id: (row.kind, row.reason, row.ends_on) for row in rows}


def test_the_old_widow_moves_and_the_dead_one_ends_when_a_second_officer_approves(people):
    made = transitions.propose_transitions(on=DAY, by=UPAZILA)
    assert (made.batches, made.rows, made.asked) == (1, 3, 5)
    assert found() == {
        people["old"].pk: ("move", "moves_to_OAA", QUARTER),
        people["dead"].pk: ("end", "death", date(2026, 11, 1)),
        people["twice"].pk: ("end", "duplicate", DAY),
    }
    assert standing(people["old"]) == [("WDA", "active", date(2020, 7, 1), None)], "a proposal changes nothing"
    batch = TransitionBatch.objects.get()
    with pytest.raises(Refusal) as same:
        transitions.approve_transitions(batch=batch, by=UPAZILA)
    assert same.value.code == "same_person"
    batch = transitions.approve_transitions(batch=batch, by=SECOND)
    assert (batch.state, batch.applied) == ("approved", 3)
    assert standing(people["old"]) == [
        ("WDA", "stopped", date(2020, 7, 1), QUARTER), ("OAA", "active", QUARTER, None),
    ]  # fmt: skip
    assert standing(people["dead"]) == [("WDA", "stopped", date(2020, 7, 1), date(2026, 11, 1))]
    assert standing(people["there"]) == [("WDA", "active", date(2020, 7, 1), None)], "of another upazila"
    old = Enrolment.objects.get(pk=people["old"].pk)
    assert (old.stop_reason, old.stop_proposed_by, old.stop_approved_by) == ("moves_to_OAA", "upazila", "second")
    assert list(Event.objects.order_by("seq").values_list("action", flat=True))[-2:] == [
        "transitions.proposed", "transitions.approved",
    ]  # fmt: skip


def test_nothing_is_proposed_or_done_twice(people):
    transitions.propose_transitions(on=DAY, by=UPAZILA)
    with pytest.raises(Refusal) as again:
        transitions.propose_transitions(on=DAY, by=SECOND)
    assert again.value.code == "transitions_none"
    batch = TransitionBatch.objects.get()
    transitions.approve_transitions(batch=batch, by=SECOND)
    with pytest.raises(Refusal) as decided:
        transitions.approve_transitions(batch=batch, by=SECOND)
    assert decided.value.code == "transitions_decided"
    with pytest.raises(Refusal) as later:
        transitions.propose_transitions(on=DAY, by=UPAZILA)
    assert later.value.code == "transitions_none"
    assert Enrolment.objects.filter(person_id=people["old"].person_id).count() == 2


def test_killed_between_the_rows_and_the_end_nothing_remains_and_a_second_run_finds_all(people, monkeypatch):
    def killed(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(transitions, "record", killed)
    with pytest.raises(KeyboardInterrupt):
        transitions.propose_transitions(on=DAY, by=SYSTEM)
    assert not TransitionBatch.objects.exists()
    monkeypatch.undo()
    assert transitions.propose_transitions(on=DAY, by=SYSTEM).rows == 4
    monkeypatch.setattr(transitions, "record", killed)
    with pytest.raises(KeyboardInterrupt):
        transitions.approve_transitions(batch=TransitionBatch.objects.get(area_code=HERE), by=SECOND)
    assert Enrolment.objects.filter(state="active").count() == 5
    assert TransitionBatch.objects.filter(state="proposed").count() == 2


def test_a_month_that_a_cycle_covers_is_not_paid_twice(people):
    until = {"WDA": date(2027, 4, 1)}
    transitions.propose_transitions(on=DAY, by=UPAZILA)  # proposed before the cycle was opened
    transitions.approve_transitions(batch=TransitionBatch.objects.get(), until=until, by=SECOND)
    assert standing(people["old"]) == [
        ("WDA", "stopped", date(2020, 7, 1), date(2027, 4, 1)), ("OAA", "active", date(2027, 4, 1), None),
    ]  # fmt: skip


def test_who_was_stopped_or_holds_what_excludes_the_new_programme_is_skipped(people):
    other = make_person(UNION_HERE, birth_date=date(1955, 1, 1), marital_status="widowed")
    mine = enrolled(other, "WDA")
    transitions.propose_transitions(on=DAY, by=UPAZILA)
    Enrolment.objects.filter(pk=people["dead"].pk).update(
        state="stopped", valid=DateRange(date(2020, 7, 1), date(2026, 11, 1))
    )
    enrolled(other, "OAA", date(2026, 12, 1))  # came onto it by a list in the meantime
    batch = transitions.approve_transitions(batch=TransitionBatch.objects.get(), by=SECOND)
    assert batch.applied == 2
    assert dict(Transition.objects.filter(state="skipped").values_list("enrolment_id", "reason")) == {
        people["dead"].pk: "death", mine.pk: "moves_to_OAA",
    }  # fmt: skip
    assert (mine.programme_code, "active") in [(code, state) for code, state, *_ in standing(mine)]


def test_the_only_enrolment_of_a_second_record_is_carried_to_the_person_kept(people):
    Enrolment.objects.filter(pk=people["young"].pk).update(
        state="stopped", valid=DateRange(date(2020, 7, 1), date(2026, 1, 1))
    )
    transitions.propose_transitions(on=DAY, by=UPAZILA)
    assert found()[people["twice"].pk] == ("carry", "duplicate", DAY)
    transitions.approve_transitions(batch=TransitionBatch.objects.get(), by=SECOND)
    assert standing(people["young"]) == [
        ("WDA", "stopped", date(2020, 7, 1), date(2026, 1, 1)), ("WDA", "active", DAY, None),
    ]  # fmt: skip
    assert standing(people["twice"]) == [("WDA", "stopped", date(2020, 7, 1), DAY)]


def test_a_returned_batch_is_found_again_and_a_manual_stop_is_left_alone(people):
    Enrolment.objects.filter(pk=people["dead"].pk).update(stop_proposed_by="upazila", stop_on=date(2026, 12, 1))
    transitions.propose_transitions(on=DAY, by=UPAZILA)
    assert people["dead"].pk not in found()
    transitions.return_transitions(batch=TransitionBatch.objects.get(), reason="বয়স যাচাই করুন", by=SECOND)
    assert found() == {}
    assert transitions.propose_transitions(on=DAY, by=UPAZILA).rows == 2


def test_only_officers_of_the_place_decide(people):
    transitions.propose_transitions(on=DAY, by=SYSTEM)
    elsewhere = Officer("elsewhere", "upazila_officer", (THERE,), ("",))
    with pytest.raises(Refusal) as why:
        transitions.approve_transitions(batch=TransitionBatch.objects.get(area_code=HERE), by=elsewhere)
    assert why.value.code == "not_allowed"


def test_the_database_refuses_a_second_waiting_proposal_and_the_same_person(people):
    transitions.propose_transitions(on=DAY, by=UPAZILA)
    row = Transition.objects.first()
    with pytest.raises(Exception, match="enrolment_transition_one_waits"), connection.cursor() as cursor:
        cursor.execute(
            "insert into enrolment_transition (batch_id, enrolment_id, person_id, programme_code, area_code, kind, reason,"
            " to_programme, ends_on, state) select batch_id, enrolment_id, person_id, programme_code, area_code, kind,"
            " reason, to_programme, ends_on, state from enrolment_transition where id = %s", [row.pk],
        )  # fmt: skip
