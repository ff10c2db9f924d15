"""Reading and writing the small CSV files, and opening DuckDB with its spatial extension."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "src" / "shohay" / "data"

AREA_COLUMNS = (
    "code", "level", "kind", "name_bn", "name_en", "old_names", "parent", "pcode", "vintage", "latitude", "longitude",
    "area_sqkm", "population", "name_bn_source", "name_bn_score", "source",
)  # fmt: skip


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> int:
    """Write ``rows`` in the given order; an absent or None value is an empty cell. Returns the number of rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(["" if row.get(name) is None else row.get(name, "") for name in columns])
    return len(rows)


def tidy(text: str) -> str:
    """One spelling of the same letters: NFC, no joiners and marks of direction, single spaces."""
    kept = "".join(
        letter for letter in unicodedata.normalize("NFC", text) if letter not in "\u200b\u200c\u200d\u200e\u200f"
    )
    return " ".join(kept.split())


def spatial(downloads: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB with the spatial extension from the unpacked wheel duckdb-extension-spatial."""
    found = sorted(downloads.glob("**/spatial.duckdb_extension"))
    if not found:
        raise SystemExit(f"unpack the wheel duckdb-extension-spatial below {downloads}")
    connection = duckdb.connect()
    connection.execute(f"load '{found[0]}'")
    return connection
