"""The values of all computed indicators, in bulk: counts first, then each formula over them.

``compute`` writes ``counts.parquet`` (name, fiscal_year, area_code, grp, value, persons) and ``values.parquet`` (code,
fiscal_year, area_code, grp, numerator, denominator, value, state, persons). The same inputs and definitions give the
same bytes, whatever the number of processors.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import rfc8785

from shohay.bulk import results_counts, snapshot
from shohay.bulk.results_inputs import Inputs, views
from shohay.core.indicator_counts import COUNTS
from shohay.core.indicator_documents import Indicator
from shohay.core.indicator_formula import Formula

Progress = Callable[[str, int, int], None]
COUNT_COLUMNS = ("name", "fiscal_year", "area_code", "grp", "value", "persons")
VALUE_COLUMNS = ("code", "fiscal_year", "area_code", "grp", "numerator", "denominator", "value", "state", "persons")
MEMORY_MIB = 6144


@dataclass(frozen=True, slots=True)
class Computed:
    """Where the result stands, its hash and how much there is."""

    path: Path
    sha256: str
    values: int
    undefined: int
    indicators: int
    engine: str


def compute(
    *, inputs: Inputs, indicators: Sequence[Indicator], out: Path, progress: Progress | None = None
) -> Computed:
    """Compute ``indicators`` (those that are computed) for the years of ``inputs``."""
    say = progress or (lambda step, done, total: None)
    snapshot.check(inputs.snapshot)
    out.mkdir(parents=True, exist_ok=True)
    spill = out / "spill"
    con = duckdb.connect(":memory:", config={
        "threads": max(1, len(os.sched_getaffinity(0))), "memory_limit": f"{MEMORY_MIB}MiB",
        "temp_directory": str(spill), "autoinstall_known_extensions": False, "autoload_known_extensions": False,
        "preserve_insertion_order": False,
    })  # fmt: skip
    try:
        steps = iter(range(1, 100))
        views(con, inputs)
        results_counts.make(con, inputs, lambda step: say("indicators", next(steps), 10))
        say("indicators", next(steps), 10)
        _values(con, inputs, [one for one in indicators if one.source == "computed"])
        rows = _write(con, out)
    finally:
        con.close()
        shutil.rmtree(spill, ignore_errors=True)
    return Computed(out, _hash(out), *rows, f"duckdb {duckdb.__version__}")


def _hash(out: Path) -> str:
    files = {name: snapshot.file_hash(out / f"{name}.parquet") for name in ("counts", "values")}
    return hashlib.sha256(rfc8785.dumps(files)).hexdigest()


def _values(con: duckdb.DuckDBPyConnection, inputs: Inputs, indicators: Sequence[Indicator]) -> None:
    """The table ``made``: a row where the counts of an indicator exist for the year."""
    con.execute("create table made (code text, fy smallint, area text, grp text, numerator double, denominator double,"
                " value double, state text, persons bigint)")  # fmt: skip
    con.execute("""
    create temp table places as
    select unnest(['', division_code, district_code]) as area from snap_areas union select '';
    create temp table grid as select distinct fy, area from places cross join (select distinct fy from there)""")
    for one in indicators:
        con.execute(_query(one))


def _query(one: Indicator) -> str:
    """Insert the values of one indicator.

    It has a row for every place of the grid, and for every group where one of its counts is above 0. A year in which
    one of its counts does not exist at all has none; one whose denominator is 0 is undefined.
    """
    names = sorted(one.counts)
    sides = {side: one.side(side) for side in ("numerator", "denominator")}
    picked = ", ".join(f"max(value) filter (where name = '{name}') as {name}" for name in names)
    groups = ["c.grp = ''", *(f"c.grp like '{split}:%'" for split in one.splits)]
    listed = ", ".join(f"'{name}'" for name in names)
    country = "" if "district" in one.by else "and area = ''"
    columns = {name: f"coalesce({name}, 0)" for name in names}
    top, bottom = sides["numerator"].sql(columns), sides["denominator"].sql(columns)
    whole = one.whole.sql({"numerator": "top", "denominator": "bottom"})
    return f"""
    insert into made
    with years as (select fy from there where name in ({listed}) group by fy having count(*) = {len(names)}),
    found as (select fy, area, grp, {picked}, {_people(sides["numerator"], "up")},
                {_people(sides["denominator"], "down")}
              from counts c where name in ({listed}) and ({" or ".join(groups)}) {country} group by fy, area, grp),
    here as (select fy, area, '' as grp from grid where fy in (from years) {country}
             union select fy, area, grp from found where fy in (from years)),
    sides as (select fy, area, grp, {top} as top, {bottom} as bottom, up, down from here
              left join found using (fy, area, grp))
    select '{one.code}', fy, area, grp, top, bottom, case when bottom <> 0 then {whole} end,
      case when bottom <> 0 then 'value' else 'undefined' end, {_behind(one)} from sides"""


def _people(side: Formula, name: str) -> str:
    """The fewest people behind one of the counts of a side, where people stand behind any."""
    names = ", ".join(f"'{count}'" for count in sorted(side.names)) or "null"
    return f"min(persons) filter (where name in ({names})) as {name}"


def _behind(one: Indicator) -> str:
    """How many people a value could tell about: those of its smaller side, or those in the whole but not the part."""
    both = [COUNTS[name].of for side in ("numerator", "denominator") for name in one.side(side).names]
    rest = "nullif(bottom - top, 0)" if one.is_share and both and set(both) == {"people"} else "null"
    return f"least(nullif(up, 0), nullif(down, 0), abs({rest}))::bigint"


def _write(con: duckdb.DuckDBPyConnection, out: Path) -> tuple[int, int, int]:
    """Both tables in their order; rows of values, how many are undefined, how many indicators have any."""
    year = "fy || '-' || lpad(((fy + 1) % 100)::text, 2, '0')"
    for file, query in (
        ("counts", f"select name, {year} as fiscal_year, area as area_code, grp, value, persons from counts"
                   " order by name, fy, area, grp"),
        ("values", f"select code, {year} as fiscal_year, area as area_code, grp, numerator, denominator, value, state,"
                   " persons from made order by code, fy, area, grp"),
    ):  # fmt: skip
        path = str(out / f"{file}.parquet").replace("'", "''")
        con.execute(f"copy ({query}) to '{path}' (format parquet, compression zstd)")
    row = con.execute("select count(*), count(*) filter (where state = 'undefined'), count(distinct code) from made")
    found = row.fetchone() or (0, 0, 0)
    return int(found[0]), int(found[1]), int(found[2])


def table(out: Path, name: str) -> pa.Table:
    """``counts`` or ``values`` of a finished computation."""
    import pyarrow.parquet as pq

    return pq.read_table(out / f"{name}.parquet")


def values_csv(out: Path, run: int, path: Path) -> int:
    """The values as rows of results_indicatorvalue; how many. Columns: run_id, then VALUE_COLUMNS."""
    with duckdb.connect() as con:
        con.register("made", table(out, "values"))
        row = con.execute(
            f"copy (select {run}, {', '.join(VALUE_COLUMNS)} from made order by code, fiscal_year, area_code, grp)"
            f" to '{path}' (format csv, header false, force_quote (area_code, grp))"
        ).fetchone()
    return int(row[0]) if row else 0
