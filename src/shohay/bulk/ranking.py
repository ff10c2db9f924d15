"""Candidates of each programme, in order of priority within their upazila, cut at the quota.

Candidates are those who are eligible and not yet on the programme: of the applicants, or of everybody where the
definition selects from the registry. Ties are broken by lot: a fixed mixing of the payee's number with the recorded
seed (``lot_sql``; ``lot`` is the same in Python), so that anyone can draw it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from shohay.bulk import plan
from shohay.bulk.chunk import copy
from shohay.bulk.engine import Engine
from shohay.bulk.plan import Plan, Programme

MAX_KEYS = 6
PRIME = 2_147_483_629  # the greatest prime below 2^31 - 18: squares stay within 62 bits


def lot(person_id: int, seed: int) -> int:
    """The number that a person draws."""
    first = (person_id % PRIME * 48271 + seed % PRIME + 12345) % PRIME
    second = (first * first + 2 * first + seed % 65536) % PRIME
    return (second * second + 7 * first) % PRIME


def lot_sql(person_id: str, seed: int) -> str:
    """The same as SQL over a BIGINT column."""
    first = f"(({person_id} % {PRIME} * 48271 + {seed % PRIME + 12345}) % {PRIME})"
    second = f"(({first} * {first} + 2 * {first} + {seed % 65536}) % {PRIME})"
    return f"(({second} * {second} + 7 * {first}) % {PRIME})"


def payee_of(programme: Programme) -> str:
    return f"payee_{programme.version.payee}" if programme.is_household else "person_id"


def candidates(con: duckdb.DuckDBPyConnection, plan_: Plan, path: Path) -> None:
    """The candidates of a range, programme after programme, with their sort keys."""
    queries = [_candidates(plan_, programme) for programme in plan_.programmes]
    copy(con, " union all ".join(queries) if queries else "select 1 where false", path)


def _candidates(plan_: Plan, programme: Programme) -> str:
    _, keys = plan.keys(plan_, programme.definition.unit)
    table = "h" if programme.is_household else "p"
    shared = programme.is_household or programme.version.one_per_household
    held = "household_receives" if shared else "receives"
    own = keys[programme.code]
    columns = [*own, *["0.0::double"] * (MAX_KEYS - len(own))]
    sex = "head_sex" if programme.is_household else "sex"
    woman = f"coalesce({sex} <> 'male', false)" if programme.version.quota.women_share_at_least else "false"
    universal = f"u_{programme.code}" if programme.version.quota.universal_where else "false"
    bit = 1 << programme.bit
    applied = f" and applied & {bit} <> 0" if programme.version.select_from == "applicants" else ""
    return (
        f"select {programme.bit}::utinyint as programme, {payee_of(programme)} as person_id, household_id, area_code, "
        f"substring(area_code, 1, 6) as upazila_code, cast(pmt_score as integer) as score, "
        f"{', '.join(f'{column} as key{place}' for place, column in enumerate(columns))}, "
        f"{woman} as woman, {universal} as universal, {_facts(programme)} as facts "
        f"from {table} where m_{programme.code} = 0 and {held} & {bit} = 0{applied}"
    )


def _facts(programme: Programme) -> str:
    """What the benefit schedule reads, as a JSON text that an enrolment keeps."""
    names = programme.version.benefit_facts
    pairs = ", ".join(f"{name} := {plan.column_of(name, programme.ref)}" for name in names)
    return f"cast(to_json(struct_pack({pairs})) as varchar)" if names else "cast(null as varchar)"


def applicants(con: duckdb.DuckDBPyConnection, plan_: Plan, path: Path) -> None:
    """Every applicant's outcome in a range, with the criteria that failed or cannot be told; a household once."""
    parts = []
    for programme in plan_.programmes:
        table = "h" if programme.is_household else "p"
        _lists(con, plan_, programme, table)
        mask = f"m_{programme.code}"
        parts.append(
            f"select {programme.bit}::utinyint as programme, {payee_of(programme)} as person_id, "
            f"household_id, area_code, substring(area_code, 1, 6) as upazila_code, "
            f"case when {mask} & 65535 <> 0 then 'not_eligible' "
            f"when {mask} <> 0 then 'cannot_tell' else 'eligible' end as outcome, l.failed, l.unknown, "
            f"cast(pmt_score as integer) as score from {table} t join lists_{programme.code} l on l.mask = t.{mask} "
            f"where applied & {1 << programme.bit} <> 0 and {payee_of(programme)} is not null"
        )
    copy(con, " union all ".join(parts), path)


def _lists(con: duckdb.DuckDBPyConnection, plan_: Plan, programme: Programme, table: str) -> None:
    """A small table: each mask that occurs, with the ids of its criteria as lists."""
    found = con.execute(
        f"select distinct m_{programme.code} from {table} where applied & {1 << programme.bit} <> 0"
    ).fetchall()
    found_masks = sorted(row[0] for row in found)
    ids = pa.list_(pa.string())
    lists = pa.table({
        "mask": pa.array(found_masks, pa.int64()),
        "failed": pa.array([plan.mask_ids(programme.version, mask & 65535) for mask in found_masks], ids),
        "unknown": pa.array([plan.mask_ids(programme.version, mask >> 16) for mask in found_masks], ids),
    })  # fmt: skip
    con.register(f"lists_{programme.code}", lists)


