"""The decisions of a simulation on Spark: one pass over the registry for the distinct rules of all scenarios.

Spark decides; the driver reads what it left range by range and chooses, pays and measures on columns in memory with the
code that does so after DuckDB has decided, so the result is the same to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from shohay.bulk import chunk, facts, people, reading
from shohay.bulk.alike import Rows
from shohay.bulk.chunk import Column
from shohay.bulk.engine import Engine
from shohay.bulk.plan import Plan
from shohay.bulk.reading import Range
from shohay.bulk.spark import determination, households, persons
from shohay.bulk.spark.session import Table, open_session


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a simulation needs: all facts, the columns of households that it keeps, and welfare as SQL over these.

    Welfare is made by the driver: an exponential function has another last digit on another engine.
    """

    names: list[str]
    kept: list[str]
    welfare: str

    @property
    def shared(self) -> list[str]:
        """The facts of households and areas."""
        return [name for name in self.names if facts.level(name) in ("household", "area")]


def decide(engine: Engine, where: Path, plan_: Plan, wanted: Wanted, ranges: Sequence[Range], folder: Path) -> None:
    """Write everybody's masks under ``folder``, one file for each range."""
    numbered = list(enumerate(ranges))
    session = open_session(engine, determination.partitions(engine, numbered))
    columns = people.columns_of(wanted.names, plan_.payees()) | (facts.PERSON_COLUMNS.keys() & set(wanted.names))
    everybody = households.persons(session, where, columns)
    own, held = households.bits(session, where, plan_)
    homes = households.decided(session, where, plan_, wanted.names, everybody, held, wanted.kept)
    determination.write(homes, folder / "households", numbered)
    if plan_.of_unit("person"):
        again = Table(session.read.parquet((folder / "households").as_uri()), homes.kinds)
        table = persons.judged(plan_, everybody, again, own)
        table = table.take(["person_id", "household_id", households.ROW, *persons.masks_of(plan_)])
        determination.write(table, folder / "persons", numbered)


def part(
    con: duckdb.DuckDBPyConnection, where: Path, plan_: Plan, wanted: Wanted, range_: Range, folder: Path, number: int
) -> tuple[pa.Table, Rows, dict[str, Column]]:
    """One range: the decided households, the persons beside theirs, and the masks of both."""
    columns = people.columns_of(wanted.names, plan_.payees()) | (facts.PERSON_COLUMNS.keys() & set(wanted.names))
    rows = Rows(reading.persons(where, range_, columns))
    own, _ = reading.held(con, where, plan_, range_)
    chunk.read_range(con, where, plan_, chunk.NOBODY, wanted.names)
    shape = con.execute(chunk.households_sql(plan_, wanted.shared, wanted.kept)).to_arrow_table().schema
    con.register("decided", determination.read(folder / "households", number, shape.names).cast(shape))
    homes = con.execute(f"select *, {wanted.welfare} as welfare from decided").to_arrow_table()
    con.unregister("decided")
    masks = {name: homes[name].to_numpy() for name in homes.column_names if name.startswith("m_")}
    rows = chunk.with_household(plan_, rows, homes, own)
    if plan_.of_unit("person"):
        found = determination.read(folder / "persons", number, ["person_id", *persons.masks_of(plan_)])
        if not found["person_id"].equals(rows.table["person_id"]):
            raise ValueError(f"Spark left other persons in range {number}")
        masks |= {name: found[name].to_numpy().astype(np.uint32) for name in persons.masks_of(plan_)}
    return homes, rows, masks
