"""Determination of a whole snapshot against the naive twin, and what a run promises."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shohay.bulk import engine as engines
from shohay.bulk import pmt, sample, snapshot
from shohay.bulk.determination import Determined, answer, determine, facts_of, read_counts
from shohay.bulk.engine import Engine, choose
from shohay.core.messages import Refusal
from shohay.policy import shipped
from tests.naive.determination import decide

DAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def population(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample.write(tmp_path_factory.mktemp("snapshot"), 2400, DAY, upazilas=5)


def run(population: Path, out: Path, **changes: Any) -> Determined:
    given: dict[str, Any] = {
        "snapshot": population, "definitions": shipped.definitions(), "on": DAY, "out": out, "formula": pmt.shipped(),
        "seed": 7, "quotas": None,
    }  # fmt: skip
    return determine(**{**given, **changes})


@pytest.fixture(scope="module")
def result(population: Path, tmp_path_factory: pytest.TempPathFactory) -> Determined:
    return run(population, tmp_path_factory.mktemp("run") / "out")


def rows(path: str) -> list[dict[str, Any]]:
    return duckdb.sql(f"select * from read_parquet('{path}')").to_arrow_table().to_pylist()


@pytest.fixture(scope="module")
def odd(population: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two heads in a household, nothing told of who lives or counts, persons of households that nobody knows."""
    where = tmp_path_factory.mktemp("odd")
    for path in population.glob("*.parquet"):
        (where / path.name).symlink_to(path)
    (where / "persons.parquet").unlink()
    changed = (
        "case when line_no = 2 and person_id % 3 = 0 then 'head' else relation end as relation, "
        "case when person_id % 5 > 0 then is_alive end as is_alive, "
        "case when person_id % 7 > 0 then is_duplicate end as is_duplicate, "
        "case when person_id % 4 > 0 then sex end as sex"
    )
    persons = snapshot.table_path(population, "persons")
    strangers = "select * replace (household_id + 100000 as household_id) from (from people limit 50)"
    duckdb.sql(
        f"copy (with people as (select * replace ({changed}) from '{persons}') from people union all {strangers} "
        f"order by household_id, line_no) to '{where}/persons.parquet' (format parquet)"
    )
    return where


def test_odd_households_too(odd: Path, tmp_path: Path) -> None:
    test_every_person_and_household_as_the_naive_twin_says(odd, run(odd, tmp_path / "out"))


def test_every_person_and_household_as_the_naive_twin_says(population: Path, result: Determined) -> None:
    tables = {
        name: rows(str(snapshot.table_path(population, name))) for name in ("persons", "households", "held", "areas")
    }
    naive = decide(tables, list(shipped.definitions()), DAY)
    compared = 0
    for pattern, unit, key in (
        (result.answers, "person", "person_id"),
        (result.household_answers, "household", "household_id"),
    ):
        for row in rows(pattern):
            for definition in shipped.definitions():
                if definition.unit != unit:
                    continue
                version = definition.version_on(DAY)
                assert version is not None
                unknown, failed = divmod(row[f"{definition.code}_mask"], 1 << 16)
                for place, id_ in enumerate(version.criterion_ids):
                    expected = naive[definition.code, row[key]][id_]
                    fast = False if failed >> place & 1 else None if unknown >> place & 1 else True
                    assert fast is expected, (definition.code, row[key], id_)
                    compared += 1
    assert compared > 200_000


def test_the_same_input_gives_the_same_bytes_whatever_the_workers(
    population: Path, result: Determined, tmp_path: Path
) -> None:
    again = run(population, tmp_path / "again", engine=Engine(workers=1))
    assert again.sha256 == result.sha256
    assert again.files == result.files
    other = run(population, tmp_path / "other", seed=8)
    assert other.files["answers/part-00000.parquet"] == result.files["answers/part-00000.parquet"]
    assert other.files["ranked.parquet"] != result.files["ranked.parquet"]


def test_many_ranges_decide_as_one(tmp_path: Path) -> None:
    where = sample.write(tmp_path / "snapshot", 260_000, DAY, upazilas=20)
    whole = run(where, tmp_path / "one", persons_each=10_000_000)
    parts = run(where, tmp_path / "many", persons_each=100_000)
    assert len(list((parts.path / "answers").iterdir())) > 1
    assert parts.counts == whole.counts
    for name in ("ranked.parquet", "applicants.parquet"):
        assert pq.read_table(parts.path / name).equals(pq.read_table(whole.path / name))


def test_counts_add_up_and_are_written(population: Path, result: Determined) -> None:
    persons = pq.read_metadata(snapshot.table_path(population, "persons")).num_rows
    homes = pq.read_metadata(snapshot.table_path(population, "households")).num_rows
    for counts in result.counts.values():
        total = counts["eligible"] + counts["not_eligible"] + counts["cannot_tell"]
        assert total == (persons if counts["unit"] == "person" else homes)
        assert counts["selected"] <= counts["ranked"] <= counts["eligible"]
    assert read_counts(result.path) == result.counts


