"""shohay bench determination: everybody's answer for every shipped programme, ranked, from snapshot to files."""

from __future__ import annotations

import datetime as dt
import resource
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

DEFAULT_ROWS = 10_000_000
DAY = dt.date(2026, 11, 21)


def run(rows: int) -> dict[str, Any]:
    """Decide ``rows`` persons; making the population does not count. Returns seconds, user CPU seconds and sizes."""
    from shohay.bulk import pmt, sample
    from shohay.bulk.determination import determine
    from shohay.policy import shipped

    folder = Path(tempfile.mkdtemp(prefix="shohay-bench-"))
    try:
        snapshot = sample.write(folder / "snapshot", rows, DAY)
        definitions = shipped.definitions()
        before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        result = determine(
            snapshot=snapshot, definitions=definitions, on=DAY, out=folder / "out", formula=pmt.shipped(), seed=2026,
            quotas=None,
        )  # fmt: skip
        seconds = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "seconds": round(seconds, 2),
            "cpu_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
            "programmes": len(result.counts),
            "eligible": sum(counts["eligible"] for counts in result.counts.values()),
            "ranked": sum(counts["ranked"] for counts in result.counts.values()),
            "result_mib": sum(path.stat().st_size for path in result.path.rglob("*") if path.is_file()) >> 20,
        }
    finally:
        shutil.rmtree(folder, ignore_errors=True)
