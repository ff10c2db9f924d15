"""Bringing a bundled CSV file into a table: COPY to a temporary table, then one INSERT ... ON CONFLICT.

Used by the actions that load reference data (places, programmes, shocks, results, coordination). Thousands of rows take
a fraction of a second, and a second run changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from django.db import connection

import shohay

DATA = Path(shohay.__file__).resolve().parent / "data"


class Merged(NamedTuple):
    """Rows in the file, and of them how many were new and how many differed from what was there."""

    rows: int
    added: int
    changed: int


def merge(file: str, *, table: str, key: str, columns: Mapping[str, str]) -> Merged:
    """Bring ``data/<file>`` into ``table``. Must run inside a transaction.

    ``columns`` maps a column of the table to an SQL expression over the file's columns (all text, '' when empty).
    ``key`` lists the columns of the unique key, comma between. Rows the file no longer has stay where they are: other
    rows may point at them.
    """
    path = DATA / file
    with path.open("rb") as source:
        header = source.readline().decode("utf-8").strip().split(",")
    fields = ", ".join(f'"{name}" text' for name in header)
    names = ", ".join(columns)
    keys = {name.strip() for name in key.split(",")}
    others = [name for name in columns if name not in keys]
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists incoming")
        cursor.execute(f"create temporary table incoming ({fields}) on commit drop")
        # an empty cell is '' and not NULL: each expression says which of its columns may be absent
        with cursor.copy("copy incoming from stdin (format csv, header, null '\\N')") as copy:
            copy.write(path.read_bytes())
        cursor.execute(f"""
            with merged as (
              insert into {table} as kept ({names}) select {", ".join(columns.values())} from incoming
              on conflict ({key}) do update set {", ".join(f"{name} = excluded.{name}" for name in others)}
              where ({", ".join(f"kept.{name}" for name in others)})
                is distinct from ({", ".join(f"excluded.{name}" for name in others)})
              returning (xmax = 0) as added)
            select (select count(*) from incoming), count(*) filter (where added), count(*) filter (where not added)
            from merged""")
        merged = Merged(*cursor.fetchone())
        if merged.added:  # the planner still thinks the table empty, and the next steps join it to millions of rows
            cursor.execute(f"analyze {table}")
    return merged