def test_applicants_are_told_why(result: Determined) -> None:
    table = rows(str(result.path / "applicants.parquet"))
    ids = {definition.code: definition.version_on(DAY) for definition in shipped.definitions()}
    assert table
    for row in table:
        version = ids[row["programme_code"]]
        assert version is not None
        assert (row["outcome"] == "not_eligible") == bool(row["failed"])
        assert (row["outcome"] == "cannot_tell") == (bool(row["unknown"]) and not row["failed"])
        assert set(row["failed"]) | set(row["unknown"]) <= set(version.criterion_ids)


def test_answer_for_one_agrees_with_the_run(population: Path, result: Determined) -> None:
    table = rows(str(result.path / "applicants.parquet"))[::40]
    for row in table:
        definition = next(found for found in shipped.definitions() if found.code == row["programme_code"])
        facts = facts_of(population, row["person_id"], row["household_id"], shipped.definitions(), DAY, pmt.shipped())
        found = next(
            one for one in answer(facts, shipped.definitions(), DAY, pmt.shipped()) if one.code == definition.code
        )
        assert found.outcome == row["outcome"]
        assert list(found.failed) == row["failed"]


def test_definitions_before_their_first_version_are_left_out(population: Path, tmp_path: Path) -> None:
    found = run(population, tmp_path / "old", on=dt.date(2016, 1, 1))
    assert "FAMCARD" not in found.counts
    assert "OAA" in found.counts


def test_nobody_holds_or_applies_when_the_tables_are_absent(population: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    for name in snapshot.NEEDED:
        (bare / f"{name}.parquet").symlink_to(snapshot.table_path(population, name))
    found = run(bare, tmp_path / "out")
    assert found.counts["OAA"]["applicants"] == 0
    assert found.counts["OAA"]["failed"]["compatible"] < 2400


def test_an_empty_snapshot_gives_empty_results(tmp_path: Path) -> None:
    for name, schema in snapshot.SCHEMAS.items():
        pq.write_table(schema.empty_table(), snapshot.table_path(tmp_path, name))
    found = run(tmp_path, tmp_path / "out")
    assert found.counts["OAA"]["eligible"] == 0
    assert pq.read_metadata(found.path / "ranked.parquet").num_rows == 0


def test_a_snapshot_out_of_order_is_refused(population: Path, tmp_path: Path) -> None:
    for name in snapshot.NEEDED:
        table = pq.read_table(snapshot.table_path(population, name))
        if name == "persons":
            table = table.sort_by([("household_id", "descending")])
        pq.write_table(table, snapshot.table_path(tmp_path, name), row_group_size=500)
    with pytest.raises(Refusal, match="not in order"):
        run(tmp_path, tmp_path / "out")


def test_a_snapshot_without_a_column_is_refused(population: Path, tmp_path: Path) -> None:
    for name in snapshot.NEEDED:
        table = pq.read_table(snapshot.table_path(population, name))
        pq.write_table(table.drop_columns(["sex"]) if name == "persons" else table, snapshot.table_path(tmp_path, name))
    with pytest.raises(Refusal, match="sex"):
        run(tmp_path, tmp_path / "out")


def test_manifest_names_the_snapshot_and_finds_a_changed_table(population: Path, tmp_path: Path) -> None:
    pq.write_table(pa.table({"area_code": ["1"]}), tmp_path / "areas.parquet")
    made = snapshot.write_manifest(tmp_path, DAY)
    assert snapshot.read_manifest(tmp_path) == made
    assert snapshot.verify(tmp_path) == []
    pq.write_table(pa.table({"area_code": ["2"]}), tmp_path / "areas.parquet")
    assert snapshot.verify(tmp_path) == ["areas"]


@pytest.mark.parametrize("name", ["polars", "local[x]", "local[0]", "spark:host", "spark://a b", "SPARK"])
def test_a_name_that_is_no_engine_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="There is no engine"):
        choose(name)


@pytest.mark.parametrize(("name", "missing"), [("pyspark", "pyspark"), ("java", "java")])
def test_spark_without_what_it_needs_is_refused(name: str, missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines.importlib.util, "find_spec", lambda found: None if name == "pyspark" else object())
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(Refusal, match=f"needs {missing}, which this machine has not"):
        choose("local[2]")


def test_the_master_of_a_spark_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "spark_lacks", lambda: "")
    assert choose("spark://one:7077,two:7077").master == "spark://one:7077,two:7077"
    assert choose("spark").master == "local[*]"
    assert choose().master is None


def test_progress_is_told(population: Path, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    run(population, tmp_path / "out", progress=lambda step, done, total: seen.append((step, done, total)))
    assert seen[0] == ("decide", 1, 1)
    assert seen[-1][0] == "rank"
    assert seen[-1][1] == seen[-1][2]
