"""Several numbers of a person, what they contradict, and findings that officers work through."""

from __future__ import annotations

from datetime import date

import pytest

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit.models import Event
from shohay.stages.registry import actions, actions_identity, queries
from shohay.stages.registry.models import Identity, Person
from shohay.stages.registry.models_verification import Finding
from tests.household_files import OTHER_UNION, UNION, row
from tests.stages.registry.conftest import FAR, MANAGER, OPERATOR, UPAZILA

pytestmark = pytest.mark.django_db
# UNION is 30260811: zila 26, upazila 08, union 11
GOOD = "1960" + "26" + "1" + "08" + "11" + "000123"


def registered(checked, *rows: dict) -> list[Person]:
    actions.admit(upload=checked([row(f"H{n}", 1, **cells) for n, cells in enumerate(rows)]), by=OPERATOR)
    return list(Person.objects.order_by("pk"))


def numbered(kind: str, number: str, **more: str) -> dict[str, str]:
    return {"id_kind": kind, "id_number": number, "birth_date": "1960-03-01", **more}


def open_codes(person: Person) -> dict[str, tuple[str, str]]:
    return {one.code: (one.said, one.found) for one in Finding.objects.filter(person=person, state="open")}


def test_a_person_has_several_numbers_and_is_found_by_each(checked):
    (person,) = registered(checked, numbered("nid17", GOOD))
    actions_identity.add_number(person=person, kind="nid10", number="১২৩৪ ৫৬৭ ৮৯০", evidence="smart card", by=UPAZILA)
    for text in (GOOD, "1234567890"):
        assert queries.search(officer=UPAZILA, text=text) == [person]
    event = Event.objects.get(action="identity.added")
    assert (event.subject_id, event.reason, event.detail["kind"]) == (str(person.pk), "smart card", "nid10")
    assert "1234567890" not in str(event.detail)


def test_one_number_of_a_kind_until_the_old_one_is_withdrawn(checked):
    (person,) = registered(checked, numbered("nid17", GOOD))
    with pytest.raises(Refusal) as refused:
        actions_identity.add_number(person=person, kind="nid17", number=GOOD[:-1] + "9", evidence="card", by=UPAZILA)
    assert refused.value.code == "number_kind_held"
    actions_identity.withdraw_number(held=person.identities.get(), reason="misread", by=UPAZILA)
    assert queries.search(officer=UPAZILA, text=GOOD) == []
    assert queries.masked(person)["identity"] == ""
    actions_identity.add_number(person=person, kind="nid17", number=GOOD[:-1] + "9", evidence="card", by=UPAZILA)
    assert Identity.objects.filter(person=person).count() == 2  # nothing is overwritten
    with pytest.raises(Refusal) as refused:
        actions_identity.withdraw_number(held=Identity.objects.earliest("pk"), reason="again", by=UPAZILA)
    assert refused.value.code == "number_withdrawn"


@pytest.mark.parametrize(
    ("kind", "number", "evidence", "code"),
    [
        ("nid10", "123456789", "card", "number_wrong"),
        ("nid17", "1234567890", "card", "number_wrong"),
        ("passport", "A1234567", "card", "number_wrong"),
        ("nid10", "1234567890", " ", "evidence_missing"),
    ],
)
def test_a_wrong_number_is_refused_with_the_reason(checked, kind, number, evidence, code):
    (person,) = registered(checked, {"birth_date": "1960-03-01"})
    with pytest.raises(Refusal) as refused:
        actions_identity.add_number(person=person, kind=kind, number=number, evidence=evidence, by=UPAZILA)
    assert refused.value.code == code
    assert not Identity.objects.exists()


def test_only_officers_of_the_place_change_numbers(checked):
    (person,) = registered(checked, numbered("nid17", GOOD))
    for officer in (FAR, OPERATOR):
        with pytest.raises(Refusal):
            actions_identity.add_number(person=person, kind="nid10", number="1234567890", evidence="x", by=officer)
        with pytest.raises(Refusal):
            actions_identity.withdraw_number(held=person.identities.get(), reason="x", by=officer)


