"""How many people a determination found eligible, by upazila: what a quota can at most reach."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
from pyarrow import compute


def eligible(result: Path, programme: str) -> dict[str, int]:
    """Upazila -> people found eligible for a programme, from the folder of a determination's result.

    The ranked people are all who are eligible; the file is in the order of the programmes, so few row groups are read.
    """
    found = pq.read_table(
        result / "ranked.parquet", columns=["upazila_code"], filters=compute.field("programme_code") == programme
    )
    counted = found.group_by("upazila_code").aggregate([([], "count_all")])
    return dict(zip(counted["upazila_code"].to_pylist(), counted["count_all"].to_pylist(), strict=True))
