"""Duplicates among the people of a synthetic snapshot: time of the matcher."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any

DEFAULT_ROWS = 1_000_000


def run(rows: int) -> dict[str, Any]:
    """Match, and measure precision and recall against the planted duplicates."""
    from shohay.bulk import linkage
    from shohay.cli.benches._registry import var

    made = population(rows)
    out = var() / "linkage"
    shutil.rmtree(out, ignore_errors=True)
    started = time.perf_counter()
    linked = linkage.link(snapshot=made / "snapshot", out=out)
    seconds = round(time.perf_counter() - started, 2)
    measured = linkage.quality(linked, made / "truth.parquet", made / "snapshot")
    return {"rows": linked.counts["records"], "seconds": seconds, **linked.counts, **measured}


def population(rows: int) -> Path:
    """A synthetic snapshot of about ``rows`` people with its truth, made once for each size."""
    from shohay.bulk.synth import demo_areas, generate
    from shohay.cli.benches._registry import AS_OF, PER_HOUSEHOLD, var

    out = var() / "files" / f"snapshot-{rows}"
    if not (out / "truth.parquet").exists():
        generate(
            households=max(1, round(rows / PER_HOUSEHOLD)), seed=2026, areas=demo_areas(), out=out, form="snapshot",
            as_of=AS_OF, workers=1,
        )  # fmt: skip
    return out
