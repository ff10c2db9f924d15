"""Tables to and from PostgreSQL by COPY on a cursor that is already open.

ADBC works on a connection of its own; an action that must load a million rows *and* write its audit event in one
transaction cannot use it. COPY of CSV on the action's own cursor costs about the same and stays inside.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
from pyarrow import csv

BLOCK = 1 << 20  # bytes handed to the server at once


class CopyCursor(Protocol):
    """The cursor of psycopg 3, or Django's wrapper of it."""

    def copy(self, statement: str) -> Any: ...


def copy_in(
    cursor: CopyCursor,
    table: str,
    columns: list[str],
    path: Path,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Append the CSV file at ``path`` (no header, empty = NULL) to ``table``; ``progress(bytes done, all)``."""
    size, done = path.stat().st_size, 0
    with (
        path.open("rb") as file,
        cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin (format csv)") as copy,
    ):
        while block := file.read(BLOCK):
            copy.write(block)
            done += len(block)
            if progress:
                progress(done, size)


def copy_out(cursor: CopyCursor, query: str, schema: pa.Schema) -> pa.Table:
    """The rows of ``query`` as an Arrow table of ``schema`` (names and types must be those of the query)."""
    sink = BytesIO()
    with cursor.copy(f"copy ({query}) to stdout (format csv)") as copy:
        for block in copy:
            sink.write(block)
    if sink.tell() == 0:
        return schema.empty_table()
    sink.seek(0)
    return csv.read_csv(
        sink,
        read_options=csv.ReadOptions(column_names=schema.names),
        convert_options=csv.ConvertOptions(
            column_types={field.name: field.type for field in schema},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )
