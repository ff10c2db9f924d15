"""shohay bench indicators: every computable indicator by district, sex and fiscal year, from Parquet inputs to values.

``rows`` people and six times as many payments in three fiscal years; making them does not count. The inputs have the
columns of the real ones (bulk.results_inputs) and go through the same code as ``shohay indicators compute``.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

DEFAULT_ROWS = 10_000_000
PAYMENTS_EACH = 6  # payments for each person of the population
DAY = dt.date(2026, 11, 21)
YEARS = (2024, 2025, 2026)
HELD = "(['OAA', 'WDA', 'DPA', 'MCBP', 'PESP', 'HSP', 'VWB', 'EGPP', 'DSS_STIPEND', 'FFP'])"
UPAZILAS = 6399  # of the quick population: 100 in each of 64 districts (they are numbered from 0)


def run(rows: int) -> dict[str, Any]:
    """Compute all indicators over ``rows`` people; returns seconds, CPU seconds and what came out."""
    from shohay.bulk import results, sample
    from shohay.bulk.results_inputs import Inputs
    from shohay.policy.indicator_documents import groups, shipped

    folder = Path(tempfile.mkdtemp(prefix="shohay-bench-"))
    try:
        snapshot = sample.write(folder / "snapshot", rows, DAY, UPAZILAS)
        payments = prepare(snapshot, folder / "inputs", rows * PAYMENTS_EACH)
        inputs = Inputs(snapshot, folder / "inputs", DAY, YEARS, groups())
        os.sync()  # what preparing left to be written is not the computation's to write
        before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        done = results.compute(inputs=inputs, indicators=shipped().computed, out=folder / "out")
        seconds = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "seconds": round(seconds, 2),
            "cpu_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
            "payments": payments,
            "districts": _districts(snapshot),
            "years": len(YEARS),
            "indicators": done.indicators,
            "values": done.values,
            "undefined": done.undefined,
        }
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _districts(snapshot: Path) -> int:
    import duckdb

    row = duckdb.execute(f"select count(distinct district_code) from '{snapshot}/areas.parquet'").fetchone()
    return int(row[0]) if row else 0


def prepare(snapshot: Path, out: Path, payments: int) -> int:
    """Write inputs beside ``snapshot``: two people in three hold a benefit, some two; how many payments there are."""
    import duckdb

    out.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(config={"memory_limit": "5GB", "threads": 2, "temp_directory": str(out / "spill")})
    con.execute(f"create view persons as from '{snapshot}/persons.parquet'")
    con.execute(f"create view households as from '{snapshot}/households.parquet'")
    con.execute(f"create view areas as from '{snapshot}/areas.parquet'")
    (people,) = con.execute("select count(*) from persons").fetchone() or (0,)
    each = max(1, round(payments / max(1, people * 2 // 3)))
    for table, query in _queries(each).items():
        con.execute(
            f"copy ({query}) to '{out / table}.parquet' (format parquet, compression zstd, compression_level 1)"
        )
    (made,) = con.execute(f"select count(*) from '{out}/payments.parquet'").fetchone() or (0,)
    con.close()
    shutil.rmtree(out / "spill", ignore_errors=True)
    return int(made)


def _queries(each: int) -> dict[str, str]:
    """The query of each input table. Numbers drawn from row numbers: the same every time."""
    held = "select *, (hash(person_id) % 1000000007)::bigint as h from persons where hash(person_id) % 3 < 2"
    code = f"{HELD}[1 + h % 10]"
    months = f"select unnest(range({each})) as month"
    return {
        "enrolments": f"select person_id, {code} as programme_code, (date '2024-07-01' + (h % 300)::integer)::date as"
        f" valid_from, case when h % 17 = 0 then date '2026-01-01' end as valid_to from ({held})",
        "payments": f"""
        with paid as (select person_id, area_code, {code} as programme_code, h, month from ({held}), ({months})),
        dated as (select *, (date '2024-07-01' + interval 1 month * (month * 27 // {each}))::date as starts from paid)
        select person_id, area_code, programme_code,
          (year(starts) - (month(starts) < 7)::integer)::smallint as fy,
          (starts + interval 1 month)::date as period_end,
          50000 + (h % 40) * 1000 as amount_poisha,
          case when (h + month) % 50 = 0 then 'returned' when (h + month) % 97 = 0 then 'due' else 'paid' end as state,
          (starts + interval 1 month)::date + (h % 25)::integer as settled_on, h % 20 > 0 as digital, h % 4 > 0 as own
        from dated""",
        "applications": f"select person_id, {code} as programme_code, date '2024-05-01' + (h % 500)::integer as"
        " applied_on, date '2024-07-10' + (h % 560)::integer as decided_on, h % 3 > 0 as eligible,"
        f" h % 4 > 0 as enrolled from ({held}) where h % 5 = 0",
        "quotas": f"select {HELD}[1 + n] as programme_code, upazila_code as area_code,"
        " unnest([2024, 2025, 2026])::smallint as fy, 500::bigint as slots"
        " from (select distinct upazila_code from areas), range(10) t(n)",
        "grievances": f"select {code} as programme_code, area_code, date '2024-07-01' + (h % 800)::integer as filed_on,"
        " case when h % 6 > 0 then date '2024-07-01' + (h % 800 + h % 45)::integer end as answered_on,"
        " case when h % 60 = 0 then date '2024-07-01' + (h % 800 + 70)::integer end as appeal_decided_on,"
        f" h % 120 = 0 as appeal_upheld from ({held}) where h % 200 = 0",
        **_small(),
    }


def _small() -> dict[str, str]:
    """The tables with a row for each place or programme, and what is drawn of households."""
    return {
        "quality": "select district_code as area_code, unnest([2024, 2025, 2026])::smallint as fy,"
        " 1000000::bigint as checks, 31000::bigint as failed from (select distinct district_code from areas)",
        "budget": f"select {HELD}[1 + n] as programme_code, (['MoSW', 'MoWCA'])[1 + n % 2] as ministry_code,"
        " unnest([2024, 2025, 2026])::smallint as fy, ((n + 1) * 1000000000000)::bigint as budget_poisha,"
        " ((n + 1) * 1000000000000)::bigint as to_spend_poisha, ((n + 1) * 900000000000)::bigint as spent_poisha,"
        " true as cash_or_food, n < 6 as lifecycle from range(10) t(n)",
        "national": "select unnest([2024, 2025, 2026])::smallint as fy, unnest(['gdp', 'gdp', 'gdp']) as name,"
        " 500000000000000000::bigint as value",
        "verified": "select person_id from persons where hash(person_id) % 7 > 0",
        "welfare": "select household_id, (hash(household_id) % 100)::integer as score,"
        " (1000 - 10 * (hash(household_id) % 100))::integer as likelihood from households where household_id % 50 > 0",
        "census": "select distinct district_code as area_code, 2500000::bigint as population from areas",
        "given": "select unnest(['reports_due', 'reports_in_time']) as name, 2025::smallint as fy, '' as ministry_code,"
        " unnest([40, 31])::bigint as value",
        "exclusive": "select 'OAA' as one, 'WDA' as other",
    }
