"""Search first, open with a purpose, numbers one at a time and counted."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.accounts.rls import enter
from shohay.stages.audit.models import Event
from shohay.stages.registry import actions, actions_identity, queries
from shohay.stages.registry.models import Person
from tests.household_files import OTHER_UNION, household, row
from tests.stages.registry.conftest import FAR, OPERATOR, UPAZILA

pytestmark = pytest.mark.django_db

FINANCE = Officer(username="finance", role="finance", areas=("",), programmes=("",))
NUMBERS = {
    "id_kind": "brn17", "id_number": "19601234567890123", "account_kind": "mfs", "account_number": "01712345678",
    "account_provider": "nagad",
}  # fmt: skip


@pytest.fixture
def people(checked) -> dict[str, Person]:
    rows = [
        row("H1", 1, name_bn="মোঃ জাহাঙ্গীর আলম", name_en="Md. Jahangir Alam", sex="male", **NUMBERS),
        row("H2", 1, name_bn="জাহাঙ্গীর"), row("H3", 1, name_bn="রহিমা খাতুন", union_code=OTHER_UNION),
        row("H4", 1, name_bn="হালিমা বেগম"),
    ]  # fmt: skip
    actions.admit(upload=checked(rows), by=OPERATOR)
    return {person.household.reference: person for person in Person.objects.select_related("household")}


def found(text: str, officer: Officer = OPERATOR, **more: object) -> list[str]:
    return [person.household.reference for person in queries.search(officer=officer, text=text, **more)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("মোঃ জাহাঙ্গীর আলম", ["H1", "H2"]),  # then the name without its last word
        ("Zahangir Alom", ["H1", "H2"]),
        ("jahangir", ["H2", "H1"]),  # the exact key first, then names that begin so
        ("রাহিমা খাতুন", ["H3"]),
        ("Rohina Khatun", ["H3"]),  # one letter off
        ("১৯৬০১২৩৪৫৬৭৮৯০১২৩", ["H1"]),
        ("01712-345678", ["H1"]),
        ("+8801712345678", ["H1"]),
        ("হালিমা", ["H4"]),
        ("99999999999", []),
        ("নাই নাম", []),
    ],
)
def test_search(people, text: str, expected: list[str]):
    assert found(text) == expected


def test_by_household_number(checked):
    actions.admit(upload=checked([row("30260811-000007", 1)]), by=OPERATOR)
    assert found("30260811-000007") == ["30260811-000007"]


def test_search_stays_in_the_officers_area_and_the_area_asked(people):
    assert found("Rahima Khatun", SYSTEM) == ["H3"]
    assert found("Rahima Khatun", FAR) == []
    assert found("Rahima Khatun", area=OTHER_UNION) == ["H3"]
    assert found("Rahima Khatun", area="30260811") == []
    assert found("Rahima Khatun", area="1009") == []  # asking beyond one's area finds nothing
    assert found(NUMBERS["id_number"], FAR) == []


def test_search_needs_something_to_search_and_the_right_role(people):
    for text in ("", "ক", "।"):
        with pytest.raises(Refusal):
            found(text)
    with pytest.raises(Refusal, match="may not"):
        found("রহিমা", FINANCE)


def test_row_security_repeats_the_area(people):
    with transaction.atomic():
        enter(FAR)
        assert Person.objects.count() == 0
        assert queries.search(officer=SYSTEM, text="রহিমা") == []
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from registry_identity")
            assert cursor.fetchone() == (0,)
            cursor.execute("reset role")


def test_opening_leaves_a_trace(people):
    person = actions.open_person(person_id=people["H1"].pk, purpose="verification", by=OPERATOR)
    event = Event.objects.get(action="person.opened")
    assert (event.subject_id, event.actor, event.reason) == (str(person.pk), "operator", "verification")
    with pytest.raises(Refusal) as refused:
        actions.open_person(person_id=person.pk, purpose=" ", by=OPERATOR)
    assert refused.value.code == "purpose_missing"
    with pytest.raises(Refusal) as refused:
        actions.open_person(person_id=person.pk, purpose="x", by=FAR)
    assert refused.value.code == "person_not_found"


def test_numbers_are_masked_until_revealed_and_that_is_counted(people, monkeypatch):
    person = people["H1"]
    masked = queries.masked(person)
    assert (masked["identity"], masked["identity_kind"]) == ("•" * 14 + "123", "brn17")
    assert masked["account"].endswith("678")
    assert queries.masked(people["H4"])["identity"] == ""
    assert actions.reveal(person_id=person.pk, what="identity", reason="letter 7", by=UPAZILA) == NUMBERS["id_number"]
    assert actions.reveal(person_id=person.pk, what="account", reason="letter 7", by=UPAZILA) == "01712345678"
    events = Event.objects.filter(action="person.revealed")
    assert [(event.detail["what"], event.detail["kind"]) for event in events.order_by("seq")] == [
        ("identity", "brn17"),
        ("account", "mfs"),
    ]
    assert all(NUMBERS["id_number"] not in str(event.detail) + event.reason for event in events)
    for case, code in (
        ({"by": OPERATOR}, "not_allowed"), ({"reason": ""}, "reason_missing"), ({"person_id": people["H4"].pk}, "nothing_to_reveal"),
    ):  # fmt: skip
        with pytest.raises(Refusal) as refused:
            actions.reveal(**{"person_id": person.pk, "what": "identity", "reason": "x", "by": UPAZILA} | case)
        assert refused.value.code == code
    monkeypatch.setattr(actions, "REVEALS_A_DAY", 2)
    with pytest.raises(Refusal) as refused:
        actions.reveal(person_id=person.pk, what="identity", reason="once more", by=UPAZILA)
    assert refused.value.code == "reveal_too_many"


def test_of_several_numbers_the_officer_chooses_one_and_the_log_says_which(people):
    person = people["H1"]
    first = person.identities.get()
    added = actions_identity.add_number(person=person, kind="nid10", number="1234567890", evidence="card", by=UPAZILA)
    asked = {"person_id": person.pk, "what": "identity", "reason": "letter 9", "by": UPAZILA}
    assert actions.reveal(**asked) == "1234567890"  # the newest, where none is chosen
    assert actions.reveal(**asked, number=first.pk) == NUMBERS["id_number"]
    assert [event.detail["number"] for event in Event.objects.filter(action="person.revealed").order_by("seq")] == [
        added.pk,
        first.pk,
    ]
    other = actions_identity.add_number(
        person=people["H4"], kind="nid10", number="5234567890", evidence="card", by=UPAZILA
    )
    with pytest.raises(Refusal) as refused:
        actions.reveal(**asked, number=other.pk)  # of somebody else
    assert refused.value.code == "nothing_to_reveal"


def test_a_lost_key_is_said(people, settings):
    settings.KEY_RING = "k9:" + "99" * 32
    assert queries.masked(people["H1"])["identity"] == "•••"
    with pytest.raises(Refusal) as refused:
        actions.reveal(person_id=people["H1"].pk, what="identity", reason="x", by=UPAZILA)
    assert refused.value.code == "sealed_elsewhere"


def test_duplicates_point_at_one_record(checked):
    actions.admit(upload=checked(household("H1")), by=OPERATOR)
    first, second, third = Person.objects.order_by("line_no")
    actions.mark_duplicate(person=third, of=second, reason="same", by=UPAZILA)
    actions.mark_duplicate(person=second, of=first, reason="same", by=UPAZILA)
    third.refresh_from_db()
    assert third.duplicate_of_id == first.pk  # no chains
    for of in (second, third):
        with pytest.raises(Refusal) as refused:
            actions.mark_duplicate(person=third, of=of, reason="x", by=UPAZILA)
        assert refused.value.code == "duplicate_of_itself"
    actions.mark_duplicate(person=second, of=None, reason="not the same", by=UPAZILA)
    second.refresh_from_db()
    assert second.duplicate_of_id is None


@pytest.mark.parametrize("day", [date(2099, 1, 1), date(1950, 1, 1)])
def test_impossible_deaths(people, day: date):
    with pytest.raises(Refusal) as refused:
        actions.record_death(person=people["H1"], died_on=day, source="x", by=UPAZILA)
    assert refused.value.code == "death_wrong"
