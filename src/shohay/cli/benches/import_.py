"""A household file to an empty registry: received, checked, sealed, loaded."""

from __future__ import annotations

import time
from typing import Any

DATABASE = True
DEFAULT_ROWS = 1_000_000


def run(rows: int) -> dict[str, Any]:
    """The whole import of a CSV; making the file does not count."""
    from shohay.cli.benches import _registry
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.intake import actions as intake
    from shohay.stages.registry import actions as registry

    path = _registry.household_file(rows)
    _registry.empty_registry()
    started = time.perf_counter()
    upload = intake.receive(data=path, file_name=path.name, by=SYSTEM)
    upload = intake.check(upload=upload, by=SYSTEM)
    checked = time.perf_counter()
    counts = registry.admit(upload=upload, by=SYSTEM)
    finished = time.perf_counter()
    return {
        "rows": upload.rows_total,
        "seconds": round(finished - started, 2),
        "check_seconds": round(checked - started, 2),
        "admit_seconds": round(finished - checked, 2),
        "bad_rows": upload.rows_bad,
        "megabytes": round(path.stat().st_size / 1e6),
        **counts,
    }
