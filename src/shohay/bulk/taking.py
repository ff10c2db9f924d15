"""Taking a snapshot: COPY the registry out on an open cursor, then Parquet with DuckDB in the order of bulk.snapshot.

Deterministic: ordered rows, fixed row groups, one writer a file. The same registry on the same day gives the same
bytes, so a snapshot's hash names its content.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from shohay.bulk import snapshot
from shohay.bulk.snapshot import SCHEMAS, Manifest
from shohay.core.allocation import TOTALS

Progress = Callable[[str, int, int], None]
MEMORY = "4GB"

# Nobody lives in them on that day; who went abroad or to another district is no member of the household left behind.
# Their names stay among the names: somebody who went away and is registered again elsewhere is one to find.
CLOSED = "select id from registry_household where closed_on <= date '{as_of}'"
AWAY = """select person_id from registry_dated where fact = 'away' and person_id is not null and upper_inf(known)
          and valid @> date '{as_of}' and value->>'where' <> ''"""
OUT = {  # what PostgreSQL gives: the columns of SCHEMAS, unknown texts as NULL
    "households": """
        select id as household_id, area_code, nullif(area_type, '') as area_type, rooms, nullif(walls, '') as walls,
               has_television, fans, mobile_phones, has_vehicle, has_daily_labourer, homestead_decimals,
               cultivable_decimals, annual_income, disaster_hit, declared_programmes::text as declared_programmes
        from registry_household where closed_on is null or closed_on > date '{as_of}'""",
    "persons": f"""
        select p.id as person_id, household_id, area_code, line_no, relation, sex, birth_date,
               nullif(marital_status, '') as marital_status, marriage_ended_on,
               case disability when '' then 'none' when 'unknown' then null else disability end as disability,
               disability_card, is_pregnant, pregnancy_month, pregnancy_order, has_anc_card,
               nullif(school_level, '') as school_level, school_class, school_listed,
               nullif(occupation, '') as occupation, annual_income, government_salary, government_pension,
               permanent_resident, nullif(community, '') as community,
               death_date is null or death_date > '{{as_of}}' as is_alive, duplicate_of_id is not null as is_duplicate,
               nullif(freedom_fighter, '') as freedom_fighter, nullif(serious_illness, '') as serious_illness
        from registry_person p where household_id not in ({CLOSED}) and id not in ({AWAY})""",
    "names": """
        select id as person_id, area_code, name_bn, nullif(name_en, '') as name_en, nullif(name_key, '') as name_key,
               nullif(father_name, '') as father_name, nullif(mother_name, '') as mother_name, sex, birth_date
        from registry_person where duplicate_of_id is null""",
    "identities": "select person_id, encode(digest, 'hex') as digest from registry_identity where withdrawn_at is null",
    "accounts": "select person_id, encode(digest, 'hex') as digest from registry_account where valid_to is null",
    "sources": """
        select h.id as household_id, u.uploaded_by as recorded_by,
               (h.recorded_at at time zone 'Asia/Dhaka')::date as recorded_on
        from registry_household h left join intake_upload u on u.id = h.upload_id
        where closed_on is null or closed_on > date '{as_of}'""",
    "area_facts": """
        select a.code as area_code, f.name, f.value, length(f.area_id) * 10000 + f.year as year, f.area_id as origin
        from places_area a cross join (values (2), (4), (6), (8)) as holder (digits)
        left join places_areafact f on f.area_id = left(a.code, holder.digits)
        where a.level = 'union'""",
}
IN = {  # how DuckDB reads the CSV
    "households": {**{f.name: f.type for f in SCHEMAS["households"]}, "declared_programmes": pa.string()},
    "persons": {f.name: f.type for f in snapshot.written("persons") if f.name != "has_identity"},
    "names": {f.name: f.type for f in SCHEMAS["names"] if not f.name.endswith("_digest")},
    "identities": {"person_id": pa.int64(), "digest": pa.string()},
    "accounts": {"person_id": pa.int64(), "digest": pa.string()},
    "sources": {f.name: f.type for f in SCHEMAS["sources"]},
    "area_facts": {
        "area_code": pa.string(),
        "name": pa.string(),
        "value": pa.float64(),
        "year": pa.int32(),
        "origin": pa.string(),
    },
}
SQL_TYPES = {
    pa.string(): "VARCHAR", pa.bool_(): "BOOLEAN", pa.int16(): "SMALLINT", pa.int32(): "INTEGER", pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE", pa.date32(): "DATE",
}  # fmt: skip


def _known(name: str) -> str:
    """A fact of an area as a column, and beside it the place whose figure it is: its own, or one that holds it."""
    value = f"max(value) filter (where name = '{name}')"
    if snapshot.AREA_FACTS[name] == pa.bool_():
        value += " > 0"
    return f"{value} as {name}, max(origin) filter (where name = '{name}') as {name}_from"


BUILD = {
    "households": "select * replace (from_json(declared_programmes, '[\"VARCHAR\"]') as declared_programmes)"
    " from households_csv order by household_id",
    "persons": "select *, person_id in (select person_id from identities_csv) as has_identity"
    " from persons_csv order by household_id, line_no, person_id",
    "names": """
        select n.*, i.digest as identity_digest, a.digest as account_digest from names_csv n
        left join (select person_id, min(digest) as digest from identities_csv group by person_id) i using (person_id)
        left join (select person_id, min(digest) as digest from accounts_csv group by person_id) a using (person_id)
        order by person_id""",
    "sources": "select * from sources_csv order by household_id",
    "areas": f"""
        with facts as (  -- the smallest place that has the fact, its latest year; totals are those of the upazila only
            select area_code, name, arg_max(value, year) as value, arg_max(origin, year) as origin
            from area_facts_csv where name is not null and (name not in {TOTALS} or length(origin) = 6)
            group by area_code, name),
        known as (select area_code, {", ".join(_known(name) for name in snapshot.AREA_FACTS)}
                  from facts group by area_code)
        select c.area_code, c.area_code[1:6] as upazila_code, c.area_code[1:4] as district_code,
               c.area_code[1:2] as division_code, k.* exclude (area_code)
        from (select distinct area_code from area_facts_csv) c left join known k using (area_code)
        order by c.area_code""",
}


def export(cursor: Any, work: Path, as_of: date, progress: Progress | None = None) -> Path:
    """COPY every table of OUT to ``work``/<table>.csv on the caller's cursor and in its transaction; gives ``work``."""
    for number, (name, query) in enumerate(OUT.items()):
        if progress:
            progress("snapshot", number, len(OUT) + len(BUILD))
        text = " ".join(query.replace("{as_of}", as_of.isoformat()).split())
        with (work / f"{name}.csv").open("wb") as file, cursor.copy(f"copy ({text}) to stdout (format csv)") as copy:
            for block in copy:
                file.write(block)
    return work


