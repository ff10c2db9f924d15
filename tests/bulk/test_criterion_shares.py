"""How often a criterion holds over a snapshot, against counting the rows one by one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from shohay.bulk import fact_table, pmt, sample
from shohay.bulk.criterion_shares import shares
from shohay.core.messages import Refusal
from tests.naive.criteria import judge

DAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def population(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.write(tmp_path_factory.mktemp("snapshot"), 1200, DAY, upazilas=4)


@pytest.mark.parametrize(
    "text",
    ["age >= 60 and sex = 'female'", "annual_income < 10000 or is_disabled", "walls = 'mud' and age > 30", "false"],
)
def test_shares_are_what_each_person_answers(population: Path, text: str) -> None:
    names = [
        "age",
        "sex",
        "annual_income",
        "is_disabled",
        "walls",
        "is_alive",
        "is_duplicate",
        "birth_date",
        "disability",
    ]
    people = fact_table.persons(population, names, on=DAY).to_pylist()
    people = [row for row in people if row["is_alive"] and not row["is_duplicate"]]
    answers = [judge(text, row, {}) for row in people]
    found = shares(population, text, {}, unit="person", on=DAY)
    assert (found["true"], found["false"], found["unknown"]) == tuple(
        sum(answer is value for answer in answers) for value in (True, False, None)
    )
    for fact, rows in found["missing"].items():
        lacks = [row[fact] is None and answer is None for row, answer in zip(people, answers, strict=True)]
        assert rows == sum(lacks)


def test_households_and_what_is_behind_a_score(population: Path) -> None:
    found = shares(population, "pmt_score < 500", {}, unit="household", on=DAY, formula=pmt.shipped())
    homes = fact_table.households(population, ["pmt_score"], on=DAY, formula=pmt.shipped()).to_pylist()
    inhabited = [row for row in homes if row["household_size"]]
    assert found["true"] + found["false"] + found["unknown"] == len(inhabited)
    assert found["unknown"] == sum(row["pmt_score"] is None for row in inhabited) > 0
    assert found["missing"]["walls"] > 0 == found["missing"]["fans"]


def test_what_is_no_condition_is_refused(population: Path) -> None:
    with pytest.raises(Refusal, match="different kinds"):
        shares(population, "age + 1", {}, unit="person", on=DAY)
