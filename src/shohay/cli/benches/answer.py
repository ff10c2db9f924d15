"""shohay bench answer: one citizen's answer with its reasons, for every shipped programme, one after another."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

DEFAULT_ROWS = 500
DAY = dt.date(2026, 11, 21)


def run(rows: int) -> dict[str, Any]:
    """Ask for ``rows`` citizens drawn from a population, each with what they would tell; milliseconds of an answer."""
    from shohay.bulk import pmt
    from shohay.bulk.answers import answer
    from shohay.policy import shipped

    citizens = _citizens(rows)
    definitions, formula = shipped.definitions(), pmt.shipped()
    answer(citizens[0], definitions, DAY, formula)  # the first pays for reading the rules, once a process
    taken: list[float] = []
    reasons = 0
    for told in citizens:
        started = time.perf_counter()
        found = answer(told, definitions, DAY, formula)
        taken.append(1000 * (time.perf_counter() - started))
        reasons += sum(len(one.criteria) for one in found)
    taken.sort()
    return {
        "seconds": sum(taken) / 1000, "rows": len(citizens), "programmes": len(found),
        "reasons": round(reasons / len(citizens)), "p50_ms": round(taken[len(taken) // 2], 1),
        "p95_ms": round(taken[int(len(taken) * 0.95)], 1), "most_ms": round(taken[-1], 1),
    }  # fmt: skip


def _citizens(count: int) -> list[dict[str, object]]:
    """What so many people know of themselves and their household: the facts that are asked, not those made of them."""
    from shohay.bulk import fact_table, sample
    from shohay.core.facts import FACTS

    folder = Path(tempfile.mkdtemp(prefix="shohay-bench-"))
    try:
        snapshot = sample.write(folder / "snapshot", max(2000, count * 2), DAY)
        names = [name for name, fact in FACTS.items() if not fact.needs]
        table = fact_table.persons(snapshot, names, on=DAY)
        chosen = list(range(0, table.num_rows, max(1, table.num_rows // count)))[:count]
        told: list[dict[str, object]] = table.take(chosen).select(names).to_pylist()
        return told
    finally:
        shutil.rmtree(folder, ignore_errors=True)
