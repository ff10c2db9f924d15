"""Parquet, submissions of ODK or Kobo in JSON, and ODK Central's zip of CSVs, each made a flat UTF-8 CSV by DuckDB.

A form has a household part and a repeat ``members``; a flat row is a member with its household's answers. Groups stand
before a name with a slash (Kobo) or a hyphen (ODK): the last part of a name is the column of the template.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from shohay.bulk.intake_template import Template, fold_heading
from shohay.core.messages import Refusal

MEMBERS = "members"  # the repeat of the published form
WRAPPED = ("results", "value")  # where Kobo's and ODK's answers hold their list
LARGEST = 64 << 20  # bytes of one submission


def parquet_to_csv(path: Path, out: Path) -> Path:
    """Every column as text: days in ISO form, lists with semicolons. Raises file_parquet_broken."""
    with duckdb.connect(config={"threads": 2}) as engine:
        try:
            described = engine.execute(f"describe select * from read_parquet({_text(path)})").fetchall()
        except duckdb.Error as error:
            raise Refusal("file_parquet_broken") from error
        columns = ", ".join(f"{_cell(name, kind)} as {_quoted(_one_line(name))}" for name, kind, *_ in described)
        _copy(engine, f"select {columns} from read_parquet({_text(path)})", out, "file_parquet_broken")
    return out


def _cell(name: str, kind: str) -> str:
    column = _quoted(name)
    if kind.endswith("[]"):
        return f"array_to_string({column}::varchar[], ';')"
    if kind.startswith("TIMESTAMP"):
        return f"{column}::date::varchar"
    return f"{column}::varchar"


def json_to_csv(path: Path, template: Template, out: Path) -> Path:
    """An array, Kobo's {"results": [...]}, or an object a line, flat or with ``members``. Raises file_json_broken."""
    with duckdb.connect(config={"threads": 2}) as engine:
        try:
            _submissions(engine, path)
            keys = [key for (key,) in engine.execute(KEYS.format(table="submission", column="json")).fetchall()]
            repeat = next((key for key in keys if _last(key) == MEMBERS), None)
            inner = _unnest(engine, repeat)
        except duckdb.Error as error:
            raise Refusal("file_json_broken") from error
        cells = _cells(template, keys, inner, repeat)
        if not cells:
            raise Refusal("file_json_broken")
        _copy(engine, f"select {cells} from flat order by number, place", out, "file_json_broken")
    return out


KEYS = (
    "select distinct unnest(json_keys({column})) as key from {table} where json_type({column}) = 'OBJECT' order by key"
)


