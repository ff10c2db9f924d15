"""Reading a file of who collected: the printed list as it comes back, CSV or spreadsheet, in Bangla or English.

One row a ration. The columns of the list that are not asked for (name, union ...) are left aside. A row in which
nothing is said about the collection is somebody who has not come yet: it is counted and left as it is.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from shohay.bulk import intake_sql as sql
from shohay.bulk.intake_reading import open_source
from shohay.bulk.intake_report import read_text, with_lines
from shohay.bulk.intake_template import Column, Template

REASONS = {
    "not_collected": ["নিতে আসেননি", "আসেননি", "did not come", "not collected"],
    "died": ["মৃত", "মৃত্যু", "dead"],
    "moved": ["এলাকা ছেড়েছেন", "এলাকা ছেড়ে গেছেন", "moved away"],
    "refused": ["নিতে চাননি", "did not want it"],
    "wrong_person": ["অন্য ব্যক্তি এসেছিলেন", "another person came"],
    "short_stock": ["মজুদ কম", "মজুত কম", "not enough stock"],
}

TEMPLATE = Template(
    "handover", 1, "বিতরণের ফাইল", "File of who collected",
    (
        Column("number", "row", "text", "নম্বর", "Number", required=True, max=24),
        Column("given", "row", "bool", "পেয়েছেন", "Collected", aliases=("given",)),
        Column("kg", "row", "float", "কেজি দেওয়া হয়েছে", "Kg given", min=0.001, max=10000),
        Column("given_on", "row", "date", "তারিখ", "Date"),
        Column("reason", "row", "enum", "না পাওয়ার কারণ", "Reason", values=REASONS),
    ),
    (),
)  # fmt: skip

GOOD = pa.schema(
    [
        ("line", pa.int32()), ("number", pa.string()), ("given", pa.bool_()), ("grams", pa.int64()),
        ("given_on", pa.date32()), ("reason", pa.string()),
    ]
)  # fmt: skip


class Read(NamedTuple):
    """``good`` rows (GOOD), ``findings`` (line, column, code, value), all rows, rows that say nothing yet."""

    good: pa.Table
    findings: pa.Table
    rows: int
    empty: int


ROWS = """
create table read as
select line, upper(replace(v_number, ' ', '')) as number, v_given as given,
       round(v_kg * 1000)::bigint as grams, coalesce(v_given_on, {today}) as given_on, v_reason as reason,
       bad, list_filter({items}, lambda x: x.code is not null) as findings,
       coalesce(c_given, c_kg, c_given_on, c_reason) is null as says_nothing, blank
from (select *, coalesce({bad}, false) as bad
      from (select *, {values}, coalesce({cells}) is null as blank
            from (select line, {cleaned} from ({numbered}))))
"""

# the number is asked last, so that its digits may be Bangla
TOGETHER = """
create table late as
select line, 'given' as "column", 'handover_said_nothing' as code, '' as value from read
where not blank and not bad and given is null and not says_nothing
union all
select line, 'given_on', 'handover_future', given_on::varchar from read
where not blank and not bad and given_on > {today}
union all
select line, 'number', 'handover_twice', number from (
  select line, number, row_number() over (partition by number order by line) as place
  from read where not blank and not bad and given is not null) where place > 1
"""


def read(path: Path, work: Path, today: date) -> Read:
    """Read the file; ``work`` is emptied before and removed after. Refusal when the whole file is useless."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        source = open_source(path, TEMPLATE, work)
        with duckdb.connect(config={"threads": 2, "preserve_insertion_order": True}) as engine:
            engine.execute(sql.MACROS)
            read_text(engine, source, TEMPLATE, work / "text.parquet")
            _judge(engine, work, f"date '{today.isoformat()}'")
            return _found(engine)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _judge(engine: duckdb.DuckDBPyConnection, work: Path, today: str) -> None:
    bad, items = sql.findings(TEMPLATE, today)
    numbered = (
        "(select file_row_number + 1 as number_of_row, * exclude (file_row_number)"
        f" from read_parquet('{work}/text.parquet', file_row_number=true))"
    )
    engine.execute(f"create view text as select number_of_row as row_no, * exclude (number_of_row) from {numbered}")
    engine.execute(
        ROWS.format(
            today=today, bad=bad, items=items,
            values=", ".join(f"{sql.value(column)} as v_{column.code}" for column in TEMPLATE.columns),
            cells=", ".join(f"c_{code}" for code in TEMPLATE.codes),
            cleaned=", ".join(f"{_cell(column)} as c_{column.code}" for column in TEMPLATE.columns),
            numbered=_lined(engine),
        )
    )  # fmt: skip
    engine.execute(TOGETHER.format(today=today))


def _lined(engine: duckdb.DuckDBPyConnection) -> str:
    """The rows with their lines in the file; the template has a column ``number`` of its own, so it steps aside."""
    engine.execute(
        "create view placed as select row_no as number, number as ration, * exclude (row_no, number) from text"
    )
    return with_lines(engine, "placed")


def _cell(column: Column) -> str:
    if column.code == "number":
        return "latin(replace(plain(ration), chr(39), ''))"
    return sql.clean(column)


def _found(engine: duckdb.DuckDBPyConnection) -> Read:
    good = engine.execute(
        "select line::integer as line, number, given, grams, given_on, coalesce(reason, '') as reason from read"
        " where not blank and not bad and given is not null and line not in (select line from late) order by line"
    ).to_arrow_table()
    findings = engine.execute(
        "select line::integer as line, \"column\", code, coalesce(left(value, 200), '') as value from ("
        'select line, f."column", f.code, f.value from (select line, unnest(findings) as f from read'
        " where bad and not blank) where not f.is_warning"
        " union all select * from late union all select line, '', 'row_ragged', lower(error_type::varchar) from ragged)"
        " order by all"
    ).to_arrow_table()
    rows, empty = engine.execute(
        "select (select count(*) from read where not blank) + (select count(*) from ragged),"
        " (select count(*) from read where not blank and not bad and says_nothing)"
    ).fetchone() or (0, 0)
    return Read(good.cast(GOOD), findings, rows, empty)
