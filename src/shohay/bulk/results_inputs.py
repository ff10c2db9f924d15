"""What the computation of the indicators reads: a snapshot of the registry and one Parquet table for each other source.

A fiscal year is the year it begins in (``fy`` 2024 = FY2024-25). Tables that are absent are empty: the counts made of
them then do not exist, and the indicators over those counts have no value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import rfc8785

from shohay.bulk import snapshot

COUNTING = 2  # raised when the counts are made differently: the same inputs are then another run
TEXT, SMALL, BIG, DAY, BOOL = pa.string(), pa.int16(), pa.int64(), pa.date32(), pa.bool_()
SCHEMAS: dict[str, pa.Schema] = {
    # one row an enrolment; valid_to is the first day without it, null while it lasts
    "enrolments": pa.schema([
        ("person_id", BIG), ("programme_code", TEXT), ("valid_from", DAY), ("valid_to", DAY),
    ]),
    # one row a payment; own: the account was confirmed as the person's own
    "payments": pa.schema([
        ("person_id", BIG), ("area_code", TEXT), ("programme_code", TEXT), ("fy", SMALL), ("period_end", DAY),
        ("amount_poisha", BIG), ("state", TEXT), ("settled_on", DAY), ("digital", BOOL), ("own", BOOL),
    ]),
    "applications": pa.schema([
        ("person_id", BIG), ("programme_code", TEXT), ("applied_on", DAY), ("decided_on", DAY), ("eligible", BOOL),
        ("enrolled", BOOL),
    ]),
    "quotas": pa.schema([("programme_code", TEXT), ("area_code", TEXT), ("fy", SMALL), ("slots", BIG)]),
    "grievances": pa.schema([
        ("programme_code", TEXT), ("area_code", TEXT), ("filed_on", DAY), ("answered_on", DAY),
        ("appeal_decided_on", DAY), ("appeal_upheld", BOOL),
    ]),
    "quality": pa.schema([("area_code", TEXT), ("fy", SMALL), ("checks", BIG), ("failed", BIG)]),
    # to_spend: the (revised) allocation where the spending is known, else null
    "budget": pa.schema([
        ("programme_code", TEXT), ("ministry_code", TEXT), ("fy", SMALL), ("budget_poisha", BIG),
        ("to_spend_poisha", BIG), ("spent_poisha", BIG), ("cash_or_food", BOOL), ("lifecycle", BOOL),
    ]),
    "national": pa.schema([("fy", SMALL), ("name", TEXT), ("value", BIG)]),
    "verified": pa.schema([("person_id", BIG)]),
    # likelihood: thousandths of a chance that the household is below the upper poverty line
    "welfare": pa.schema([("household_id", BIG), ("score", pa.int32()), ("likelihood", pa.int32())]),
    "census": pa.schema([("area_code", TEXT), ("population", BIG)]),
    # counts of the country that this or a later stage hands in: reports_due, actions_late ...; grp '' belongs to no
    # group; the rows of a name and year add up. origin: the record that it was read from, '' where it is many
    "given": pa.schema([("name", TEXT), ("fy", SMALL), ("grp", TEXT), ("value", BIG), ("origin", TEXT)]),
    "exclusive": pa.schema([("one", TEXT), ("other", TEXT)]),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where the inputs stand: the snapshot's folder, and the folder of the other tables."""

    snapshot: Path
    tables: Path
    as_of: date
    years: tuple[int, ...]
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # policy.indicator_documents.groups()

    def path(self, table: str) -> Path:
        return self.tables / f"{table}.parquet"

    def hashes(self) -> dict[str, dict[str, object]]:
        """Rows and hash of every table, and of the snapshot's manifest."""
        found: dict[str, dict[str, object]] = {
            "snapshot": {"rows": 0, "sha256": snapshot.read_manifest(self.snapshot).sha256}
        }
        for table in SCHEMAS:
            if self.path(table).exists():
                rows = pq.read_metadata(self.path(table)).num_rows
                found[table] = {"rows": rows, "sha256": snapshot.file_hash(self.path(table))}
        return found

    def sha256(self) -> str:
        """Of everything that decides the result beside the definitions."""
        whole: dict[str, Any] = {
            "counting": COUNTING,
            "tables": {name: of["sha256"] for name, of in self.hashes().items()},
            "as_of": self.as_of.isoformat(), "years": list(self.years),
            "groups": {name: list(codes) for name, codes in self.groups.items()},
        }  # fmt: skip
        return hashlib.sha256(rfc8785.dumps(whole)).hexdigest()


def write(inputs: Path, table: str, rows: pa.Table) -> None:
    """Write one table; its bytes depend on its rows alone."""
    inputs.mkdir(parents=True, exist_ok=True)
    pq.write_table(rows.cast(SCHEMAS[table]), inputs / f"{table}.parquet", compression="zstd", compression_level=1)


def views(con: duckdb.DuckDBPyConnection, inputs: Inputs) -> None:
    """Name every input: ``in_payments`` and so on; absent ones are there, and empty."""
    for table, schema in SCHEMAS.items():
        if inputs.path(table).exists():
            _view(con, f"in_{table}", inputs.path(table))
        else:
            con.register(f"in_{table}", schema.empty_table())
    for table in ("persons", "households", "areas", "sources"):
        path = snapshot.table_path(inputs.snapshot, table)
        if path.exists():
            _view(con, f"snap_{table}", path)
        else:
            con.register(f"snap_{table}", snapshot.SCHEMAS[table].empty_table())


def _view(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    escaped = str(path).replace("'", "''")
    con.execute(f"create view {name} as select * from read_parquet('{escaped}')")
