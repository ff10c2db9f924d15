"""How good the records are: every quality rule over a whole snapshot, from Parquet to Parquet.

Households are decided in ranges, one worker a range (as in bulk.determination), after two looks at the whole:
numbers that several people share, and households that one operator recorded with the same content. Results:

- ``findings/part-NNNNN.parquet``: a row for each record that a rule found: level, person_id (null for a household),
  household_id, area_code, recorded_by, mask (bit i = the i-th rule of the level), score;
- ``tallies.parquet``: records, found, points (sum of scores) by area_code, recorded_by and level;
- ``by_rule.parquet``: records found by area_code, recorded_by, level and rule.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from shohay.bulk import snapshot
from shohay.bulk.engine import Engine, choose
from shohay.core.quality import LEVELS, QUALITY_FACTS, Rule, Rules

Progress = Callable[[str, int, int], None]
Range = tuple[int, int | None]

PERSONS_EACH = 1_000_000
SHARED = ("identity", "account")
AGE = "(({ref} - (year(birth_date) * 10000 + month(birth_date) * 100 + day(birth_date))) // 10000)"
ENDED = AGE.replace("birth_date", "marriage_ended_on")
# the content of a household as an operator typed it: what is the same here and in the members was copied
CONTENT = "area_type, rooms, walls, fans, mobile_phones, homestead_decimals, cultivable_decimals, annual_income"

MEMBERS = """
select p.person_id, p.household_id, p.area_code, p.relation, p.sex, {age} as age, p.marital_status,
       {ended} as years_since_marriage_ended, p.disability, p.disability_card as has_disability_card, p.is_pregnant,
       p.pregnancy_month, p.school_level, p.school_class, p.annual_income,
       p.government_salary as receives_government_salary, p.government_pension as receives_government_pension,
       p.has_identity, p.birth_date is not null as has_birth_date, p.marital_status is not null as has_marital_status,
       p.marriage_ended_on is not null as has_marriage_end, p.school_class is not null as has_school_class,
       month(p.birth_date) = 1 and day(p.birth_date) = 1 as is_born_on_new_year
from {persons} p where p.is_alive and not p.is_duplicate
"""
HOMES = """
select h.household_id, h.area_code, coalesce(s.recorded_by, '') as recorded_by, h.area_type, h.rooms, h.walls, h.fans,
       h.mobile_phones, h.homestead_decimals, h.cultivable_decimals, h.annual_income as household_income,
       coalesce(m.household_size, 0) as household_size, coalesce(m.heads, 0) as heads,
       coalesce(m.spouses, 0) as spouses, m.head_age, m.head_sex, m.head_marital_status,
       h.rooms is not null and h.walls is not null as has_dwelling,
       h.homestead_decimals is not null and h.cultivable_decimals is not null as has_land,
       h.annual_income is not null as has_income, date '{day}' - s.recorded_on as days_since_recorded,
       coalesce(a.n, 1) as households_alike
from {households} h
left join {sources} s using (household_id)
left join alike a using (household_id)
left join (
    select household_id, count(*) as household_size, count(*) filter (where relation = 'head') as heads,
           count(*) filter (where relation = 'spouse') as spouses,
           max(age) filter (where relation = 'head') as head_age, max(sex) filter (where relation = 'head') as head_sex,
           max(marital_status) filter (where relation = 'head') as head_marital_status
    from m group by household_id) m using (household_id)
"""
PEOPLE = """
select m.*, h.recorded_by, h.household_income, h.household_size, h.head_age, h.head_sex, h.head_marital_status,
       h.area_type, h.rooms, h.walls, h.fans, h.mobile_phones, h.homestead_decimals, h.cultivable_decimals,
       h.heads, h.spouses, h.has_dwelling, h.has_land, h.has_income, h.days_since_recorded, h.households_alike,
       h.head_age - m.age as years_younger_than_head, n.has_name_en, n.has_parents_names, n.has_account,
       coalesce(i.n, 1) as people_of_identity, coalesce(a.n, 1) as people_of_account
