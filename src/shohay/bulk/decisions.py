"""From the files of a determination and of an upload to the rows that the database keeps."""

from __future__ import annotations

from pathlib import Path

import duckdb

COLUMNS = [
    "run_id", "programme_code", "person_id", "household_id", "area_code", "upazila_code",
    "outcome", "failed", "unknown", "score", "rank", "selected",
]  # fmt: skip

# who is ranked was found eligible; of the others only those who applied get an answer of their own
DECISIONS = """
select {run} as run_id, programme_code, person_id, household_id, area_code, upazila_code,
       'eligible' as outcome, '{{}}' as failed, '{{}}' as unknown, score, rank, selected
from read_parquet('{folder}/ranked.parquet')
union all
select {run}, programme_code, person_id, household_id, area_code, upazila_code, outcome,
       '{{' || array_to_string(failed, ',') || '}}', '{{' || array_to_string(unknown, ',') || '}}',
       score, null, false
from read_parquet('{folder}/applicants.parquet') a
anti join read_parquet('{folder}/ranked.parquet') r using (programme_code, person_id)
order by programme_code, upazila_code, rank nulls last, person_id
"""


def decisions_csv(result: Path, run: int, out: Path) -> int:
    """Write the decisions found in the folder ``result`` as rows of run ``run`` to ``out`` (CSV); how many."""
    query = DECISIONS.format(run=run, folder=result)
    return _write_csv(query, out)


APPLICATIONS = """
with asked as (
    select household_reference, union_code, line_no, applied_on,
           unnest(string_split(applies_for, ';')) as programme
    from read_parquet('{good}') where applies_for is not null and applies_for <> ''
)
select distinct household_reference, union_code, line_no, trim(programme) as programme_code, applied_on
from asked where trim(programme) <> ''
order by household_reference, union_code, line_no, programme_code
"""


def applications_csv(good: Path, out: Path) -> int:
    """Write who asks for what in the good rows of a household file to ``out``; how many.

    Columns: household_reference, union_code, line_no, programme_code, applied_on (may be empty).
    """
    return _write_csv(APPLICATIONS.format(good=good), out)


def _write_csv(query: str, out: Path) -> int:
    with duckdb.connect() as engine:
        engine.execute("set threads = 2")
        row = engine.execute(f"copy ({query}) to '{out}' (format csv, header false)").fetchone()
    return int(row[0]) if row else 0
