"""Everybody selected is either enrolled or told why not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shohay.stages.audit.models import Event
from shohay.stages.enrolment import actions, queries
from shohay.stages.enrolment.models import Enrolment, LeftOut
from shohay.stages.registry.models import Person
from tests.stages.enrolment.test_enrolment import JULY, own_var, selection  # noqa: F401 - a fixture
from tests.stages.payments import world

pytestmark = pytest.mark.django_db


def enrol(people: list[Person], code: str = "OAA") -> int:
    return actions.enrol_list(selection_list=selection(people, len(people), code), on=JULY, by=world.MANAGER)


def reasons() -> dict[int, str]:
    return dict(LeftOut.objects.values_list("person_id", "reason"))


def test_each_reason_is_noted_and_the_rest_are_enrolled():
    world.programme()
    world.programme("WDA", "widow_allowance")
    free, dead, again, on_it, holds = (world.person() for _ in range(5))
    Person.objects.filter(pk=dead.pk).update(death_date=date(2026, 6, 20))
    Person.objects.filter(pk=again.pk).update(duplicate_of=free)
    world.enrolment(on_it)
    world.enrolment(holds, code="WDA")
    assert enrol([free, dead, again, on_it, holds]) == 1
    assert reasons() == {dead.pk: "died", again.pk: "duplicate", on_it.pk: "on_programme", holds.pk: "person_holds"}
    assert Enrolment.objects.get(selection_list__isnull=False).person_id == free.pk
    row = LeftOut.objects.get(person=holds)
    assert (row.other_programme, row.holder_id, row.rank) == ("WDA", holds.pk, 5)
    assert Event.objects.get(action="list.enrolled").detail["left_out"] == 4


def test_a_card_of_the_household_names_who_holds_it():
    world.programme("VWB", "vulnerable_women_benefit")
    world.programme("FFP", "food_friendly")
    head = world.person()
    wife = Person.objects.create(
        household=head.household, area_code=head.area_code, line_no=2, relation="spouse", name_bn="স্ত্রী", name_key="s",
        sex="female", recorded_at=world.AT,
    )  # fmt: skip
    world.enrolment(wife, code="VWB")
    assert enrol([head], "FFP") == 0
    row = LeftOut.objects.get()
    assert (row.reason, row.other_programme, row.holder_id) == ("household_holds", "VWB", wife.pk)


def test_once_the_way_is_free_the_next_enrolment_takes_them_off_the_page():
    person, other = world.person(), world.person()
    Person.objects.filter(pk=person.pk).update(death_date=date(2026, 6, 20))
    chosen = selection([person, other], 2)
    assert actions.enrol_list(selection_list=chosen, on=JULY, by=world.MANAGER) == 1
    Person.objects.filter(pk=person.pk).update(death_date=None)  # it was somebody else's
    assert actions.enrol_list(selection_list=chosen, on=JULY, by=world.MANAGER) == 1
    assert not LeftOut.objects.exists()
    assert Enrolment.objects.count() == 2


def test_officers_see_those_of_their_area_and_programme():
    here, there = world.person(), world.person(area=world.BHOLA)
    for person in (here, there):
        world.enrolment(person)
    enrol([here, there])
    assert [row.person_id for row in queries.left_out(world.UPAZILA)] == [here.pk]
    assert queries.left_out_by_reason(world.MANAGER) == [{"reason": "on_programme", "count": 2}]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["free", "died", "duplicate", "on_programme"]), min_size=1, max_size=8))
def test_nobody_selected_is_both_and_nobody_is_neither(fates: list[str]):
    people = [world.person() for _ in fates]
    for person, fate in zip(people, fates, strict=True):
        if fate == "died":
            Person.objects.filter(pk=person.pk).update(death_date=JULY)
        elif fate == "duplicate":
            Person.objects.filter(pk=person.pk).update(duplicate_of=world.person())
        elif fate == "on_programme":
            world.enrolment(person)
    chosen = selection(people, len(people))
    for _ in range(2):  # a second time changes nothing
        actions.enrol_list(selection_list=chosen, on=JULY, by=world.MANAGER)
        enrolled = set(Enrolment.objects.filter(selection_list=chosen).values_list("person_id", flat=True))
        noted = dict(LeftOut.objects.filter(selection_list=chosen).values_list("person_id", "reason"))
        assert enrolled == {one.pk for one, fate in zip(people, fates, strict=True) if fate == "free"}
        assert noted == {one.pk: fate for one, fate in zip(people, fates, strict=True) if fate != "free"}
