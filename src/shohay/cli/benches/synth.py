"""How fast a synthetic national population is made, in snapshot form. Rows are people (four a household)."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

DEFAULT_ROWS = 10_000_000


def run(rows: int) -> dict[str, Any]:
    """Make ``rows`` / 4 households of the whole country; counts the people that came out."""
    from shohay.bulk.synth import generate

    with tempfile.TemporaryDirectory() as out:
        made = generate(
            households=max(rows // 4, 1),
            seed=2026,
            areas=None,
            out=Path(out),
            form="snapshot",
            as_of=dt.date(2026, 11, 22),
        )
        size = sum(path.stat().st_size for path in made.paths["snapshot"].iterdir())
    return {
        "rows": made.counts["persons"],
        "households": made.counts["households"],
        "snapshot_mib": round(size / 2**20),
        "sha256": made.sha256,
    }