from m join h using (household_id)
left join {names} n using (person_id)
left join shared_identity i using (person_id)
left join shared_account a using (person_id)
"""


@dataclass(frozen=True, slots=True)
class Checked:
    """Where the results stand, and the numbers of records, of those found, and found by each rule."""

    path: Path
    records: dict[str, int]
    found: dict[str, int]
    by_rule: dict[str, int]


def check(
    *,
    where: Path,
    rules: Rules,
    out: Path,
    engine: Engine | None = None,
    progress: Progress | None = None,
    persons_each: int = PERSONS_EACH,
) -> Checked:
    """Run ``rules`` over the snapshot at ``where``; the same snapshot and rules give the same rows.

    Ages and days are counted on the day of the snapshot. Tables names and sources may be absent: then their facts
    cannot be told and their rules find nobody. Raises Refusal snapshot_wrong, snapshot_not_ordered.
    """
    engine = engine or choose()
    say = progress or (lambda step, done, total: None)
    snapshot.check(where)
    shutil.rmtree(out, ignore_errors=True)
    for folder in ("findings", "work"):
        (out / folder).mkdir(parents=True)
    day = snapshot.read_manifest(where).as_of
    ranges = list(enumerate(snapshot.ranges(where, persons_each)))
    say("shared", 0, len(ranges))
    engine.each(SHARED, lambda name: _shared(engine, where, out, name))
    engine.each(ranges, lambda item: _prints(engine, where, out, *item))
    _alike(engine, out)
    engine.each(
        ranges,
        lambda item: _part(engine, where, rules, day, out, *item),
        lambda done: say("quality", done, len(ranges)),
    )
    checked = _add_up(engine, rules, out)
    shutil.rmtree(out / "work")
    return checked


def _read(where: Path, table: str, range_: Range | None = None, select: str = "*") -> str:
    path = str(snapshot.table_path(where, table)).replace("'", "''")
    query = f"select {select} from read_parquet('{path}')"
    if range_:
        low, below = range_
        query += f" where household_id >= {low}" + (f" and household_id < {below}" if below is not None else "")
    return f"({query})"


def _copy(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    target = str(path).replace("'", "''")
    con.execute(f"copy ({query}) to '{target}' (format parquet, compression zstd, compression_level 1)")


def _shared(engine: Engine, where: Path, out: Path, name: str) -> None:
    """People whose number other people have too, and how many there are.

    Hashes of eight bytes find the candidates, the digests themselves decide.
    """
    con = engine.connect()
    if snapshot.has(where, "names"):
        names, digest = _read(where, "names"), f"{name}_digest"
        query = f"""
            with twice as (select hash({digest}) as h from {names} where {digest} is not null
                           group by 1 having count(*) > 1),
            those as (select person_id, {digest} as digest from {names} where {digest} is not null
                      and hash({digest}) in (select h from twice)),
            counted as (select digest, count(*)::integer as n from those group by digest having count(*) > 1)
            select person_id, n from those join counted using (digest) order by person_id"""
    else:
        query = "select 0::bigint as person_id, 0 as n limit 0"
    _copy(con, query, out / "work" / f"shared-{name}.parquet")
    con.close()


def _prints(engine: Engine, where: Path, out: Path, number: int, range_: Range) -> None:
    """A fingerprint of what an operator typed for each household of the range; households of one are too alike."""
    con = engine.connect()
    query = "select 0::bigint as household_id, 0::ubigint as print limit 0"
    if snapshot.has(where, "sources"):
        query = f"""
            with typed as (
                select household_id, bit_xor(hash(line_no, relation, sex, birth_date, annual_income)) as members
                from {_read(where, "persons", range_)} group by household_id having count(*) >= 2)
            select household_id, hash(recorded_by, members, {CONTENT}) as print
            from {_read(where, "households", range_)} h join typed using (household_id)
            join {_read(where, "sources", range_)} s using (household_id)
            where recorded_by is not null"""
    _copy(con, query, out / "work" / f"prints-{number:05d}.parquet")
    con.close()


def _alike(engine: Engine, out: Path) -> None:
    con = engine.connect()
    prints = f"read_parquet('{out}/work/prints-*.parquet')"
    query = f"""
        with counted as (select print, count(*)::integer as n from {prints} group by print having count(*) > 1)
        select household_id, n from {prints} join counted using (print) order by household_id"""
    _copy(con, query, out / "work" / "alike.parquet")
    con.close()


def _part(engine: Engine, where: Path, rules: Rules, day: dt.date, out: Path, number: int, range_: Range) -> None:
    """Decide one range: its findings, and its tallies to be added up."""
    con = engine.connect()
    for view in ("alike", *(f"shared_{name}" for name in SHARED)):
        path = out / "work" / f"{view.replace('_', '-')}.parquet"
        con.execute(f"create view {view} as select * from read_parquet('{path}')")
    ref = day.year * 10000 + day.month * 100 + day.day
    con.execute(
        "create temp table m as "
        + MEMBERS.format(age=AGE.format(ref=ref), ended=ENDED.format(ref=ref), persons=_read(where, "persons", range_))
    )
    con.execute(
        "create temp table h as "
        + HOMES.format(day=day, households=_read(where, "households", range_), sources=_sources(where, range_))
    )
    con.execute(
        f"create temp table checked_person as {_checked(rules, 'person', PEOPLE.format(names=_names(con, where)))}"
    )
    con.execute(f"create temp table checked_household as {_checked(rules, 'household', 'select * from h')}")
    _write_part(con, rules, out, number)
    con.close()


def _sources(where: Path, range_: Range) -> str:
    if snapshot.has(where, "sources"):
        return _read(where, "sources", range_)
    return "(select null::bigint as household_id, null::varchar as recorded_by, null::date as recorded_on limit 0)"


def _names(con: duckdb.DuckDBPyConnection, where: Path) -> str:
    """What the names' table tells of the range's people: read by their numbers, since it is in their order."""
    if not snapshot.has(where, "names"):
        columns = ", ".join(f"null::boolean as {name}" for name in ("has_name_en", "has_parents_names", "has_account"))
        return f"(select null::bigint as person_id, {columns} limit 0)"
    low, high = con.execute("select coalesce(min(person_id), 0), coalesce(max(person_id), -1) from m").fetchone() or (
        0,
        -1,
    )
    select = (
        "person_id, name_en is not null as has_name_en, account_digest is not null as has_account,"
        " father_name is not null and mother_name is not null as has_parents_names"
    )
    path = str(snapshot.table_path(where, "names")).replace("'", "''")
    return f"(select {select} from read_parquet('{path}') where person_id between {low} and {high})"


def _checked(rules: Rules, level: str, source: str) -> str:
    """The records of ``source`` with the mask of the rules that found them and the points they lose."""
    own = rules.of_level(level)
    key = "person_id" if level == "person" else "null::bigint as person_id"
    found = ", ".join(f"cast(coalesce({_sql(rule)}, false) as bigint) as b{place}" for place, rule in enumerate(own))
    mask = " | ".join(f"(b{place} << {place})" for place in range(len(own))) or "0::bigint"
    lost = " + ".join(f"b{place} * {rule.weight}" for place, rule in enumerate(own)) or "0::bigint"
    columns = f"{key}, household_id, area_code, recorded_by" + (f", {found}" if own else "")
    return (
        f"select person_id, household_id, area_code, recorded_by, {mask} as mask,"
        f" least(100, {lost})::smallint as lost from (select {columns} from ({source}))"
    )


def _sql(rule: Rule) -> str:
    return rule.wrong.sql({name: name for name in QUALITY_FACTS}, {})


def _write_part(con: duckdb.DuckDBPyConnection, rules: Rules, out: Path, number: int) -> None:
    name = f"{number:05d}.parquet"
    both = " union all ".join(
        f"select '{level}' as level, person_id, household_id, area_code, recorded_by, mask, 100 - lost as score"
        f" from checked_{level} where mask <> 0"
        for level in LEVELS
    )
    _copy(con, f"{both} order by household_id, person_id nulls first", out / "findings" / f"part-{name}")
    tallies = " union all ".join(
        f"select '{level}' as level, area_code, recorded_by, count(*) as records,"
        f" count(*) filter (where mask <> 0) as found, sum(100 - lost)::bigint as points"
        f" from checked_{level} group by area_code, recorded_by"
        for level in LEVELS
    )
    _copy(con, tallies, out / "work" / f"tallies-{name}")
    counts = [
        f"select '{level}' as level, '{rule.id}' as rule, area_code, recorded_by"
        f" from checked_{level} where mask >> {place} & 1 = 1"
        for level in LEVELS
        for place, rule in enumerate(rules.of_level(level))
    ]
    hits = " union all ".join(counts)
    query = f"select level, rule, area_code, recorded_by, count(*) as records from ({hits}) group by all"
    _copy(con, query, out / "work" / f"rules-{name}")


def _add_up(engine: Engine, rules: Rules, out: Path) -> Checked:
    """Add the parts: unions may reach over the edge of a range."""
    con = engine.connect()
    key = "level, area_code, recorded_by"
    _copy(
        con,
        f"select {key}, sum(records)::bigint as records, sum(found)::bigint as found, sum(points)::bigint as points"
        f" from read_parquet('{out}/work/tallies-*.parquet') group by all order by all",
        out / "tallies.parquet",
    )
    _copy(
        con,
        f"select {key}, rule, sum(records)::bigint as records"
        f" from read_parquet('{out}/work/rules-*.parquet') group by all order by all",
        out / "by_rule.parquet",
    )
    tallies = con.execute(
        f"select level, sum(records)::bigint, sum(found)::bigint from read_parquet('{out}/tallies.parquet') group by 1"
    ).fetchall()
    by_rule = dict.fromkeys((rule.id for rule in rules.rules), 0) | dict(
        con.execute(
            f"select rule, sum(records)::bigint from read_parquet('{out}/by_rule.parquet') group by 1"
        ).fetchall()
    )
    con.close()
    return Checked(
        out, {level: records for level, records, _ in tallies}, {level: found for level, _, found in tallies}, by_rule
    )
