"""Populations that the tests of this folder share; made once a run."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from shohay.bulk.synth import Generated, demo_areas, generate

AS_OF = dt.date(2026, 11, 22)
DATA = Path(__file__).resolve().parents[3] / "src" / "shohay" / "data"


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """100,000 households of the whole country, seed 20, snapshot form."""
    out = tmp_path_factory.mktemp("nation")
    return generate(households=100_000, seed=20, areas=None, out=out, form="snapshot", as_of=AS_OF)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    """3,000 households of the demo upazilas in both forms, some rows bad on purpose."""
    out = tmp_path_factory.mktemp("demo")
    return generate(households=3_000, seed=5, areas=demo_areas(), out=out, form="both", as_of=AS_OF)


def connected(made: Generated) -> duckdb.DuckDBPyConnection:
    """The tables of a population as views; ``persons`` also has age and planted (kind or null)."""
    engine = duckdb.connect()
    for path in sorted(made.paths["snapshot"].glob("*.parquet")):
        engine.execute(f"create view {path.stem}_ as from '{path}'")
    engine.execute(f"create view truth as from '{made.truth_path}'")
    engine.execute(
        "create table persons as select p.*, t.kind as planted, date_part('year', age(?, birth_date))::int as age"
        " from persons_ p left join truth t using (person_id)".replace("?", f"date '{AS_OF}'")
    )
    return engine


@pytest.fixture(scope="session")
def of_nation(nation: Generated) -> Iterator[duckdb.DuckDBPyConnection]:
    with connected(nation) as engine:
        yield engine


@pytest.fixture(scope="session")
def of_demo(demo: Generated) -> Iterator[duckdb.DuckDBPyConnection]:
    with connected(demo) as engine:
        yield engine


def union_codes() -> pa.Table:
    with (DATA / "places" / "unions.csv").open(encoding="utf-8") as file:
        return pa.table({"code": [row["code"] for row in csv.DictReader(file)]})
