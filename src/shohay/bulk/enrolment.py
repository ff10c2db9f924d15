"""From the result of a determination to what an enrolment keeps."""

from __future__ import annotations

from pathlib import Path

from pyarrow import compute, csv, parquet


def facts_csv(ranked: Path, programme: str, upazila: str, out: Path) -> int:
    """Write (person_id, facts as JSON) of those ranked for a programme in an upazila to ``out`` (CSV); how many.

    ``facts`` is what the benefit schedule reads; a programme that pays everyone the same has none. The file is in
    the order of programme and place, so only the row groups of this list are read; Arrow alone, because this runs
    once a list and opening an engine would cost more than the reading.
    """
    if "facts" not in parquet.read_schema(ranked).names:
        return 0
    found = parquet.read_table(
        ranked,
        columns=["person_id", "facts"],
        filters=(compute.field("programme_code") == programme)
        & (compute.field("upazila_code") == upazila)
        & compute.field("facts").is_valid(),
    )
    csv.write_csv(found, out, csv.WriteOptions(include_header=False))
    return int(found.num_rows)
