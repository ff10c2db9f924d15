"""A range of households of a snapshot as columns in memory: persons, households, and what they hold and asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from shohay.bulk import facts, plan, snapshot
from shohay.bulk.plan import Plan
from shohay.core.messages import Refusal

Range = tuple[int, int | None]
IDS = ("person_id", "household_id", "area_code")
ALWAYS = {"is_alive": True, "is_duplicate": False}  # what is meant where nothing is told


def persons(where: Path, range_: Range, names: Iterable[str]) -> pa.Table:
    """Who they are, whether they live and count, and the facts ``names`` (of facts.PERSON_COLUMNS)."""
    columns = {name: name for name in IDS} | {name: facts.PERSON_COLUMNS[name] for name in sorted({*names, *ALWAYS})}
    table = _rows(where, "persons", range_, columns)
    for name, meant in ALWAYS.items():
        table = table.set_column(table.schema.get_field_index(name), name, pc.fill_null(table[name], meant))
    return table


def households(where: Path, range_: Range, wanted: Iterable[str]) -> pa.Table:
    """Who they are, and those of the facts ``wanted`` that stand in the snapshot of them or of their area."""
    names = [name for name in wanted if name in facts.HOUSEHOLD_COLUMNS]
    columns = {name: name for name in IDS[1:]} | {name: facts.HOUSEHOLD_COLUMNS[name] for name in names}
    table = _rows(where, "households", range_, columns)
    of_area = [name for name in wanted if name in snapshot.AREA_FACTS]
    if of_area:
        areas = pq.read_table(snapshot.table_path(where, "areas"))
        found = place(table["area_code"], areas["area_code"])
        for name in of_area:
            known = name in areas.column_names
            column = areas[name] if known else pa.nulls(areas.num_rows, snapshot.AREA_FACTS[name])
            table = table.append_column(name, taken(column, found))
    return table


def _rows(where: Path, table: str, range_: Range, columns: Mapping[str, str]) -> pa.Table:
    """The rows of a range, in order, texts as dictionaries; only its row groups are read."""
    path = snapshot.table_path(where, table)
    schema = pq.read_schema(path)
    absent = {
        name: column
        for name, column in columns.items()
        if column in snapshot.PERSON_EXTRA and column not in schema.names
    }
    columns = {name: column for name, column in columns.items() if name not in absent}
    texts = [field.name for field in schema if field.type in (pa.string(), pa.large_string())]
    with pq.ParquetFile(path, read_dictionary=texts) as file:
        found = file.read_row_groups(_groups(file, range_), columns=list(columns.values()), use_threads=False)
    homes = found["household_id"].to_numpy()
    if (homes[1:] < homes[:-1]).any():
        raise Refusal("snapshot_not_ordered", table=table)
    first, end = (len(homes) if id_ is None else int(np.searchsorted(homes, id_)) for id_ in range_)
    found = found.slice(first, end - first).unify_dictionaries()
    made = {name: found[column].combine_chunks() for name, column in columns.items()}
    unknown = {name: pa.nulls(end - first, snapshot.PERSON_EXTRA[column]) for name, column in absent.items()}
    return pa.table(made | unknown)


def _groups(file: pq.ParquetFile, range_: Range) -> list[int]:
    """The row groups that hold households of the range."""
    low, below = range_
    metadata = file.metadata
    at = next(i for i in range(metadata.num_columns) if metadata.schema.column(i).path == "household_id")
    found = []
    for group in range(metadata.num_row_groups):
        statistics = metadata.row_group(group).column(at).statistics
        if (
            statistics
            and statistics.has_min_max
            and statistics.max >= low
            and (below is None or statistics.min < below)
        ):
            found.append(group)
    return found


def place(ids: pa.Array, among: pa.Array) -> NDArray[Any]:
    """Where each of ``ids`` stands in ``among``; -1 where it does not."""
    return np.asarray(pc.fill_null(pc.index_in(ids, value_set=among), -1))


def taken(column: pa.Array, at: NDArray[Any]) -> pa.Array:
    """The values of ``column`` at the places ``at``; NULL at -1."""
    return column.take(pa.array(at, mask=at < 0))


def taken_or_0(column: pa.Array, at: NDArray[Any]) -> pa.Array:
    """The numbers of ``column`` at the places ``at``; 0 at -1."""
    return pa.array(np.append(column.to_numpy(), 0)[at])


def held(con: duckdb.DuckDBPyConnection, where: Path, plan_: Plan, range_: Range) -> tuple[pa.Table, pa.Table]:
    """What persons, and what households, are on and applied for, as bits: (person_id | household_id, held, applied).

    A household is on what its members are on and what it declared.
    """
    con.execute(f"create or replace temp table own as {_own(where, plan_, range_)}")
    bit = plan.bit_sql(plan_, "code")
    declared = (
        "select household_id, unnest(declared_programmes) as code from "
        f"{_query(where, 'households', range_)} where len(declared_programmes) > 0"
    )
    every = (
        "select household_id, held, applied from own "
        f"union all select household_id, cast({bit} as bigint), 0 from ({declared})"
    )
    homes = (
        f"select household_id, bit_or(held) as held, bit_or(applied) as applied from ({every}) group by household_id"
    )
    own = "select person_id, bit_or(held) as held, bit_or(applied) as applied from own group by person_id"
    return con.execute(own).to_arrow_table(), con.execute(homes).to_arrow_table()


def _own(where: Path, plan_: Plan, range_: Range) -> str:
    """Each enrolment and application of the range as a bit."""
    parts = [
        "select 0::bigint as person_id, 0::bigint as household_id, 0::bigint as held, 0::bigint as applied limit 0"
    ]
    bit = f"cast({plan.bit_sql(plan_, 'programme_code')} as bigint)"
    for table, bits in (("held", f"{bit}, 0"), ("applications", f"0, {bit}")):
        if snapshot.has(where, table):
            parts.append(f"select person_id, household_id, {bits} from {_query(where, table, range_)}")
    return " union all ".join(f"({part})" for part in parts)


def _query(where: Path, table: str, range_: Range) -> str:
    """The rows of a table in the range, as SQL; row groups outside it are not read."""
    low, below = range_
    path = str(snapshot.table_path(where, table)).replace("'", "''")
    bound = f" and household_id < {below}" if below is not None else ""
    return f"(select * from read_parquet('{path}') where household_id >= {low}{bound})"