def test_what_a_number_contradicts_is_found_in_bulk_and_again(checked):
    fits, older, moved, shared, also = registered(
        checked,
        numbered("nid17", GOOD),
        numbered("nid17", "1955" + GOOD[4:-1] + "4"),
        numbered("brn17", "1960" + "09" + "1" + "18" + "12" + "000005"),
        numbered("nid10", "1234567890"),
        numbered("nid10", "1234567890", union_code=OTHER_UNION),
    )
    counts = actions_identity.check_numbers(by=MANAGER)
    assert (counts["numbers"], counts["found"]) == (5, 4)
    assert open_codes(fits) == {}
    assert open_codes(older) == {"birth_year_differs": ("1960", "1955")}
    assert open_codes(moved) == {"district_differs": ("26", "09")}
    assert open_codes(shared) == open_codes(also) == {"number_shared": ("", "1")}
    again = actions_identity.check_numbers(by=MANAGER)
    assert (again["found"], again["new_or_changed"], again["gone"]) == (4, 0, 0)
    Person.objects.filter(pk=older.pk).update(birth_date=date(1955, 3, 1))
    assert actions_identity.check_numbers(by=MANAGER)["gone"] == 1
    assert Finding.objects.get(person=older).state == "gone"
    assert Event.objects.filter(action="identity.checked").count() == 3


def test_a_number_added_on_screen_is_checked_at_once(checked):
    (person,) = registered(checked, {"birth_date": "1960-03-01"})
    held = actions_identity.add_number(
        person=person, kind="nid17", number="1958" + GOOD[4:], evidence="card", by=UPAZILA
    )
    assert open_codes(person) == {"birth_year_differs": ("1960", "1958")}
    actions_identity.add_number(person=person, kind="nid13", number=GOOD[4:-1] + "9", evidence="old card", by=UPAZILA)
    assert set(open_codes(person)) == {"birth_year_differs", "numbers_disagree"}
    actions_identity.withdraw_number(held=held, reason="typed wrong", by=UPAZILA)
    assert open_codes(person) == {}


def test_a_decision_stays_until_the_facts_say_something_else(checked):
    registered(checked, numbered("nid17", "1958" + GOOD[4:]))
    actions_identity.check_numbers(by=MANAGER)
    finding = Finding.objects.get()
    with pytest.raises(Refusal):
        actions_identity.decide_finding(finding=finding, decision="explained", note=" ", by=UPAZILA)
    with pytest.raises(Refusal):
        actions_identity.decide_finding(finding=finding, decision="gone", note="x", by=UPAZILA)
    with pytest.raises(Refusal):
        actions_identity.decide_finding(finding=finding, decision="explained", note="x", by=FAR)
    actions_identity.decide_finding(finding=finding, decision="explained", note="card misprinted", by=UPAZILA)
    with pytest.raises(Refusal) as refused:
        actions_identity.decide_finding(finding=finding, decision="corrected", note="again", by=UPAZILA)
    assert refused.value.code == "finding_not_open"
    actions_identity.check_numbers(by=MANAGER)
    assert Finding.objects.get().state == "explained"
    Person.objects.update(birth_date=date(1961, 3, 1))
    actions_identity.check_numbers(by=MANAGER)
    assert (Finding.objects.get().state, Finding.objects.get().note) == ("open", "")


def test_an_area_is_checked_without_touching_others(checked):
    here, there = registered(
        checked, numbered("nid17", "1958" + GOOD[4:]),
        numbered("nid17", "1957" + GOOD[4:-1] + "4", union_code=OTHER_UNION),
    )  # fmt: skip
    actions_identity.check_numbers(by=SYSTEM)
    Person.objects.update(birth_date=None)
    counts = actions_identity.check_numbers(area=UNION, by=UPAZILA)
    assert (counts["numbers"], counts["gone"]) == (1, 1)
    assert (open_codes(here), set(open_codes(there))) == ({}, {"birth_year_differs"})
    for area in ("", "100918"):
        with pytest.raises(Refusal):
            actions_identity.check_numbers(area=area, by=UPAZILA)
