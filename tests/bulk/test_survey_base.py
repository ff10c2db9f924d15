"""Survey bases: the synthetic one, and microdata with everything that may be wrong with them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from shohay.bulk import snapshot, survey_base, survey_base_files
from shohay.bulk.survey_synth import LINE
from shohay.bulk.synth.homes import poverty_target
from shohay.core.messages import Refusal

MAPPING = """
format: 1
survey: TEST
round: "2026"
title: {bn: "পরীক্ষা", en: "Test"}
collected_on: 2026-07-01
source: "a test"
synthetic: true
household:
  id: hhid
  weight: w
  stratum: st
  psu: psu
  area: upz
  welfare: {column: exp, months: 12}
  line: {value: 3000}
  facts:
    area_type: {column: area, values: {"1": rural, "2": urban}}
    rooms: {column: rooms}
    has_television: {column: tv, values: {"1": true, "2": false}}
person:
  household: hhid
  line: lno
  age: age
  facts:
    sex: {column: sex, values: {"1": male, "2": female}}
    relation: {column: rel, values: {"1": head, "2": spouse, "3": child}}
  held:
    OAA: {column: oaa, values: ["1"]}
"""
HOMES = ["hhid", "w", "st", "psu", "upz", "exp", "area", "rooms", "tv"]
PEOPLE = ["hhid", "lno", "age", "sex", "rel", "oaa"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return survey_base.synthetic(households=960, seed=3, out=tmp_path_factory.mktemp("survey") / "base")


def test_the_synthetic_survey_has_a_design_and_says_what_it_is(base: Path) -> None:
    snapshot.check(base)
    assert survey_base.is_survey(base)
    assert survey_base.info(base)["synthetic"] is True
    design = survey_base.weights(base)
    assert design.num_rows == pq.read_metadata(base / "households.parquet").num_rows == 48 * survey_base.EACH
    clusters = design.group_by("psu").aggregate([("household_id", "count")])["household_id_count"].to_pylist()
    assert set(clusters) == {survey_base.EACH}
    assert len(set(design["stratum"].to_pylist())) == 16
    assert round(sum(design["weight"].to_pylist()) / 41_000_000, 3) == 1


def test_so_many_are_poor_as_the_division_has_poor_and_the_poor_own_less(base: Path) -> None:
    table = survey_base.table(base, ["rooms", "fans", "division_code", "area_type"])
    people = table["weight"].to_numpy() * table["household_size"].to_numpy()
    welfare, poor = table["welfare"].to_numpy(), table["welfare"].to_numpy() < LINE
    rates = [poverty_target(division, town) for division in range(8) for town in (False, True)]
    assert min(rates) - 0.03 < (people * poor).sum() / people.sum() < max(rates) + 0.03
    fans = table["fans"].to_numpy(zero_copy_only=False)
    told = ~np.isnan(fans.astype(float))
    assert np.corrcoef(fans[told].astype(float), np.log(welfare[told]))[0, 1] > 0.3


def test_the_same_seed_gives_the_same_bytes(base: Path, tmp_path: Path) -> None:
    again = survey_base.synthetic(households=960, seed=3, out=tmp_path / "again")
    assert snapshot.read_manifest(again).sha256 == snapshot.read_manifest(base).sha256
    assert snapshot.verify(again) == []


def files(folder: Path, homes: list[list[Any]], people: list[list[Any]]) -> tuple[Path, Path]:
    made = []
    for name, header, rows in (("homes.csv", HOMES, homes), ("people.csv", PEOPLE, people)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        made.append(folder / name)
    return made[0], made[1]


GOOD = [
    ["a1", "10.5", "s1", "c1", "100409", "60000", "1", "2", "1"],
    ["a2", "9", "s1", "c2", "100419", "24000", "2", "x", "3"],
]
FOLK = [["a1", "1", "67", "1", "1", "1"], ["a1", "2", "60", "2", "2", "0"], ["a2", "1", "30", "2", "1", ""]]


def test_microdata_become_a_base(tmp_path: Path) -> None:
    made = survey_base_files.make(*files(tmp_path, GOOD, FOLK), MAPPING, tmp_path / "base")
    assert made.findings == {"not_translated.has_television": 1}
    snapshot.check(made.path)
    table = survey_base.table(made.path, ["rooms", "has_television", "head_sex", "head_age", "household_receives"])
    rows = table.to_pylist()
    assert [(row["weight"], row["welfare"], row["line"]) for row in rows] == [(10.5, 5000, 3000), (9, 2000, 3000)]
    assert [(row["rooms"], row["has_television"], row["head_sex"], row["head_age"]) for row in rows] == [
        (2, True, "male", 67), (None, None, "female", 30),
    ]  # fmt: skip
    assert [row["household_receives"] for row in rows] == [["OAA"], []]
    assert survey_base.info(made.path)["findings"] == made.findings


def test_missing_weights_are_refused_with_their_number(tmp_path: Path) -> None:
    wrong = [[*GOOD[0][:1], "", *GOOD[0][2:]], [*GOOD[1][:1], "-1", *GOOD[1][2:]], ["a3", "nan", *GOOD[0][2:]]]
    with pytest.raises(Refusal) as refused:
        survey_base_files.make(*files(tmp_path, wrong, FOLK), MAPPING, tmp_path / "base")
    assert (refused.value.code, refused.value.params) == ("survey_base_weights", {"count": 3})
    assert not (tmp_path / "base").exists()


def test_lonely_strata_and_incomes_of_nothing_are_counted(tmp_path: Path) -> None:
    homes = [["a1", "1", "s1", "c1", "100409", "0", "1", "2", "1"], ["a2", "1", "s2", "c2", "100409", "-5", "1", "2", "1"],
             ["a3", "1", "s2", "c3", "100409", "?", "1", "2", "1"]]  # fmt: skip
    made = survey_base_files.make(
        *files(tmp_path, homes, [*FOLK, ["a9", "1", "5", "1", "3", ""]]), MAPPING, tmp_path / "base"
    )
    assert made.findings == {
        "strata_with_one_cluster": 1, "welfare_not_positive": 2, "welfare_missing": 1, "persons_without_household": 1,
        "households_without_persons": 1,
    }  # fmt: skip


@pytest.mark.parametrize(("old", "new"), [
    ("rooms: {column: rooms}", "rooms: {column: zimmer}"), ("rooms: {column: rooms}", "household_id: {column: rooms}"),
    ("format: 1", "format: 2"), ("weight: w", "weight: hhweight"), ("collected_on: 2026-07-01", "collected_on: soon"),
])  # fmt: skip
def test_a_wrong_document_is_refused(old: str, new: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        survey_base_files.make(*files(tmp_path, GOOD, FOLK), MAPPING.replace(old, new), tmp_path / "base")
    assert refused.value.code == "survey_base_wrong"


def test_a_household_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        survey_base_files.make(*files(tmp_path, [GOOD[0], GOOD[0]], FOLK), MAPPING, tmp_path / "base")
    assert refused.value.code == "survey_base_wrong"


def test_a_registry_snapshot_is_no_survey(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        survey_base.info(tmp_path)
    assert refused.value.code == "survey_base_missing"
