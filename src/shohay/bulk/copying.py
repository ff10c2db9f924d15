"""Tables to and from PostgreSQL by COPY on a cursor that is already open.

ADBC works on a connection of its own; an action that must load a million rows *and* write its audit event in one
transaction cannot use it. COPY of CSV on the action's own cursor costs about the same and stays inside.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
from pyarrow import csv

from shohay.bulk.ahead import ahead

BLOCK = 1 << 20  # bytes handed to the server at once
PART = 20_000  # rows read from the server's answer at once: few enough to stay in the cache of a core


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
    parts = list(copy_out_parts(cursor, query, schema))
    return pa.concat_tables(parts) if parts else schema.empty_table()


def copy_out_parts(cursor: CopyCursor, query: str, schema: pa.Schema) -> Iterator[pa.Table]:
    """The same in parts of PART rows, each read in a thread while the server makes the next."""
    with ThreadPoolExecutor(1) as pool:
        yield from ahead(pool, lambda rows: _read(rows, schema), _sent(cursor, query))


def _sent(cursor: CopyCursor, query: str) -> Iterator[memoryview]:
    """CSV as the server sends it, a message a row, PART rows together."""
    with cursor.copy(f"copy ({query}) to stdout (format csv)") as copy:
        messages = iter(copy)
        while True:
            sink = BytesIO()
            deque(map(sink.write, islice(messages, PART)), maxlen=0)  # joining the messages takes twice as long
            if sink.tell() == 0:
                return
            yield sink.getbuffer()


def _read(rows: memoryview, schema: pa.Schema) -> pa.Table:
    return csv.read_csv(
        pa.py_buffer(rows),
        read_options=csv.ReadOptions(column_names=schema.names, use_threads=False),
        convert_options=csv.ConvertOptions(
            column_types={field.name: field.type for field in schema},
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )
