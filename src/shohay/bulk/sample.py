"""A quick population for benchmarks and tests: ten million people in seconds, from arithmetic on row numbers.

Only shapes and shares matter here (household size 4, ages, widowhood, schooling, assets); bulk.synth makes the
population that resembles Bangladesh. Nobody in it exists.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from shohay.bulk import snapshot

FOUR = "(1 + household_id % 7)"  # members: 1 to 7, four on average


def _draw(column: str, salt: int, sides: int) -> str:
    """A number below ``sides`` that looks random, from the row's number."""
    return f"(hash({column} * 31 + {salt}) % {sides})::integer"


def _maybe(value: str, column: str, salt: int) -> str:
    """``value``, unknown for one in fifty."""
    return f"case when {_draw(column, salt, 50)} = 0 then null else {value} end"


def _seldom(column: str, when: str, salt: int, sides: int, words: tuple[str, ...]) -> str:
    """One of ``words`` for one in ``sides`` of those whom ``when`` fits, else 'none'."""
    return (
        f"case when {when} {_draw(column, salt, sides)} = 0"
        f" then ({list(words)})[1 + {_draw(column, salt + 1, len(words))}] else 'none' end"
    )


def _household_query(households: int, upazilas: int) -> str:
    h = "household_id"
    return f"""
    select {h}::bigint as household_id,
      printf('%02d%02d%02d%02d', 10 + ({h} * {upazilas} // {households}) // 10000 % 80,
             ({h} * {upazilas} // {households}) // 100 % 100,
             ({h} * {upazilas} // {households}) % 100, 10 + {_draw(h, 1, 9)}) as area_code,
      case {_draw(h, 2, 10)} when 0 then 'city' when 1 then 'urban' when 2 then 'urban' else 'rural' end as area_type,
      {_maybe(f"(1 + {_draw(h, 3, 4)})::smallint", h, 103)} as rooms,
      {_maybe(f"(['brick', 'tin', 'tin', 'mud', 'straw'])[1 + {_draw(h, 4, 5)}]", h, 104)} as walls,
      {_draw(h, 5, 10)} < 4 as has_television, {_draw(h, 6, 4)}::smallint as fans,
      {_draw(h, 7, 4)}::smallint as mobile_phones,
      {_draw(h, 8, 10)} < 3 as has_vehicle, {_maybe(f"{_draw(h, 9, 10)} < 4", h, 109)} as has_daily_labourer,
      {_draw(h, 10, 30)}::double as homestead_decimals,
      ({_draw(h, 11, 3)} * {_draw(h, 12, 60)})::double as cultivable_decimals,
      {_maybe(f"({_draw(h, 13, 300)} * 1000)::bigint", h, 113)} as annual_income,
      {_draw(h, 14, 20)} = 0 as disaster_hit,
      case when {_draw(h, 15, 20)} = 0 then ['FFP'] else []::varchar[] end as declared_programmes
    from range(1, {households} + 1) t(household_id)"""


