"""One range of households of a snapshot, decided.

``build`` leaves two tables: ``h``, a row a household (who is paid, its masks, what its members' decisions need of it),
and ``p``, a row for each person who applied for or may be selected for something. Everybody's masks are streamed to the
answers file; keeping them in memory would cost more than deciding. Persons are grouped by household once.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from shohay.bulk import facts, plan, snapshot
from shohay.bulk.plan import Plan, Programme
from shohay.core.facts import FACTS

Range = tuple[int, int | None]


def build(con: duckdb.DuckDBPyConnection, where: Path, plan_: Plan, range_: Range, answers: Path) -> None:
    """Write everybody's answers in ``range_`` to ``answers`` and make the tables ``own``, ``h`` and ``p``."""
    names = {*plan_.needed("household"), *plan_.needed("person"), "pmt_score"}
    wanted = facts.closure([name for name in names if facts.level(name) in ("household", "area")], plan_.formula)
    con.execute(f"create or replace temp table own as {_own(where, plan_, range_)}")
    con.execute(
        f"create or replace temp table h as {_households(where, plan_, wanted, range_, _household_kept(plan_))}"
    )
    persons = plan_.of_unit("person")
    if not persons:
        return
    everybody = _persons(where, plan_, range_, chosen=False)
    copy(con, f"select person_id, household_id, area_code{answered(persons)} from ({everybody})", answers)
    con.execute(f"create or replace temp table chosen as {_chosen(plan_, answers)}")
    con.execute(f"create or replace temp table p as {_persons(where, plan_, range_, chosen=True)}")


def answered(programmes: list[Programme]) -> str:
    """The masks as columns of the answers; in one piece, two halves take twice as long to write and to count."""
    return "".join(f", cast(m_{programme.code} as uinteger) as {programme.code}_mask" for programme in programmes)


