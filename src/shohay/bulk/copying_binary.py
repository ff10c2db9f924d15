"""Arrow columns as the binary format of PostgreSQL's COPY: the server has nothing to parse.

Worth it for the two tables that grow by the million at once, payments and transfers (binary takes the server a quarter
less time than CSV). A row is its number of fields, then for each field its length and its bytes, big-endian; numpy
lays out all rows of the same lengths at once. Only what those tables hold can be written: integers of 8 bytes, text,
and constants; no NULL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import compute

from shohay.bulk.copying import CopyCursor

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # signature, no flags, no extension
END = b"\xff\xff"
ROWS = 50_000  # laid out at once
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def text(value: str) -> bytes:
    return value.encode()


def bigint(value: int) -> bytes:
    return value.to_bytes(8, "big", signed=True)


def day(value: date) -> bytes:
    return (value - EPOCH.date()).days.to_bytes(4, "big", signed=True)


def moment(value: datetime) -> bytes:
    """A timestamptz: microseconds since the year 2000."""
    since = value - EPOCH
    return bigint((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def copy_in_binary(cursor: CopyCursor, table: str, rows: pa.Table, constants: dict[str, bytes]) -> None:
    """Append ``rows`` to ``table``, each with the same ``constants`` (made by the functions above).

    Columns must be of int64 or string. Rows keep their order but for those whose texts differ in length, which may
    change places within ROWS rows. ValueError when a value is missing.
    """
    names = ", ".join([*rows.column_names, *constants])
    with cursor.copy(f"copy {table} ({names}) from stdin (format binary)") as copy:
        for block in blocks(rows, list(constants.values())):
            copy.write(block)


def blocks(rows: pa.Table, constants: list[bytes]) -> Iterator[bytes]:
    """The whole stream in pieces."""
    yield HEADER
    fixed = b"".join(len(value).to_bytes(4, "big") + value for value in constants)
    for batch in rows.to_batches(max_chunksize=ROWS):
        if any(column.null_count for column in batch.columns):
            raise ValueError("a value is missing that the table must have")
        for alike in _of_one_width(batch):
            yield _laid_out(alike, batch.num_columns + len(constants), fixed)
    yield END


def _of_one_width(batch: pa.RecordBatch) -> Iterable[pa.RecordBatch]:
    """The rows in groups in which each text column has one length."""
    lengths = [compute.binary_length(column).to_numpy() for column in batch.columns if pa.types.is_string(column.type)]
    if not lengths or all((one == one[0]).all() for one in lengths):
        return [batch]
    kinds, which = np.unique(np.stack(lengths), axis=1, return_inverse=True)
    return [batch.filter(pa.array(which.ravel() == number)) for number in range(kinds.shape[1])]


def _laid_out(batch: pa.RecordBatch, fields: int, fixed: bytes) -> bytes:
    columns = [_values(column) for column in batch.columns]
    layout: list[tuple[str, Any]] = [("fields", ">i2")]
    for number, values in enumerate(columns):
        layout += [(f"length{number}", ">i4"), (f"value{number}", values.dtype.newbyteorder(">"))]
    rows = np.empty(batch.num_rows, np.dtype([*layout, ("fixed", f"V{len(fixed)}")]))
    rows["fields"] = fields
    rows["fixed"] = np.void(fixed)
    for number, values in enumerate(columns):
        rows[f"length{number}"] = values.dtype.itemsize
        rows[f"value{number}"] = values
    return rows.tobytes()


def _values(column: pa.Array) -> np.ndarray:
    """Integers as they are; texts of one length as fixed bytes."""
    if not pa.types.is_string(column.type):
        return column.to_numpy()
    offsets = np.frombuffer(column.buffers()[1], np.int32)[column.offset : column.offset + len(column) + 1]
    width = int(offsets[1] - offsets[0])
    if width == 0:
        return np.empty(len(column), "V0")
    return np.frombuffer(column.buffers()[2] or b"", f"V{width}", len(column), int(offsets[0]))
