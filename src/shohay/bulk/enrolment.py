"""From the result of a determination to what an enrolment keeps."""

from __future__ import annotations

from pathlib import Path

import duckdb


def facts_csv(ranked: Path, programme: str, upazila: str, out: Path) -> int:
    """Write (person_id, facts as JSON) of those ranked for a programme in an upazila to ``out`` (CSV); how many.

    ``facts`` is what the benefit schedule reads; a programme that pays everyone the same has none.
    """
    with duckdb.connect() as engine:
        engine.execute("set threads = 2")
        columns = {row[0] for row in engine.execute(f"describe select * from read_parquet('{ranked}')").fetchall()}
        if "facts" not in columns:
            return 0
        row = engine.execute(
            f"copy (select person_id, any_value(facts) from read_parquet('{ranked}')"
            f" where programme_code = '{programme}' and upazila_code = '{upazila}' and facts is not null"
            f" group by person_id order by person_id) to '{out}' (format csv, header false)"
        ).fetchone()
    return int(row[0]) if row else 0
