"""The good rows of a beneficiary list as CSV for COPY; numbers leave as digests only."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from shohay.bulk import sealing
from shohay.bulk.sealing import KeyRing

LISTED = ("line", "programme_code", "area_code", "name_bn", "name_key", "mother_name", "birth_date", "digest",
          "register_number", "since", "account_digest")  # fmt: skip


def rows_csv(*, good: Path, ring: KeyRing, out: Path) -> Path:
    """Columns LISTED, one row a beneficiary."""
    with duckdb.connect(config={"threads": 2}) as engine:
        for name, kind, number in (("ids", "id_kind", "id_number"), ("accounts", "account_kind", "account_number")):
            found = engine.execute(
                f"select line, {kind} as kind, {number} as number from '{good}' where {number} is not null"
            ).to_arrow_table()
            made = sealing.digest_all(ring, found["kind"].to_pylist(), found["number"].to_pylist())
            digests = pa.array([one.hex() for one in made], pa.string())
            engine.register(name, pa.table({"line": found["line"], "digest": digests}))
        engine.execute(f"""
            copy (select g.line, programme_code, union_code, name_bn, name_key, coalesce(mother_name, ''), birth_date,
                         i.digest, coalesce(register_number, ''), since, a.digest
                  from '{good}' g left join ids i using (line) left join accounts a using (line) order by g.line)
            to '{out}' (format csv, header false)
        """)
    return out
