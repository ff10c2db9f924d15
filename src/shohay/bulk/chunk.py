"""One range of households of a snapshot, decided.

``build`` writes everybody's masks to the files of answers and leaves two tables for the ranking: ``h`` and ``p``, a row
for each household and each person that applied for or may be selected for something. The range is read once, as
columns (bulk.reading); members are counted (bulk.people); households are decided in one query, with the part of their
members' masks that is about the household; persons who look alike to the criteria are decided once (bulk.alike).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shohay.bulk import alike, facts, people, plan, reading, snapshot
from shohay.bulk.alike import Rows, Rules
from shohay.bulk.plan import Plan, Programme
from shohay.bulk.reading import Range
from shohay.core.facts import FACTS

Column = NDArray[Any]
NOBODY: Range = (-(2**62), 1 - 2**62)  # a range without households
Counts = dict[str, dict[int, int]]  # for each programme how often each mask occurred


def build(con: duckdb.DuckDBPyConnection, where: Path, plan_: Plan, range_: Range, out: Path, name: str) -> Counts:
    """Write all answers of ``range_`` and make the tables ``h`` and ``p``; how often each mask occurred."""
    names = facts.closure([*plan_.needed("household"), *plan_.needed("person"), "pmt_score"], plan_.formula)
    wanted = [name for name in names if facts.level(name) in ("household", "area")]
    rows, own = read_range(con, where, plan_, range_, names)
    homes = con.execute(households_sql(plan_, wanted, household_kept(plan_))).to_arrow_table()
    masks = {column: homes[column].to_numpy() for column in homes.column_names if column.startswith("m_")}
    write(con, homes.select(written(plan_)), masks, out / "households" / name)
    con.register("decided", homes)
    _choose(con, "h", "select * from chosen", homes, plan_.of_unit("household"), masks)
    if programmes := plan_.of_unit("person"):
        rows = with_household(plan_, rows, homes, own)
        found = person_masks(con, plan_, rows)
        write(con, rows.table.select(reading.IDS), found, out / "answers" / name)
        table = rows.table
        for column, mask in found.items():
            table = table.append_column(column, pa.array(mask))
        _choose(con, "p", _persons(plan_, table.column_names), table, programmes, found)
        masks |= found
    return {column[2:]: occurrences(mask) for column, mask in masks.items()}


def _choose(
    con: duckdb.DuckDBPyConnection, name: str, query: str, table: pa.Table, programmes: list[Programme],
    masks: dict[str, Column],
) -> None:  # fmt: skip
    """Make the table ``name`` of those who applied, or are eligible where a programme selects from the registry."""
    chosen = table["applied"].to_numpy() != 0
    for programme in programmes:
        if programme.version.select_from == "registry":
            chosen |= masks[f"m_{programme.code}"] == 0
    con.register("chosen", table.filter(pa.array(chosen)))
    con.execute(f"create or replace temp table {name} as {query}")
    con.unregister("chosen")


def occurrences(mask: Column) -> dict[int, int]:
    counted = pc.value_counts(pa.array(mask))
    return dict(zip(counted.field(0).to_pylist(), counted.field(1).to_pylist(), strict=True))


def read_range(
    con: duckdb.DuckDBPyConnection, where: Path, plan_: Plan, range_: Range, names: list[str]
) -> tuple[Rows, pa.Table]:
    """The persons of a range and what they hold and asked for; the households stand in the table ``homes``.

    Of both the facts ``names``, as far as they are told or counted.
    """
    columns = people.columns_of(names, plan_.payees()) | (facts.PERSON_COLUMNS.keys() & set(names))
    rows = Rows(reading.persons(where, range_, columns))
    own, held = reading.held(con, where, plan_, range_)
    homes = reading.households(where, range_, names)
    counts = people.counts(con, plan_, rows, names, plan_.payees())
    found = reading.place(homes["household_id"], counts["household_id"])
    for name in counts.column_names[1:]:
        homes = homes.append_column(name, reading.taken(counts[name], found))
    found = reading.place(homes["household_id"], held["household_id"])
    for name, column in (("household_receives", "held"), ("applied", "applied")):
        homes = homes.append_column(name, reading.taken_or_0(held[column], found))
    con.register("homes", homes)
    return rows, own


def with_household(plan_: Plan, rows: Rows, homes: pa.Table, own: pa.Table) -> Rows:
    """The persons of known households, with what they and their household are on and what criteria read of it."""
    mixed = [name for name in plan_.judged() if facts.level(name) in ("household", "area")]
    at = people.starts(rows)
    home = reading.place(rows.table["household_id"].take(pa.array(at)), homes["household_id"])
    home = np.repeat(home, np.diff(at, append=rows.table.num_rows))
    if (home < 0).any():
        rows, home = Rows(rows.table.filter(pa.array(home >= 0))), home[home >= 0]
    table = rows.table
    for name in dict.fromkeys(["household_receives", *mixed, *_household_masks(plan_)]):
        table = table.append_column(name, reading.taken(homes[name], home))
    found = reading.place(table["person_id"], own["person_id"])
    for name, column in (("receives", "held"), ("applied", "applied")):
        table = table.append_column(name, reading.taken_or_0(own[column], found))
    return Rows(table, rows.numbered)


def _household_masks(plan_: Plan) -> list[str]:
    """The parts of persons' masks that are made with the households."""
    return [name for name, _ in plan.masks(plan_, "household").sums if name.startswith("hm_")]


