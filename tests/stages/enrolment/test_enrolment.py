"""Enrolling an approved list, once; the temporal key; stopping by two officers."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pyarrow import parquet

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event
from shohay.stages.enrolment import actions, queries
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.registry.models import Person, Snapshot
from shohay.stages.targeting.models import Decision, Run, SelectionList
from tests.stages.payments import world

pytestmark = pytest.mark.django_db

JULY = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def own_var(settings, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path


def selection(people: list[Person], selected: int, code: str = "OAA", state: str = "approved") -> SelectionList:
    """A list of ``people`` in order of rank, the first ``selected`` of them selected."""
    snapshot, _ = Snapshot.objects.get_or_create(
        sha256="s" * 64, defaults={"path": "s", "as_of": JULY, "taken_by": "m"}
    )
    run = Run.objects.create(
        snapshot=snapshot, on=JULY, definitions={code: "d" * 64}, definitions_sha256="d" * 64, engine="duckdb",
        result_path="runs/1", result_sha256="r" * 64, started_at=world.AT, started_by="manager",
    )  # fmt: skip
    made = SelectionList.objects.create(
        run=run, programme_code=code, area_code="554906", fiscal_year="2026-27", slots=selected, eligible=len(people),
        selected=selected, state=state, proposed_by="manager", proposed_at=world.AT,
        approved_by="upazila" if state == "approved" else "",
    )  # fmt: skip
    for rank, person in enumerate(people, 1):
        Decision.objects.create(
            run=run, programme_code=code, person=person, household_id=person.household_id, area_code=person.area_code,
            upazila_code="554906", outcome="eligible", rank=rank, selected=rank <= selected, selection_list=made,
        )  # fmt: skip
    return made


def enrol(chosen: SelectionList, on: date = JULY) -> int:
    return actions.enrol_list(selection_list=chosen, on=on, by=world.MANAGER)


def test_the_selected_are_enrolled_from_the_day():
    people = [world.person() for _ in range(3)]
    assert enrol(selection(people, 2)) == 2
    rows = Enrolment.objects.order_by("id")
    assert [row.person_id for row in rows] == [people[0].pk, people[1].pk]
    assert (rows[0].valid.lower, rows[0].valid.upper) == (JULY, None)
    assert rows[0].definition_sha256 == "d" * 64
    event = Event.objects.get(action="list.enrolled")
    assert event.detail["enrolled"] == 2


def test_again_enrols_nobody_and_records_nothing():
    chosen = selection([world.person()], 1)
    assert enrol(chosen) == 1
    assert enrol(chosen) == 0
    assert enrol(chosen, on=JULY + timedelta(40)) == 0
    assert Enrolment.objects.count() == Event.objects.count() == 1


def test_who_is_on_the_programme_stays_as_they_are():
    person = world.person()
    world.enrolment(person)
    assert enrol(selection([person, world.person()], 2)) == 1
    assert Enrolment.objects.filter(person=person).count() == 1


def test_another_programme_does_not_stand_in_the_way():
    person = world.person()
    world.enrolment(person, code="WDA")
    assert enrol(selection([person], 1)) == 1


def test_facts_that_set_the_amount_are_kept(own_var: Path):
    people = [world.person() for _ in range(2)]
    (own_var / "runs" / "1").mkdir(parents=True)
    table = pa.table(
        {
            "programme_code": ["PESP", "PESP", "OAA"],
            "person_id": [people[0].pk, people[1].pk, people[0].pk],
            "upazila_code": ["554906", "554906", "554906"],
            "facts": ['{"primary_pupils":2}', None, '{"other":1}'],
        }
    )
    parquet.write_table(table, own_var / "runs" / "1" / "ranked.parquet")
    assert enrol(selection(people, 2, code="PESP")) == 2
    kept = dict(Enrolment.objects.values_list("person_id", "facts"))
    assert kept == {people[0].pk: {"primary_pupils": 2}, people[1].pk: {}}


@pytest.mark.parametrize("state", ["proposed", "returned"])
def test_only_an_approved_list(state: str):
    with pytest.raises(Refusal) as refused:
        enrol(selection([world.person()], 1, state=state))
    assert refused.value.code == "list_not_approved"
    assert not Enrolment.objects.exists()


def test_only_who_may_for_that_place():
    chosen = selection([world.person()], 1)
    elsewhere = Officer("m", "programme_manager", areas=("10",), programmes=("",))
    for officer in (elsewhere, world.AUDITOR):
        with pytest.raises(Refusal) as refused:
            actions.enrol_list(selection_list=chosen, on=JULY, by=officer)
        assert refused.value.code == "not_allowed"


def test_database_refuses_an_overlap_and_takes_what_follows():
    person = world.person()
    world.enrolment(person, until=date(2026, 9, 1))
    with pytest.raises(IntegrityError, match="enrolment_no_overlap"), transaction.atomic():
        world.enrolment(person, since=date(2026, 8, 31))
    world.enrolment(person, since=date(2026, 9, 1))
    assert Enrolment.objects.filter(person=person).count() == 2


# --- stopping


def test_one_proposes_another_approves():
    row = world.enrolment(world.person())
    actions.propose_stop(enrolment=row, on=date(2026, 12, 1), reason="moved abroad", by=world.UPAZILA)
    assert list(queries.stops_waiting(world.UPAZILA)) == []
    assert list(queries.stops_waiting(world.UPAZILA_2)) == [row]
    with pytest.raises(Refusal) as refused:
        actions.approve_stop(enrolment=row, by=world.UPAZILA)
    assert refused.value.code == "same_person"
    row = actions.approve_stop(enrolment=row, by=world.UPAZILA_2)
    assert (row.state, row.valid.upper) == ("stopped", date(2026, 12, 1))
    assert [e.action for e in Event.objects.order_by("seq")] == ["enrolment.stop_proposed", "enrolment.stopped"]
    with pytest.raises(Refusal) as refused:
        actions.propose_stop(enrolment=row, reason="again", by=world.UPAZILA)
    assert refused.value.code == "enrolment_ended"


def test_stop_falls_on_the_first_of_next_month_unless_said():
    row = actions.propose_stop(enrolment=world.enrolment(world.person()), reason="died", by=world.UPAZILA)
    today = timezone.localdate()
    assert row.stop_on.day == 1
    assert 0 < (row.stop_on - today).days <= 31


@pytest.mark.parametrize(
    ("on", "reason", "code"),
    [(JULY, "too early", "stop_before_start"), (date(2026, 12, 1), " ", "reason_missing")],
)
def test_a_stop_that_makes_no_sense(on, reason, code):
    with pytest.raises(Refusal) as refused:
        actions.propose_stop(enrolment=world.enrolment(world.person()), on=on, reason=reason, by=world.UPAZILA)
    assert refused.value.code == code


def test_nothing_to_approve():
    with pytest.raises(Refusal) as refused:
        actions.approve_stop(enrolment=world.enrolment(world.person()), by=world.UPAZILA)
    assert refused.value.code == "stop_not_proposed"


def test_database_refuses_the_same_officer_twice():
    row = world.enrolment(world.person())
    with pytest.raises(IntegrityError, match="enrolment_stop_four_eyes"), transaction.atomic():
        Enrolment.objects.filter(pk=row.pk).update(stop_proposed_by="a", stop_approved_by="a")


# --- reading


def test_held_for_a_snapshot():
    now, ended = world.enrolment(world.person()), world.enrolment(world.person(), until=date(2026, 8, 1))
    assert queries.held(date(2026, 8, 1)).to_pylist() == [
        {"person_id": now.person_id, "household_id": now.household_id, "programme_code": "OAA"}
    ]
    assert queries.held(JULY).num_rows == 2
    assert ended.pk


def test_officers_see_their_beneficiaries():
    here, there = world.enrolment(world.person()), world.enrolment(world.person(area=world.BHOLA))
    assert list(queries.beneficiaries(world.UPAZILA, "OAA")) == [here]
    assert set(queries.beneficiaries(world.AUDITOR)) == {here, there}
    assert list(queries.beneficiaries(world.AUDITOR, area="10")) == [there]
    assert queries.enrolment(world.UPAZILA, there.pk) is None
    assert queries.counts(world.AUDITOR) == [{"programme_code": "OAA", "active": 2, "stopped": 0}]
