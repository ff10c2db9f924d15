"""Households that move, split, join, go away and come back; and what the database itself refuses about the past."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.accounts.rls import enter
from shohay.stages.registry import actions, actions_events, queries_history
from shohay.stages.registry.models import Household, Membership, Person
from shohay.stages.registry.models_history import Dated
from tests.household_files import OTHER_UNION, UNION
from tests.stages.registry.conftest import FAR, OPERATOR, UPAZILA
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


def test_a_household_moves_to_another_union(family):
    household, _ = family
    assert refused("move", household, area_code="99999999") == "place_unknown"
    make_household("H1", OTHER_UNION)  # the number is taken there
    happen("move", household, area_code=OTHER_UNION, address_bn="নতুন পাড়া")
    household.refresh_from_db()
    assert (household.area_code, household.reference) == (OTHER_UNION, "H1-2")
    assert {person.area_code for person in Person.objects.filter(household=household)} == {OTHER_UNION}
    past = queries_history.household_as_of(SYSTEM, household.pk, ON - timedelta(days=1))
    assert past.facts["address"].value["area_code"] == UNION


def test_members_join_another_household(family, others):
    household, people = family
    other, them = others
    assert refused("move", household, people=[people["son"].pk]) == "household_not_found"
    assert refused("move", household, people=[people["son"].pk], to_household=household) == "same_household"
    assert refused("move", household, people=[people["karim"].pk], to_household=other) == "head_needed"
    assert refused("move", household, people=[them["jamal"].pk], to_household=other) == "not_member"
    happen(
        "move", household, people=[people["mother"].pk], to_household=other, relations={people["mother"].pk: "parent"}
    )
    assert relations(other, ON) == {"rahima": "head", "jamal": "child", "mother": "parent"}
    assert "mother" not in relations(household, ON)
    assert Person.objects.get(pk=people["mother"].pk).line_no == 3
    assert (
        refused("move", other, date(2026, 8, 1), people=[people["mother"].pk], to_household=household)
        == "event_before_known"
    )


def test_people_coming_from_another_upazila_are_agreed_to_there(family):
    household, people = family
    from tests.stages.registry.conftest import FAR_UNION

    far = make_household("F1", FAR_UNION)
    make_member(far, "zarina", 1, "head", "female", date(1970, 1, 1), "widowed")
    event = actions_events.move(
        household=household, told=told(), people=[people["mother"].pk], to_household=far, by=OPERATOR
    )
    assert event.to_area_code == FAR_UNION
    with pytest.raises(Refusal):
        approve(event, UPAZILA)
    assert list(queries_history.waiting(UPAZILA)) == []
    assert list(queries_history.waiting(FAR)) == [event]
    approve(event, FAR)
    seen = queries_history.household_as_of(UPAZILA, household.pk, date(2026, 8, 1))
    assert [one.person.name_bn for one in seen.members] == ["karim", "amena", "son", "daughter"]
    assert seen.elsewhere == 1  # one who lived here then is another area's now


def test_a_split(family):
    household, people = family
    son, mother, karim = people["son"].pk, people["mother"].pk, people["karim"].pk
    assert refused("split", household, people=[one.pk for one in people.values()], head=son) == "everybody_leaves"
    assert refused("split", household, people=[mother], head=son) == "head_not_member"
    assert refused("split", household, people=[], head=son) == "nobody_chosen"
    assert refused("split", household, people=[karim], head=karim) == "head_needed"
    event = happen("split", household, people=[son, mother], head=son)
    made = Household.objects.get(pk=event.counts["household"])
    assert relations(made, ON) == {"son": "head", "mother": "other"}
    assert relations(household, ON) == {"karim": "head", "amena": "spouse", "daughter": "child"}
    assert made.reference == "H1-2"
    assert relations(made, ON - timedelta(days=1)) == {}


def test_a_merge_closes_the_household(family, others):
    household, _ = family
    other, _ = others
    happen("merge", other, to_household=household, head_relation="sibling")
    assert relations(household, ON) == {
        "karim": "head", "amena": "spouse", "son": "child", "daughter": "child", "mother": "parent", "rahima": "sibling",
        "jamal": "other",
    }  # fmt: skip
    other.refresh_from_db()
    assert other.closed_on == ON
    assert relations(other, ON - timedelta(days=1)) == {"rahima": "head", "jamal": "child"}


def test_a_new_head(family):
    household, people = family
    assert refused("new_head", household, person=people["karim"].pk) == "already_head"
    happen("new_head", household, person=people["son"].pk)
    assert relations(household, ON) == {
        "son": "head",
        "karim": "parent",
        "amena": "parent",
        "daughter": "sibling",
        "mother": "other",
    }
    assert Membership.objects.filter(household=household, valid_to__isnull=True, relation="head").count() == 1


def test_going_abroad_and_coming_back(family):
    household, people = family
    son = people["son"].pk
    assert refused("migration", household, people=[son], where="moon") == "unknown_choice"
    assert refused("come_back", household, people=[son]) == "not_away"
    happen("migration", household, people=[son], where="abroad", place="Malaysia")
    assert "son" not in relations(household, ON)
    assert not Membership.objects.filter(person=son, valid_to__isnull=True).exists()
    assert [(person.pk, row.value["place"]) for person, row in queries_history.away(household)] == [(son, "Malaysia")]
    happen("come_back", household, date(2026, 11, 1), people=[son], relations={son: "child"})
    assert relations(household, date(2026, 11, 1))["son"] == "child"
    assert "son" not in relations(household, date(2026, 10, 31))
    assert queries_history.away(household) == []


def test_all_go_away_one_dies_there_one_comes_back(others):
    household, people = others
    both = [person.pk for person in people.values()]
    happen("migration", household, people=both, where="other_district", place="Dhaka")
    assert Household.objects.get(pk=household.pk).closed_on == ON
    household.refresh_from_db()
    happen("death", household, date(2026, 9, 9), person=people["rahima"].pk)
    assert refused("come_back", household, date(2026, 9, 10), people=[people["jamal"].pk]) == "head_needed"
    happen("come_back", household, date(2026, 9, 10), people=[people["jamal"].pk], head=people["jamal"].pk)
    household.refresh_from_db()
    assert household.closed_on is None
    assert relations(household, date(2026, 9, 10)) == {"jamal": "head"}


def test_circumstances(family):
    household, _ = family
    happen("circumstances", household, values={"rooms": 3, "walls": "brick", "annual_income": 120000})
    household.refresh_from_db()
    assert (household.rooms, household.walls, household.annual_income) == (3, "brick", 120000)
    past = queries_history.household_as_of(SYSTEM, household.pk, ON - timedelta(days=1))
    assert past.facts["dwelling"].value == {"rooms": 2, "walls": "tin"}
    assert past.facts["dwelling"].first
    assert refused("circumstances", household, values={"rooms": 3}) == "nothing_changed"
    assert refused("circumstances", household, values={"walls": "gold"}) == "unknown_choice"


# ------------------------------------------------------------------------------------------------ the database


def test_the_database_refuses_two_households_at_once(family, others):
    (household, people), (other, _) = family, others
    son = people["son"]
    with pytest.raises(IntegrityError, match=r"open_once|alone|two households"), transaction.atomic():
        Membership.objects.create(person=son, household=other, relation="other", valid_from=ON)
    with pytest.raises(IntegrityError, match="two households at once"), transaction.atomic():
        Membership.objects.create(
            person=son, household=other, relation="other", valid_from=ON, valid_to=date(2026, 9, 9)
        )
    Membership.objects.create(
        person=son, household=other, relation="other", valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1)
    )
    with pytest.raises(IntegrityError, match=r"closed_once|two households"), transaction.atomic():
        Membership.objects.create(
            person=son, household=household, relation="child", valid_from=None, valid_to=date(2020, 6, 1)
        )


def test_the_database_refuses_a_household_without_a_head_or_with_two(family):
    people = family[1]
    for name, changed in (
        ("karim", {"relation": "spouse"}),
        ("karim", {"valid_to": ON}),
        ("son", {"relation": "head"}),
    ):
        with pytest.raises(IntegrityError, match="heads"), transaction.atomic():
            change(people[name], changed)


def change(person: Person, values: dict[str, object]) -> None:
    """As a statement that goes round the actions; the key that waits for the end of a transaction looks now."""
    Membership.objects.filter(person=person).update(**values)
    with connection.cursor() as cursor:
        cursor.execute("set constraints one_head immediate")


@pytest.mark.parametrize(
    "statement",
    ["delete from registry_dated", "update registry_dated set value = '{}'", "truncate registry_dated",
     "update registry_dated set known = tstzrange(lower(known) - interval '1 day', now())",
     "update registry_dated set valid = '(,)'"],
)  # fmt: skip
def test_the_database_keeps_history(family, statement):
    household, people = family
    happen("new_head", household, person=people["son"].pk)
    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; " + statement)


def test_the_server_clock_set_back_keeps_the_order(family, monkeypatch):
    household, people = family
    happen("school", household, person=people["daughter"].pk, school_level="secondary", school_class=10)
    earlier = timezone.now() - timedelta(days=2)
    monkeypatch.setattr("shohay.stages.registry.dated_rows.timezone.now", lambda: earlier)
    happen(
        "school",
        household,
        person=people["daughter"].pk,
        school_level="secondary",
        school_class=11,
        on=date(2026, 10, 1),
    )
    assert fact(household, "daughter", "schooling", date(2026, 10, 1))["school_class"] == 11
    assert fact(household, "daughter", "schooling", ON)["school_class"] == 10


def test_who_left_later_is_not_left_without_a_head(family, others):
    """Told out of order: the household cannot close, nor change its head, on a day when somebody lived there still."""
    household, people = family
    happen("move", household, date(2026, 9, 5), people=[people["amena"].pk], to_household=others[0])
    assert refused("merge", household, date(2026, 9, 3), to_household=others[0]) == "event_before_known"
    assert refused("new_head", household, date(2026, 9, 3), person=people["son"].pk) == "event_before_known"
    happen("new_head", household, date(2026, 9, 5), person=people["son"].pk)


HISTORY_TABLES = ("registry_dated", "registry_lifeevent", "registry_eventperson", "registry_marriage")


def test_row_security_hides_history_and_events_of_other_areas(family, others):
    household, people = family
    happen("marriage", household, person=people["son"].pk, spouse=others[1]["rahima"].pk)
    for officer, sees in ((FAR, False), (UPAZILA, True)):
        with transaction.atomic(), connection.cursor() as cursor:
            enter(officer)
            for table in HISTORY_TABLES:
                cursor.execute(f"select count(*) > 0 from {table}")
                assert cursor.fetchone() == (sees,), (officer.username, table)
            cursor.execute("reset role")


def test_row_security_refuses_to_write_history_elsewhere(family):
    household, people = family
    happen("new_head", household, person=people["son"].pk)
    row = Dated(
        person=people["son"], area_code=UNION, fact="work", value={}, valid=DateRange(ON, None), source="operator",
        known=DateTimeTZRange(timezone.now(), None),
    )  # fmt: skip
    with transaction.atomic():
        enter(FAR)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            row.save()
        connection.cursor().execute("reset role")


def test_a_snapshot_has_nobody_who_is_away_and_no_empty_household(places):
    household, people = make_family()
    pair_home, pair = make_pair()
    gone = make_household("H3")
    happen("migration", household, people=[people["son"].pk], where="abroad", place="Oman")
    happen("migration", pair_home, people=[one.pk for one in pair.values()], where="other_district", place="Dhaka")
    assert Household.objects.get(pk=pair_home.pk).closed_on == EVENT_DAY

    def taken(name: str, day: date = EVENT_DAY) -> set[int]:
        made = actions.take_snapshot(as_of=day, by=SYSTEM)
        folder = settings.VAR / made.path
        table = pq.read_table(folder / f"{name}.parquet")
        return set(table.column(0).to_pylist())

    present = {one.pk for name, one in people.items() if name != "son"}
    assert taken("persons") == present
    assert taken("households") == {household.pk, gone.pk}
    assert taken("names") == {one.pk for one in (*people.values(), *pair.values())}  # to be found registered twice
    assert people["son"].pk in taken("persons", EVENT_DAY - timedelta(days=1))
    happen("come_back", household, people=[people["son"].pk], on=EVENT_DAY + timedelta(days=10))
    assert people["son"].pk in taken("persons", EVENT_DAY + timedelta(days=10))
    assert people["son"].pk not in taken("persons")
