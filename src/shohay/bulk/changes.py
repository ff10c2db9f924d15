"""What a file would change in the registry, one row a value: from a change list, or from a known household come again.

The rows go to PostgreSQL by COPY, where they meet the registry as it is (stages/registry/actions_changes.py). Numbers
leave as digests only.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from shohay.bulk import intake_lists as lists
from shohay.bulk import sealing
from shohay.bulk.intake_sql import text_of
from shohay.bulk.sealing import KeyRing

# one row a value; column is that of the registry, value its JSON; of a member without values the column is empty
WANTED = ("line", "area_code", "reference", "line_no", "digest", "name_key", "birth_date", "level", "fact", "column",
          "value", "since", "evidence_kind", "evidence_number")  # fmt: skip


def from_change_list(*, good: Path, ring: KeyRing, out: Path) -> Path:
    """CSV of WANTED out of the good rows of a change list."""
    with duckdb.connect(config={"threads": 2}) as engine:
        _prepare(engine, f"select * from '{good}'", ring)
        values = lists.value_rows("good")
        engine.execute(f"""
            create table said as
                select line, fact as code, json from ({values})
                union all select line, 'birth_date_approximate', to_json(length(trim(new_value)) = 4)::varchar
                from good where fact = 'birth_date'
        """)
        _write(engine, out, """
            g.household_reference, g.line_no, d.digest, null, null, c.level, c.fact, c.registry, s.json, g.since,
            g.evidence_kind, g.evidence_number
        """, "said s join good g using (line) join columns_ c using (code)")  # fmt: skip
    return out


def from_households(*, good: Path, lines: Iterable[int], ring: KeyRing, on: date, evidence: str, out: Path) -> Path:
    """CSV of WANTED out of the households on ``lines``: what their rows say and who is in them.

    Empty cells say nothing.
    """
    with duckdb.connect(config={"threads": 2}) as engine:
        engine.register("named", pa.table({"line": pa.array(list(lines), pa.int64())}))
        _prepare(engine, f"""
            select * from '{good}' where (union_code, household_reference) in (
                select (union_code, household_reference) from '{good}' where line in (select line from named))
        """, ring)  # fmt: skip
        told = [_said(code, column.level, lists.as_json(column, code)) for code, column in lists.changeable().items()]
        told.append("select line, 'birth_date_approximate', to_json(birth_date_approximate)::varchar from good"
                    " where birth_date is not null")  # fmt: skip
        told.append("select line, '', null from good")
        engine.execute(f"create table said as select * from ({' union all '.join(told)}) t(line, code, json)")
        _write(engine, out, f"""
            g.household_reference, g.line_no, d.digest, g.name_key, g.birth_date, coalesce(c.level, 'person'),
            coalesce(c.fact, ''), coalesce(c.registry, ''), s.json, '{on.isoformat()}', 'household', {text_of(evidence)}
        """, "said s join good g using (line) left join columns_ c using (code)")  # fmt: skip
    return out


def _said(code: str, level: str, json: str) -> str:
    head = " and relation = 'head'" if level == "household" else ""
    return f"select line, '{code}', {json} from good where {code} is not null{head}"


def _prepare(engine: duckdb.DuckDBPyConnection, rows: str, ring: KeyRing) -> None:
    """Tables good, digests (line, digest) and columns_ (template -> level, fact, column of the registry)."""
    from shohay.bulk.intake_sql import MACROS

    engine.execute(MACROS)
    engine.execute(f"create table good as {rows}")
    numbers = engine.execute("select line, id_kind, id_number from good where id_number is not null").to_arrow_table()
    made = sealing.digest_all(ring, numbers["id_kind"].to_pylist(), numbers["id_number"].to_pylist())
    engine.register("digests", pa.table({"line": numbers["line"], "digest": [one.hex() for one in made]}))
    columns = [(code, one.level, *one.changes.split(".")) for code, one in lists.changeable().items()]
    columns.append(("birth_date_approximate", "person", "birth", "birth_date_approximate"))
    names = ("code", "level", "fact", "registry")
    engine.register("columns_", pa.table(dict(zip(names, map(list, zip(*columns, strict=True)), strict=True))))


def _write(engine: duckdb.DuckDBPyConnection, out: Path, rest: str, source: str) -> None:
    engine.execute(f"""
        copy (select g.line, g.union_code, {rest} from {source} left join digests d using (line) order by g.line)
        to '{out}' (format csv, header false)
    """)
