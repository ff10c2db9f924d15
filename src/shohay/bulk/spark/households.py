"""Counts over the members of each household, and every household decided: bulk.people and half of bulk.chunk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from shohay.bulk import chunk, facts, people, plan, reading, snapshot
from shohay.bulk.plan import Plan
from shohay.bulk.spark import dialect
from shohay.bulk.spark.dialect import INT, TEXT
from shohay.bulk.spark.dialect import TYPES_OF as TYPES
from shohay.bulk.spark.session import Table, grouped

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EXTRA = {**snapshot.PERSON_EXTRA, **snapshot.AREA_FACTS}  # columns that a snapshot may have
ROW = "row_in_file"  # where the row stands in its file: the order of a snapshot, which no shuffle may lose


def read(session: SparkSession, where: Path, table: str, columns: dict[str, str]) -> Table:
    """Columns of a table of the snapshot (name -> column of the file), and where each row stands."""
    from pyspark.sql import functions

    path = snapshot.table_path(where, table)
    frame = session.read.parquet(path.resolve().as_uri())
    kinds = dialect.kinds_of(pq.read_schema(path))
    made = []
    for name, column in columns.items():
        if column not in frame.columns and column in EXTRA:  # an earlier snapshot does not have it
            kinds[column] = dialect.kind_of(EXTRA[column]) or TEXT
            made.append(functions.expr(f"cast(null as {TYPES[kinds[column]]})").alias(name))
        else:
            made.append(frame[column].alias(name))
    found = frame.select(*made, frame["_metadata.row_index"].alias(ROW))
    return Table(found, {name: kinds[column] for name, column in columns.items() if column in kinds} | {ROW: INT})


def persons(session: SparkSession, where: Path, names: set[str]) -> Table:
    """The persons with the facts ``names`` that stand in the snapshot; who lives and counts is always told."""
    columns = {name: name for name in reading.IDS}
    columns |= {name: facts.PERSON_COLUMNS[name] for name in sorted({*names, *reading.ALWAYS})}
    table = read(session, where, "persons", columns)
    told = {name: f"coalesce(`{name}`, {str(meant).lower()}) as `{name}`" for name, meant in reading.ALWAYS.items()}
    frame = table.frame.selectExpr(*[told.get(name, f"`{name}`") for name in table.frame.columns])
    return Table(frame, table.kinds)


def decided(
    session: SparkSession, where: Path, plan_: Plan, names: Sequence[str], members: Table, held: Table,
    kept: Sequence[str],
) -> Table:  # fmt: skip
    """Every household with its facts, sort keys and masks; ``names``: all facts that the run needs.

    The columns ``kept`` of it.
    """
    wanted = [name for name in names if facts.level(name) in ("household", "area")]
    homes = _told(session, where, wanted)
    homes = homes.join(counts(members, plan_, wanted), "household_id", "left")
    homes = homes.join(held, "household_id", "left")
    filled = [
        (name, f"coalesce({column}, 0)") for name, column in (("household_receives", "held"), ("applied", "asked"))
    ]
    refs = sorted({programme.ref for programme in plan_.of_unit("household")})
    homes = homes.add([*filled, *chunk.told(plan_, wanted)]).add(plan.derivations(wanted, refs, plan_.formula))
    masks = plan.masks(plan_, "household")
    homes = homes.add([*masks.atoms, *chunk.ordering(plan_, "household")]).add(masks.values).add(masks.sums)
    return homes.take([*kept, ROW])


def _told(session: SparkSession, where: Path, wanted: Sequence[str]) -> Table:
    """What the snapshot tells of households and of their areas."""
    columns = {name: name for name in reading.IDS[1:]}
    columns |= {name: facts.HOUSEHOLD_COLUMNS[name] for name in wanted if name in facts.HOUSEHOLD_COLUMNS}
    homes = read(session, where, "households", columns)
    if of_area := [name for name in wanted if name in snapshot.AREA_FACTS]:
        from pyspark.sql import functions

        areas = read(session, where, "areas", {name: name for name in ("area_code", *of_area)})
        areas = Table(functions.broadcast(areas.frame.drop(ROW)), {name: areas.kinds[name] for name in of_area})
        homes = homes.join(areas, "area_code", "left")
    return homes


def counts(members: Table, plan_: Plan, wanted: Sequence[str]) -> Table:
    """A row a household: ``<fact>_t`` of each fact over members, ``payee_<kind>``; as bulk.people.counts."""
    payees = plan_.payees()
    tallies = [name for name in people.counted(wanted) if name not in facts.OF_HEAD]
    _, rules = people.rules_of(plan_, tallies, payees)
    table = members.add(rules.derived).add(rules.comparisons)
    for layer in rules.layers:
        table = table.add(layer)
    made = [(f"{name}_t", f"sum({name}_t)", INT) for name in tallies]
    last = len(facts.PAYEE["woman"]) * people.STEP + people.STEP
    for kind in payees:
        found = f"min(payee_{kind} * {people.STEP} + person_id)"
        made.append((f"payee_{kind}", f"case when {found} < {last} then {found} % {people.STEP} end", INT))
    made += [
        (f"{name}_t", f"min_by(`{column}`, case when heads = 1 then {ROW} end)", table.kinds[column])
        for name, column in facts.OF_HEAD.items()
        if name in wanted
    ]
    return grouped(table, "household_id", made)


def bits(session: SparkSession, where: Path, plan_: Plan) -> tuple[Table, Table]:
    """What persons, and what households, are on and asked for, as bits: (person_id | household_id, held, asked)."""
    own = session.sql("select 0L as person_id, 0L as household_id, 0L as held, 0L as asked where false")
    kinds = dict.fromkeys(own.columns, INT)
    for name, columns in (("held", ("{bit}", "0L")), ("applications", ("0L", "{bit}"))):
        if snapshot.has(where, name):
            ids = {column: column for column in ("person_id", "household_id", "programme_code")}
            table = read(session, where, name, ids)
            bit = f"cast({dialect.say(plan.bit_sql(plan_, 'programme_code'), table.kinds).sql} as bigint)"
            held, asked = (column.format(bit=bit) for column in columns)
            own = own.union(table.frame.selectExpr("person_id", "household_id", f"{held} as held", f"{asked} as asked"))
    homes = read(session, where, "households", {"household_id": "household_id", "codes": "declared_programmes"})
    declared = homes.frame.where("size(codes) > 0").selectExpr("household_id", "explode(codes) as code")
    bit = dialect.say(plan.bit_sql(plan_, "code"), {"code": dialect.TEXT}).sql
    every = own.select("household_id", "held", "asked").union(
        declared.selectExpr("household_id", f"cast({bit} as bigint)", "0L")
    )
    summed = [("held", "bit_or(held)", INT), ("asked", "bit_or(asked)", INT)]
    return grouped(Table(own, kinds), "person_id", summed), grouped(Table(every, kinds), "household_id", summed)
