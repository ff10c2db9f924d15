"""The determination on Spark: the files of DuckDB's, byte for byte, for 100,000 households of whom anything may be unknown."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from shohay.bulk import pmt, snapshot
from shohay.bulk.determination import Determined, determine
from shohay.bulk.engine import Engine
from shohay.policy import shipped
from tests.bulk.spark.conftest import DAY

pytestmark = pytest.mark.spark


def run(where: Path, out: Path, engine: Engine, quotas: dict[tuple[str, str], int] | None, each: int) -> Determined:
    return determine(
        snapshot=where, definitions=shipped.definitions(), on=DAY, out=out, formula=pmt.shipped(), seed=2026,
        quotas=quotas, engine=engine, persons_each=each,
    )  # fmt: skip


def scarce(where: Path) -> dict[tuple[str, str], int]:
    """Places in three of four upazilas, from none to many, another number for each programme."""
    areas = duckdb.sql(f"select distinct area_code[:6] from '{where}/households.parquet' order by 1").fetchall()
    return {
        (definition.code, area): (7 * place + 3 * number) % 60
        for number, definition in enumerate(shipped.definitions())
        for place, (area,) in enumerate(areas)
        if place % 4
    }


def differences(one: Determined, other: Determined) -> list[str]:
    """Which rows of which files are not the same, to be read by a person."""
    said = []
    for name in sorted(one.files.keys() | other.files.keys()):
        if one.files.get(name) == other.files.get(name) or not name.endswith(".parquet"):
            continue
        tables = [duckdb.from_arrow(pq.read_table(found.path / name)) for found in (one, other)]
        for left, right in (tables, tables[::-1]):
            said.append(f"{name}: {left.except_(right).limit(3).fetchall()}")
    return said


def test_a_hundred_thousand_households_are_decided_and_ranked_the_same(
    nation: Path, spark: Engine, tmp_path: Path
) -> None:
    assert pq.read_metadata(snapshot.table_path(nation, "households")).num_rows >= 100_000
    quotas = scarce(nation)
    duck = run(nation, tmp_path / "duck", Engine(), quotas, 150_000)
    other = run(nation, tmp_path / "spark", spark, quotas, 150_000)
    assert len(list((duck.path / "answers").iterdir())) > 1
    assert differences(duck, other) == []
    assert other.files == duck.files
    assert other.sha256 == duck.sha256
    told = [of for of in duck.counts.values() if of["eligible"] and of["not_eligible"] and of["cannot_tell"]]
    assert len(told) >= 10, "the population no longer tries all three answers"
    cut = [code for code, of in duck.counts.items() if 0 < of["selected"] < of["ranked"]]
    assert len(cut) >= 5, "the quotas no longer cut any list"


def test_a_snapshot_with_nobody_in_it(spark: Engine, tmp_path: Path) -> None:
    where = tmp_path / "empty"
    where.mkdir()
    for name, schema in snapshot.SCHEMAS.items():
        pq.write_table(schema.empty_table(), snapshot.table_path(where, name))
    found = run(where, tmp_path / "out", spark, None, 1000)
    assert found.files == run(where, tmp_path / "duck", Engine(), None, 1000).files
