"""Check a file against its template: good rows to Parquet, everything wrong to a table of findings.

Set-based throughout: DuckDB reads the file once, writes the values with what is wrong in each row, then looks at what
only many rows show together (repeated rows, households without a head). Python sees a column or a distinct word, never
a row. Memory is bounded by DuckDB's limit, so two million rows need no more than two hundred thousand.

Households: a member's bad row stays out and the others go on; when the head's row is bad the whole household waits,
since nobody can be paid or ranked in a household without its facts. Every row left out is reported with its reason.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from shohay.bulk import intake_lists as lists
from shohay.bulk import intake_sql as sql
from shohay.bulk.intake_reading import Source, looks_like_bijoy, open_source
from shohay.bulk.intake_report import read_text, with_lines
from shohay.bulk.intake_template import Template
from shohay.bulk.names import add_name_keys
from shohay.core.messages import Refusal

MEMORY = "3GB"
MAX_FINDINGS = 200_000  # beyond this many the report repeats itself; the counts stay exact
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Checked:
    """``good``: Parquet of values. ``findings``: Parquet of line, column, code, value, is_warning."""

    encoding: str
    rows_total: int
    rows_good: int
    rows_bad: int
    households: int
    codes: dict[str, int]  # code of a finding -> how many rows
    good: Path
    findings: Path


def check_file(
    *,
    path: Path,
    template: Template,
    out: Path,
    work: Path,
    areas: pa.Table | None,
    programmes: Sequence[str] = (),
    within: Sequence[str] = ("",),
    today: date,
    columns: Sequence[str] = (),
    progress: Progress | None = None,
) -> Checked:
    """Check ``path`` and write ``<out>.good.parquet`` and ``<out>.findings.parquet``.

    ``areas`` has a column ``code`` of known unions (None: any); ``within`` are the area prefixes that the sender may
    speak for; ``columns`` as in open_source; ``work`` is emptied before and removed after. Raises Refusal when the
    whole file is useless.
    """
    tell = progress or (lambda step, done, total: None)
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        tell("reading", 0, 4)
        source = open_source(path, template, work, columns)
        with _engine(work) as engine:
            _read(engine, source, template, work, today)
            tell("checking", 1, 4)
            _refuse_useless(engine, template)
            _judge_together(engine, template, areas, programmes, within)
            tell("writing", 2, 4)
            checked = _write(engine, source, template, out, work)
            tell("writing", 4, 4)
            return checked
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _engine(work: Path) -> duckdb.DuckDBPyConnection:
    engine = duckdb.connect(
        config={
            "memory_limit": MEMORY,
            "temp_directory": str(work / "spill"),
            "threads": 2,
            "preserve_insertion_order": True,
        }
    )
    engine.execute(sql.MACROS)
    return engine


def _read(engine: duckdb.DuckDBPyConnection, source: Source, template: Template, work: Path, today: date) -> None:
    """Pass one: the view ``rows`` (line, blank, bad, findings, v_...) and the table ``ragged`` of rows that do not fit.

    The text goes to Parquet first: its dictionaries let each distinct spelling be judged once, five times faster.
    """
    present = f"date '{today.isoformat()}'"
    bad, items = sql.findings(template, present)
    kept = ", ".join(f"v_{code}" for code in template.codes)
    blank = ", ".join(f"c_{code}" for code in template.codes)
    read_text(engine, source, template, work / "text.parquet")
    engine.execute(f"""
        copy (
            select number, {kept}, v_wallet_number, v_birth_approximate, blank, bad,
                   case when not blank and (bad or {sql.anything(template, present)})
                        then list_filter({items}, lambda x: x.code is not null) end as findings
            from (select *, coalesce({bad}, false) and not blank as bad
                  from (select *, {sql.derived(template)}
                        from (select *, {_columns(template, "v", sql.value)},
                                     coalesce({blank}) is null as blank
                              from (select file_row_number + 1 as number, {_columns(template, "c", sql.clean)}
                                    from read_parquet('{work}/text.parquet', file_row_number=true)))))
        ) to '{work}/rows.parquet' (format parquet, compression uncompressed)
    """)
    rows = f"read_parquet('{work}/rows.parquet')"
    engine.execute(f"create view rows as {with_lines(engine, rows)}")


def _columns(template: Template, prefix: str, expression: Callable[..., str]) -> str:
    return ",\n".join(f"{expression(column)} as {prefix}_{column.code}" for column in template.columns)


def _refuse_useless(engine: duckdb.DuckDBPyConnection, template: Template) -> None:
    """Whole files that no row-by-row report would help: nothing in them, or a legacy font's bytes."""
    count = engine.execute("select count(*) from rows where not blank").fetchone()
    ragged = engine.execute("select count(*) from ragged").fetchone()
    if not count or not ragged or count[0] + ragged[0] == 0:
        raise Refusal("file_no_rows")
    if "name_bn" not in template.codes:
        return
    sample = engine.execute(
        "select string_agg(f.value, ' ')"
        " from (select unnest(findings) as f from rows where findings is not null limit 5000)"
        " where f.code = 'name_not_bangla'"
    ).fetchone()
    named = engine.execute("select count(*) from rows where regexp_matches(v_name_bn, '[\u0980-\u09ff]')").fetchone()
    if sample and sample[0] and named and named[0] == 0 and looks_like_bijoy(sample[0]):
        raise Refusal("file_bijoy")


