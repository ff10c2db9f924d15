"""What the tests of Spark share: a population in which anything may be unknown, and one session for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from shohay.bulk import sample, snapshot
from shohay.bulk.engine import Engine, choose, spark_lacks

DAY = dt.date(2026, 2, 28)  # the day before whoever was born on 29 February turns a year older
KEPT = {"person_id", "household_id", "area_code", "line_no"}
ODD = {  # now and then instead of what stands there
    "birth_date": "date '1960-02-29' + 1461 * ({draw} % 16)::integer",
    "occupation": "'চা-শ্রমিক'",
    "community": "'সাঁওতাল'",
    "walls": "'ইট'",
    "annual_income": "({draw} % 3)::bigint",
    "homestead_decimals": "(({draw} % 100) / 7.0)::double",
}


@pytest.fixture(scope="session")
def spark() -> Iterator[Engine]:
    """Spark on this machine, stopped at the end; without pyspark or Java the test is skipped."""
    if missing := spark_lacks():
        pytest.skip(f"Spark needs {missing}, which is not here: make spark")
    from shohay.bulk.spark.session import close

    yield choose("local[2]")
    close()


def make_odd(where: Path, out: Path) -> Path:
    """The snapshot ``where`` with one value in eight unknown, and one in eight odd, wherever a value may be."""
    out.mkdir()
    for path in where.glob("*.parquet"):
        if path.stem not in ("persons", "households"):
            (out / path.name).symlink_to(path)
    for table, key in (("persons", "person_id"), ("households", "household_id")):
        changed = []
        for salt, column in enumerate(snapshot.SCHEMAS[table].names):
            if column in KEPT:
                continue
            draw = f"(hash({key} * 101 + {salt}) // 8)"
            odd = (
                f"when hash({key} * 101 + {salt}) % 8 = 1 then {ODD[column].format(draw=draw)}" if column in ODD else ""
            )
            changed.append(
                f"case when hash({key} * 101 + {salt}) % 8 = 0 then null {odd} else {column} end as {column}"
            )
        source, target = snapshot.table_path(where, table), snapshot.table_path(out, table)
        duckdb.sql(
            f"copy (select * replace ({', '.join(changed)}) from read_parquet('{source}')) to '{target}' "
            f"(format parquet, row_group_size {snapshot.ROW_GROUP})"
        )
    snapshot.write_manifest(out, DAY)
    return out


@pytest.fixture(scope="session")
def nation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """100,000 random households: some 400,000 people of whom anything may be unknown."""
    folder = tmp_path_factory.mktemp("nation")
    return make_odd(sample.write(folder / "told", 400_000, DAY, upazilas=40), folder / "odd")
