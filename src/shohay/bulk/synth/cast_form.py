"""The cast as rows of the household file and of the snapshot."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pyarrow as pa

from shohay.bulk import snapshot
from shohay.bulk.synth import cast
from shohay.bulk.synth import numbers as no
from shohay.bulk.synth.chunk import LINES
from shohay.bulk.synth.file_form import COLUMNS
from shohay.core.bangla import name_key

# Snapshot column: column of the household template, where the names differ.
RENAMED = {
    "has_television": "television", "has_vehicle": "vehicle", "has_daily_labourer": "daily_labourer",
    "is_pregnant": "pregnant", "has_anc_card": "anc_card",
}  # fmt: skip
YES_NO = {"yes": True, "no": False}


def file_table(as_of: dt.date) -> pa.Table:
    """The cast's rows of the household file, all text."""
    columns: dict[str, list[str | None]] = {name: [] for name in COLUMNS}
    for row in cast.rows():
        row["applied_on"] = (as_of - dt.timedelta(days=20)).isoformat() if row["applies_for"] else None
        for name in COLUMNS:
            value = row.get(name)
            columns[name].append(None if value is None else str(value))
    return pa.table({name: pa.array(values, type=pa.string()) for name, values in columns.items()})


def snapshot_tables() -> dict[str, pa.Table]:
    """The cast's rows of each snapshot table; households have the ids from 1 on."""
    homes: list[dict[str, Any]] = []
    persons: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    applications: list[dict[str, Any]] = []
    for number, members in enumerate(cast.CAST.values(), start=1):
        homes.append(
            _record("households", members[0])
            | {"household_id": number, "annual_income": members[0]["household_income"]}
        )
        for row in members:
            key = {"person_id": number * LINES + row["line_no"], "household_id": number, "area_code": row["union_code"]}
            persons.append(_record("persons", row) | key)
            names.append(_record("names", row) | key | _linkage(row))
            applications += [key | {"programme_code": code} for code in row["applies_for"].split(";") if code]
    found = {"households": homes, "persons": persons, "names": names, "applications": applications, "held": []}
    found["sources"] = [
        {"household_id": home["household_id"], "recorded_by": None, "recorded_on": None} for home in homes
    ]
    return {name: pa.Table.from_pylist(rows, schema=snapshot.written(name)) for name, rows in found.items()}


def _record(table: str, row: cast.Row) -> dict[str, Any]:
    """The columns of a snapshot table that the row has, typed."""
    record: dict[str, Any] = {}
    for name in snapshot.written(table).names:
        value = row.get(RENAMED.get(name, name))
        record[name] = YES_NO.get(value, value) if isinstance(value, str) else value
    record["area_code"] = row["union_code"]
    if table == "households":
        record["declared_programmes"] = [code for code in row["declared_programmes"].split(";") if code]
    if table == "persons":
        record |= {"disability": row["disability"] or "none", "community": row["community"] or None}
        record |= {"is_alive": True, "is_duplicate": False, "has_identity": "id_number" in row}
    return record


def _linkage(row: cast.Row) -> dict[str, Any]:
    def digest(name: str, salt: int) -> Any:
        return no.digests(np.array([int(row.get(name) or 0)]), salt)[0].as_py()

    return {
        "name_key": name_key(row["name_bn"]),
        "identity_digest": digest("id_number", 10),
        "account_digest": digest("account_number", 20),
    }
