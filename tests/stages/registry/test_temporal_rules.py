"""Generated changes and events against the naive twin: every day, at every moment of knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shohay.core.families import relation_joined, relation_to_new_head
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.registry import actions_events, dated_rows, queries_history
from shohay.stages.registry.dated_facts import UNTIL_NEXT, Put
from shohay.stages.registry.models import Household, Membership, Person
from shohay.stages.registry.models_history import Dated
from tests.naive.history import DAYS, Twin
from tests.stages.registry.conftest import OPERATOR
from tests.stages.registry.families import approve, make_family, make_pair, told

pytestmark = pytest.mark.django_db
DAY0 = date(2026, 9, 1)
FEW = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def day(number: int) -> date:
    return DAY0 + timedelta(days=number)


@contextmanager
def undone() -> Iterator[None]:
    """Each generated example leaves the database as it was; what waits for the end of a transaction is checked here."""
    with transaction.atomic():
        yield
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
        transaction.set_rollback(True)


# ------------------------------------------------------------------------------------------------ facts


spans = st.tuples(st.none() | st.integers(1, DAYS - 2), st.sampled_from(["next", "open"]) | st.integers(1, 12))
changes = st.lists(
    st.tuples(st.sampled_from(["karim", "son"]), st.sampled_from(["schooling", "work"]), spans), min_size=1, max_size=7
)


@FEW
@given(changes)
def test_facts_as_of_any_day_at_any_moment(places, made):
    """What the twin holds for every day and every moment of knowledge is what the rows say, exactly one row a day."""
    with undone():
        household, people = make_family()
        twin, moments = Twin(), [timezone.now()]
        for who in ("karim", "son"):
            twin.know((who, "schooling"), "")
            twin.know((who, "work"), "")
        for number, (who, fact, (start, length)) in enumerate(made):
            end = start + length if isinstance(length, int) and start is not None else None
            text = f"v{number}"
            value = {"school_level": text} if fact == "schooling" else {"occupation": text}
            until = UNTIL_NEXT if length == "next" else day(end) if end and end < DAYS else None
            put = Put(
                fact=fact,
                value=value,
                start=None if start is None else day(start),
                end=until,
                area_code="30260811",
                person_id=people[who].pk,
            )
            dated_rows.write([put], origin=dated_rows.Origin("operator"))
            twin.put({(who, fact): (text, start, "next" if length == "next" else end if end and end < DAYS else None)})
            moments.append(timezone.now())
        everywhere_equal(twin, people, moments)
        seen_equal(twin, household, people, moments)


def everywhere_equal(twin: Twin, people: dict[str, Person], moments: list[datetime]) -> None:
    rows = list(Dated.objects.all())
    for moment, at in enumerate(moments):
        for who, fact in set(twin.beliefs[-1]):
            mine = [row for row in rows if row.person_id == people[who].pk and row.fact == fact and at in row.known]
            for number in range(DAYS if mine else 0):
                found = [row.value for row in mine if day(number) in row.valid]
                assert len(found) == 1, (who, fact, number)
                assert found[0].get("school_level", found[0].get("occupation")) == twin.of((who, fact), number, moment)


def seen_equal(twin: Twin, household: Household, people: dict[str, Person], moments: list[datetime]) -> None:
    """The same through the query that screens and commands use, on some days at each moment."""
    for moment, at in enumerate(moments):
        for number in range(0, DAYS, 13):
            seen = queries_history.household_as_of(SYSTEM, household.pk, day(number), known_at=at)
            facts = {one.person.pk: one.facts for one in seen.members}
            for who in ("karim", "son"):
                assert facts[people[who].pk]["schooling"].value["school_level"] == twin.of(
                    (who, "schooling"), number, moment
                )
                assert facts[people[who].pk]["work"].value["occupation"] == twin.of((who, "work"), number, moment)


# ------------------------------------------------------------------------------------------------ events


KINDS = ["move", "split", "merge", "new_head", "migration", "come_back", "death"]
happenings = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 3), st.sets(st.integers(0, 6), min_size=1, max_size=3), st.integers(0, 6), st.integers(1, DAYS - 5)),
    min_size=2, max_size=9,
)  # fmt: skip


class Village:
    """The registry and its twin side by side; the twin follows what the registry accepted, by rules of its own."""

    def __init__(self) -> None:
        (first, family), (second, pair) = make_family(), make_pair()
        self.households = [first, second]
        self.people = [*family.values(), *pair.values()]
        self.twin = Twin()
        for person in self.people:
            self.twin.know(person.pk, (person.household_id, person.relation))

    def lives(self, person: int, number: int = DAYS - 1) -> tuple[int, str] | None:
        return self.twin.of(person, number)

    def members(self, household: int) -> list[int]:
        return [one.pk for one in self.people if (where := self.lives(one.pk)) and where[0] == household]

    def change(self, number: int, new: dict[int, tuple[int, str] | None]) -> None:
        self.twin.put({person: (where, number, None) for person, where in new.items() if where != self.lives(person)})

    def succeed(self, household: int, leaving: set[int], new_head: int) -> dict[int, tuple[int, str] | None]:
        """Relations of those who stay, when the head is among those who leave."""
        heads = [one for one in self.members(household) if self.lives(one)[1] == "head"]
        if not set(heads) & leaving:
            return {}
        before = self.lives(new_head)[1]
        return {
            one: (household, "head" if one == new_head else relation_to_new_head(before, self.lives(one)[1]))
            for one in self.members(household) if one not in leaving
        }  # fmt: skip


def happen(village: Village, kind: str, where: int, who: set[int], other: int, number: int) -> None:
    """Tell and approve one event; where it is refused the twin stays as it is."""
    household = village.households[where % len(village.households)]
    household.refresh_from_db()
    target = village.households[(where + 1) % len(village.households)]
    target.refresh_from_db()
    people = sorted(village.people[index].pk for index in who)
    second = village.people[other].pk
    given: dict[str, Any] = {
        "move": {"people": people, "to_household": target, "new_head": second},
        "split": {"people": people, "head": people[0], "new_head": second},
        "merge": {"to_household": target, "head_relation": "sibling"},
        "new_head": {"person": second},
        "migration": {"people": people, "where": "abroad", "new_head": second},
        "come_back": {"people": people, "head": people[0]},
        "death": {"person": people[0], "new_head": second},
    }[kind]
    try:
        with transaction.atomic():
            event = getattr(actions_events, kind)(household=household, told=told(day(number)), by=OPERATOR, **given)
            event = approve(event, SYSTEM)
    except Refusal:
        return
    made = Household.objects.filter(pk=event.counts.get("household")).first()
    if made:
        village.households.append(made)
    FOLLOW[kind](
        village, number, household.pk, target.pk if kind in ("move", "merge") else made and made.pk, people, second
    )


def join(village: Village, number: int, household: int, target: int, people: list[int], second: int) -> None:
    stay = village.succeed(household, set(people), second) if set(village.members(household)) - set(people) else {}
    village.change(number, {**dict.fromkeys(people, (target, "other")), **stay})


def split(village: Village, number: int, household: int, target: int, people: list[int], second: int) -> None:
    before = village.lives(people[0])[1]
    new = {
        one: (target, "head" if one == people[0] else relation_to_new_head(before, village.lives(one)[1]))
        for one in people
    }
    village.change(number, {**new, **village.succeed(household, set(people), second)})


def merge(village: Village, number: int, household: int, target: int, people: list[int], second: int) -> None:
    everybody = village.members(household)
    village.change(number, {one: (target, relation_joined("sibling", village.lives(one)[1])) for one in everybody})


def lead(village: Village, number: int, household: int, target: int, people: list[int], second: int) -> None:
    before = village.lives(second)[1]
    everybody = village.members(household)
    village.change(
        number,
        {
            one: (household, "head" if one == second else relation_to_new_head(before, village.lives(one)[1]))
            for one in everybody
        },
    )


def leave(village: Village, number: int, household: int, target: int, people: list[int], second: int) -> None:
    stay = village.succeed(household, set(people), second) if set(village.members(household)) - set(people) else {}
    village.change(number, {**dict.fromkeys(people), **stay})


def die(village: Village, number: int, household: int, target: int, people: list[int], second: int) -> None:
    leave(village, number, household, target, people[:1] if village.lives(people[0]) else [], second)


def back(village: Village, number: int, household: int, target: int, people: list[int], second: int) -> None:
    empty = not village.members(household)
    village.change(number, {one: (household, "head" if empty and one == people[0] else "other") for one in people})


FOLLOW: dict[str, Callable[..., None]] = {
    "move": join, "split": split, "merge": merge, "new_head": lead, "migration": leave, "come_back": back, "death": die,
}  # fmt: skip


@FEW
@given(happenings)
def test_who_lives_where_on_every_day(places, story):
    """Never in two households, one head in each that has members, and the same people as the twin, every day."""
    with undone():
        village = Village()
        for one in story:
            happen(village, *one)

        for number in range(DAYS):
            lived: dict[int, tuple[int, str]] = {}
            for household in village.households:
                seen = queries_history.household_as_of(SYSTEM, household.pk, day(number))
                assert [one.relation for one in seen.members].count("head") == bool(seen.members), (
                    household.pk,
                    number,
                )
                for member in seen.members:
                    assert member.person.pk not in lived
                    lived[member.person.pk] = (household.pk, member.relation)
            assert lived == {one.pk: where for one in village.people if (where := village.lives(one.pk, number))}, (
                number
            )

        projection_equal(village)


def projection_equal(village: Village) -> None:
    """The table of memberships, for every day, and the present row of each person say the same."""
    rows = list(Membership.objects.all())
    for person in village.people:
        for number in range(DAYS):
            found = [
                (row.household_id, row.relation) for row in rows
                if row.person_id == person.pk and (row.valid_from is None or row.valid_from <= day(number))
                and (row.valid_to is None or day(number) < row.valid_to)
            ]  # fmt: skip
            assert found == [where for where in [village.lives(person.pk, number)] if where], (person.name_bn, number)
        today = village.lives(person.pk)
        person.refresh_from_db()
        if today:
            assert (person.household_id, person.relation) == today
