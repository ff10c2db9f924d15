"""A sample of a snapshot's households, kept beside it: what answers while somebody drags a parameter.

The households are those that bulk.fact_table.taken draws by their ids, so the sample is the same on every machine. It
is a snapshot of its own with ``weights.parquet``: each household stands for as many as there are for one drawn.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from shohay.bulk import snapshot
from shohay.bulk.fact_table import taken

SEED = 0
TABLES = ("households", "persons", "held", "applications")
WEIGHTS = "weights"
ROW_GROUP = 20_480  # small: workers share even a small sample


def sampled(where: Path, share: float, cache: Path) -> Path:
    """The folder of the sample of ``share`` of the snapshot ``where``; it is made where ``cache`` has none yet."""
    manifest = snapshot.read_manifest(where)
    out = cache / f"{manifest.sha256[:32]}-{round(share * 1_000_000):07d}"
    if (out / "manifest.json").exists():
        return out
    work = out.with_name(f"{out.name}.{os.getpid()}")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    _write(where, share, work)
    snapshot.write_manifest(work, manifest.as_of)
    try:
        work.rename(out)
    except OSError:  # somebody else made it meanwhile: the same bytes
        shutil.rmtree(work, ignore_errors=True)
    return out


def _write(where: Path, share: float, out: Path) -> None:
    ids = pq.read_table(snapshot.table_path(where, "households"), columns=["household_id"])["household_id"].to_numpy()
    chosen = ids[taken(ids, share, SEED)]
    weight = np.full(len(chosen), len(ids) / max(1, len(chosen)))
    pq.write_table(pa.table({"household_id": chosen, "weight": weight}), snapshot.table_path(out, WEIGHTS))
    shutil.copyfile(snapshot.table_path(where, "areas"), snapshot.table_path(out, "areas"))
    for table in TABLES:
        if snapshot.has(where, table):
            _filter(snapshot.table_path(where, table), snapshot.table_path(out, table), share)


def _filter(source: Path, target: Path, share: float) -> None:
    """The rows of the drawn households, in the same order; one row group at a time in memory."""
    with pq.ParquetFile(source) as file, pq.ParquetWriter(target, file.schema_arrow, compression="zstd") as out:
        for group in range(file.metadata.num_row_groups):
            rows = file.read_row_group(group)
            rows = rows.filter(pa.array(taken(rows["household_id"].to_numpy(), share, SEED)))
            out.write_table(rows, row_group_size=ROW_GROUP)


def weights_of(where: Path) -> pa.Table | None:
    """weights.parquet of a survey base or a sample; None for a snapshot in which everybody stands."""
    path = snapshot.table_path(where, WEIGHTS)
    return pq.read_table(path) if path.exists() else None
