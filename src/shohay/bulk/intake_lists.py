"""What the rows of a beneficiary list or of a change list show together, and the values that a change list gives.

Each new value of a change list is read and judged as the household file would read that column: the same SQL.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from shohay.bulk import intake_sql as sql
from shohay.bulk.intake_template import Column, Template, load_template

LEFT_OUT = """
create table left_out as
    select line from keys where bad union select line from late where not is_warning
"""
WHO = {  # the columns that say whom a row is about; with the fact they say what
    "beneficiaries": ("programme_code", "union_code", "name_bn", "birth_date", "mother_name", "id_kind", "id_number"),
    "changes": ("union_code", "household_reference", "line_no", "id_number", "fact", "since"),
}
OF_HOUSEHOLD = ("dwelling", "assets", "land", "income", "disaster", "programmes")  # where the level is household


def judge_together(engine: duckdb.DuckDBPyConnection, template: Template, programmes: Sequence[str]) -> None:
    """Tables keys, late and known_programmes; findings for rows said twice, programmes and values that do not exist."""
    engine.execute("""
        create table keys as select line, bad, v_union_code as union_code from rows where not blank;
        create table late (line bigint, "column" varchar, code varchar, value varchar, is_warning boolean);
    """)
    engine.execute("create table known_programmes as select unnest($1::varchar[]) as code", [list(programmes)])
    who = ", ".join(f"v_{code}" for code in WHO[template.name])
    what = "v_new_value" if template.name == "changes" else "v_account_number"
    engine.execute(f"""
        insert into late
            select line, '', case when {what} is not distinct from first then 'row_repeated' else 'row_contradicts' end,
                   '', false
            from (select line, {what}, first_value({what}) over w as first, row_number() over w as place from rows
                  where not blank and not bad window w as (partition by {who} order by line))
            where place > 1
    """)
    if template.name == "changes":
        _judge_values(engine)
    elif programmes:
        engine.execute("""
            insert into late select line, 'programme_code', 'programme_not_known', v_programme_code, false from rows
            where not blank and not bad and v_programme_code not in (select code from known_programmes)
        """)


def changeable() -> dict[str, Column]:
    """Columns of the household file that a change list may name."""
    return {column.code: column for column in load_template("household").columns if column.changes}


def value_rows(source: str) -> str:
    """SQL: line, column, value as JSON text (NULL where it cannot be read), what is wrong with it (NULL: nothing).

    ``source`` has line, fact, new_value and since; one branch a column, so that each is read by its own expressions.
    """
    return " union all ".join(_branch(column, source) for column in changeable().values())


def _branch(column: Column, source: str) -> str:
    code = column.code
    tests = " ".join(f"when {test} then '{wrong}'" for test, wrong in _wrong(column))
    return f"""
        select line, '{code}' as fact, {as_json(column)} as json, case {tests or "when false then ''"} end as wrong
        from (select *, {sql.value(column)} as v_{code}
              from (select line, since, {sql.clean(column)} as c_{code}
                    from (select line, since, new_value as {code} from {source} where fact = '{code}')))"""


def _wrong(column: Column) -> list[tuple[str, str]]:
    found = [(f"c_{column.code} is null", "cell_required"), *sql.tests(column)]
    if column.kind == "date":
        found.append((f"v_{column.code} > since", "date_future"))
    return found


def as_json(column: Column, value: str = "") -> str:
    """The value as the registry's history keeps it."""
    v = value or f"v_{column.code}"
    if column.code == "disability":
        v = f"coalesce(nullif({v}, 'none'), '')"
    if column.kind == "codes":
        return f"case when {v} is not null then to_json(string_split({v}, ';'))::varchar end"
    if column.kind == "date":
        return f"case when {v} is not null then to_json({v}::date::varchar)::varchar end"
    return f"case when {v} is not null then to_json({v})::varchar end"


def _judge_values(engine: duckdb.DuckDBPyConnection) -> None:
    """New values that the named column cannot hold; a fact of a person without saying of whom."""
    engine.execute("""
        create view given as select line, v_fact as fact, v_new_value as new_value, v_since as since
        from rows where not blank and not bad
    """)
    engine.execute(f"create table read_values as {value_rows('given')}")
    engine.execute("""
        insert into late
            select r.line, 'new_value', r.wrong, left(g.new_value, 200), false
            from read_values r join given g using (line) where r.wrong is not null
    """)
    people = ", ".join(sql.text_of(code) for code, column in changeable().items() if column.level == "person")
    engine.execute(f"""
        insert into late select line, 'line_no', 'member_not_said', '', false from rows
        where not blank and not bad and v_fact in ({people}) and v_line_no is null and v_id_number is null
    """)
