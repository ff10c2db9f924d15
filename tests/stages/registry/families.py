"""A household that things happen to: Karim, his wife, their grown son, a daughter at school, his mother."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from shohay.core.bangla import name_key
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.registry import actions_approval, actions_events, queries_history
from shohay.stages.registry.actions_events import Told
from shohay.stages.registry.models import Household, Membership, Person
from shohay.stages.registry.models_history import LifeEvent
from tests.household_files import OTHER_UNION, UNION
from tests.stages.registry.conftest import OPERATOR, UPAZILA

EVENT_DAY = date(2026, 9, 1)
LOADED = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)
MEMBERS = {  # name: line, relation, sex, born, marital status
    "karim": (1, "head", "male", date(1970, 2, 1), "married"),
    "amena": (2, "spouse", "female", date(1975, 6, 9), "married"),
    "son": (3, "child", "male", date(2000, 3, 4), "never"),
    "daughter": (4, "child", "female", date(2007, 8, 15), "never"),
    "mother": (5, "parent", "female", date(1945, 1, 1), "widowed"),
}


def make_household(reference: str = "H1", area: str = UNION, **values: Any) -> Household:
    return Household.objects.create(
        reference=reference, area_code=area, area_type="rural", address_bn="পূর্বপাড়া", rooms=2, walls="tin",
        annual_income=60000, recorded_at=LOADED, **values,
    )  # fmt: skip


def make_member(
    household: Household, name: str, line: int, relation: str, sex: str, born: date, marital: str
) -> Person:
    """As a bulk load leaves a person: a row and one open membership since the day of loading."""
    person = Person.objects.create(
        household=household, area_code=household.area_code, line_no=line, relation=relation, name_bn=name,
        name_key=name_key(name), sex=sex, birth_date=born, marital_status=marital, recorded_at=LOADED,
        school_level="secondary" if name == "daughter" else "", school_class=9 if name == "daughter" else None,
    )  # fmt: skip
    Membership.objects.create(person=person, household=household, relation=relation, valid_from=LOADED.date())
    return person


def make_family(reference: str = "H1", area: str = UNION) -> tuple[Household, dict[str, Person]]:
    household = make_household(reference, area)
    return household, {name: make_member(household, name, *given) for name, given in MEMBERS.items()}


def make_pair(reference: str = "H2", area: str = OTHER_UNION) -> tuple[Household, dict[str, Person]]:
    """A widow of 40 and her son."""
    household = make_household(reference, area)
    widow = make_member(household, "rahima", 1, "head", "female", date(1986, 5, 5), "widowed")
    child = make_member(household, "jamal", 2, "child", "male", date(2010, 5, 5), "never")
    return household, {"rahima": widow, "jamal": child}


def told(on: date = date(2026, 9, 1), **rest: Any) -> Told:
    return Told(happened_on=on, evidence_kind="certificate", evidence_number="2026/114", **rest)


def happen(kind: str, household: Household, on: date = date(2026, 9, 1), **given: Any) -> LifeEvent:
    """Told by the union's operator, approved by the upazila's officer."""
    propose = getattr(actions_events, kind)
    event = propose(household=household, told=told(on), by=given.pop("by", OPERATOR), **given)
    return approve(event)


def approve(event: LifeEvent, by: Officer = UPAZILA) -> LifeEvent:
    return actions_approval.approve(event=event, by=by)


def refused(kind: str, household: Household, on: date = EVENT_DAY, **given: object) -> str:
    with pytest.raises(Refusal) as refusal:
        getattr(actions_events, kind)(household=household, told=told(on), by=OPERATOR, **given)
    assert refusal.value.say("bn") != refusal.value.say("en")
    return refusal.value.code


def relations(household: Household, on: date) -> dict[str, str]:
    """Name -> relation of who lives there on the day."""
    seen = queries_history.household_as_of(SYSTEM, household.pk, on)
    return {member.person.name_bn: member.relation for member in seen.members}


def fact(household: Household, name: str, what: str, on: date) -> dict[str, object]:
    seen = queries_history.household_as_of(SYSTEM, household.pk, on)
    return next(one for one in seen.members if one.person.name_bn == name).facts[what].value
