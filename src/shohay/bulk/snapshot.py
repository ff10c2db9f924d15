"""What a snapshot is: its tables, their columns, their order, its manifest and its hash.

A snapshot is a folder of Parquet files that never changes; its name is the SHA-256 of its manifest. Households and
persons are in the order of household_id (persons then by line_no): everything that runs on a snapshot reads it in
ranges of household_id and never has to sort the nation. Unknown is NULL, never an empty text.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import rfc8785

from shohay.core.messages import Refusal

ROW_GROUP = 122_880

TEXT, BOOL, SMALL, BIG, REAL, DAY = pa.string(), pa.bool_(), pa.int16(), pa.int64(), pa.float64(), pa.date32()
SCHEMAS: dict[str, pa.Schema] = {
    "households": pa.schema([
        ("household_id", BIG), ("area_code", TEXT), ("area_type", TEXT), ("rooms", SMALL), ("walls", TEXT),
        ("has_television", BOOL), ("fans", SMALL), ("mobile_phones", SMALL), ("has_vehicle", BOOL),
        ("has_daily_labourer", BOOL), ("homestead_decimals", REAL), ("cultivable_decimals", REAL),
        ("annual_income", BIG), ("disaster_hit", BOOL), ("declared_programmes", pa.list_(TEXT)),
    ]),
    "persons": pa.schema([
        ("person_id", BIG), ("household_id", BIG), ("area_code", TEXT), ("line_no", SMALL), ("relation", TEXT),
        ("sex", TEXT), ("birth_date", DAY), ("marital_status", TEXT), ("marriage_ended_on", DAY), ("disability", TEXT),
        ("disability_card", BOOL), ("is_pregnant", BOOL), ("pregnancy_month", SMALL), ("pregnancy_order", SMALL),
        ("has_anc_card", BOOL), ("school_level", TEXT), ("school_class", SMALL), ("school_listed", BOOL),
        ("occupation", TEXT), ("annual_income", BIG), ("government_salary", BOOL), ("government_pension", BOOL),
        ("permanent_resident", BOOL), ("community", TEXT), ("is_alive", BOOL), ("is_duplicate", BOOL),
        ("has_identity", BOOL),
    ]),
    "held": pa.schema([("person_id", BIG), ("household_id", BIG), ("programme_code", TEXT)]),
    "applications": pa.schema([
        ("person_id", BIG), ("household_id", BIG), ("area_code", TEXT), ("programme_code", TEXT),
    ]),
    "areas": pa.schema([
        ("area_code", TEXT), ("upazila_code", TEXT), ("district_code", TEXT), ("division_code", TEXT),
    ]),
    "names": pa.schema([
        ("person_id", BIG), ("area_code", TEXT), ("name_bn", TEXT), ("name_en", TEXT), ("name_key", TEXT),
        ("father_name", TEXT), ("mother_name", TEXT), ("sex", TEXT), ("birth_date", DAY), ("identity_digest", TEXT),
        ("account_digest", TEXT),
    ]),
    "sources": pa.schema([("household_id", BIG), ("recorded_by", TEXT), ("recorded_on", DAY)]),
}  # fmt: skip
# further columns of persons, optional: a snapshot taken before they were asked for lacks them, and nobody told then
PERSON_EXTRA: dict[str, pa.DataType] = {"freedom_fighter": TEXT, "serious_illness": TEXT}
NEEDED = ("households", "persons", "areas")  # the others may be absent: then nobody is in them
# further columns of areas, optional; beside each stands <name>_from, the place whose figure it is
AREA_FACTS: dict[str, pa.DataType] = {
    "poverty_rate": REAL, "oaa_universal": BOOL, "population": REAL, "land_sqkm": REAL, "ethnic_minority_share": REAL,
    "tea_gardens": REAL, "is_hard_to_reach": BOOL, "is_coastal": BOOL, "is_flood_forecast_area": BOOL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manifest:
    """What manifest.json says: the day, and rows and hash of each table."""

    as_of: dt.date
    tables: dict[str, dict[str, Any]]
    sha256: str


def written(table: str) -> pa.Schema:
    """The columns of a table as a new snapshot has them."""
    extra = PERSON_EXTRA if table == "persons" else {}
    return pa.schema([*SCHEMAS[table], *(pa.field(name, kind) for name, kind in extra.items())])


def table_path(snapshot: Path, table: str) -> Path:
    return snapshot / f"{table}.parquet"


def has(snapshot: Path, table: str) -> bool:
    return table_path(snapshot, table).exists()


def write_manifest(snapshot: Path, as_of: dt.date) -> Manifest:
    """Hash the tables that stand in ``snapshot`` and write manifest.json beside them; its hash names the snapshot."""
    tables = {}
    for path in sorted(snapshot.glob("*.parquet")):
        rows = pq.read_metadata(path).num_rows
        tables[path.stem] = {"rows": rows, "sha256": file_hash(path)}
    document = rfc8785.dumps({"as_of": as_of.isoformat(), "tables": tables})
    (snapshot / "manifest.json").write_bytes(document)
    return Manifest(as_of, tables, hashlib.sha256(document).hexdigest())


def read_manifest(snapshot: Path) -> Manifest:
    """The manifest as written; raises FileNotFoundError where there is no snapshot."""
    raw = (snapshot / "manifest.json").read_bytes()
    document = json.loads(raw)
    return Manifest(dt.date.fromisoformat(document["as_of"]), document["tables"], hashlib.sha256(raw).hexdigest())


def verify(snapshot: Path) -> list[str]:
    """The tables whose bytes are no longer those of the manifest."""
    manifest = read_manifest(snapshot)
    return [name for name, table in manifest.tables.items() if file_hash(table_path(snapshot, name)) != table["sha256"]]


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(snapshot: Path) -> None:
    """Raise Refusal('snapshot_wrong') when a needed table or column is absent or of another kind."""
    for table, schema in SCHEMAS.items():
        path = table_path(snapshot, table)
        if not path.exists():
            if table in NEEDED:
                raise Refusal("snapshot_wrong", table=table, column="*")
            continue
        found = pq.read_schema(path)
        for field in schema:
            at = found.get_field_index(field.name)
            if at < 0 or not _alike(found.field(at).type, field.type):
                raise Refusal("snapshot_wrong", table=table, column=field.name)


def _alike(found: pa.DataType, wanted: pa.DataType) -> bool:
    """Whole numbers of any width pass for each other; so do the string types."""
    for same in (pa.types.is_integer, pa.types.is_floating, _is_text):
        if same(wanted):
            return bool(same(found)) or (same is pa.types.is_floating and pa.types.is_integer(found))
    if pa.types.is_list(wanted):
        return bool(pa.types.is_list(found))
    return bool(found == wanted)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_dictionary(kind))


def ranges(snapshot: Path, persons_each: int) -> list[tuple[int, int | None]]:
    """Ranges [from, below) of household_id of about ``persons_each`` persons, from the statistics of row groups.

    The last range is open. Raises Refusal('snapshot_not_ordered') when the row groups are not in order.
    """
    cuts: list[int] = []
    for table in ("households", "persons"):
        rows, last = 0, None
        for low, high, count in _group_bounds(table_path(snapshot, table)):
            if last is not None and low < last:
                raise Refusal("snapshot_not_ordered", table=table)
            if table == "persons" and rows >= persons_each and (not cuts or low > cuts[-1]):
                cuts.append(low)
                rows = 0
            rows, last = rows + count, high
    return list(zip([-(2**62), *cuts], [*cuts, None], strict=True))


def _group_bounds(path: Path) -> Iterable[tuple[int, int, int]]:
    """Least and greatest household_id and the rows of each row group of a Parquet file."""
    with pq.ParquetFile(path) as file:
        metadata = file.metadata
        at = next(i for i in range(metadata.num_columns) if metadata.schema.column(i).path == "household_id")
        for group in range(metadata.num_row_groups):
            if metadata.row_group(group).num_rows == 0:
                continue
            statistics = metadata.row_group(group).column(at).statistics
            if statistics is None or not statistics.has_min_max:
                raise Refusal("snapshot_not_ordered", table=path.stem)
            yield statistics.min, statistics.max, metadata.row_group(group).num_rows
