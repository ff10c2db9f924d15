"""Rolling counts by upazila up to districts, divisions, the country and shares: rows are base counts."""

from __future__ import annotations

from time import perf_counter
from typing import Any

DEFAULT_ROWS = 1_000_000


def run(rows: int) -> dict[str, Any]:
    """``rows`` base counts over 507 upazilas, 140 programmes and six names."""
    import duckdb

    from shohay.bulk.indicators import roll_up

    with duckdb.connect() as engine:
        base = engine.execute(f"""
            select ['enrolled', 'eligible', 'applied', 'payments', 'payment_poisha', 'grievances'][1 + i % 6] as name,
                   printf('%02d%02d%02d', 10 + i % 8, i % 64, i % 507 % 90) as area_code,
                   printf('P%03d', i % 140) as programme_code, ['sex:female', 'sex:male'][1 + i % 2] as grp,
                   (i % 100)::double as value, i % 100 as persons
            from range({rows}) t(i)
        """).to_arrow_table()
    began = perf_counter()
    figures = roll_up(base)
    return {"seconds": perf_counter() - began, "figures": figures.num_rows}
