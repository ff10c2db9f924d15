"""The scorecard: against the published table, and what a formula may not be."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from shohay.bulk import pmt
from shohay.core.messages import Refusal

POOREST = {"members_under_13": 3, "members_6_to_12": 2, "members_6_to_12_in_school": 1, "has_daily_labourer": True, "rooms": 1,
           "walls": "'straw'", "has_television": False, "fans": 0, "mobile_phones": 0, "has_vehicle": False,
           "cultivable_decimals": 50}  # fmt: skip
RICHEST = {"members_under_13": 0, "members_6_to_12": 1, "members_6_to_12_in_school": 1, "has_daily_labourer": False, "rooms": 3,
           "walls": "'brick'", "has_television": True, "fans": 2, "mobile_phones": 2, "has_vehicle": True,
           "cultivable_decimals": 51}  # fmt: skip


def points(facts: dict[str, object]) -> int | None:
    formula = pmt.shipped()
    columns = ", ".join(f"{value} as {name}" for name, value in facts.items())
    row = duckdb.sql(f"select {formula.sql({name: name for name in facts})} from (select {columns})").fetchone()
    return row[0] if row else None


def test_from_none_to_a_hundred() -> None:
    assert points(POOREST) == 0
    assert points(RICHEST) == 100


def test_unknown_asset_gives_no_score() -> None:
    assert points({**RICHEST, "fans": "null::integer"}) is None


def test_no_child_of_school_age_gives_nothing_for_school() -> None:
    assert points({**RICHEST, "members_6_to_12": 0, "members_6_to_12_in_school": 0}) == 94


def test_likelihood() -> None:
    formula = pmt.shipped()
    for score, percent in ((0, 87.3), (29, 50.4), (30, 40.9), (100, 0.0)):
        assert duckdb.sql(f"select {formula.likelihood_sql(str(score))}").fetchone() == (percent,)


def test_points_are_those_of_the_source(shared_folder: Path) -> None:
    with (shared_folder / "facts" / "ppi_bangladesh_2013_scorecard.csv").open() as file:
        source = [int(row["points"]) for row in csv.DictReader(file)]
    ours = [found for question in pmt.shipped().questions for _, found in question.answers]
    assert sum(source) - 0 == sum(ours)
    assert sorted(set(source)) == sorted(set(ours))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{points: 32}", '{when: "rooms > 1", points: 32}', "formula_rest"),
        ("{points: 32}", "{}", "formula_coefficient"),
        ("members_under_13 >= 3", "members_under_13", "formula_condition"),
        ("members_under_13 >= 3", "people >= 3", "criterion_unknown_fact"),
        ("members_under_13 >= 3", "age >= 3", "fact_of_person"),
        ("members_under_13 >= 3", "pmt_score >= 3", "formula_circle"),
        ("scale: 10", "scale: ten", "formula_number"),
        ("scale: 10", "scale: 10\nscales: 10", "formula_key"),
        ("code: ppi_2013", "code: ppi 2013", "formula_number"),
        ("[[0, 87.3], [5, 84.6]", "[[5, 84.6], [0, 87.3]", "formula_likelihood"),
        ("title: {bn", "title: {bangla", "formula_key"),
    ],
)
def test_a_wrong_formula_is_refused(old: str, new: str, code: str) -> None:
    text = pmt.shipped_text()
    assert old in text
    with pytest.raises(Refusal) as found:
        pmt.Formula.parse(text.replace(old, new))
    assert found.value.code == code
