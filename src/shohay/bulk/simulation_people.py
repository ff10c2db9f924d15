"""Everybody as columns in memory: the one pass over the data of a simulation.

The snapshot is read range by range, side by side, and decided by the code of a determination (bulk.chunk). What is
kept of ten million people is some forty bytes each: household, number, a code of sex, age, disability and community,
and what they hold now; of those eligible under a rule what bulk.simulation_rules says.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shohay.bulk import chunk, facts, plan, reading, simulation_rules, snapshot
from shohay.bulk.alike import Rows
from shohay.bulk.engine import Engine
from shohay.bulk.plan import Plan
from shohay.bulk.simulation_plan import Shared
from shohay.bulk.simulation_rules import Eligible
from shohay.core.simulation_result import AGE_BANDS

Column = NDArray[Any]
SEX, AREA_TYPE = ("male", "female", "hijra"), ("rural", "urban", "city")
PERSON_SIZES = (len(SEX) + 1, len(AGE_BANDS) + 1, 3, 2)  # sex, age, disability, community; the last = not known
CELLS = int(np.prod(PERSON_SIZES))
OLDEST, AGELESS = 99, 255  # years; older people count as OLDEST
HOME_NAMES = ("household_size", "head_sex", "head_age", "area_type", "household_income")
PERSON_NAMES = ("sex", "birth_date", "disability", "community")
Made = TypeVar("Made", "Homes", "Persons")
Decided = tuple[pa.Table, Rows, dict[str, Column]]  # the households of a range, its persons, the masks of both
Decide = Callable[[duckdb.DuckDBPyConnection, Path, Plan, reading.Range, int], Decided]


@dataclass(slots=True)
class Homes:
    """Households; ``size`` counts the living members, ``income`` is taka a year, ``welfare`` taka a head and month."""

    ids: Column
    area: Column  # place in the areas
    size: Column
    head_sex: Column
    head_age: Column
    area_type: Column
    held: Column  # bits
    income: Column
    welfare: Column


@dataclass(slots=True)
class Persons:
    """Persons, household after household; ``cell`` is CELLS for who is not counted (dead, or a second record)."""

    ids: Column
    home: Column  # place in the households
    cell: Column
    sex: Column
    age: Column
    held: Column


@dataclass(slots=True)
class Population:
    """All of it; ``weight`` of each household (how many it stands for), None where each is itself."""

    homes: Homes
    persons: Persons
    eligible: list[Eligible]
    weight: Column | None

    def weights(self, rows: Column, of_household: bool) -> Column | None:
        """The weights of rows."""
        if self.weight is None:
            return None
        return np.asarray(self.weight[rows if of_household else self.persons.home[rows]])

    def count(self, rows: Column, of_household: bool) -> float:
        """How many of the country these rows are."""
        own = self.weights(rows, of_household)
        return float(len(rows) if own is None else own.sum())


@dataclass(slots=True)
class Weights:
    """Weights of households, in the order of their ids."""

    ids: Column
    weight: Column

    def of(self, ids: Column) -> Column:
        """The weights of these households; 0 for one that is not listed."""
        at = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where(self.ids[at] == ids, self.weight[at], 0.0)


def read(
    engine: Engine, where: Path, shared: Shared, weights: Weights | None, areas: Sequence[str], persons_each: int,
    done: Callable[[int, int], None],
) -> Population:  # fmt: skip
    """Read and decide the whole snapshot. ``areas`` are the codes of its areas.

    A registry is decided on Spark where that is the engine; a survey and a sample are small and stay on DuckDB.
    """
    ranges = list(enumerate(snapshot.ranges(where, persons_each)))

    def decided(decide: Decide) -> list[Population]:
        return engine.each(
            ranges,
            lambda item: _part(engine, where, shared, weights, areas, item[1], item[0], decide),
            lambda count: done(count, len(ranges)),
        )

    if engine.master and weights is None:  # beside the snapshot: there the executors of a cluster see it
        with tempfile.TemporaryDirectory(prefix="decided-", dir=where.parent) as folder:
            parts = decided(_on_spark(engine, where, shared, [one for _, one in ranges], Path(folder).resolve()))
    else:
        parts = decided(_on_duckdb)
    starts = np.cumsum([0, *(len(part.homes.ids) for part in parts)])
    for part, start in zip(parts, starts.tolist(), strict=False):
        part.persons.home += start
    people = np.cumsum([0, *(len(part.persons.ids) for part in parts)])
    eligible = []
    for number, rule in enumerate(shared.rules):
        own = [part.eligible[number] for part in parts]
        eligible.append(simulation_rules.join(own, starts if rule.of_household else people))
    homes = _joined(Homes, [part.homes for part in parts])
    weight = weights.of(homes.ids) if weights else None
    return Population(homes, _joined(Persons, [part.persons for part in parts]), eligible, weight)


def _joined(kind: type[Made], parts: list[Made]) -> Made:
    return kind(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(kind)))


def _part(
    engine: Engine, where: Path, shared: Shared, weights: Weights | None, areas: Sequence[str], range_: reading.Range,
    number: int, decide: Decide,
) -> Population:  # fmt: skip
    """One range, decided."""
    con, plan_ = engine.connect(), shared.plan
    try:
        homes, rows, masks = decide(con, where, plan_, range_, number)
        home = reading.place(rows.table["household_id"], homes["household_id"])
        told, weight = _homes(homes, areas), weights.of(homes["household_id"].to_numpy()) if weights else None
        persons = _persons(rows, home, plan_.ymd)
        found = simulation_rules.eligible(con, shared, homes, rows.table, masks, weight, home)
        return Population(told, persons, found, weight)
    finally:
        con.close()


def _needed(plan_: Plan) -> tuple[list[str], list[str], str]:
    """All facts that are needed, the columns of households that are kept, and welfare as SQL."""
    extra = [*HOME_NAMES, *(sorted(plan_.formula.facts) if plan_.formula else ())]
    every = [*plan_.needed("household"), *plan_.needed("person"), "pmt_score", *extra, *PERSON_NAMES]
    welfare = plan_.formula.welfare_sql(plan.bindings(plan_.ymd)) if plan_.formula else "cast(null as double)"
    kept = list(dict.fromkeys([*chunk.household_kept(plan_), *extra]))
    return facts.closure(dict.fromkeys(every), plan_.formula), kept, welfare


def _on_duckdb(con: duckdb.DuckDBPyConnection, where: Path, plan_: Plan, range_: reading.Range, number: int) -> Decided:
    names, kept, welfare = _needed(plan_)
    wanted = [name for name in names if facts.level(name) in ("household", "area")]
    rows, own = chunk.read_range(con, where, plan_, range_, names)
    query = chunk.households_sql(plan_, wanted, kept)
    homes = con.execute(f"select *, {welfare} as welfare from ({query})").to_arrow_table()
    masks = {n: homes[n].to_numpy() for n in homes.column_names if n.startswith("m_R")}
    rows = chunk.with_household(plan_, rows, homes, own)
    if plan_.of_unit("person"):
        masks |= chunk.person_masks(con, plan_, rows)
    return homes, rows, masks


def _on_spark(engine: Engine, where: Path, shared: Shared, ranges: Sequence[reading.Range], folder: Path) -> Decide:
    """All ranges decided on Spark; what then reads one of them."""
    from shohay.bulk.spark import simulation as spark

    names, kept, welfare = _needed(shared.plan)
    wanted = spark.Wanted(names, kept, welfare)
    spark.decide(engine, where, shared.plan, wanted, ranges, folder)
    return lambda con, where, plan_, range_, number: spark.part(con, where, plan_, wanted, range_, folder, number)


def _homes(homes: pa.Table, areas: Sequence[str]) -> Homes:
    age = numbers(homes["head_age"], AGELESS)
    return Homes(
        homes["household_id"].to_numpy(), coded(homes["area_code"], areas).astype(np.int32),
        numbers(homes["household_size"], 0).astype(np.int32), coded(homes["head_sex"], SEX).astype(np.int8),
        np.where(age == AGELESS, AGELESS, np.clip(age, 0, OLDEST)).astype(np.uint8),
        coded(homes["area_type"], AREA_TYPE).astype(np.int8), numbers(homes["household_receives"], 0),
        reals(homes["household_income"]), reals(homes["welfare"]),
    )  # fmt: skip


def _persons(rows: Rows, home: Column, ymd: int) -> Persons:
    table = rows.table
    sex, age = coded(table["sex"], SEX), _ages(rows, ymd)
    band = np.where(age == AGELESS, len(AGE_BANDS), np.searchsorted(AGE_BANDS, age, side="right") - 1)
    kind = coded(table["disability"], ("none",))
    disabled = np.where(valid(table["disability"]), kind, 2)
    community = valid(table["community"]).astype(np.int64)
    cell = ((sex * PERSON_SIZES[1] + band) * PERSON_SIZES[2] + disabled) * PERSON_SIZES[3] + community
    counted = table["is_alive"].to_numpy() & ~table["is_duplicate"].to_numpy()
    return Persons(
        table["person_id"].to_numpy(), home.astype(np.int64), np.where(counted, cell, CELLS).astype(np.int16),
        sex.astype(np.int8), age, numbers(table["receives"], 0),
    )  # fmt: skip


def _ages(rows: Rows, ymd: int) -> Column:
    """Whole years on the day; each date is reckoned once."""
    codes, values = rows.codes("birth_date")
    born = np.asarray(pc.add(
        pc.add(pc.multiply(pc.year(values), 10000), pc.multiply(pc.month(values), 100)), pc.day(values)
    ).fill_null(0))  # fmt: skip
    age = np.where(born == 0, AGELESS, np.clip((ymd - born) // 10000, 0, OLDEST)).astype(np.uint8)
    return np.asarray(age[codes.of])


def coded(column: pa.ChunkedArray | pa.Array, words: Sequence[str]) -> Column:
    """The place of each text among ``words``; their number for another text and for what is not told."""
    plain = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if not pa.types.is_dictionary(plain.type):
        plain = plain.dictionary_encode()
    place = np.asarray(
        pc.fill_null(pc.index_in(plain.dictionary.cast(pa.string()), value_set=pa.array(words)), len(words))
    )
    return np.append(place, len(words)).astype(np.int64)[np.asarray(plain.indices.fill_null(len(place)))]


def valid(column: pa.ChunkedArray) -> Column:
    """Whether each value is told."""
    return np.asarray(column.is_valid().combine_chunks().to_numpy(zero_copy_only=False))


def numbers(column: pa.ChunkedArray, missing: int) -> Column:
    """Whole numbers; ``missing`` for what is not told."""
    return np.asarray(pc.fill_null(column, missing).to_numpy()).astype(np.int64)


def reals(column: pa.ChunkedArray) -> Column:
    """Numbers; NaN for what is not told."""
    return np.asarray(column.cast(pa.float64()).to_numpy())
