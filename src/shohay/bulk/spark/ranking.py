"""Candidates and applicants of a run, ranked within their upazila by window functions: bulk.ranking on Spark.

One row of a household or person becomes a row for each programme that it is a candidate of, so that one pass over the
table and one set of windows rank every programme. What the benefit schedule reads travels as columns of its own type;
the driver writes the JSON of it, because engines write numbers differently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from shohay.bulk import plan, ranking
from shohay.bulk.chunk import copy
from shohay.bulk.engine import Engine
from shohay.bulk.plan import Plan, Programme
from shohay.bulk.ranking import MAX_KEYS
from shohay.bulk.spark import dialect
from shohay.bulk.spark.session import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Quotas = dict[tuple[str, str], int] | None
PLACE = ("household_id", "area_code", "substring(area_code, 1, 6) as upazila_code")
KEYS = [f"key{place}" for place in range(MAX_KEYS)]
ORDER = f"order by {', '.join(KEYS)}, lot, person_id"
WITHIN = "partition by programme, upazila_code"


def write(
    session: SparkSession, plan_: Plan, tables: Sequence[tuple[str, Table]], folder: Path, seed: int, quotas: Quotas
) -> None:
    """Write the ranked and the applicants of the chosen households and persons as Spark's tables under ``folder``."""
    carried = _carried(plan_, tables)
    found = [_candidates(plan_, unit, table, carried) for unit, table in tables if plan_.of_unit(unit)]
    asked = [_applicants(plan_, unit, table) for unit, table in tables if plan_.of_unit(unit)]
    if found:
        lists = ranked(session, plan_, reduce(_union, found), seed, quotas)
        lists.write.mode("overwrite").parquet((folder / "ranked").resolve().as_uri())
        reduce(_union, asked).write.mode("overwrite").parquet((folder / "applicants").resolve().as_uri())


def _union(first: DataFrame, second: DataFrame) -> DataFrame:
    return first.unionByName(second)


def _carried(plan_: Plan, tables: Sequence[tuple[str, Table]]) -> dict[str, str]:
    """The facts that benefit schedules read, and the kind of each."""
    kinds: dict[str, str] = {}
    for unit, table in tables:
        for programme in plan_.of_unit(unit):
            for name in programme.version.benefit_facts:
                kinds[name] = table.kinds[plan.column_of(name, programme.ref)]
    return kinds


def _candidates(plan_: Plan, unit: str, table: Table, carried: dict[str, str]) -> DataFrame:
    """A row for each programme that somebody is a candidate of, with sort keys."""
    rows = [_candidate(plan_, programme, carried) for programme in plan_.of_unit(unit)]
    return table.frame.selectExpr(*PLACE, f"inline(array_compact(array({', '.join(rows)})))")


def _candidate(plan_: Plan, programme: Programme, carried: dict[str, str]) -> str:
    """The row of one programme as a struct; NULL where somebody is no candidate of it."""
    version, bit = programme.version, 1 << programme.bit
    shared = programme.is_household or version.one_per_household
    payee = ranking.payee_of(programme)
    own = plan.keys(plan_, programme.definition.unit)[1][programme.code]
    keys = [*own, *["0.0D"] * (MAX_KEYS - len(own))]
    sex = "head_sex" if programme.is_household else "sex"
    woman = f"coalesce({sex} <> 'male', false)" if version.quota.women_share_at_least else "false"
    universal = f"u_{programme.code}" if version.quota.universal_where else "false"
    facts, types = {name: plan.column_of(name, programme.ref) for name in version.benefit_facts}, dialect.TYPES_OF
    fields = {
        "programme": f"cast({programme.bit} as int)", "person_id": payee, "score": "cast(pmt_score as bigint)",
        **dict(zip(KEYS, keys, strict=True)), "woman": woman, "universal": universal,
        **{f"f_{name}": f"cast({facts.get(name, 'null')} as {types[kind]})" for name, kind in carried.items()},
    }  # fmt: skip
    held = "household_receives" if shared else "receives"
    condition = f"m_{programme.code} = 0 and ({held} & {bit}) = 0 and {payee} is not null"
    if version.select_from == "applicants":
        condition += f" and (applied & {bit}) <> 0"
    struct = ", ".join(f"'{name}', {sql}" for name, sql in fields.items())
    return f"case when {condition} then named_struct({struct}) end"


def _applicants(plan_: Plan, unit: str, table: Table) -> DataFrame:
    """A row for each programme that somebody applied for: the outcome and the criteria behind it."""
    rows = []
    for programme in plan_.of_unit(unit):
        mask, payee = f"m_{programme.code}", ranking.payee_of(programme)
        outcome = (
            f"case when ({mask} & 65535) <> 0 then 'not_eligible' "
            f"when {mask} <> 0 then 'cannot_tell' else 'eligible' end"
        )
        fields = {
            "programme": f"cast({programme.bit} as int)", "person_id": payee, "outcome": outcome,
            "failed": _ids(programme, mask, 0), "unknown": _ids(programme, mask, 16),
            "score": "cast(pmt_score as bigint)",
        }  # fmt: skip
        struct = ", ".join(f"'{name}', {sql}" for name, sql in fields.items())
        condition = f"(applied & {1 << programme.bit}) <> 0 and {payee} is not null"
        rows.append(f"case when {condition} then named_struct({struct}) end")
    return table.frame.selectExpr(*PLACE, f"inline(array_compact(array({', '.join(rows)})))")


def _ids(programme: Programme, mask: str, first: int) -> str:
    """The ids of the criteria whose bits are set from bit ``first`` on, as SQL of an array."""
    ids = programme.version.criterion_ids
    return "array_compact(array({}))".format(
        ", ".join(f"case when ({mask} & {1 << (place + first)}) <> 0 then '{id_}' end" for place, id_ in enumerate(ids))
    )