def _person_query(as_of: dt.date) -> str:
    p = "person_id"
    age = (
        f"case when line_no = 1 then 25 + {_draw(p, 21, 60)} when line_no = 2 then 20 + {_draw(p, 21, 50)}"
        f" else {_draw(p, 21, 30)} end"
    )
    return f"""
    with people as (
      select household_id * 8 + line_no as person_id, household_id, area_code, line_no::smallint as line_no
      from (select household_id, area_code, unnest(range(1, 2 + household_id % 7)) as line_no from households)),
    aged as (
      select *, {age} as age, case when line_no = 1 then case when {_draw(p, 22, 6)} = 0 then 'female' else 'male' end
        when line_no = 2 then 'female' else (['male', 'female'])[1 + {_draw(p, 22, 2)}] end as sex from people)
    select person_id, household_id, area_code, line_no,
      case line_no when 1 then 'head' when 2 then 'spouse' else 'child' end as relation, sex,
      {_maybe(f"date '{as_of.isoformat()}' - (age * 365 + {_draw(p, 23, 365)})::integer", p, 123)} as birth_date,
      case when age < 18 then 'never' when age > 55 and {_draw(p, 24, 3)} = 0 then 'widowed'
        when {_draw(p, 24, 40)} = 1 then 'divorced' else 'married' end as marital_status,
      case when {_draw(p, 25, 4)} > 0 then date '2021-06-01' + {_draw(p, 26, 1500)} end as marriage_ended_on,
      case when {_draw(p, 27, 70)} = 0 then 'physical' else 'none' end as disability,
      {_draw(p, 27, 140)} = 0 as disability_card,
      sex = 'female' and age between 18 and 40 and {_draw(p, 28, 15)} = 0 as is_pregnant,
      case when {_draw(p, 28, 15)} = 0 then (1 + {_draw(p, 29, 9)})::smallint end as pregnancy_month,
      case when {_draw(p, 28, 15)} = 0 then (1 + {_draw(p, 30, 3)})::smallint end as pregnancy_order,
      {_draw(p, 31, 3)} > 0 as has_anc_card,
      case when age < 4 or age > 22 then 'none' when age < 6 then 'pre_primary' when age < 11 then 'primary'
        when age < 16 then 'secondary' when age < 18 then 'higher_secondary' else 'none' end as school_level,
      case when age between 6 and 17 then (age - 5)::smallint end as school_class,
      {_draw(p, 32, 10)} < 8 as school_listed,
      case when age > 18 then (['farmer', 'day_labourer', 'fisher', 'shop', 'none'])[1 + {_draw(p, 33, 5)}] end
        as occupation,
      {_maybe(f"case when age < 15 then 0 else ({_draw(p, 34, 60)} * 1000) end::bigint", p, 134)} as annual_income,
      {_draw(p, 35, 40)} = 0 and age > 18 as government_salary,
      {_draw(p, 36, 60)} = 0 and age > 55 as government_pension,
      {_draw(p, 37, 30)} > 0 as permanent_resident, case when {_draw(p, 38, 300)} = 0 then 'bede' end as community,
      {_maybe(_seldom(p, "age > 68 and", 42, 40, ("general", "injured", "heir")), p, 142)} as freedom_fighter,
      {_maybe(_seldom(p, "", 44, 250, ("cancer", "kidney", "stroke_paralysis")), p, 144)} as serious_illness,
      {_draw(p, 39, 200)} > 0 as is_alive, {_draw(p, 40, 300)} = 0 as is_duplicate,
      {_draw(p, 41, 20)} > 0 as has_identity
    from aged order by household_id, line_no"""


def write(out: Path, persons: int, as_of: dt.date, upazilas: int = 507) -> Path:
    """Write a snapshot of about ``persons`` people (four a household) into ``out``; returns ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    households = max(1, persons // 4)
    con = duckdb.connect(":memory:", config={"memory_limit": "4GiB", "temp_directory": str(out / "spill")})
    _copy(con, _household_query(households, min(upazilas, households)), out, "households")
    con.execute(f"create view households as select * from read_parquet('{out}/households.parquet')")
    _copy(con, _person_query(as_of), out, "persons")
    con.execute(f"create view persons as select * from read_parquet('{out}/persons.parquet')")
    codes = "(['OAA', 'WDA', 'DPA', 'MCBP', 'VWB', 'FFP', 'OMS'])"
    for table, salt, columns in (
        ("held", 51, "person_id, household_id"),
        ("applications", 61, "person_id, household_id, area_code"),
    ):
        query = (
            f"select {columns}, {codes}[1 + {_draw('person_id', salt, 7)}] as programme_code"
            f" from persons where {_draw('person_id', salt + 1, 12)} = 0"
        )
        _copy(con, query, out, table)
    _copy(con, (
        "select distinct area_code, area_code[1:6] as upazila_code, area_code[1:4] as district_code,"
        " area_code[1:2] as division_code, (hash(area_code) % 600 / 10.0)::double as poverty_rate,"
        " null::boolean as oaa_universal from households order by area_code"
    ), out, "areas")  # fmt: skip
    con.close()
    snapshot.write_manifest(out, as_of)
    return out


def _copy(con: duckdb.DuckDBPyConnection, query: str, out: Path, table: str) -> None:
    path = snapshot.table_path(out, table)
    con.execute(f"copy ({query}) to '{path}' (format parquet, compression zstd, row_group_size {snapshot.ROW_GROUP})")
    pq.read_schema(path)  # a broken file is found here, not in the run
