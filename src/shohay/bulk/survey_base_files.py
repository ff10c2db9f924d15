"""A survey base of real microdata: a file of households, one of persons, and a document that says what is in them.

    format: 1
    survey: HIES
    round: "2022"
    title: {bn: "...", en: "..."}
    collected_on: 2022-07-01           # the middle of the field work: ages are counted on it
    source: "BBS, Household Income and Expenditure Survey 2022"
    synthetic: false
    household:
      id: hhid
      weight: hhwgt
      weight_of: household             # or person: then it is divided by the members
      stratum: stratum
      psu: psu
      area: upazila                    # code of division, district, upazila or union
      welfare: {column: pcexp, months: 1}
      line: {column: zu}               # or {value: 3822}; left out: none
      facts:
        area_type: {column: area, values: {"1": rural, "2": urban}}
        rooms: {column: s6_rooms}
    person:
      household: hhid
      line: lno
      age: age                         # or birth_date under facts
      facts:
        sex: {column: sex, values: {"1": male, "2": female}}
      held:
        OAA: {column: gets_oaa, values: ["1"]}

Facts are the columns of a snapshot. A value that the document does not translate is not known, and counted.
"""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import Field, ValidationError

from shohay.bulk import snapshot, survey_base
from shohay.bulk.poverty_sql import quoted
from shohay.core import document
from shohay.core.criteria import literal
from shohay.core.definition import Code, Part, Words
from shohay.core.messages import Refusal

KINDS = {"int64": "bigint", "int16": "smallint", "double": "double", "bool": "boolean", "date32[day]": "date"}
OWN = ("household_id", "person_id", "area_code", "line_no", "declared_programmes")
PERSONS = 1_000  # person_id = household_id x PERSONS + line


class Column(Part):
    """A column and what its values mean; without ``values`` they are the words or numbers themselves."""

    column: str
    values: dict[str, str | bool | int] | None = None


class Amount(Part):
    """Taka: a column for so many months, or one value."""

    column: str = ""
    value: float | None = None
    months: Annotated[float, Field(gt=0)] = 1


class Held(Part):
    """Who is on a programme: the values of a column that say so."""

    column: str
    values: tuple[str, ...]


class HouseholdFile(Part):
    id: str
    weight: str
    weight_of: Literal["household", "person"] = "household"
    stratum: str
    psu: str
    area: str
    welfare: Amount
    line: Amount | None = None
    facts: dict[str, Column] = Field(default_factory=dict)


class PersonFile(Part):
    household: str
    line: str = ""
    age: str = ""
    facts: dict[str, Column] = Field(default_factory=dict)
    held: dict[Code, Held] = Field(default_factory=dict)


class Mapping(Part):
    """The whole document."""

    format: Literal[1]
    survey: str
    round: str
    title: Words
    collected_on: dt.date
    source: str
    synthetic: bool
    household: HouseholdFile
    person: PersonFile

    @classmethod
    def parse(cls, text: str) -> Mapping:
        """Raises Refusal('survey_base_wrong') naming the place."""
        try:
            made = cls.model_validate(document.read(text))
        except ValidationError as wrong:
            first = wrong.errors()[0]
            raise _wrong(".".join(str(step) for step in first["loc"]), first["msg"]) from None
        for table, facts in (("households", made.household.facts), ("persons", made.person.facts)):
            for name in facts:
                if name in OWN or name not in snapshot.SCHEMAS[table].names:
                    raise _wrong(f"{table}.facts.{name}", "no such column in a snapshot")
        return made


@dataclass(frozen=True, slots=True)
class Made:
    """Where the base is and what was found: how many rows of each finding."""

    path: Path
    findings: dict[str, int]


