"""Everybody's answer for every programme, with reasons, ranked within upazilas: from a snapshot to result files.

The snapshot is read in ranges of households; each range is decided by one worker on one thread (bulk.chunk) and writes
its own parts, so cost grows in a straight line and the bytes do not depend on how many workers there were. Then each
programme's candidates are ranked (bulk.ranking).

Files under ``out``:

- ``answers/part-NNNNN.parquet``: a row a person, ``<code>_mask`` for each programme of persons: its low 16 bits say
  which criteria failed, its high 16 which cannot be told (in the order of ``Version.criterion_ids``); 0 = eligible;
- ``households/part-NNNNN.parquet``: the same for households and their programmes, with score and payee;
- ``ranked.parquet``, ``applicants.parquet``, ``counts.json``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import rfc8785

from shohay.bulk import chunk, plan, ranking, snapshot
from shohay.bulk.answers import Answer, Reason, answer, facts_of
from shohay.bulk.engine import Engine, choose
from shohay.bulk.plan import Plan
from shohay.bulk.pmt import Formula
from shohay.bulk.reading import Range
from shohay.core.definition import Definition

__all__ = ["Answer", "Determined", "Reason", "answer", "determine", "facts_of", "read_counts"]

PERSONS_EACH = 1_000_000
Quotas = dict[tuple[str, str], int]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Determined:
    """Where the results stand, their hash, and the counts of each programme."""

    path: Path
    sha256: str
    counts: dict[str, Any]
    files: dict[str, str]

    @property
    def answers(self) -> str:
        """Pattern of the files of persons' answers, for read_parquet."""
        return str(self.path / "answers" / "*.parquet")

    @property
    def household_answers(self) -> str:
        return str(self.path / "households" / "*.parquet")


def determine(
    *,
    snapshot: Path,
    definitions: Sequence[Definition],
    on: dt.date,
    out: Path,
    formula: Formula,
    seed: int,
    quotas: Quotas | None,
    engine: Engine | None = None,
    progress: Progress | None = None,
    persons_each: int = PERSONS_EACH,
) -> Determined:
    """Decide the whole snapshot for the day ``on``; the same input gives the same bytes.

    ``quotas`` gives places by (programme, upazila). None: everyone eligible is selected. A programme that has any
    quota has none in upazilas that are not listed. Whoever is already on a programme is not ranked for it again.
    """
    pa.set_memory_pool(pa.system_memory_pool())  # the default pool returns memory at once and has to ask for it again
    engine = engine or choose()
    say = progress or (lambda step, done, total: None)
    check_and_clear(snapshot, out)
    plan_ = plan.make(definitions, on, formula)
    ranges = list(enumerate(_ranges(snapshot, persons_each)))
    if engine.master:
        from shohay.bulk.spark import determination as spark

        counts = _add_up(plan_, spark.decide(engine, snapshot, plan_, out, ranges, say))
        spark.rank(engine, plan_, out, seed, quotas, say)
    else:
        counts = _add_up(plan_, _decide(engine, snapshot, plan_, out, ranges, say))
        eligible = {code: of["eligible"] for code, of in counts.items()}
        ranking.rank(engine, plan_, out, seed, quotas, eligible, say)
    _count_selected(engine, out, counts)
    shutil.rmtree(out / "work")
    (out / "counts.json").write_bytes(rfc8785.dumps(counts))
    files = {str(path.relative_to(out)): _hash(path) for path in sorted(out.rglob("*")) if path.is_file()}
    return Determined(out, hashlib.sha256(rfc8785.dumps(files)).hexdigest(), counts, files)


def check_and_clear(where: Path, out: Path) -> None:
    """Refuse a wrong snapshot; begin with an empty folder, whatever a killed run left."""
    snapshot.check(where)
    shutil.rmtree(out, ignore_errors=True)
    for folder in ("answers", "households", "work"):
        (out / folder).mkdir(parents=True)


def _ranges(where: Path, persons_each: int) -> list[tuple[int, int | None]]:
    return snapshot.ranges(where, persons_each)


def _hash(path: Path) -> str:
    return snapshot.file_hash(path)


def _decide(
    engine: Engine, where: Path, plan_: Plan, out: Path, ranges: list[tuple[int, Range]], say: Progress
) -> list[chunk.Counts]:
    """All ranges, side by side."""
    return engine.each(
        ranges,
        lambda item: _part(engine, where, plan_, out, item[0], item[1]),
        lambda done: say("decide", done, len(ranges)),
    )


def _part(engine: Engine, where: Path, plan_: Plan, out: Path, number: int, range_: Range) -> chunk.Counts:
    """Decide one range; returns for each programme how often each mask occurred."""
    con = engine.connect()
    try:
        counts = chunk.build(con, where, plan_, range_, out, f"part-{number:05d}.parquet")
        ranking.candidates(con, plan_, out / "work" / f"candidates-{number:05d}.parquet")
        ranking.applicants(con, plan_, out / "work" / f"applicants-{number:05d}.parquet")
        return counts
    finally:
        con.close()


def _add_up(plan_: Plan, parts: list[chunk.Counts]) -> dict[str, Any]:
    """How many are eligible, not, or cannot be told, and by which criterion, for each programme."""
    counts: dict[str, Any] = {}
    for programme in plan_.programmes:
        total = {"eligible": 0, "not_eligible": 0, "cannot_tell": 0}
        failed = dict.fromkeys(programme.version.criterion_ids, 0)
        unknown = dict(failed)
        occurrences: Counter[int] = Counter()
        for part in parts:
            occurrences.update(part[programme.code])
        for mask, rows in occurrences.items():
            low, high = mask & 65535, mask >> 16
            total["not_eligible" if low else "cannot_tell" if high else "eligible"] += rows
            for id_ in plan.mask_ids(programme.version, low):
                failed[id_] += rows
            for id_ in plan.mask_ids(programme.version, high):
                unknown[id_] += rows
        counts[programme.code] = {"unit": programme.definition.unit, **total, "failed": failed, "unknown": unknown}
    return counts


def _count_selected(engine: Engine, out: Path, counts: dict[str, Any]) -> None:
    con = engine.connect()
    for file, columns in (("ranked", "count(*), count(*) filter (where selected)"), ("applicants", "count(*)")):
        path = str(out / f"{file}.parquet").replace("'", "''")
        rows = con.execute(
            f"select programme_code, {columns} from read_parquet('{path}') group by 1 order by 1"
        ).fetchall()
        for code, *found in rows:
            counts[code] |= dict(
                zip(("ranked", "selected") if file == "ranked" else ("applicants",), found, strict=True)
            )
    con.close()
    for of in counts.values():
        of.update({name: of.get(name, 0) for name in ("ranked", "selected", "applicants")})


def read_counts(out: Path) -> dict[str, Any]:
    """counts.json of a finished run."""
    return dict(json.loads((out / "counts.json").read_bytes()))
