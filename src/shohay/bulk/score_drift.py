"""How the scores of one formula differ between two snapshots: for the nation and by division, set-based.

Only the households of each score are counted (at most 1,001 numbers a division); what the counts say is computed by
core.score_drift. Ages are counted on the day of each snapshot, as a run of that day would.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shohay.bulk import fact_table
from shohay.bulk.engine import Engine
from shohay.bulk.pmt import Formula
from shohay.bulk.pmt_parts import TOP
from shohay.bulk.snapshot import read_manifest
from shohay.core import score_drift
from shohay.core.messages import Refusal

Counts = NDArray[Any]
BANDS = 10  # of the index: tenths of the households before
BAR = 50  # points of a bar of the histogram
NATION = ""


def drift(before: Path, after: Path, formula: Formula, *, engine: Engine | None = None) -> dict[str, Any]:
    """{"before", "after": {sha256, as_of}, "bar", "rows": [...]}: a row for the nation ('') and each division.

    A row has area, households and unscored (two numbers each), mean and median scores, psi, ks, level, and the shares
    of households in each bar of the histogram. Raises Refusal('drift_same').
    """
    manifests = [read_manifest(where) for where in (before, after)]
    if manifests[0].sha256 == manifests[1].sha256:
        raise Refusal("drift_same")
    counted = [
        _counts(fact_table.households(where, ["pmt_score"], on=manifest.as_of, formula=formula, engine=engine))
        for where, manifest in zip((before, after), manifests, strict=True)
    ]
    areas = sorted({*counted[0], *counted[1]})
    nothing = np.zeros(TOP + 2, np.int64)
    return {
        "formula_sha256": formula.sha256, "bar": BAR,
        "before": {"sha256": manifests[0].sha256, "as_of": manifests[0].as_of.isoformat()},
        "after": {"sha256": manifests[1].sha256, "as_of": manifests[1].as_of.isoformat()},
        "rows": [_row(area, *(of.get(area, nothing) for of in counted)) for area in areas],
    }  # fmt: skip


def _counts(table: pa.Table) -> dict[str, Counts]:
    """Households of each score by division and of the nation; the last number has no score."""
    found: dict[str, Counts] = {NATION: np.zeros(TOP + 2, np.int64)}
    with duckdb.connect(config={"threads": 1}) as con:
        con.register("homes", table)
        rows = con.execute(f"""
            select substring(area_code, 1, 2), coalesce(pmt_score, {TOP + 1})::int, count(*) from homes group by all
        """).fetchall()
    for area, score, number in rows:
        for key in (NATION, area):
            found.setdefault(key, np.zeros(TOP + 2, np.int64))[min(max(score, 0), TOP + 1)] += number
    return found


def _row(area: str, before: Counts, after: Counts) -> dict[str, Any]:
    scored = [before[: TOP + 1], after[: TOP + 1]]
    limits = _tenths(scored[0])
    index = score_drift.psi(*(np.add.reduceat(of, limits).tolist() for of in scored))
    return {
        "area": area, "households": [int(of.sum()) for of in (before, after)],
        "unscored": [int(of[TOP + 1]) for of in (before, after)], "mean": [_mean(of) for of in scored],
        "median": [_median(of) for of in scored], "psi": _rounded(index),
        "ks": _rounded(score_drift.ks(*(of.tolist() for of in scored))), "level": score_drift.level(index),
        "bars": [_bars(of) for of in scored],
    }  # fmt: skip


def _tenths(counts: Counts) -> list[int]:
    """Where the tenths of the households before begin; tenths that share a score are one band."""
    reached, whole = np.cumsum(counts), counts.sum()
    cuts = [int(np.searchsorted(reached, whole * part / BANDS)) + 1 for part in range(1, BANDS)] if whole else []
    return sorted({0, *(cut for cut in cuts if cut <= TOP)})


def _mean(counts: Counts) -> float | None:
    return round(float(np.average(np.arange(TOP + 1), weights=counts)), 4) if counts.sum() else None


def _median(counts: Counts) -> int | None:
    return int(np.searchsorted(np.cumsum(counts), counts.sum() / 2)) if counts.sum() else None


def _bars(counts: Counts) -> list[float]:
    """The share of the scored households in each bar; the score of 1000 is in the last."""
    bars = np.bincount(np.minimum(np.arange(TOP + 1), TOP - 1) // BAR, weights=counts)
    return [round(float(bar), 6) for bar in bars / max(int(counts.sum()), 1)]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 8)