def make(households_file: Path, persons_file: Path, mapping_text: str, out: Path) -> Made:
    """Write a survey base into ``out`` (what stood there goes); the same input gives the same bytes.

    Raises Refusal: survey_base_wrong (document, a column that is not there), survey_base_weights with the number of
    households without a weight above zero. Findings: strata_with_one_cluster, welfare_missing, welfare_not_positive,
    persons_without_household, households_without_persons, not_translated.<fact>.
    """
    mapping = Mapping.parse(mapping_text)
    con = duckdb.connect(":memory:", config={"threads": 1, "autoinstall_known_extensions": False})
    try:
        _open(con, "hh", households_file)
        _open(con, "pp", persons_file)
        findings = _checked(con, mapping)
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        for name, query in (("households", _households(mapping)), ("persons", _persons(mapping))):
            _write(con, name, query, out)
        if mapping.person.held:
            _write(con, "held", _held(mapping), out)
        _write(con, "areas", _areas(), out)
        _write(con, survey_base.WEIGHTS, _weights(mapping), out)
    except duckdb.Error as wrong:
        raise _wrong("file", " ".join(str(wrong).split())[:160]) from None
    finally:
        con.close()
    snapshot.write_manifest(out, mapping.collected_on)
    survey_base.write_info(out, {
        "title": mapping.title.model_dump(), "source": mapping.source, "synthetic": mapping.synthetic,
        "collected_on": mapping.collected_on.isoformat(), "weight_of": mapping.household.weight_of,
        "findings": findings,
    })  # fmt: skip
    return Made(out, findings)


def _wrong(where: str, why: str) -> Refusal:
    return Refusal("survey_base_wrong", where=where, why=why)