def _judge_together(
    engine: duckdb.DuckDBPyConnection,
    template: Template,
    areas: pa.Table | None,
    programmes: Sequence[str],
    within: Sequence[str],
) -> None:
    """Pass two: what rows show only together. Fills the tables ``late`` (findings) and ``left_out`` (lines)."""
    if template.name != "household":
        lists.judge_together(engine, template, programmes)
        _judge_places(engine, areas, within)
        engine.execute(lists.LEFT_OUT)
        return
    engine.execute("""
        create table keys as
            select line, bad, v_union_code as union_code, v_household_reference as reference, v_line_no as line_no,
                   v_relation as relation
            from rows where not blank;
        create table repeats as  -- few: one group by instead of a window over every row
            select union_code, reference, line_no, min(line) as first_line from keys
            where line_no is not null group by union_code, reference, line_no having count(*) > 1;
        create table repeated as
            select line from keys join repeats using (union_code, reference, line_no) where line > first_line;
        create table late (line bigint, "column" varchar, code varchar, value varchar, is_warning boolean);
    """)
    _judge_places(engine, areas, within)
    _judge_repeats(engine, template)
    _judge_programmes(engine, programmes)
    engine.execute(
        "create table out_already as select line from keys where bad union select line from late where not is_warning"
    )
    _judge_households(engine)
    engine.execute(
        "create table left_out as select line from out_already union select line from late where not is_warning"
    )


def _judge_places(engine: duckdb.DuckDBPyConnection, areas: pa.Table | None, within: Sequence[str]) -> None:
    """Unions that the reference list does not have, or that lie outside the sender's area."""
    mine = " or ".join(f"starts_with(union_code, {sql.text_of(code)})" for code in within) or "false"
    engine.execute(f"""
        insert into late select line, 'union_code', 'area_outside', union_code, false from keys where not ({mine})
    """)
    if areas is None:
        return
    engine.register("known_areas", areas)
    engine.execute("""
        insert into late select line, 'union_code', 'area_unknown', union_code, false
        from keys where regexp_full_match(union_code, '[0-9]{8}') and union_code not in (select code from known_areas)
    """)


def _judge_repeats(engine: duckdb.DuckDBPyConnection, template: Template) -> None:
    """The same row again, another row with a line number already used, one number on two rows."""
    content = ", ".join(f"r.v_{code}" for code in template.codes)
    engine.execute(f"""
        create table again as
            select r.line, hash({content}) as content, k.union_code, k.reference, k.line_no
            from rows r join (select k.* from keys k join repeats using (union_code, reference, line_no)) k using (line)
            where r.line in (select line from keys join repeats using (union_code, reference, line_no));
        insert into late
            select line, 'line_no', case when content = first_content then 'row_repeated' else 'line_no_repeated' end,
                   line_no::varchar, false
            from (select *, row_number() over w as place, first_value(content) over w as first_content from again
                  window w as (partition by union_code, reference, line_no order by line))
            where place > 1;
        insert into late
            select line, 'id_number', 'id_repeated', masked(v_id_number), true
            from rows where v_id_number in (
                select v_id_number from rows where v_id_number is not null and not bad
                group by v_id_kind, v_id_number having count(*) > 1);
    """)


def _judge_programmes(engine: duckdb.DuckDBPyConnection, programmes: Sequence[str]) -> None:
    """Codes that the catalogue does not have: said, and left aside when the rows are written."""
    engine.execute("create table known_programmes as select unnest($1::varchar[]) as code", [list(programmes)])
    if not programmes:
        return
    for column in ("declared_programmes", "applies_for"):
        engine.execute(f"""
            insert into late
                select line, '{column}', 'programme_unknown', string_agg(code, ';' order by code), true
                from (select line, unnest(string_split(v_{column}, ';')) as code from rows where v_{column} is not null)
                where code not in (select code from known_programmes) group by line
        """)