def copy(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write a query to a Parquet file; its bytes depend on the rows alone."""
    target = str(path).replace("'", "''")
    con.execute(
        f"copy ({query}) to '{target}' "
        f"(format parquet, compression zstd, compression_level 1, row_group_size {snapshot.ROW_GROUP})"
    )


def _chosen(plan_: Plan, answers: Path) -> str:
    """Persons who applied, or are eligible where a programme selects from the registry."""
    open_ = [programme.code for programme in plan_.of_unit("person") if programme.version.select_from == "registry"]
    query = "select person_id from own where applied <> 0"
    if open_:
        eligible = " or ".join(f"{code}_mask = 0" for code in open_)
        path = str(answers).replace("'", "''")
        query += f" union select person_id from read_parquet('{path}') where {eligible}"
    return query


def _read(where: Path, table: str, range_: Range, select: str = "*") -> str:
    """A query of the rows of a table in the range; row groups outside it are not read."""
    low, below = range_
    bound = f" and household_id < {below}" if below is not None else ""
    return f"(select {select} from read_parquet('{_quoted(where, table)}') where household_id >= {low}{bound})"


def _quoted(where: Path, table: str) -> str:
    return str(snapshot.table_path(where, table)).replace("'", "''")


def _own(where: Path, plan_: Plan, range_: Range) -> str:
    """Persons of the range who hold or applied for something: both as masks."""
    parts = []
    for table, held, applied in (("held", "bit", "0"), ("applications", "0", "bit")):
        if snapshot.has(where, table):
            bit = plan.bit_sql(plan_, "programme_code")
            rows = _read(where, table, range_, f"person_id, household_id, cast({bit} as bigint) as bit")
            parts.append(f"select person_id, household_id, {held} as held, {applied} as applied from {rows}")
    empty = (
        "select 0::bigint as person_id, 0::bigint as household_id, 0::bigint as held, 0::bigint as applied where false"
    )
    return (
        "select person_id, any_value(household_id) as household_id, bit_or(held) as held, bit_or(applied) as applied "
        f"from ({' union all '.join(parts) or empty}) group by person_id"
    )


def _members(where: Path, plan_: Plan, wanted: list[str], range_: Range) -> str:
    """Counts over the living members of each household, each person once."""
    day = plan_.day.year * 10000 + plan_.day.month * 100 + plan_.day.day
    rows = _read(where, "persons", range_)
    alive = (
        f"(select *, ({day} - {facts.ymd('birth_date')}) // 10000 as {facts.AGE} from {rows} "
        "where coalesce(is_alive, true) and not coalesce(is_duplicate, false))"
    )
    kinds = sorted({programme.version.payee for programme in plan_.of_unit("household")} - {"self"})
    columns = [f"{aggregate} as {name}_t" for name, aggregate, _ in _counted(wanted)]
    columns += [f"{facts.payee(kind)} as payee_{kind}" for kind in kinds]
    return f"(select household_id, {', '.join(columns)} from {alive} group by household_id)"


def _counted(wanted: list[str]) -> list[tuple[str, str, str]]:
    return facts.member_columns(["household_size", *(name for name in wanted if name != "household_size")])


def _area_columns(where: Path, wanted: list[str]) -> str:
    found = set(pq.read_schema(snapshot.table_path(where, "areas")).names)
    names = [name for name in snapshot.AREA_FACTS if name in wanted]
    columns = [
        f"a.{name}" if name in found else f"cast(null as {facts.SQL_TYPES[FACTS[name].kind]}) as {name}"
        for name in names
    ]
    return "".join(f", {column}" for column in columns)


def _received(where: Path, plan_: Plan, range_: Range) -> str:
    """What each household is on: the enrolments of its members and what it declared."""
    declared = (
        f"select household_id, unnest(declared_programmes) as code from "
        f"{_read(where, 'households', range_, 'household_id, declared_programmes')} where len(declared_programmes) > 0"
    )
    bits = f"select household_id, cast({plan.bit_sql(plan_, 'code')} as bigint) as held from ({declared})"
    return (
        "(select household_id, bit_or(held) as held from "
        f"(select household_id, held from own where held <> 0 union all {bits}) group by household_id)"
    )


def _household_kept(plan_: Plan) -> list[str]:
    """The columns of the table h."""
    masks = plan.masks(plan_, "household")
    kinds = sorted({f"payee_{programme.version.payee}" for programme in plan_.of_unit("household")})
    keyed, _ = plan.keys(plan_, "household")
    universal = [f"u_{programme.code}" for programme in _with_universal(plan_, "household")]
    kept = ["household_id", "area_code", "household_receives", "applied", "pmt_score", *kinds, *plan_.lent()]
    kept += [*_kept(plan_, "household"), *(name for name, _ in keyed), *universal, *(name for name, _ in masks.sums)]
    return list(dict.fromkeys(kept))


def _households(where: Path, plan_: Plan, wanted: list[str], range_: Range, kept: list[str]) -> str:
    """The table h, or all facts of the households (``kept`` = ['*'])."""
    own = [f"hh.{column} as {name}" for name, column in facts.HOUSEHOLD_COLUMNS.items() if name in wanted]
    source = (
        "(select hh.household_id, hh.area_code, substring(hh.area_code, 1, 2) as division_code, "
        "substring(hh.area_code, 1, 4) as district_code, g.* exclude (household_id), "
        f"coalesce(r.held, 0) as household_receives, coalesce(o.applied, 0) as applied{_area_columns(where, wanted)}"
        f"{''.join(f', {column}' for column in own)} "
        f"from {_read(where, 'households', range_)} hh "
        f"left join {_members(where, plan_, wanted, range_)} g on g.household_id = hh.household_id "
        f"left join {_received(where, plan_, range_)} r on r.household_id = hh.household_id "
        "left join (select household_id, bit_or(applied) as applied from own group by household_id) o "
        "on o.household_id = hh.household_id "
        f"left join (select * from read_parquet('{_quoted(where, 'areas')}')) a on a.area_code = hh.area_code)"
    )
    source = f"(select *, {', '.join(f'{known} as {name}' for name, _, known in _counted(wanted))} from {source})"
    refs = sorted({programme.ref for programme in plan_.of_unit("household")})
    return _decided(plan_, "household", plan.staged(source, plan.derivations(wanted, refs, plan_.formula)), kept)


def _persons(where: Path, plan_: Plan, range_: Range, chosen: bool) -> str:
    """The decisions of everybody in the range, or of those in the table ``chosen`` (the table p)."""
    needed = [name for name in plan_.needed("person") if facts.level(name) in ("person", "benefit")]
    plain = [name for name in facts.PERSON_COLUMNS if name in needed and name not in ("is_alive", "is_duplicate")]
    columns = [f"p.{facts.PERSON_COLUMNS[name]} as {name}" for name in plain]
    columns += ["coalesce(p.is_alive, true) as is_alive", "coalesce(p.is_duplicate, false) as is_duplicate"]
    rows = _read(where, "persons", range_)
    rows = f"(select * from {rows} where person_id in (select person_id from chosen))" if chosen else rows
    lent = [*plan_.lent(), "pmt_score", *(f"hm_{programme.code}" for programme in plan_.of_unit("person"))]
    columns += [f"h.{name}" for name in dict.fromkeys(lent)]
    source = (
        f"(select p.person_id, p.household_id, p.area_code, coalesce(o.held, 0) as receives, "
        f"coalesce(o.applied, 0) as applied, h.household_receives, {', '.join(columns)} "
        f"from {rows} p join h on h.household_id = p.household_id left join own o on o.person_id = p.person_id)"
    )
    refs = sorted({programme.ref for programme in plan_.of_unit("person")})
    kept = ["person_id", "household_id", "area_code", "receives", "household_receives", "applied", "pmt_score"]
    keyed, _ = plan.keys(plan_, "person")
    kept += [*_kept(plan_, "person"), *(name for name, _ in keyed)]
    kept += [f"u_{programme.code}" for programme in _with_universal(plan_, "person")]
    kept += [f"m_{programme.code}" for programme in plan_.of_unit("person")]
    return _decided(plan_, "person", plan.staged(source, plan.derivations(needed, refs, plan_.formula)), kept)


def _kept(plan_: Plan, unit: str) -> list[str]:
    """Facts that outlive the decision: those that the benefit schedule reads, and the sex where women have a share."""
    kept: list[str] = []
    for programme in plan_.of_unit(unit):
        kept += [plan.column_of(name, programme.ref) for name in programme.version.benefit_facts]
        if programme.version.quota.women_share_at_least:
            kept.append("head_sex" if unit == "household" else "sex")
    return kept


def _decided(plan_: Plan, unit: str, source: str, kept: list[str]) -> str:
    """``source`` with masks, sort keys k0... and universal areas u_CODE, layer by layer; the columns ``kept`` of it."""
    masks = plan.masks(plan_, unit)
    keyed, _ = plan.keys(plan_, unit)
    universal = [(f"u_{programme.code}", plan.universal_sql(programme)) for programme in _with_universal(plan_, unit)]
    query = source
    for layer in ([*masks.atoms, *keyed, *universal], masks.values, masks.sums):
        if layer:
            query = f"(select *, {', '.join(f'{sql} as {name}' for name, sql in layer)} from {query})"
    return f"select {', '.join(dict.fromkeys(kept))} from {query}"


def _with_universal(plan_: Plan, unit: str) -> list[Programme]:
    return [programme for programme in plan_.of_unit(unit) if programme.version.quota.universal_where]


def facts_of(
    con: duckdb.DuckDBPyConnection, where: Path, plan_: Plan, person_id: int, household_id: int
) -> dict[str, object]:
    """All facts of one person that are not derived from others (bulk.answers derives those), and what they are on."""
    range_ = (household_id, household_id + 1)
    wanted = facts.closure([name for name, fact in FACTS.items() if fact.level in ("household", "area")], plan_.formula)
    con.execute(f"create or replace temp table own as {_own(where, plan_, range_)}")
    every = ["*"]
    household = con.execute(f"select * from ({_households(where, plan_, wanted, range_, every)})")
    told = _row(household)
    columns = ", ".join(f"{column} as {name}" for name, column in facts.PERSON_COLUMNS.items())
    person = _row(con.execute(f"select {columns} from {_read(where, 'persons', range_)} where person_id = {person_id}"))
    if not person:
        return {}
    names = {bit: code for code, bit in plan_.bits.items()}
    own = con.execute(f"select held from own where person_id = {person_id}").fetchone()
    held: dict[str, int] = {
        "receives": own[0] if own else 0,
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
