"""A whole population, chunk by chunk: workers make chunks, this process writes them in order, so bytes never depend on
how many workers there are."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import shutil
import tempfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shohay.bulk.snapshot import ROW_GROUP, write_manifest
from shohay.bulk.synth import cast, cast_form, file_form, snapshot_form, truth
from shohay.bulk.synth.areas import chosen_areas, demo_areas
from shohay.bulk.synth.chunk import Chunk, Plan, make_chunk
from shohay.bulk.synth.frame import Progress

SNAPSHOT, FILE, BOTH = "snapshot", "file", "both"
AHEAD = 2  # chunks made but not yet written, per worker: bounds memory and disk


@dataclass(frozen=True)
class Generated:
    """Where the population is: ``snapshot`` is a folder, ``file`` a CSV; counts of rows by table."""

    paths: dict[str, Path]
    counts: dict[str, int]
    truth_path: Path
    sha256: str = ""  # of the snapshot's manifest
    truth_counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """What a worker needs to make chunks."""

    plan: Plan
    form: str
    bad_rows: bool
    folder: Path


_task: Task | None = None


def _begin(task: Task) -> None:
    global _task
    _task = task
    pa.set_cpu_count(1)


def _work(index: int) -> int:
    """Make chunk ``index`` and leave its parts in the folder."""
    assert _task is not None
    task = _task
    chunk = make_chunk(task.plan, index)
    parts: dict[str, pa.Table] = {"truth": truth.table(chunk)}
    if task.form != FILE:
        parts |= snapshot_form.tables(chunk, task.plan.as_of)
    for name, table in parts.items():
        with (
            pa.OSFile(str(task.folder / f"{name}.{index}.arrow"), "wb") as sink,
            pa.ipc.new_file(sink, table.schema) as out,
        ):
            out.write_table(table)
    if task.form != SNAPSHOT:
        _file_part(task, chunk, index)
    return len(chunk.people["line"])


def _file_part(task: Task, chunk: Chunk, index: int) -> None:
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([task.plan.seed, index, 1])))
    found = file_form.table(chunk, rng, task.plan.as_of, task.bad_rows)
    file_form.write(found, str(task.folder / f"file.{index}.csv"), header=False)


def _chunks(task: Task, workers: int) -> Iterator[tuple[int, int]]:
    """(index, persons) of every chunk in order, made by worker processes where there is more than one chunk."""
    count = task.plan.chunks
    if workers < 2 or count < 2:
        before = pa.cpu_count()
        _begin(task)
        pa.set_cpu_count(before)
        for index in range(count):
            yield index, _work(index)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(task,)) as pool:
        waiting: deque[Future[int]] = deque()
        sent = 0
        for index in range(count):
            while sent < count and len(waiting) < workers * AHEAD:
                waiting.append(pool.submit(_work, sent))
                sent += 1
            yield index, waiting.popleft().result()


class Writers:
    """One Parquet file per table, one CSV file; parts are appended in the order of chunks."""

    def __init__(self, out: Path, form: str, as_of: dt.date) -> None:
        self.out, self.form = out, form
        self.parquet: dict[str, pq.ParquetWriter] = {}
        self.counts: dict[str, int] = {}
        self.csv = None
        if form != SNAPSHOT:
            path = out / "households.csv"
            file_form.write(cast_form.file_table(as_of), str(path), header=True)
            self.csv = path.open("ab")
            self.counts["file"] = len(cast.rows())

    def add(self, name: str, table: pa.Table) -> None:
        """Append rows to the Parquet file of a table."""
        if name not in self.parquet:
            folder = self.out if name == "truth" else self.out / "snapshot"
            folder.mkdir(parents=True, exist_ok=True)
            self.parquet[name] = pq.ParquetWriter(
                folder / f"{name}.parquet", _plain_schema(table.schema), compression="zstd", store_schema=False
            )
        self.parquet[name].write_table(table.cast(self.parquet[name].schema), row_group_size=ROW_GROUP)
        self.counts[name] = self.counts.get(name, 0) + table.num_rows

    def take(self, folder: Path, index: int, persons: int) -> None:
        """Append the parts of one chunk and remove them."""
        for path in sorted(folder.glob(f"*.{index}.arrow")):
            with pa.memory_map(str(path)) as source:
                self.add(path.name.split(".")[0], pa.ipc.open_file(source).read_all())
            path.unlink()
        if self.csv:
            part = folder / f"file.{index}.csv"
            with part.open("rb") as source:
                shutil.copyfileobj(source, self.csv, 1 << 20)
            part.unlink()
            self.counts["file"] += persons

    def close(self) -> None:
        for writer in self.parquet.values():
            writer.close()
        if self.csv:
            self.csv.close()


def _plain_schema(schema: pa.Schema) -> pa.Schema:
    """Words as text: dictionaries are a matter of memory only."""
    return pa.schema(
        [pa.field(f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type) for f in schema]
    )


def generate(
    *,
    households: int,
    seed: int,
    areas: pa.Table | None,
    out: Path,
    form: str,
    as_of: dt.date,
    bad_rows: bool = True,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Generated:
    """Write a synthetic population of ``households`` (and the cast) to ``out``; the same arguments give the same bytes.

    ``areas`` has the columns area_code and, if wanted, weight; None = the whole country. ``form`` is snapshot (folder
    out/snapshot), file (out/households.csv) or both; out/truth.parquet lists what is planted. Raises ValueError for
    an unknown form or area. ``progress(households done, all)``.
    """
    if form not in (SNAPSHOT, FILE, BOTH):
        raise ValueError(f"form is snapshot, file or both, not {form!r}")
    out.mkdir(parents=True, exist_ok=True)
    plan = Plan(households, seed, chosen_areas(areas), as_of)
    writers = Writers(out, form, as_of)
    with tempfile.TemporaryDirectory(dir=out, prefix=".parts-") as scratch:
        task = Task(plan, form, bad_rows, Path(scratch))
        writers.add("truth", truth.cast_table())
        if form != FILE:
            for name, table in cast_form.snapshot_tables().items():
                writers.add(name, table)
        for index, persons in _chunks(task, workers or min(2, os.cpu_count() or 1)):
            writers.take(task.folder, index, persons)
            if progress:
                progress(min((index + 1) * plan.chunk, households), households)
    writers.close()
    return _finish(out, form, as_of, areas, writers)


def _finish(out: Path, form: str, as_of: dt.date, areas: pa.Table | None, writers: Writers) -> Generated:
    paths: dict[str, Path] = {}
    sha256 = ""
    if form != FILE:
        paths[SNAPSHOT] = out / "snapshot"
        lived_in = None if areas is None else _with_cast(areas)
        pq.write_table(
            snapshot_form.area_table(chosen_areas(lived_in)), paths[SNAPSHOT] / "areas.parquet", compression="zstd"
        )
        sha256 = write_manifest(paths[SNAPSHOT], as_of).sha256
    if form != SNAPSHOT:
        paths[FILE] = out / "households.csv"
    kinds = pq.read_table(out / "truth.parquet", columns=["kind"]).column("kind").value_counts().to_pylist()
    counted = {item["values"]: item["counts"] for item in kinds}
    return Generated(paths, writers.counts, out / "truth.parquet", sha256, dict(sorted(counted.items())))


def _with_cast(areas: pa.Table) -> pa.Table:
    """The codes of the areas and of the unions where the cast lives."""
    return pa.table({"area_code": sorted({*areas.column("area_code").to_pylist(), *cast.unions()})})


__all__ = ["BOTH", "FILE", "SNAPSHOT", "Generated", "demo_areas", "generate"]