def _open(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """The rows of a file as texts, numbered in their order."""
    source = str(path).replace("'", "''")
    parquet = path.suffix.lower() == ".parquet"
    read = f"read_parquet('{source}')" if parquet else f"read_csv('{source}', all_varchar=true, header=true)"
    con.execute(f"create table {name} as select row_number() over () as row_no, columns(*)::varchar from {read}")
    con.execute(f"alter table {name} alter row_no type bigint")


def _checked(con: duckdb.DuckDBPyConnection, mapping: Mapping) -> dict[str, int]:
    """What is wrong with the rows; makes the table ``h`` of households with their numbers, and ``p`` of persons."""
    _columns(con, mapping)
    hh, pp = mapping.household, mapping.person
    weight = _number(hh.weight)
    count = _one(con, f"select count(*) filter (not coalesce({weight} > 0 and isfinite({weight}), false)) from hh")
    if count or not _one(con, "select count(*) from hh"):
        raise Refusal("survey_base_weights", count=count)
    if twice := _one(con, f"select count(*) - count(distinct {quoted(hh.id)}) from hh"):
        raise _wrong("household.id", f"{twice} rows have no household number, or one that another row has")
    con.execute(f"create table h as select *, row_no as household_id, {_welfare(hh.welfare)} as w_ from hh")
    line = quoted(pp.line) if pp.line else "p.row_no"
    con.execute(
        f"create table p as select p.*, h.household_id, row_number() over (partition by h.household_id order by "
        f"try_cast({line} as bigint) nulls last, p.row_no) as line_ from pp p join h on "
        f"p.{quoted(pp.household)} = h.{quoted(hh.id)}"
    )
    strata = f"(select count(distinct {quoted(hh.psu)}) as k from hh group by {quoted(hh.stratum)})"
    findings = {
        "strata_with_one_cluster": _one(con, f"select count(*) filter (k = 1) from {strata}"),
        "welfare_missing": _one(con, "select count(*) filter (w_ is null) from h"),
        "welfare_not_positive": _one(con, "select count(*) filter (w_ <= 0) from h"),
        "persons_without_household": _one(con, "select (select count(*) from pp) - (select count(*) from p)"),
        "households_without_persons": _one(
            con, "select count(*) from h where household_id not in (select household_id from p)"
        ),
    }  # fmt: skip
    for table, facts in (("hh", hh.facts), ("pp", pp.facts)):
        for name, column in facts.items():
            if column.values is not None:
                known = ", ".join(literal(value) for value in column.values)
                query = f"select count(*) from {table} where {quoted(column.column)} not in ({known})"
                findings[f"not_translated.{name}"] = _one(con, query)
    return {code: count for code, count in findings.items() if count}


def _columns(con: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Raise survey_base_wrong for a column that the files have not."""
    hh, pp = mapping.household, mapping.person
    named = {
        "hh": [hh.id, hh.weight, hh.stratum, hh.psu, hh.area, hh.welfare.column, hh.line.column if hh.line else "",
               *(one.column for one in hh.facts.values())],
        "pp": [pp.household, pp.line, pp.age, *(one.column for one in pp.facts.values()),
               *(one.column for one in pp.held.values())],
    }  # fmt: skip
    for table, columns in named.items():
        there = set(con.execute(f"select * from {table} limit 0").to_arrow_table().column_names)
        if missing := sorted({column for column in columns if column} - there):
            raise _wrong("persons" if table == "pp" else "households", f"no column {', '.join(missing)}")


def _one(con: duckdb.DuckDBPyConnection, query: str) -> int:
    row = con.execute(query).fetchone()
    return int(row[0]) if row else 0


def _number(column: str) -> str:
    return f"try_cast({quoted(column)} as double)"


def _welfare(amount: Amount) -> str:
    """Taka a head and month; NULL where it is no number."""
    told = _number(amount.column) if amount.column else repr(float(amount.value or 0))
    return f"case when isfinite({told}) then {told} / {amount.months!r} end"


def _fact(name: str, column: Column | None, kind: pa.DataType) -> str:
    """A column of the snapshot; NULL where the survey does not tell it."""
    sql_kind = KINDS.get(str(kind), "varchar")
    if column is None:
        return f"cast(null as {sql_kind}) as {name}"
    if column.values is None:
        return f"try_cast({quoted(column.column)} as {sql_kind}) as {name}"
    cases = " ".join(
        f"when {literal(value)} then {literal(str(meant).lower() if isinstance(meant, bool) else str(meant))}"
        for value, meant in column.values.items()
    )
    return f"try_cast(case {quoted(column.column)} {cases} end as {sql_kind}) as {name}"


def _facts(table: str, facts: dict[str, Column], given: dict[str, str]) -> str:
    """All columns of a table of the snapshot in their order."""
    made = []
    for one in snapshot.SCHEMAS[table]:
        made.append(
            f"{given[one.name]} as {one.name}" if one.name in given else _fact(one.name, facts.get(one.name), one.type)
        )
    return ", ".join(made)


def _households(mapping: Mapping) -> str:
    given = {
        "household_id": "household_id", "area_code": quoted(mapping.household.area),
        "declared_programmes": "[]::varchar[]",
    }  # fmt: skip
    return f"select {_facts('households', mapping.household.facts, given)} from h order by household_id"


def _persons(mapping: Mapping) -> str:
    day = f"date '{mapping.collected_on.isoformat()}'"
    given = {
        "person_id": f"household_id * {PERSONS} + line_", "household_id": "household_id",
        "area_code": f"(select {quoted(mapping.household.area)} from h where h.household_id = p.household_id)",
        "line_no": "line_::smallint",
    }  # fmt: skip
    for name, meant in (("is_alive", "true"), ("is_duplicate", "false")):
        if name not in mapping.person.facts:
            given[name] = meant
    if mapping.person.age:
        age = f"try_cast({quoted(mapping.person.age)} as integer)"  # half a year more: nobody has a birthday that day
        given["birth_date"] = f"case when {age} between 0 and 120 then ({day} - to_months({age} * 12 + 6))::date end"
    return f"select {_facts('persons', mapping.person.facts, given)} from p order by household_id, line_"


def _held(mapping: Mapping) -> str:
    parts = [
        f"select household_id * {PERSONS} + line_ as person_id, household_id, {literal(code)} as programme_code from p"
        f" where {quoted(held.column)} in ({', '.join(literal(value) for value in held.values)})"
        for code, held in sorted(mapping.person.held.items())
    ]
    return f"select * from ({' union all '.join(parts)}) order by household_id, person_id, programme_code"


def _areas() -> str:
    return (
        "select distinct area_code, area_code[1:6] as upazila_code, area_code[1:4] as district_code, "
        "area_code[1:2] as division_code from households where area_code is not null order by area_code"
    )


def _weights(mapping: Mapping) -> str:
    hh = mapping.household
    size = "(select count(*) from p where p.household_id = h.household_id)"
    weight = _number(hh.weight) + (f" / greatest(1, {size})" if hh.weight_of == "person" else "")
    line = "cast(null as double)" if hh.line is None else _welfare(hh.line)
    return (
        f"select household_id, {weight} as weight, {quoted(hh.stratum)} as stratum, {quoted(hh.psu)} as psu, "
        f"w_::double as welfare, ({line})::double as line from h order by household_id"
    )


def _write(con: duckdb.DuckDBPyConnection, name: str, query: str, out: Path) -> None:
    table = con.execute(query).to_arrow_table()
    con.register(name, table)
    pq.write_table(table, snapshot.table_path(out, name), compression="zstd", row_group_size=snapshot.ROW_GROUP)
