"""shohay bench survey: all figures of a survey with their design-based errors, six programmes and four breakdowns.

``rows`` households in a fiftieth as many clusters; the table is made in memory, and making it does not count.
"""

from __future__ import annotations

import resource
import time
from typing import Any

DEFAULT_ROWS = 1_000_000
PROGRAMMES = ("OAA", "WDA", "DPA", "MCBP", "VWB", "FFP")
DIMENSIONS = ("division", "area_type", "head_sex", "disability")


def run(rows: int) -> dict[str, Any]:
    """Estimate over ``rows`` households; returns seconds, CPU seconds and how many figures came out."""
    from shohay.bulk.poverty import Spec, estimate

    table = _households(rows)
    spec = Spec(DIMENSIONS, PROGRAMMES, dict.fromkeys(PROGRAMMES, "social_assistance"))
    before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    made = estimate(table, spec)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2), "figures": len(made.rows),
            "clusters": made.design["clusters"]}  # fmt: skip


def _households(rows: int) -> Any:
    """Households with consumption, a line, groups and what six programmes gave."""
    import numpy as np
    import pyarrow as pa

    draw = np.random.Generator(np.random.PCG64(1))
    psu = draw.integers(0, max(rows // 50, 40), rows)
    stratum = psu % 20 if rows < 100_000 else psu % 200
    y = np.exp(draw.normal(8.2, 0.6, rows) + 0.03 * (psu % 7))
    columns: dict[str, Any] = {
        "stratum": stratum, "psu": psu, "w": draw.uniform(50, 500, rows), "y": y, "z": np.full(rows, 3000.0),
        "z_low": np.full(rows, 2300.0), "division": (stratum % 8).astype(str),
        "area_type": np.where(stratum % 3 == 0, "urban", "rural"),
        "head_sex": np.where(draw.random(rows) < 0.15, "female", "male"),
        "disability": np.where(draw.random(rows) < 0.1, "yes", "no"),
    }  # fmt: skip
    for place, code in enumerate(PROGRAMMES, start=1):
        got = draw.random(rows) < 0.02 * place
        columns[f"b_{code}"] = got
        columns[f"t_{code}"] = np.where(got, y * 0.05 * draw.random(rows), 0.0)
    return pa.table(columns)