def _submissions(engine: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Table submission (number, json), unwrapped where the list stands inside an object."""
    engine.execute(f"""
        create table submission as select row_number() over () as number, json from read_json_objects(
            {_text(path)}, format='auto', maximum_object_size={LARGEST})
    """)
    for name in WRAPPED:
        found = engine.execute(
            f"select count(*) from submission where json_type(json, '$.{name}') = 'ARRAY'"
        ).fetchone()
        if found and found[0]:
            engine.execute(f"""
                create or replace table submission as select row_number() over () as number, json
                from (select unnest((json->'$.{name}')::json[]) as json from submission)
            """)


def _unnest(engine: duckdb.DuckDBPyConnection, repeat: str | None) -> list[str]:
    """Table flat (number, json, member, place); the keys of members."""
    if repeat is None:
        engine.execute("create view flat as select number, json, json as member, 1 as place from submission")
        return []
    engine.execute(f"""
        create table flat as
            select number, json, unnest(list) as member, generate_subscripts(list, 1) as place
            from (select number, json, (json->{_key(repeat)})::json[] as list from submission)
    """)
    return [key for (key,) in engine.execute(KEYS.format(table="flat", column="member")).fetchall()]


def _cells(template: Template, outer: list[str], inner: list[str], repeat: str | None) -> str:
    """The select list: each column from the member's answers where it has it, else from the household's."""
    of_member, of_house = _by_code(template, inner), _by_code(template, [key for key in outer if key != repeat])
    chosen = []
    for code in template.codes:
        table, keys = ("member", of_member) if code in of_member else ("json", of_house)
        if code in keys:
            chosen.append(f"{_joined(template, code, f'{table}->>{_key(keys[code])}')} as {code}")
        elif code == "line_no" and repeat is not None:
            chosen.append("place::varchar as line_no")
    return ", ".join(chosen)


def _joined(template: Template, code: str, cell: str) -> str:
    """Several choices are written with spaces between in a form, with semicolons in a file."""
    return f"replace({cell}, ' ', ';')" if template.column(code).kind == "codes" else cell


def odk_to_csv(path: Path, template: Template, work: Path) -> Path:
    """ODK Central's export: the form's CSV and the CSV of its repeat, joined by PARENT_KEY. Raises file_odk_broken."""
    folder, out = work / "odk", work / "odk.csv"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(path) as archive:
            names = [one for one in archive.infolist() if one.filename.lower().endswith(".csv")]
            for place, one in enumerate(names):
                (folder / f"{place}.csv").write_bytes(archive.read(one))
    except (zipfile.BadZipFile, OSError, RuntimeError) as error:
        raise Refusal("file_odk_broken") from error
    with duckdb.connect(config={"threads": 2}) as engine:
        try:
            tables = [_read_csv(engine, folder / f"{place}.csv", f"t{place}") for place in range(len(names))]
        except duckdb.Error as error:
            raise Refusal("file_odk_broken") from error
        _copy(engine, _joined_forms(template, tables), out, "file_odk_broken")
    return out


def _read_csv(engine: duckdb.DuckDBPyConnection, path: Path, name: str) -> list[str]:
    engine.execute(
        f"create table {name} as select *, row_number() over () as number_ from"
        f" read_csv({_text(path)}, header=true, all_varchar=true, quote='\"', escape='\"', max_line_size=1000000)"
    )
    return [row[0] for row in engine.execute(f"describe {name}").fetchall()]


def _joined_forms(template: Template, tables: list[list[str]]) -> str:
    """SQL that joins the repeat to the form. A single CSV is taken as flat rows."""
    child = next((place for place, columns in enumerate(tables) if "PARENT_KEY" in columns), None)
    parent = next((place for place, columns in enumerate(tables) if place != child and "KEY" in columns), None)
    if child is None or parent is None:
        one = _by_code(template, tables[0])
        cells = [f"{_joined(template, code, f't0.{_quoted(key)}')} as {code}" for code, key in one.items()]
        return _some(cells) + " from t0 order by number_"
    inner, outer = _by_code(template, tables[child]), _by_code(template, tables[parent])
    cells = []
    for code in template.codes:
        table, keys = ("c", inner) if code in inner else ("p", outer)
        if code in keys:
            cells.append(f"{_joined(template, code, f'{table}.{_quoted(keys[code])}')} as {code}")
        elif code == "line_no":
            cells.append("row_number() over (partition by c.PARENT_KEY order by c.number_)::varchar as line_no")
    return f"{_some(cells)} from t{child} c join t{parent} p on p.KEY = c.PARENT_KEY order by p.number_, c.number_"


def _some(cells: list[str]) -> str:
    if not cells:
        raise Refusal("file_odk_broken")
    return f"select {', '.join(cells)}"


def _by_code(template: Template, keys: Iterable[str]) -> Mapping[str, str]:
    """Code of the template -> key that means it."""
    known = {heading: column.code for column in template.columns for heading in column.headings()}
    found: dict[str, str] = {}
    for key in keys:
        code = known.get(fold_heading(key)) or known.get(fold_heading(_last(key)))
        if code and not key.startswith("_"):
            found.setdefault(code, key)
    return found


def _last(key: str) -> str:
    return re.split(r"[/-]", key)[-1]


def _copy(engine: duckdb.DuckDBPyConnection, query: str, out: Path, code: str) -> None:
    try:
        engine.execute(f"copy ({query}) to {_text(out)} (format csv, header true)")
    except duckdb.Error as error:
        raise Refusal(code) from error


def _text(value: Path | str) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _key(name: str) -> str:
    """A path that takes the name as it is, slashes and all."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return _text(f'$."{escaped}"')
