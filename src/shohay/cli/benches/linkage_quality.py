"""Precision and recall of the matcher on a population of its own seed, small enough to look at."""

from __future__ import annotations

from typing import Any

DEFAULT_ROWS = 100_000


def run(rows: int) -> dict[str, Any]:
    from shohay.cli.benches import linkage

    return linkage.run(rows)
