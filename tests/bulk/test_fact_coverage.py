"""Coverage of facts against counting the rows of the table one by one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from shohay.bulk import fact_coverage, fact_table, pmt, sample
from shohay.core.facts import FACTS
from tests.naive.criteria import judge

DAY = dt.date(2026, 11, 21)
FORMULA = pmt.shipped()


@pytest.fixture(scope="module")
def population(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.write(tmp_path_factory.mktemp("snapshot"), 1200, DAY, upazilas=4)


@pytest.fixture(scope="module")
def figures(population: Path) -> dict[str, Any]:
    return fact_coverage.measure(population, on=DAY, formula=FORMULA)


def test_missing_is_counted_of_those_who_are_asked(population: Path, figures: dict[str, Any]) -> None:
    names = [name for name, fact in FACTS.items() if fact.level == "person"]
    people = fact_table.persons(population, [*names, "area_type"], on=DAY, formula=FORMULA).to_pylist()
    people = [row for row in people if row["is_alive"] and not row["is_duplicate"]]
    assert figures["rows"]["person"] == len(people)
    for name in names:
        whom = [row for row in people if not FACTS[name].asked_of or judge(FACTS[name].asked_of, row, {}) is True]
        of = figures["facts"][name]
        assert (of["rows"], of["missing"]) == (len(whom), sum(row[name] is None for row in whom)), name
        by_sex = Counter(row["sex"] or "" for row in whom)
        assert {key: pair[0] for key, pair in of["by"]["sex"].items()} == dict(by_sex), name
        for groups in of["by"].values():
            assert [sum(pair[n] for pair in groups.values()) for n in (0, 1)] == [of["rows"], of["missing"]], name


def test_households_and_areas(population: Path, figures: dict[str, Any]) -> None:
    homes = fact_table.households(population, ["walls", "oaa_universal", "area_type"], on=DAY).to_pylist()
    homes = [row for row in homes if row["household_size"]]
    walls = figures["facts"]["walls"]
    assert (walls["rows"], walls["missing"]) == (len(homes), sum(row["walls"] is None for row in homes))
    assert walls["values"] == dict(Counter(row["walls"] for row in homes if row["walls"]).most_common())
    assert figures["facts"]["oaa_universal"]["missing"] == len(homes)  # the sample knows it of no upazila
    assert fact_coverage.lacking(figures)["oaa_universal"] == 1.0


def test_quantiles_are_near_those_of_the_rows(population: Path, figures: dict[str, Any]) -> None:
    people = fact_table.persons(population, ["age", "is_alive", "is_duplicate"], on=DAY).to_pylist()
    ages = sorted(
        row["age"] for row in people if row["is_alive"] and not row["is_duplicate"] and row["age"] is not None
    )
    found = figures["facts"]["age"]
    assert found["quantiles"]["50"] == ages[-(-len(ages) // 2) - 1]
    assert found["mean"] == pytest.approx(sum(ages) / len(ages), rel=0.01)
    assert list(found["quantiles"].values()) == sorted(found["quantiles"].values())


def test_what_few_have_is_not_told_apart() -> None:
    told = fact_coverage._spread(FACTS["community"], Counter({"bede": 500, "tea": 9, "hijra": 3}))
    assert told == {"values": {"bede": 500, "*": 12}}
    assert fact_coverage._spread(FACTS["age"], Counter({60.0: 3})) == {"quantiles": {}}


def test_every_measurable_fact_is_measured(figures: dict[str, Any]) -> None:
    assert set(figures["facts"]) == {name for name, fact in FACTS.items() if fact.level != "benefit"}
    assert len(FACTS) >= 60
