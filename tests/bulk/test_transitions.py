"""Ends and moves of all enrolments in one query are those that the documents say of each."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from shohay.bulk import transitions
from shohay.policy import shipped
from tests.naive import transitions as naive

DAY = dt.date(2026, 11, 22)
DEFINITIONS = [definition for definition in shipped.definitions() if definition.version_on(DAY)]
CODES = sorted(definition.code for definition in DEFINITIONS)
PEOPLE = 12


def days(first: dt.date, last: dt.date):
    return st.none() | st.dates(first, last)


ENROLMENT = st.fixed_dictionaries({
    "person_id": st.integers(1, PEOPLE), "programme_code": st.sampled_from(CODES),
    "valid_from": st.dates(dt.date(2022, 1, 1), DAY),
    "death_date": st.just(None) | days(dt.date(2026, 1, 1), dt.date(2027, 1, 1)),
    "duplicate_of": st.just(None) | st.integers(1, PEOPLE),
    "abroad_since": st.just(None) | days(dt.date(2026, 1, 1), dt.date(2027, 1, 1)),
    "sex": st.sampled_from(["male", "female", "hijra"]), "birth_date": days(dt.date(1935, 1, 1), dt.date(1980, 1, 1)),
    "marital_status": st.none() | st.sampled_from(["married", "widowed"]), "disability": st.just("none"),
    "school_level": st.none() | st.sampled_from(["none", "primary"]), "annual_income": st.just(1000),
    "head_salary": st.none() | st.booleans(), "primary_pupils": st.none() | st.integers(0, 2),
})  # fmt: skip


def table(rows: list[dict]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=transitions.COLUMNS)


def numbered(drawn: list[dict]) -> list[dict]:
    """One enrolment a person and programme; two people share a household."""
    once = {(row["person_id"], row["programme_code"]): row for row in drawn}
    return [
        {**row, "enrolment_id": number, "household_id": row["person_id"] // 2, "area_code": "55495217"}
        for number, row in enumerate(once.values(), start=1)
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(ENROLMENT, min_size=1, max_size=14),
    st.dictionaries(st.sampled_from(CODES), st.dates(DAY, dt.date(2027, 12, 31))),
)
def test_the_query_finds_what_the_documents_say(drawn, until):
    rows = numbered(drawn)
    found = transitions.find(table(rows), DEFINITIONS, DAY, until).rows.to_pylist()
    assert [row["enrolment_id"] for row in found] == sorted(row["enrolment_id"] for row in found)
    told = {
        row["enrolment_id"]: (row["kind"], row["reason"], row["to_programme"], row["to_person_id"], row["ends_on"])
        for row in found
    }
    assert told == naive.find(rows, DEFINITIONS, DAY, until)


def one(**changes) -> dict | None:
    row = {"enrolment_id": 1, "person_id": 1, "household_id": 1, "area_code": "55495217", "programme_code": "WDA",
           "valid_from": dt.date(2020, 7, 1), "sex": "female", "birth_date": dt.date(1970, 1, 1),
           "marital_status": "widowed", **changes}  # fmt: skip
    found = transitions.find(table([row]), DEFINITIONS, DAY).rows.to_pylist()
    return found[0] if found else None


def test_a_widow_of_the_age_moves_when_the_quarter_ends_and_a_younger_one_stays():
    moved = one(birth_date=dt.date(1960, 7, 1))
    assert (moved["kind"], moved["to_programme"], moved["ends_on"]) == ("move", "OAA", dt.date(2027, 1, 1))
    assert one(birth_date=dt.date(1975, 1, 1)) is None
    assert one(birth_date=None) is None, "who cannot be told the age of stays"


def test_death_goes_before_moving_and_counts_from_the_next_month():
    ended = one(birth_date=dt.date(1950, 1, 1), death_date=dt.date(2026, 8, 15))
    assert (ended["kind"], ended["reason"], ended["ends_on"]) == ("end", "death", dt.date(2026, 9, 1))


def test_an_end_before_the_beginning_leaves_one_day():
    assert one(death_date=dt.date(2019, 1, 1))["ends_on"] == dt.date(2020, 7, 2)


def test_what_only_people_know_is_named():
    untold = transitions.find(table([]), DEFINITIONS, DAY).untold
    assert ("OAA", "false_information") in untold
    assert not [what for _, what in untold if what in transitions.RULES]