def _judge_households(engine: duckdb.DuckDBPyConnection) -> None:
    """A household needs one head whose own row is good; otherwise all its rows wait."""
    engine.execute("""
        create table households as
            select union_code, reference, count(*) filter (where relation = 'head') as heads,
                   coalesce(bool_or(o.line is not null) filter (where relation = 'head'), false) as head_bad
            from keys k left join out_already o using (line)
            where k.line not in (from repeated) and union_code is not null and reference is not null
            group by union_code, reference;
        insert into late
            select k.line, 'relation',
                   case when heads = 0 then 'household_no_head' when heads > 1 then 'household_two_heads'
                        else 'household_head_bad' end,
                   k.reference, false
            from keys k join households h using (union_code, reference)
            where (heads <> 1 or head_bad) and k.line not in (from out_already);
    """)


def _write(engine: duckdb.DuckDBPyConnection, source: Source, template: Template, out: Path, work: Path) -> Checked:
    """The two files and the counts."""
    good, findings = out.with_suffix(".good.parquet"), out.with_suffix(".findings.parquet")
    _write_findings(engine, source, findings)
    values = ", ".join(_value(code) for code in template.codes)
    engine.execute(f"""
        create view kept as select line, {values}, v_birth_approximate as birth_date_approximate
        from rows where not blank and line not in (from left_out)
    """)
    if "name_bn" in template.codes:
        add_name_keys(engine, table="kept", names=["name_bn"], out="keyed")
    else:
        engine.execute("create view keyed as from kept")
    part = work / "good.parquet"
    engine.execute(f"copy (select * from keyed) to '{part}' (format parquet, compression lz4)")
    part.replace(good)
    counts = engine.execute(f"""
        select (select count(*) from keys) + (select count(*) from ragged), (select count(*) from '{good}'),
               {_households(template, good)}
    """).fetchone()
    codes = dict(engine.execute("select code, count(distinct line) from all_findings group by code").fetchall())
    total, kept, households = counts or (0, 0, 0)
    return Checked(source.encoding, total, kept, total - kept, households, codes, good, findings)


def _households(template: Template, good: Path) -> str:
    if template.name != "household":
        return "0"
    return f"(select count(*) from (select distinct union_code, household_reference from '{good}'))"


def _write_findings(engine: duckdb.DuckDBPyConnection, source: Source, path: Path) -> None:
    engine.execute("create table heading (name varchar)")
    if source.unknown:
        engine.execute("insert into heading select unnest($1::varchar[])", [list(source.unknown)])
    engine.execute("""
        create table all_findings as
            select line, f.* from (select line, unnest(findings) as f from rows where findings is not null)
            union all by name from late
            union all select line, '', 'row_ragged', lower(error_type::varchar), false from ragged
            union all select 1, name, 'column_unknown', name, true from heading;
    """)
    engine.execute(f"""
        copy (select line, "column", code, coalesce(value, '') as value, is_warning from all_findings
              order by is_warning, line, "column", code limit {MAX_FINDINGS})
        to '{path}' (format parquet, compression zstd)
    """)


def _value(code: str) -> str:
    """The value as the good rows carry it: corrected kinds, canonical wallets, known programmes only."""
    if code == "id_kind":
        return (
            "case when length(v_id_number) in (10, 13) then 'nid' || length(v_id_number) else v_id_kind end as id_kind"
        )
    if code == "account_number":
        return "case when v_account_kind = 'mfs' then v_wallet_number else v_account_number end as account_number"
    if code in ("declared_programmes", "applies_for"):
        return (
            f"case when v_{code} is not null and (select count(*) from known_programmes) > 0 then array_to_string("
            f"list_sort(list_intersect(string_split(v_{code}, ';'), (select list(code) from known_programmes))), ';')"
            f" else v_{code} end as {code}"
        )
    return f"v_{code} as {code}"


def findings_csv(findings: Path, upload: str, out: Path) -> None:
    """The findings as rows of the table of row errors: upload, line, column, code, value, params, is_warning."""
    with duckdb.connect() as engine:
        engine.execute(f"""
            copy (select {sql.text_of(upload)} as upload, line, "column", code, left(value, 200) as value,
                         '{{}}' as params, is_warning
                  from '{findings}' order by is_warning, line, "column", code)
            to {sql.text_of(str(out))} (format csv, header false)
        """)
