"""Nobody comes onto two programmes that exclude each other, whichever list is enrolled first."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.accounts.rls import enter
from shohay.stages.audit.models import Event
from shohay.stages.enrolment.actions import enrol_list
from shohay.stages.enrolment.compatibility import excluded
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.programmes.actions_definitions import install_definitions
from shohay.stages.registry.models import Household, Person, Snapshot
from shohay.stages.targeting.models import Decision, Run, SelectionList
from tests.stages.targeting.conftest import small_catalogue

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
ON = date(2026, 7, 1)
UNION = "30261433"
MANAGER = Officer("manager", "programme_manager", ("",), ("",))

pytestmark = pytest.mark.django_db


@pytest.fixture
def family() -> list[Person]:
    """A mother and her grown daughter in one household; rules are there."""
    small_catalogue()
    install_definitions(by=SYSTEM)
    home = Household.objects.create(reference="H1", area_code=UNION, area_type="rural", recorded_at=NOW)
    return [
        Person.objects.create(
            household=home, area_code=UNION, line_no=line, relation="other", name_bn="ক", name_key="k", sex="female",
            recorded_at=NOW,
        )
        for line in (1, 2)
    ]  # fmt: skip


@pytest.fixture
def run(family: list[Person]) -> Run:
    snapshot = Snapshot.objects.create(sha256="s" * 64, path="snapshots/none", as_of=ON, taken_by="manager")
    return Run.objects.create(
        snapshot=snapshot, on=ON, definitions={}, definitions_sha256="", engine="duckdb", result_path="runs/none",
        result_sha256="", started_at=NOW, finished_at=NOW, started_by="manager",
    )  # fmt: skip


def selected(run: Run, programme: str, *people: Person) -> SelectionList:
    """An approved list with these people on it."""
    made = SelectionList.objects.create(
        run=run, programme_code=programme, area_code=UNION[:6], fiscal_year="2026-27", eligible=len(people),
        selected=len(people), state="approved", proposed_by="manager", proposed_at=NOW, approved_by="upazila",
        approved_at=NOW,
    )  # fmt: skip
    for rank, person in enumerate(people, start=1):
        Decision.objects.create(
            run=run, programme_code=programme, person=person, household=person.household, area_code=UNION,
            upazila_code=UNION[:6], outcome="eligible", rank=rank, selected=True, selection_list=made,
        )  # fmt: skip
    return made


@pytest.mark.parametrize("programmes", [("OAA", "WDA"), ("WDA", "OAA"), ("DPA", "OAA"), ("VWB", "WDA"), ("WDA", "VWB")])
def test_the_second_of_two_that_exclude_each_other_is_left_out(
    run: Run, family: list[Person], programmes: tuple[str, str]
):
    mother, _daughter = family
    first, second = (selected(run, code, mother) for code in programmes)
    assert enrol_list(selection_list=first, on=ON, by=MANAGER) == 1
    assert enrol_list(selection_list=second, on=ON, by=MANAGER) == 0
    assert list(Enrolment.objects.values_list("programme_code", flat=True)) == [programmes[0]]


def test_a_household_card_stands_in_the_way_of_every_member(run: Run, family: list[Person]):
    mother, daughter = family
    enrol_list(selection_list=selected(run, "FAMCARD", mother), on=ON, by=MANAGER)
    assert enrol_list(selection_list=selected(run, "WDA", daughter), on=ON, by=MANAGER) == 0


def test_what_may_be_held_together_is(run: Run, family: list[Person]):
    mother, daughter = family
    for code, person in (("WDA", mother), ("FFP", mother), ("PESP", mother), ("DPA", daughter)):
        assert enrol_list(selection_list=selected(run, code, person), on=ON, by=MANAGER) == 1


def test_an_officer_of_one_programme_cannot_enrol_past_another_unseen(run: Run, family: list[Person]):
    """Row security hides the other programme's enrolments from the officer, not from the gate."""
    enrol_list(selection_list=selected(run, "WDA", family[0]), on=ON, by=MANAGER)
    waiting = selected(run, "OAA", *family)
    narrow = Officer("karim", "programme_manager", ("",), ("OAA",))
    with transaction.atomic():
        enter(narrow)
        assert enrol_list(selection_list=waiting, on=ON, by=narrow) == 1
        assert set(Enrolment.objects.values_list("programme_code", flat=True)) == {"OAA"}  # the rest is hidden again
    told = Event.objects.get(action="list.enrolled", actor="karim")
    assert (told.detail["enrolled"], told.detail["left_out"]) == (1, 1)


def test_rules_of_both_sides_count(run: Run):
    assert "WDA" in excluded("OAA", ON).by_person
    assert "OAA" in excluded("FAMCARD", ON).by_household
    assert "VWB" in excluded("FFP", ON).by_household
    assert "FAMCARD" in excluded("FFP", ON).by_household  # the Family Card's rule, though not that of food
    assert excluded("PESP", ON).by_person == []
    assert excluded("NOSUCH", ON) == ([], [])
