"""What happens to people and households: told by one officer, checked by another, refused where it cannot be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit.models import Event
from shohay.stages.audit.queries import verify
from shohay.stages.registry import actions_approval, actions_events, queries_history
from shohay.stages.registry.models import Membership, Person
from shohay.stages.registry.models_history import Dated, LifeEvent, Marriage
from tests.household_files import UNION
from tests.stages.registry.conftest import FAR, OPERATOR, UPAZILA, UPAZILA2
from tests.stages.registry.families import (
    EVENT_DAY,
    approve,
    fact,
    happen,
    make_family,
    make_household,
    make_member,
    make_pair,
    refused,
    relations,
    told,
)

pytestmark = pytest.mark.django_db
ON = EVENT_DAY


@pytest.fixture
def family(places):
    return make_family()


@pytest.fixture
def others(places):
    return make_pair()


# ------------------------------------------------------------------------------------------------ four eyes


def test_told_changes_nothing_until_another_officer_approves(family):
    household, people = family
    event = actions_events.death(household=household, told=told(), person=people["mother"].pk, by=OPERATOR)
    assert (event.state, event.proposed_by) == ("proposed", "operator")
    assert Person.objects.get(pk=people["mother"].pk).death_date is None
    assert Dated.objects.count() == 0
    for by, code in ((OPERATOR, "not_allowed"), (FAR, "not_allowed")):
        with pytest.raises(Refusal) as refusal:
            approve(event, by)
        assert refusal.value.code == code
    approve(event)
    assert Person.objects.get(pk=people["mother"].pk).death_date == ON
    told_of = Event.objects.filter(action__startswith="event.").order_by("seq")
    assert [(one.action, one.actor) for one in told_of] == [
        ("event.proposed", "operator"),
        ("event.approved", "upazila"),
    ]
    assert verify().broken_at is None
    with pytest.raises(Refusal) as refusal:
        approve(event, UPAZILA2)
    assert refusal.value.code == "event_decided"


def test_who_tells_an_event_does_not_approve_it(family):
    household, people = family
    event = actions_events.death(household=household, told=told(), person=people["mother"].pk, by=UPAZILA)
    for decide in (approve, lambda event: actions_approval.refuse(event=event, reason="no", by=UPAZILA)):
        with pytest.raises(Refusal) as refusal:
            decide(event)
        assert refusal.value.code == "same_person"
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        LifeEvent.objects.filter(pk=event.pk).update(state="approved", decided_by="upazila", decided_at=timezone.now())
    approve(event, UPAZILA2)


def test_refused_and_withdrawn_write_nothing(family):
    household, people = family
    first = actions_events.death(household=household, told=told(), person=people["mother"].pk, by=OPERATOR)
    with pytest.raises(Refusal) as refusal:
        actions_approval.refuse(event=first, reason=" ", by=UPAZILA)
    assert refusal.value.code == "reason_missing"
    assert actions_approval.refuse(event=first, reason="she is alive", by=UPAZILA).state == "refused"
    second = actions_events.school(
        household=household,
        told=told(),
        person=people["daughter"].pk,
        school_level="secondary",
        school_class=10,
        by=OPERATOR,
    )
    with pytest.raises(Refusal) as refusal:
        actions_approval.withdraw(event=second, reason="mine?", by=UPAZILA)
    assert refusal.value.code == "only_own_event"
    assert actions_approval.withdraw(event=second, reason="wrong girl", by=OPERATOR).state == "withdrawn"
    assert Dated.objects.count() == 0


def test_what_no_longer_holds_at_the_approval_is_refused_then(family):
    household, people = family
    both = [
        actions_events.death(household=household, told=told(), person=people["mother"].pk, by=OPERATOR),
        actions_events.migration(household=household, told=told(), people=[people["mother"].pk], where="abroad", by=OPERATOR),
    ]  # fmt: skip
    approve(both[0])
    with pytest.raises(Refusal) as refusal:
        approve(both[1])
    assert refusal.value.code == "person_dead"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"on": timezone.localdate() + timedelta(days=1)}, "event_future"),
        ({"device_at": timezone.now() - timedelta(hours=2)}, "clock_skew"),
        ({"evidence_number": "", "evidence_note": " "}, "event_evidence_missing"),
    ],
)
def test_days_clocks_and_evidence(family, given, code):
    household, people = family
    tale = actions_events.Told(
        **{"happened_on": given.pop("on", ON), "evidence_kind": "certificate", "evidence_number": "1"} | given
    )
    with pytest.raises(Refusal) as refusal:
        actions_events.death(household=household, told=tale, person=people["mother"].pk, by=OPERATOR)
    assert refusal.value.code == code


def test_a_clock_some_minutes_off_is_let_pass(family):
    household, people = family
    tale = told(device_at=timezone.now() + timedelta(minutes=9))
    assert actions_events.death(household=household, told=tale, person=people["mother"].pk, by=OPERATOR).device_at


def test_the_paper_is_kept_under_its_hash(family, settings, tmp_path):
    settings.VAR = tmp_path
    household, people = family
    event = actions_events.death(
        household=household, told=told(evidence_file=b"%PDF-1.7 x"), person=people["mother"].pk, by=OPERATOR
    )
    assert (tmp_path / "evidence" / event.evidence_sha256).read_bytes() == b"%PDF-1.7 x"
    with pytest.raises(Refusal) as refusal:
        actions_events.death(
            household=household, told=told(evidence_file=b"MZ"), person=people["mother"].pk, by=OPERATOR
        )
    assert refusal.value.code == "evidence_file_wrong"


# ------------------------------------------------------------------------------------------------ people


def test_a_birth(family):
    household, people = family
    event = happen(
        "birth", household, name_bn="শিশু খাতুন", sex="female", mother=people["amena"].pk, father=people["karim"].pk
    )
    child = event.people.get(part="child").person
    assert (child.birth_date, child.line_no, child.relation, child.mother_name) == (ON, 6, "child", "amena")
    assert "শিশু খাতুন" not in relations(household, ON - timedelta(days=1))
    assert relations(household, ON)["শিশু খাতুন"] == "child"
    assert Membership.objects.get(person=child).valid_from == ON


def test_births_that_cannot_be(family):
    household, people = family
    child = {"name_bn": "শিশু", "sex": "male"}
    assert refused("birth", household, **child, mother=people["mother"].pk) == "mother_age"
    assert refused("birth", household, **child, mother=people["karim"].pk) == "parent_sex"
    assert refused("birth", household, **child, mother=0) == "not_member"
    assert refused("birth", household, **child | {"name_bn": " "}, mother=people["amena"].pk) == "name_missing"
    assert refused("birth", household, **child, mother=people["amena"].pk, relation="head") == "child_is_head"
    happen("birth", household, **child, mother=people["amena"].pk)
    assert refused("birth", household, **child, mother=people["amena"].pk) == "already_born"
    happen("death", household, date(2026, 9, 2), person=people["amena"].pk)
    assert refused("birth", household, date(2026, 9, 3), **child, mother=people["amena"].pk) == "person_dead"


def test_a_death_widows_the_spouse_and_names_a_new_head(family):
    household, people = family
    assert refused("death", household, person=people["karim"].pk) == "head_needed"
    assert refused("death", household, person=people["karim"].pk, new_head=people["karim"].pk) == "head_not_member"
    assert (
        refused("death", household, date(1960, 1, 1), person=people["karim"].pk, new_head=people["amena"].pk)
        == "event_before_birth"
    )
    happen("death", household, person=people["karim"].pk, new_head=people["amena"].pk)
    assert relations(household, ON) == {"amena": "head", "son": "child", "daughter": "child", "mother": "other"}
    assert relations(household, ON - timedelta(days=1))["karim"] == "head"
    widow = Person.objects.get(pk=people["amena"].pk)
    assert (widow.marital_status, widow.marriage_ended_on, widow.relation) == ("widowed", ON, "head")
    assert Person.objects.get(pk=people["karim"].pk).relation == "spouse"  # one head in the registry
    assert Marriage.objects.get().ended_by == "death"
    assert refused("death", household, person=people["karim"].pk) == "person_dead"


def test_the_death_of_the_last_member_closes_the_household(others):
    household, people = others
    happen("death", household, person=people["jamal"].pk)
    happen("death", household, date(2026, 9, 2), person=people["rahima"].pk)
    household.refresh_from_db()
    assert household.closed_on == date(2026, 9, 2)
    assert relations(household, date(2026, 9, 2)) == {}
    assert refused("move", household, date(2026, 9, 3), area_code=UNION) == "household_closed"


def test_nothing_happens_after_a_death_that_is_told_late(family):
    household, people = family
    happen("school", household, person=people["daughter"].pk, school_level="secondary", school_class=10)
    assert refused("death", household, date(2026, 8, 1), person=people["daughter"].pk) == "event_before_known"


def test_a_marriage_and_the_move_to_the_husbands_household(family, others):
    household, people = family
    other, them = others
    event = happen(
        "marriage",
        household,
        person=people["son"].pk,
        spouse=them["rahima"].pk,
        live_in="here",
        new_head=them["jamal"].pk,
    )
    assert event.kind == "remarriage"
    assert relations(household, ON)["rahima"] == "other"  # the son is not the head
    assert relations(other, ON) == {"jamal": "head"}
    assert [Person.objects.get(pk=one.pk).marital_status for one in (people["son"], them["rahima"])] == [
        "married",
        "married",
    ]
    wed = Marriage.objects.get()
    assert (wed.husband_id, wed.wife_id, wed.valid.lower) == (people["son"].pk, them["rahima"].pk, ON)
    assert Person.objects.get(pk=them["rahima"].pk).area_code == UNION


def test_marriages_that_cannot_be(family, others):
    household, people = family
    _, them = others
    daughter, son, karim, amena = (people[name].pk for name in ("daughter", "son", "karim", "amena"))
    assert refused("marriage", household, date(2025, 8, 1), person=daughter, spouse=None) == "too_young_to_marry"
    assert refused("marriage", household, person=son, spouse=karim) == "couple_wrong"
    assert refused("marriage", household, person=son, spouse=son) == "couple_wrong"
    assert refused("marriage", household, person=amena, spouse=son) == "already_married"
    assert refused("marriage", household, person=karim, spouse=them["rahima"].pk) == "needs_permission"
    assert refused("marriage", household, person=son, spouse=them["rahima"].pk, live_in="moon") == "unknown_choice"
    happen("marriage", household, person=karim, spouse=them["rahima"].pk, permission="সালিশ ১২/২০২৬")
    assert {(one.wife_id, one.permission != "") for one in Marriage.objects.all()} == {
        (amena, False),
        (them["rahima"].pk, True),
    }
    assert refused("marriage", household, date(2026, 9, 3), person=son, spouse=them["rahima"].pk) == "already_married"


def test_at_most_four_wives(family):
    household, people = family
    for number in range(3):
        wife = make_member(
            make_household(f"W{number}"), f"wife{number}", 1, "head", "female", date(1980, 1, 1), "widowed"
        )
        happen(
            "marriage",
            household,
            ON + timedelta(days=number),
            person=people["karim"].pk,
            spouse=wife.pk,
            permission=f"p{number}",
        )
    fifth = make_member(make_household("W5"), "wife5", 1, "head", "female", date(1980, 1, 1), "never")
    assert (
        refused("marriage", household, date(2026, 9, 20), person=people["karim"].pk, spouse=fifth.pk, permission="p")
        == "too_many_wives"
    )
    happen("death", household, date(2026, 9, 21), person=people["amena"].pk)
    assert Person.objects.get(pk=people["karim"].pk).marital_status == "married"  # three wives live
    assert refused("divorce", household, date(2026, 9, 22), person=people["karim"].pk) == "which_marriage"


def test_the_database_refuses_two_husbands_at_once(family, others):
    wife, (first, second) = others[1]["rahima"], (family[1]["karim"], family[1]["son"])
    from django.db.backends.postgresql.psycopg_any import DateRange

    Marriage.objects.create(husband=first, wife=wife, valid=DateRange(ON, None))
    with pytest.raises(IntegrityError, match="wife_once"), transaction.atomic():
        Marriage.objects.create(husband=second, wife=wife, valid=DateRange(date(2026, 9, 9), None))
    with pytest.raises(IntegrityError, match="husband_once"), transaction.atomic():
        Marriage.objects.create(husband=first, wife=family[1]["daughter"], valid=DateRange(ON, None))


def test_divorce_and_marrying_again(family):
    household, people = family
    assert refused("divorce", household, person=people["son"].pk) == "not_married"
    happen("divorce", household, person=people["amena"].pk)
    assert {Person.objects.get(pk=people[name].pk).marital_status for name in ("karim", "amena")} == {"divorced"}
    assert Marriage.objects.get().ended_by == "divorce"
    assert refused("marriage", household, date(2026, 8, 1), person=people["karim"].pk) == "event_before_known"
    event = happen("marriage", household, date(2026, 10, 1), person=people["karim"].pk, spouse=people["amena"].pk)
    assert event.kind == "remarriage"
    assert Person.objects.get(pk=people["amena"].pk).marriage_ended_on is None
    assert fact(household, "amena", "marital", date(2026, 9, 15))["marital_status"] == "divorced"


def test_separation(family):
    household, people = family
    assert refused("separation", household, person=people["mother"].pk) == "not_married"
    happen("separation", household, person=people["amena"].pk)
    row = Person.objects.get(pk=people["amena"].pk)
    assert (row.marital_status, row.marriage_ended_on) == ("separated", ON)
    assert refused("marriage", household, date(2026, 9, 9), person=people["amena"].pk) == "already_married"


def test_disability_schooling_and_work(family):
    household, people = family
    mother, daughter, son = (people[name].pk for name in ("mother", "daughter", "son"))
    answers = {"seeing": 3, "hearing": 2, "walking": 4, "remembering": 1, "self_care": 2, "communicating": 1}
    happen("disability", household, person=mother, disability="visual", disability_card=True, functioning=answers)
    assert fact(household, "mother", "functioning", ON) == answers
    assert Person.objects.get(pk=mother).disability == "visual"
    assert (
        refused("disability", household, person=mother, disability="visual", functioning={"seeing": 5})
        == "difficulty_1_to_4"
    )
    assert refused("disability", household, person=mother, disability="tired") == "unknown_choice"
    happen("school", household, person=daughter, school_level="higher_secondary", school_class=11)
    assert fact(household, "daughter", "schooling", ON - timedelta(days=1))["school_class"] == 9
    happen("work", household, person=son, values={"occupation": "rickshaw", "annual_income": 90000})
    row = Person.objects.get(pk=son)
    assert (row.occupation, row.annual_income) == ("rickshaw", 90000)
    assert refused("work", household, person=son, values={"annual_income": 90000}) == "nothing_changed"
    assert refused("work", household, person=son, values={"annual_income": -1}) == "number_out_of_bounds"


def test_an_earlier_change_told_late_finds_its_place(family):
    household, people = family
    daughter = people["daughter"].pk
    happen("school", household, date(2026, 9, 1), person=daughter, school_level="higher_secondary", school_class=11)
    happen("school", household, date(2026, 3, 1), person=daughter, school_level="secondary", school_class=10)
    classes = [
        fact(household, "daughter", "schooling", day)["school_class"]
        for day in (date(2026, 2, 1), date(2026, 3, 1), date(2026, 8, 31), ON)
    ]
    assert classes == [9, 10, 10, 11]
    assert Person.objects.get(pk=daughter).school_class == 11


def test_a_correction_was_always_so_and_the_error_stays_known(family):
    household, people = family
    before = timezone.now()
    happen(
        "correction", household, person=people["daughter"].pk, fact="birth", values={"birth_date": date(2006, 8, 15)}
    )
    assert Person.objects.get(pk=people["daughter"].pk).birth_date == date(2006, 8, 15)
    then = queries_history.household_as_of(SYSTEM, household.pk, ON, known_at=before)
    known = {one.person.name_bn: one.facts["birth"].value["birth_date"] for one in then.members}
    assert known["daughter"] == "2007-08-15"
    assert fact(household, "daughter", "birth", ON)["birth_date"] == "2006-08-15"
    happen("correction", household, person=people["daughter"].pk, fact="name", values={"name_bn": "মোছাঃ সালমা"})
    assert Person.objects.get(pk=people["daughter"].pk).name_key != "daughter"
    for given in ({"fact": "membership", "values": {"household": 1}}, {"fact": "name", "values": {"death_date": None}}):
        assert refused("correction", household, person=people["son"].pk, **given) == "unknown_choice"
    assert refused("correction", household, fact="dwelling", values={"rooms": 2}) == "nothing_changed"