def person_masks(con: duckdb.DuckDBPyConnection, plan_: Plan, rows: Rows) -> dict[str, Column]:
    """The mask of each programme for each person."""
    judged = plan_.judged()
    columns = [name for name in judged if name in facts.PERSON_COLUMNS or facts.level(name) in ("household", "area")]
    columns = list(dict.fromkeys([*columns, "is_alive", "is_duplicate", "receives", "household_receives"]))
    refs = sorted({programme.ref for programme in plan_.of_unit("person")})
    derived = plan.derivations([name for name in judged if facts.level(name) in ("person", "benefit")], refs, None)
    masks = plan.masks(plan_, "person")
    kinds = alike.decide(con, rows, columns, Rules(derived, masks.atoms, [masks.values, masks.sums]))
    made = {name: kinds.of(name) for name, _ in masks.sums}
    for name in _household_masks(plan_):
        made[name[1:]] |= rows.table[name].to_numpy()
    return made


def write(con: duckdb.DuckDBPyConnection, ids: pa.Table, masks: dict[str, Column], path: Path) -> None:
    """Write the answers of each programme beside the columns ``ids``."""
    for name, mask in masks.items():  # in one piece: two halves take twice as long to write
        ids = ids.append_column(f"{name[2:]}_mask", pa.array(mask))
    con.register("answers", ids)
    copy(con, "select * from answers", path)
    con.unregister("answers")


def written(plan_: Plan) -> list[str]:
    """What stands beside the answers of a household."""
    return ["household_id", "area_code", "pmt_score", *(f"payee_{kind}" for kind in plan_.payees())]


