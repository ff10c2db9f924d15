"""The table of facts is what the criteria see: compared person by person with the facts of a single answer."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest

from shohay.bulk import fact_table, pmt, sample
from shohay.bulk.answers import facts_of
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal
from shohay.policy import shipped

DAY = dt.date(2026, 11, 21)
EVERY = list(FACTS)
SHARED = [name for name, fact in FACTS.items() if fact.level in ("household", "area")]


@pytest.fixture(scope="module")
def population(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.write(tmp_path_factory.mktemp("snapshot"), 1200, DAY, upazilas=4)


def test_every_fact_of_a_person_as_in_a_single_answer(population: Path) -> None:
    formula = pmt.shipped()
    table = fact_table.persons(population, EVERY, on=DAY, formula=formula)
    assert table.column_names[:3] == ["person_id", "household_id", "area_code"]
    for row in table.to_pylist()[::397]:
        one = facts_of(population, row["person_id"], row["household_id"], shipped.definitions(), DAY, formula)
        for name, value in one.items():
            if name in fact_table.LISTS:
                assert set(row[name]) - {"OMS"} == set(value) - {"OMS", "OTHER"}, name  # OMS has no definition
            else:
                assert row[name] == value, name


def test_household_and_person_tables_agree(population: Path) -> None:
    formula = pmt.shipped()
    homes = fact_table.households(population, SHARED, on=DAY, formula=formula)
    people = fact_table.persons(population, SHARED, on=DAY, formula=formula)
    assert homes["household_id"].to_pylist() == sorted(homes["household_id"].to_pylist())
    of_home = {row.pop("household_id"): row for row in homes.to_pylist()}
    seen = set()
    for row in people.to_pylist():
        seen.add(row["household_id"])
        assert of_home[row["household_id"]] == {name: row[name] for name in of_home[row["household_id"]]}
    assert seen == set(of_home)
    assert pc.sum(homes["household_size"]).as_py() <= people.num_rows


def test_ages_are_counted_on_the_day(population: Path) -> None:
    now, later = (
        fact_table.persons(population, ["age"], on=day)["age"].to_numpy(zero_copy_only=False)
        for day in (DAY, DAY.replace(year=DAY.year + 5))
    )
    assert set(np.unique((later - now)[~np.isnan(now)])) == {5.0}


def test_a_sample_takes_whole_households_and_always_the_same(population: Path) -> None:
    def ids(share: float, seed: int = 1, names: tuple[str, ...] = ()) -> set[int]:
        return set(
            fact_table.households(population, names, on=DAY, sample=share, seed=seed)["household_id"].to_pylist()
        )

    half, quarter = ids(0.5), ids(0.25)
    assert quarter < half == ids(0.5, names=("rooms",))
    assert half != ids(0.5, seed=2)
    assert 100 < len(half) < 200
    members = fact_table.persons(population, ["sex"], on=DAY, sample=0.5, seed=1)
    assert set(members["household_id"].to_pylist()) == half
    assert ids(0.0) == set()


def test_what_is_no_fact_is_refused(population: Path) -> None:
    with pytest.raises(Refusal, match="password"):
        fact_table.persons(population, ["password"], on=DAY)
    with pytest.raises(Refusal, match="a fact of a person"):
        fact_table.households(population, ["age"], on=DAY)