def rank(
    engine: Engine,
    plan_: Plan,
    out: Path,
    seed: int,
    quotas: dict[tuple[str, str], int] | None,
    eligible: Mapping[str, int],
    say: Callable[[str, int, int], None],
) -> None:
    """Rank each programme side by side, then write ranked.parquet and applicants.parquet, each in one fixed order.

    ``eligible`` says how many each programme has: the longest list is begun first, so that no worker waits for it.
    """
    work = out / "work"

    def one(programme: Programme | None) -> None:
        con = engine.connect()
        try:
            if programme is None:
                files = str(work / "applicants-*.parquet").replace("'", "''")
                copy(con, in_order(f"read_parquet('{files}')", plan_), out / "applicants.parquet")
            else:
                _give_quotas(con, programme, quotas)
                copy(con, _ranked(work, programme, seed), work / f"ranked-{programme.bit:03d}.parquet")
        finally:
            con.close()

    longest = sorted(plan_.programmes, key=lambda programme: -eligible[programme.code])
    engine.each([*longest[:1], None, *longest[1:]], one, lambda done: say("rank", done, len(longest) + 1))
    join(engine, plan_, out)


def join(engine: Engine, plan_: Plan, out: Path) -> None:
    """Write ranked.parquet: the lists of the programmes, one after another."""
    con, work = engine.connect(), out / "work"
    files = [str(work / f"ranked-{programme.bit:03d}.parquet").replace("'", "''") for programme in plan_.programmes]
    copy(con, " union all ".join(f"select * from read_parquet('{file}')" for file in files), out / "ranked.parquet")
    con.close()


def in_order(applicants: str, plan_: Plan) -> str:
    """All ``applicants`` (something to select from) in the order of programme and place."""
    code = " ".join(f"when {programme.bit} then '{programme.code}'" for programme in plan_.programmes)
    return (
        f"select case programme {code} end as programme_code, * exclude (programme) "
        f"from {applicants} order by programme, upazila_code, person_id"
    )


def _give_quotas(
    con: duckdb.DuckDBPyConnection, programme: Programme, quotas: dict[tuple[str, str], int] | None
) -> None:
    """A table of places by upazila; empty when the programme has no quota anywhere."""
    found = sorted((area, slots) for (code, area), slots in (quotas or {}).items() if code == programme.code)
    table = pa.table({
        "upazila_code": pa.array([area for area, _ in found], pa.string()),
        "slots": pa.array([slots for _, slots in found], pa.int32()),
    })  # fmt: skip
    con.register("quotas", table)
    con.execute("create temp table q as select * from quotas")


def _ranked(work: Path, programme: Programme, seed: int) -> str:
    """The ranked list of one programme: where women have a share the first of them take it, then come all the rest."""
    pattern = str(work / "candidates-*.parquet").replace("'", "''")
    order = ", ".join([*(f"key{place}" for place in range(len(programme.version.priority))), "lot", "person_id"])
    rows = (
        f"(select *, {lot_sql('person_id', seed)} as lot from read_parquet('{pattern}') "
        f"where programme = {programme.bit} and person_id is not null)"
    )
    if programme.version.one_per_household:
        rows = f"(select * from {rows} qualify row_number() over (partition by household_id order by {order}) = 1)"
    number = f"cast(row_number() over (partition by upazila_code order by {order}) as integer)"
    ordered = f"(select *, {number} as rank from {rows})"
    code = f"'{programme.code}'"
    limited = programme.version.quota.from_ == "allocation"
    places = (
        "coalesce(q.slots, case when (select count(*) from q) > 0 then 0 end)" if limited else "cast(null as integer)"
    )
    joined = f"(select c.*, {places} as slots from {ordered} c left join q on q.upazila_code = c.upazila_code)"
    share = programme.version.quota.women_share_at_least
    if share and limited:
        joined = _with_reserved(joined, share)
        within = "reserved or free_rank <= slots - reserved_places"
    else:
        within = "rank <= slots"
    return (
        f"select {code} as programme_code, person_id, household_id, area_code, upazila_code, score, rank, "
        f"(slots is null or universal or {within}) as selected, facts from {joined} order by upazila_code, rank"
    )


def _with_reserved(rows: str, share: float) -> str:
    """Mark the women who take reserved places, and rank the others among themselves."""
    women = f"(select *, row_number() over (partition by upazila_code, woman order by rank) as sex_rank from {rows})"
    marked = f"(select *, coalesce(woman and sex_rank <= ceil(slots * {share!r}), false) as reserved from {women})"
    return (
        "(select *, count(*) filter (where reserved) over (partition by upazila_code) as reserved_places, "
        f"row_number() over (partition by upazila_code, reserved order by rank) as free_rank from {marked})"
    )


def takes_one(
    engine: Engine, programme: Programme, work: Path, quotas: dict[tuple[str, str], int] | None, woman: bool
) -> bool:
    """Whether one candidate alone in upazila 100000 is selected: the spec cases ask this of the very ranking query."""
    con = engine.connect()
    keys = ", ".join(f"0.0::double as key{place}" for place in range(MAX_KEYS))
    copy(
        con,
        f"select {programme.bit}::utinyint as programme, 1::bigint as person_id, 1::bigint as household_id, "
        f"'10000001' as area_code, '100000' as upazila_code, 0 as score, {keys}, {str(woman).lower()} as woman, "
        "false as universal, null::varchar as facts",
        work / "candidates-0.parquet",
    )
    _give_quotas(con, programme, quotas)
    found = con.execute(f"select selected from ({_ranked(work, programme, 0)})").fetchone()
    con.close()
    return bool(found and found[0])