def copy(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write a query to a Parquet file; its bytes depend on the rows alone."""
    target = str(path).replace("'", "''")
    con.execute(
        f"copy ({query}) to '{target}' "
        f"(format parquet, compression zstd, compression_level 1, row_group_size {snapshot.ROW_GROUP})"
    )


def household_kept(plan_: Plan) -> list[str]:
    """The columns of a decided household."""
    masks = plan.masks(plan_, "household")
    keyed, _ = plan.keys(plan_, "household")
    universal = [f"u_{programme.code}" for programme in with_universal(plan_, "household")]
    kept = [*written(plan_), "household_receives", "applied", *plan_.lent()]
    kept += [
        *outliving(plan_, "household"),
        *(name for name, _ in keyed),
        *universal,
        *(name for name, _ in masks.sums),
    ]
    return list(dict.fromkeys(kept))


def households_sql(plan_: Plan, wanted: list[str], kept: list[str]) -> str:
    """The decided households of the table ``homes``, or all facts of the households (``kept`` = ['*'])."""
    made = [f"{sql} as {name}" for name, sql in told(plan_, wanted)]
    refs = sorted({programme.ref for programme in plan_.of_unit("household")})
    source = alike.staged(f"(select *, {', '.join(made)} from homes)", plan.derivations(wanted, refs, plan_.formula))
    masks = plan.masks(plan_, "household")
    return _decided(source, [[*masks.atoms, *ordering(plan_, "household")], masks.values, masks.sums], kept)


def told(plan_: Plan, wanted: list[str]) -> list[alike.Made]:
    """What is made of the counts over members and of the area's code."""
    made = [(name, facts.known(name, plan_.ymd)) for name in people.counted(wanted)]
    return made + [(name, f"substring(area_code, 1, {digits})") for name, digits in facts.AREA_DIGITS.items()]


def _persons(plan_: Plan, given: list[str]) -> str:
    """The persons of the table ``chosen``, whose columns are ``given``, with all that ranks and pays them."""
    needed = [name for name in plan_.needed("person") if facts.level(name) in ("person", "benefit")]
    lent = [name for name in (*plan_.lent(), "pmt_score") if name not in given]
    columns = "".join(f", h.{name}" for name in dict.fromkeys(lent))
    source = f"(select c.*{columns} from chosen c join decided h on h.household_id = c.household_id)"
    refs = sorted({programme.ref for programme in plan_.of_unit("person")})
    source = alike.staged(source, plan.derivations(needed, refs, plan_.formula))
    return _decided(source, [ordering(plan_, "person")], person_kept(plan_))


def person_kept(plan_: Plan) -> list[str]:
    """The columns of a person who may be ranked."""
    kept = ["person_id", "household_id", "area_code", "receives", "household_receives", "applied", "pmt_score"]
    keyed, _ = plan.keys(plan_, "person")
    kept += [*outliving(plan_, "person"), *(name for name, _ in keyed)]
    kept += [f"u_{programme.code}" for programme in with_universal(plan_, "person")]
    return kept + [f"m_{programme.code}" for programme in plan_.of_unit("person")]


def shape(con: duckdb.DuckDBPyConnection, where: Path, plan_: Plan) -> pa.Schema:
    """The columns of decided households and their types, as DuckDB makes them of this snapshot."""
    names = facts.closure([*plan_.needed("household"), *plan_.needed("person"), "pmt_score"], plan_.formula)
    wanted = [name for name in names if facts.level(name) in ("household", "area")]
    read_range(con, where, plan_, NOBODY, names)
    return con.execute(households_sql(plan_, wanted, household_kept(plan_))).to_arrow_table().schema


def outliving(plan_: Plan, unit: str) -> list[str]:
    """Facts that outlive the decision: those that the benefit schedule reads, and the sex where women have a share."""
    kept: list[str] = []
    for programme in plan_.of_unit(unit):
        kept += [plan.column_of(name, programme.ref) for name in programme.version.benefit_facts]
        if programme.version.quota.women_share_at_least:
            kept.append("head_sex" if unit == "household" else "sex")
    return kept


def ordering(plan_: Plan, unit: str) -> list[alike.Made]:
    """The sort keys k0... and the universal areas u_CODE."""
    keyed, _ = plan.keys(plan_, unit)
    universal = [(f"u_{programme.code}", plan.universal_sql(programme)) for programme in with_universal(plan_, unit)]
    return [*keyed, *universal]


def _decided(source: str, layers: list[list[alike.Made]], kept: list[str]) -> str:
    """``source`` with columns made layer by layer; the columns ``kept`` of it."""
    query = source
    for layer in layers:
        if layer:
            query = f"(select *, {', '.join(f'{sql} as {name}' for name, sql in layer)} from {query})"
    return f"select {', '.join(dict.fromkeys(kept))} from {query}"


def with_universal(plan_: Plan, unit: str) -> list[Programme]:
    return [programme for programme in plan_.of_unit(unit) if programme.version.quota.universal_where]


def facts_of(
    con: duckdb.DuckDBPyConnection, where: Path, plan_: Plan, person_id: int, household_id: int
) -> dict[str, object]:
    """All facts of one person that are not derived from others (bulk.answers derives those), and what they are on."""
    wanted = facts.closure([name for name, fact in FACTS.items() if fact.level in ("household", "area")], plan_.formula)
    every = [*facts.PERSON_COLUMNS, *wanted]
    rows, own = read_range(con, where, plan_, (household_id, household_id + 1), every)
    told = _row(con.execute(households_sql(plan_, wanted, ["*"])))
    person = _row_of(rows.table, person_id)
    if not person:
        return {}
    names = {bit: code for code, bit in plan_.bits.items()}
    held: dict[str, int] = {
        "receives": int(_row_of(own, person_id).get("held", 0)),
        "household_receives": int(str(told["household_receives"])),
    }
    lists = {name: [names.get(bit, "OTHER") for bit in range(63) if mask >> bit & 1] for name, mask in held.items()}
    asked = {name: value for name, value in {**told, **person}.items() if name in FACTS and not FACTS[name].needs}
    scores = {name: told[name] for name in facts.BY_FORMULA if name in told}
    return {**asked, **scores, **lists}


def _row(cursor: duckdb.DuckDBPyConnection) -> dict[str, object]:
    names = [column[0] for column in cursor.description or []]
    row = cursor.fetchone()
    return dict(zip(names, row, strict=True)) if row else {}


def _row_of(table: pa.Table, person_id: int) -> dict[str, Any]:
    found: list[dict[str, Any]] = table.filter(pc.equal(table["person_id"], person_id)).to_pylist()
    return found[0] if found else {}
