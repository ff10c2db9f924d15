"""Facts of everybody in a snapshot as one table: what a simulation, a poverty score or a statistic reads.

The facts are those of criteria, computed by the same code as a decision (bulk.people counts over members, bulk.plan
writes what is derived), range by range side by side; nothing is looped over people. A fact that cannot be told is
NULL. Ages are counted on the day ``on``. A ``sample`` takes whole households by a number made of the household's id and
the seed: the same households on every machine, whatever else is asked.

A column has the name of its fact: bool, date32, string, a number (int or double as it is kept), and for ``receives``
and ``household_receives`` the list of programme codes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shohay.bulk import facts, people, plan, reading, snapshot
from shohay.bulk.alike import Rows, staged
from shohay.bulk.engine import Engine, choose
from shohay.bulk.plan import Plan
from shohay.bulk.pmt import Formula
from shohay.bulk.reading import Range
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal

PERSONS_EACH = 500_000
HOME_IDS, PERSON_IDS = ("household_id", "area_code"), ("person_id", "household_id", "area_code")
LISTS = ("receives", "household_receives")
SIZE = "household_size"
Made = TypeVar("Made")


def households(
    snapshot: Path, names: Sequence[str], *, on: dt.date, formula: Formula | None = None, engine: Engine | None = None,
    sample: float = 1.0, seed: int = 0,
) -> pa.Table:  # fmt: skip
    """A row a household in the order of the ids: household_id, area_code, household_size and the facts ``names``.

    Raises Refusal('criterion_unknown_fact') for a name that is no fact and Refusal('fact_of_person') for one that is
    about a person. A household in which nobody lives has household_size 0.
    """
    for name in names:
        if _level(name) not in ("household", "area") and name != "household_receives":
            raise Refusal("fact_of_person", fact=name)
    return _table(snapshot, list(dict.fromkeys([SIZE, *names])), "household", on, formula, engine, sample, seed)


def persons(
    snapshot: Path, names: Sequence[str], *, on: dt.date, formula: Formula | None = None, engine: Engine | None = None,
    sample: float = 1.0, seed: int = 0,
) -> pa.Table:  # fmt: skip
    """A row a record of a person, household after household: person_id, household_id, area_code, the facts ``names``.

    The dead and second records are among them: ask for ``is_alive`` and ``is_duplicate``. Facts of the household and of
    the area stand beside each of its members. Raises Refusal('criterion_unknown_fact').
    """
    for name in names:
        _level(name)
    return _table(snapshot, list(dict.fromkeys(names)), "person", on, formula, engine, sample, seed)


def household(
    snapshot: Path, household_id: int, names: Sequence[str], *, on: dt.date, formula: Formula | None = None
) -> pa.Table:
    """The same of one household: only the row groups around it are read. No row where the snapshot does not hold it."""
    plan_ = Plan([], on, formula, {})
    range_ = (household_id, household_id + 1)
    return _part(choose(), snapshot, plan_, range_, list(dict.fromkeys([SIZE, *names])), "household", 1.0, 0)


def taken(household_ids: NDArray[Any], share: float, seed: int) -> NDArray[np.bool_]:
    """Which households a sample of ``share`` takes: splitmix64 of id and seed, as a share of 2**64."""
    with np.errstate(over="ignore"):
        mixed = household_ids.astype(np.uint64) + np.uint64(seed % 2**32 + 1) * np.uint64(0x9E3779B97F4A7C15)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
        mixed ^= mixed >> np.uint64(31)
    return np.asarray(mixed < np.uint64(min(int(share * 2.0**64), 2**64 - 1)))


def _level(name: str) -> str:
    if name not in FACTS:
        raise Refusal("criterion_unknown_fact", name=name[:60])
    return FACTS[name].level


def _table(
    where: Path, names: list[str], unit: str, on: dt.date, formula: Formula | None, engine: Engine | None,
    sample: float, seed: int,
) -> pa.Table:  # fmt: skip
    return pa.concat_tables(
        each(where, names, unit, lambda table: table, on=on, formula=formula, engine=engine, sample=sample, seed=seed)
    )


def each(
    where: Path, names: Sequence[str], unit: str, work: Callable[[pa.Table], Made], *, on: dt.date,
    formula: Formula | None = None, engine: Engine | None = None, sample: float = 1.0, seed: int = 0,
    done: Callable[[int, int], None] = lambda count, of: None,
) -> list[Made]:  # fmt: skip
    """``work`` of the table of each range of the snapshot, side by side, so that the nation never stands in memory.

    ``unit`` is person or household; the columns are those of ``persons`` and ``households``.
    """
    snapshot.check(where)
    engine = engine or choose()
    plan_ = Plan([], on, formula, _bits(engine, where) if {*LISTS, "programmes_held"} & set(names) else {})
    ranges = snapshot.ranges(where, PERSONS_EACH)
    return engine.each(
        ranges,
        lambda range_: work(_part(engine, where, plan_, range_, list(names), unit, sample, seed)),
        lambda count: done(count, len(ranges)),
    )


def _bits(engine: Engine, where: Path) -> dict[str, int]:
    """A bit for each programme that anybody is on; should there be too many, the last share one."""
    homes = str(snapshot.table_path(where, "households")).replace("'", "''")
    query = (
        f"select unnest(declared_programmes) as code from read_parquet('{homes}') where len(declared_programmes) > 0"
    )
    if snapshot.has(where, "held"):
        query += f" union select programme_code from read_parquet('{snapshot.table_path(where, 'held')!s}')"
    con = engine.connect()
    try:
        codes = [code for (code,) in con.execute(f"select distinct code from ({query}) order by code").fetchall()]
    finally:
        con.close()
    return {code: bit for bit, code in enumerate(codes[: plan.OTHER_BIT])}


def _part(
    engine: Engine, where: Path, plan_: Plan, range_: Range, names: list[str], unit: str, sample: float, seed: int
) -> pa.Table:
    """The rows of one range."""
    needed = facts.closure(names, plan_.formula)
    shared = [name for name in needed if facts.level(name) in ("household", "area") or name == "household_receives"]
    own = [name for name in needed if name not in shared] if unit == "person" else []
    con = engine.connect()
    try:
        columns = people.columns_of(shared, []) | (facts.PERSON_COLUMNS.keys() & set(own))
        rows = Rows(_sampled(reading.persons(where, range_, columns), sample, seed))
        held = reading.held(con, where, plan_, range_) if {*LISTS} & set(needed) else None
        table = rows.table
        if unit == "household" or shared:
            homes = _sampled(reading.households(where, range_, shared), sample, seed)
            homes = _homes(con, plan_, homes, rows, shared, held[1] if held else None)
            table = homes if unit == "household" else _beside(rows, homes, shared)
        if "receives" in own and held:
            found = reading.place(table["person_id"], held[0]["person_id"])
            table = table.append_column("receives", reading.taken_or_0(held[0]["held"], found))
        ids = HOME_IDS if unit == "household" else PERSON_IDS
        return _written(con, plan_, table, own, [*ids, *names])
    finally:
        con.close()


def _sampled(table: pa.Table, sample: float, seed: int) -> pa.Table:
    if sample >= 1:
        return table
    chosen = table.filter(pa.array(taken(table["household_id"].to_numpy(), sample, seed)))
    return pa.table({name: chosen[name].combine_chunks() for name in chosen.column_names})


def _homes(
    con: duckdb.DuckDBPyConnection, plan_: Plan, homes: pa.Table, rows: Rows, shared: list[str], held: pa.Table | None
) -> pa.Table:
    """The households with their facts, and what they are on as bits."""
    counted = people.counted(shared)
    if counted:
        counts = people.counts(con, plan_, rows, shared, [])
        found = reading.place(homes["household_id"], counts["household_id"])
        for name in counts.column_names[1:]:
            homes = homes.append_column(name, reading.taken(counts[name], found))
    if held is not None:
        found = reading.place(homes["household_id"], held["household_id"])
        homes = homes.append_column("household_receives", reading.taken_or_0(held["held"], found))
    con.register("homes", homes)
    made = [f"{facts.known(name, plan_.ymd)} as {name}" for name in counted]
    made += [f"substring(area_code, 1, {digits}) as {name}" for name, digits in facts.AREA_DIGITS.items()]
    derived = plan.derivations([name for name in shared if name != "household_receives"], [], plan_.formula)
    source = staged(f"(select *, {', '.join(made)} from homes)", derived)
    return con.execute(f"select * from {source}").to_arrow_table()


def _beside(rows: Rows, homes: pa.Table, shared: list[str]) -> pa.Table:
    """The persons with the facts of their household beside them; unknown where nobody knows the household."""
    found = reading.place(rows.table["household_id"], homes["household_id"])
    table = rows.table
    for name in shared:
        table = table.append_column(name, reading.taken(homes[name], found))
    return table


def _written(
    con: duckdb.DuckDBPyConnection, plan_: Plan, table: pa.Table, own: list[str], names: list[str]
) -> pa.Table:
    """The columns ``names`` of the table, what is derived of persons added, codes and texts as plain values."""
    con.register("told", table)
    derived = [(name.removesuffix(f"_{plan_.ymd}"), sql) for name, sql in plan.derivations(own, [plan_.ymd], None)]
    columns = [f"{_codes(plan_, name)} as {name}" if name in LISTS else name for name in names]
    return con.execute(f"select {', '.join(columns)} from {staged('told', derived)}").to_arrow_table()


def _codes(plan_: Plan, column: str) -> str:
    """The programme codes of a column of bits, as SQL of a list."""
    codes = ", ".join(f"case when {column} & {1 << bit} <> 0 then '{code}' end" for code, bit in plan_.bits.items())
    other = f"case when {column} & {1 << plan.OTHER_BIT} <> 0 then 'OTHER' end"
    return f"list_filter([{', '.join(filter(None, (codes, other)))}], lambda code: code is not null)"
