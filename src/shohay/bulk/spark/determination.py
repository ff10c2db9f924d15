"""Everybody's answer on Spark; the files are those of bulk.determination, to the last byte.

Spark counts over members, decides households and persons and ranks, and leaves its tables under ``work``, one file for
each range of households. The driver then writes the result files from them, range by range, with the very code that
writes them after DuckDB has decided: an answer's bytes do not tell which engine gave it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shohay.bulk import chunk, facts, people, reading
from shohay.bulk.chunk import Counts
from shohay.bulk.engine import Engine
from shohay.bulk.plan import Plan
from shohay.bulk.reading import Range
from shohay.bulk.spark import dialect, households, persons, ranking
from shohay.bulk.spark.households import ROW
from shohay.bulk.spark.session import Table, open_session

Ranges = Sequence[tuple[int, Range]]
Say = Callable[[str, int, int], None]


def decide(engine: Engine, where: Path, plan_: Plan, out: Path, ranges: Ranges, say: Say) -> list[Counts]:
    """Write all answers; how often each mask occurred in each range."""
    session = open_session(engine, partitions(engine, ranges))
    names = facts.closure([*plan_.needed("household"), *plan_.needed("person"), "pmt_score"], plan_.formula)
    columns = people.columns_of(names, plan_.payees()) | (facts.PERSON_COLUMNS.keys() & set(names))
    everybody = households.persons(session, where, columns)
    own, held = households.bits(session, where, plan_)
    homes = households.decided(session, where, plan_, names, everybody, held, chunk.household_kept(plan_))
    decided = {"households": homes_of(plan_, homes)}
    write(decided["households"], _folder(out, "households"), ranges)
    say("spark", 1, 3)
    if plan_.of_unit("person"):
        kinds = decided["households"].kinds
        again = Table(session.read.parquet(_folder(out, "households").as_uri()), kinds)
        write(persons.decided(plan_, everybody, again, own), _folder(out, "answers"), ranges)
    say("spark", 2, 3)

    def one(item: tuple[int, Range]) -> Counts:
        return {
            code: count
            for unit in ("household", "person")
            for code, count in _answers(engine, plan_, where, out, item[0], unit).items()
        }

    return engine.each(ranges, one, lambda done: say("decide", done, len(ranges)))


def rank(
    engine: Engine, plan_: Plan, out: Path, seed: int, quotas: dict[tuple[str, str], int] | None, say: Say
) -> None:
    """Rank the candidates on Spark and write ranked.parquet and applicants.parquet."""
    session = open_session(engine, 1)
    tables = []
    for unit, folder in (("household", "households"), ("person", "answers")):
        if any(_folder(out, folder).glob("*.parquet")):
            kinds = dialect.kinds_of(_schema(_folder(out, folder)))
            tables.append((unit, Table(session.read.parquet(_folder(out, folder).as_uri()).where("chosen"), kinds)))
    ranking.write(session, plan_, tables, out / "work" / "spark", seed, quotas)
    say("spark", 3, 3)
    ranking.collect(engine, plan_, out, say)


def partitions(engine: Engine, ranges: Ranges) -> int:
    """Partitions after a shuffle: some for each range, so that no task holds more than a quarter million people."""
    return max(engine.workers, 4 * len(ranges) - 2)


def homes_of(plan_: Plan, homes: Table) -> Table:
    return persons.chosen(plan_, homes, "household", chunk.household_kept(plan_), [])


def _folder(out: Path, table: str) -> Path:
    return (out / "work" / "spark" / table).resolve()


def _schema(folder: Path) -> pa.Schema:
    return pq.read_schema(next(iter(sorted(folder.glob("*.parquet")))))


def write(table: Table, folder: Path, ranges: Ranges) -> None:
    """One file for each range, its rows in the order of the snapshot; the file's number is the range's."""
    cuts = [low for _, (low, _) in ranges][1:]
    frame = table.frame.withColumn("part", _expression(_part_sql(cuts, 0)))
    frame = frame.repartitionById(len(ranges), "part").sortWithinPartitions(ROW).drop("part")
    frame.write.mode("overwrite").parquet(folder.as_uri())


def read(folder: Path, number: int, columns: list[str], texts: Sequence[str] = ()) -> pa.Table:
    """The columns of a range as Spark left them, in the order of the snapshot; ``texts`` as dictionaries."""
    files = sorted(folder.glob(f"part-{number:05d}-*.parquet"))
    wanted = [*columns, ROW]
    if not files:  # nobody is in the range
        return _schema(folder).empty_table().select(columns)
    table = pa.concat_tables(
        pq.read_table(file, columns=wanted, read_dictionary=list(texts), partitioning=None) for file in files
    )
    if (np.diff(table[ROW].to_numpy()) <= 0).any():
        raise ValueError(f"the rows of {folder.name} {number} are not in the order of the snapshot")
    return table.select(columns)


def _expression(sql: str) -> Any:
    from pyspark.sql import functions

    return functions.expr(sql)


def _part_sql(cuts: Sequence[int], first: int) -> str:
    """The number of the range that holds ``household_id``, found by halving."""
    if not cuts:
        return str(first)
    middle = len(cuts) // 2
    low, high = _part_sql(cuts[:middle], first), _part_sql(cuts[middle + 1 :], first + middle + 1)
    return f"(case when household_id < {cuts[middle]} then {low} else {high} end)"


def _answers(engine: Engine, plan_: Plan, where: Path, out: Path, number: int, unit: str) -> Counts:
    """Write the answers of one range from what Spark left; how often each mask occurred."""
    folder = {"household": "households", "person": "answers"}[unit]
    if unit == "person" and not plan_.of_unit("person"):
        return {}
    con = engine.connect()
    try:
        ids, masks = _read(con, where, plan_, _folder(out, folder), number, unit)
        chunk.write(con, ids, masks, out / folder / f"part-{number:05d}.parquet")
    finally:
        con.close()
    return {name[2:]: chunk.occurrences(mask) for name, mask in masks.items()}


def _read(
    con: duckdb.DuckDBPyConnection, where: Path, plan_: Plan, folder: Path, number: int, unit: str
) -> tuple[pa.Table, dict[str, chunk.Column]]:
    """The columns beside the answers of a range, typed as DuckDB types them, and the masks."""
    names = [f"m_{programme.code}" for programme in plan_.of_unit(unit)]
    shape = chunk.shape(con, where, plan_)
    wanted = chunk.written(plan_) if unit == "household" else list(reading.IDS)
    table = read(folder, number, [*wanted, *names], ["area_code"] if unit == "person" else [])
    ids = pa.table({
        name: table[name].unify_dictionaries().combine_chunks()
        if unit == "person"
        else table[name].cast(shape.field(name).type)
        for name in wanted
    })  # fmt: skip
    return ids, {name: table[name].to_numpy().astype(np.uint32) for name in names}