def ranked(session: SparkSession, plan_: Plan, candidates: DataFrame, seed: int, quotas: Quotas) -> DataFrame:
    """Everybody's rank within upazila and programme, and whether the places reach so far."""
    lot = dialect.say(ranking.lot_sql("person_id", seed), {"person_id": dialect.INT}).sql
    rows = candidates.selectExpr("*", f"{lot} as lot")
    alone = [programme for programme in plan_.programmes if programme.version.one_per_household]
    if alone:
        first = f"row_number() over (partition by programme, household_id {ORDER}) as nth"
        one = rows.where(_among(alone)).selectExpr("*", first).where("nth = 1").drop("nth")
        rows = rows.where(f"not {_among(alone)}").union(one)
    rows = rows.selectExpr("*", f"cast(row_number() over ({WITHIN} {ORDER}) as int) as rank")
    rows = _with_slots(session, plan_, rows, quotas)
    shares = {
        programme.code: programme for programme in plan_.programmes
        if programme.version.quota.women_share_at_least and _limited(programme)
    }  # fmt: skip
    others = rows.where(f"not {_among(shares.values())}").selectExpr("*", "rank <= slots as within")
    if shares:
        others = others.unionByName(_reserved(list(shares.values()), rows.where(_among(shares.values()))))
    return others.selectExpr("*", "(slots is null or universal or within) as selected").drop(
        *KEYS, "lot", "woman", "universal", "within", "slots"
    )


def _limited(programme: Programme) -> bool:
    return programme.version.quota.from_ == "allocation"


def _among(programmes: Iterable[Programme]) -> str:
    bits = ", ".join(str(programme.bit) for programme in programmes)
    return f"(programme in ({bits}))" if bits else "false"


def _with_slots(session: SparkSession, plan_: Plan, rows: DataFrame, quotas: Quotas) -> DataFrame:
    """The places of programme and upazila: NULL = no limit; an upazila that is not listed beside others has none."""
    from pyspark.sql import functions

    limited = {programme.code: programme.bit for programme in plan_.programmes if _limited(programme)}
    given = [(limited[code], area, slots) for (code, area), slots in (quotas or {}).items() if code in limited]
    types = (("programme", pa.int32()), ("upazila_code", pa.string()), ("given", pa.int32()))
    columns = {name: pa.array([row[place] for row in given], type_) for place, (name, type_) in enumerate(types)}
    places = session.createDataFrame(pa.table(columns))  # Arrow: rows of Python would start a Python on the executors
    listed = ", ".join(str(bit) for bit in sorted({bit for bit, _, _ in given}))
    rows = rows.join(functions.broadcast(places), ["programme", "upazila_code"], "left")
    none = f"case when programme in ({listed}) then 0 end" if listed else "cast(null as int)"
    return rows.selectExpr("*", f"coalesce(given, {none}) as slots").drop("given")


def _reserved(programmes: Sequence[Programme], rows: DataFrame) -> DataFrame:
    """Where women have a share, the first of them take it; then come all the rest."""
    cases = " ".join(
        f"when {one.bit} then ceil(slots * cast('{one.version.quota.women_share_at_least!r}' as decimal(9, 6)))"
        for one in programmes
    )
    sex_rank = f"row_number() over ({WITHIN}, woman order by rank) as sex_rank"
    rows = rows.selectExpr("*", sex_rank, f"case programme {cases} end as share")
    rows = rows.selectExpr("*", "coalesce(woman and sex_rank <= share, false) as reserved")
    rows = rows.selectExpr(
        "*", f"count_if(reserved) over ({WITHIN}) as reserved_places",
        f"row_number() over ({WITHIN}, reserved order by rank) as free_rank",
    )  # fmt: skip
    rows = rows.selectExpr("*", "(reserved or free_rank <= slots - reserved_places) as within")
    return rows.drop("sex_rank", "share", "reserved", "reserved_places", "free_rank")


def collect(engine: Engine, plan_: Plan, out: Path, say: Callable[[str, int, int], None]) -> None:
    """Write ranked.parquet and applicants.parquet from Spark's tables, each in its one order."""
    work = out / "work"

    def one(programme: Programme | None) -> None:
        con = engine.connect()
        try:
            if programme is None:
                copy(con, ranking.in_order(_asked(work), plan_), out / "applicants.parquet")
            else:
                copy(con, _list(work, programme), work / f"ranked-{programme.bit:03d}.parquet")
        finally:
            con.close()

    items = [None, *plan_.programmes]
    engine.each(items, one, lambda done: say("rank", done, len(items)))
    ranking.join(engine, plan_, out)


def _asked(work: Path) -> str:
    """The applicants in the columns and types of bulk.ranking."""
    return (
        "(select programme, person_id, household_id, area_code, upazila_code, outcome, failed, unknown, "
        f"cast(score as integer) as score from read_parquet('{_files(work, 'applicants')}'))"
    )


def _files(work: Path, table: str) -> str:
    return str(work / "spark" / table / "*.parquet").replace("'", "''")


def _list(work: Path, programme: Programme) -> str:
    """The ranked list of one programme, with what its benefit schedule reads as JSON."""
    names = programme.version.benefit_facts
    pairs = ", ".join(f"{name} := f_{name}" for name in names)
    facts = f"cast(to_json(struct_pack({pairs})) as varchar)" if names else "cast(null as varchar)"
    return (
        f"select '{programme.code}' as programme_code, person_id, household_id, area_code, upazila_code, "
        f"cast(score as integer) as score, rank, selected, {facts} as facts "
        f"from read_parquet('{_files(work, 'ranked')}') where programme = {programme.bit} order by upazila_code, rank"
    )