def build(
    work: Path,
    *,
    as_of: date,
    held: pa.Table | None,
    applications: pa.Table | None,
    progress: Progress | None = None,
) -> Manifest:
    """Write ``work``/snapshot/*.parquet and its manifest from the exported CSVs and the tables handed in."""
    out = work / "snapshot"
    out.mkdir()
    with duckdb.connect(
        config={
            "memory_limit": MEMORY,
            "threads": 2,
            "temp_directory": str(work / "spill"),
            "preserve_insertion_order": True,
        }
    ) as engine:
        for name, types in IN.items():
            columns = ", ".join(f"'{column}': '{SQL_TYPES[kind]}'" for column, kind in types.items())
            engine.execute(
                f"create view {name}_csv as select * from read_csv('{work}/{name}.csv', auto_detect=false,"
                f" header=false, delim=',', quote='\"', escape='\"', columns={{{columns}}}, max_line_size=1000000)"
            )
        for number, (name, query) in enumerate(BUILD.items()):
            if progress:
                progress("snapshot", len(OUT) + number, len(OUT) + len(BUILD))
            _write(engine, query, out / f"{name}.parquet")
        for name, table in (("held", held), ("applications", applications)):
            rows = table if table is not None else SCHEMAS[name].empty_table()
            engine.register(f"{name}_arrow", rows)
            _write(
                engine,
                f"select {', '.join(SCHEMAS[name].names)} from {name}_arrow order by all",
                out / f"{name}.parquet",
            )
    return snapshot.write_manifest(out, as_of)


def _write(engine: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    engine.execute(
        f"copy ({query}) to '{path}' (format parquet, compression zstd, row_group_size {snapshot.ROW_GROUP})"
    )


def keep(built: Path, place: Path) -> Path:
    """Move the snapshot to the place its hash names; one that stands there already is the same and stays."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if (place / "manifest.json").exists():
        return place
    shutil.rmtree(place, ignore_errors=True)
    built.rename(place)
    return place
