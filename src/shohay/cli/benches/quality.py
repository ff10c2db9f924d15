"""shohay bench quality: every quality rule over a snapshot of the synthetic population."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

DEFAULT_ROWS = 10_000_000
DAY = dt.date(2026, 11, 21)
HOUSEHOLD_SIZE = 4.05


def run(rows: int) -> dict[str, Any]:
    """Check ``rows`` people and their households; making the population does not count."""
    from shohay.bulk.quality import check
    from shohay.bulk.synth.generate import generate
    from shohay.policy.quality_rules import shipped

    folder = Path(tempfile.mkdtemp(prefix="shohay-bench-"))
    try:
        made = generate(
            households=max(1, round(rows / HOUSEHOLD_SIZE)),
            seed=2026,
            areas=None,
            out=folder,
            form="snapshot",
            as_of=DAY,
        )
        rules = shipped()
        started = time.perf_counter()
        found = check(where=made.paths["snapshot"], rules=rules, out=folder / "out")
        return {
            "seconds": round(time.perf_counter() - started, 2),
            "rules": len(rules.rules),
            "persons": found.records["person"],
            "households": found.records["household"],
            "found": sum(found.found.values()),
        }
    finally:
        shutil.rmtree(folder, ignore_errors=True)
