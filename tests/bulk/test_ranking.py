"""Ranked lists: order of priority, quotas, reserved places, one a household, the lot."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.bulk import pmt, ranking, sample
from shohay.bulk.determination import determine
from shohay.policy import shipped

DAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def population(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.write(tmp_path_factory.mktemp("snapshot"), 40_000, DAY, upazilas=4)


def ranked(
    population: Path, out: Path, quotas: dict[tuple[str, str], int] | None, text: str = ""
) -> list[dict[str, Any]]:
    definitions = list(shipped.definitions())
    if text:
        definitions = [shipped.by_code()["OAA"][0].parse(text)]
    determine(
        snapshot=population, definitions=definitions, on=DAY, out=out, formula=pmt.shipped(), seed=3, quotas=quotas
    )
    return duckdb.sql(f"select * from read_parquet('{out}/ranked.parquet')").to_arrow_table().to_pylist()


@pytest.fixture(scope="module")
def free(population: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return ranked(population, tmp_path_factory.mktemp("free") / "out", None)


def test_ranks_count_up_within_the_upazila_and_all_are_selected(free: list[dict[str, Any]]) -> None:
    groups = defaultdict(list)
    for row in free:
        assert row["area_code"].startswith(row["upazila_code"])
        assert row["selected"]
        groups[row["programme_code"], row["upazila_code"]].append(row["rank"])
    assert len(groups) > 20
    assert all(ranks == list(range(1, len(ranks) + 1)) for ranks in groups.values())


def test_the_poorest_come_first_where_the_score_orders(free: list[dict[str, Any]]) -> None:
    groups = defaultdict(list)
    for row in free:
        if row["programme_code"] == "FAMCARD":
            groups[row["upazila_code"]].append(row["score"])
    assert all(scores == sorted(scores) for scores in groups.values())


def test_one_card_a_household(free: list[dict[str, Any]]) -> None:
    homes = [row["household_id"] for row in free if row["programme_code"] == "VWB"]
    assert len(homes) == len(set(homes)) > 0


def test_the_benefit_facts_travel_with_the_row(free: list[dict[str, Any]]) -> None:
    assert all("primary_pupils" in row["facts"] for row in free if row["programme_code"] == "PESP")
    assert all(row["facts"] is None for row in free if row["programme_code"] == "OAA")


def test_the_quota_cuts_and_an_unlisted_upazila_has_no_places(
    population: Path, free: list[dict[str, Any]], tmp_path: Path
) -> None:
    upazilas = sorted({row["upazila_code"] for row in free if row["programme_code"] == "FAMCARD"})
    found = ranked(population, tmp_path / "out", {("FAMCARD", upazilas[0]): 3, ("FAMCARD", upazilas[1]): 10_000})
    for row in found:
        if row["programme_code"] != "FAMCARD":
            assert row["selected"]
        elif row["upazila_code"] == upazilas[0]:
            assert row["selected"] == (row["rank"] <= 3)
        else:
            assert row["selected"] == (row["upazila_code"] == upazilas[1])


def test_women_take_their_share(population: Path, free: list[dict[str, Any]], tmp_path: Path) -> None:
    upazilas = sorted({row["upazila_code"] for row in free if row["programme_code"] == "OAA"})
    text = shipped.read("OAA", "definition.yaml").replace("women_share_at_least: 0.5", "women_share_at_least: 0.8")
    found = ranked(population, tmp_path / "out", {("OAA", area): 5 for area in upazilas}, text)
    women = {
        row[0]
        for row in duckdb.sql(
            f"select person_id from read_parquet('{population}/persons.parquet') where sex = 'female'"
        ).fetchall()
    }
    for area in upazilas:
        rows = [row for row in found if row["upazila_code"] == area]
        taken = [row for row in rows if row["selected"]]
        there = [row for row in rows if row["person_id"] in women]
        assert len(taken) == min(5, len(rows))
        assert sum(row["person_id"] in women for row in taken) >= min(math.ceil(0.8 * 5), len(there))
        reserved = [row["person_id"] for row in there[:4]]
        rest = [row["person_id"] for row in rows if row["person_id"] not in reserved]
        assert {row["person_id"] for row in taken} == set(reserved + rest[: 5 - len(reserved)])


def test_whoever_is_on_it_is_not_ranked_again(population: Path, free: list[dict[str, Any]]) -> None:
    held = set(
        duckdb.sql(f"select person_id, programme_code from read_parquet('{population}/held.parquet')").fetchall()
    )
    assert not held & {(row["person_id"], row["programme_code"]) for row in free}


@given(st.integers(1, 10**12), st.integers(0, 2**31))
def test_the_lot_is_the_same_in_python(person: int, seed: int) -> None:
    found = duckdb.sql(f"select {ranking.lot_sql('p', seed)} from (select {person}::bigint as p)").fetchone()
    assert found == (ranking.lot(person, seed),)


def test_the_lot_depends_on_the_seed() -> None:
    orders = {tuple(sorted(range(1, 50), key=lambda person: ranking.lot(person, seed))) for seed in range(20)}
    assert len(orders) == 20
