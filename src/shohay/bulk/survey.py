"""Microdata of a survey: a file and its mapping document in, checked rows without names out.

Out go only what estimates need: stratum and cluster as running numbers, the weight of people, welfare, poverty lines,
groups, what each programme gave. The survey's own household numbers, names and places below the division stay behind.
Errors are rows of a table: the row is left out, a warning leaves it in. Line 0 speaks of the whole file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from shohay.bulk.engine import Engine
from shohay.bulk.intake_reading import Opened, open_file
from shohay.bulk.intake_template import load_template
from shohay.bulk.poverty import Spec
from shohay.bulk.poverty_sql import quoted
from shohay.bulk.survey_mapping import GROUPS, Amount, SurveyMapping
from shohay.core.messages import Refusal

Progress = Callable[[str, int, int], None]

TOO_MANY = 0.01  # of the rows wrong: the weights no longer stand for the people, so the file is refused
FINDINGS = pa.schema([
    ("line", pa.int64()), ("column", pa.string()), ("code", pa.string()), ("value", pa.string()),
    ("warning", pa.bool_()),
])  # fmt: skip
OTHERS = {b"$FL2": "SPSS", b"$FL3": "SPSS", b"<stata_dta>": "Stata"}
LARGEST = 512 << 20  # bytes


@dataclass(frozen=True)
class Checked:
    """``data`` is None where the file is refused; ``counts`` as SurveyRound.counts; findings in the order of lines."""

    data: Path | None
    data_sha256: str
    counts: dict[str, Any]
    findings: pa.Table


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def spec_of(mapping: SurveyMapping) -> Spec:
    """What can be asked of the stored rows of a survey."""
    return Spec(
        dimensions=tuple(mapping.groups),
        programmes=tuple(mapping.programmes),
        kinds={code: benefit.kind for code, benefit in mapping.programmes.items()},
        lonely=mapping.lonely,
    )


def headings(path: Path, work: Path) -> list[str]:
    """The headings of the file; raises Refusal as check_survey."""
    return _open(path, work).header


def check_survey(
    *, path: Path, mapping: SurveyMapping, work: Path, out: Path, progress: Progress | None = None
) -> Checked:
    """Check every row; write the good ones to the folder ``out`` as <sha256>.parquet.

    Temporary files go to ``work``. Raises Refusal: survey_columns_missing, survey_other_software, survey_too_large,
    survey_no_rows, and those of reading a file (file_empty, file_encoding, file_not_a_table ...).
    """
    opened = _open(path, work)
    lacking = [name for name in mapping.columns if name not in opened.header]
    if lacking:
        raise Refusal("survey_columns_missing", columns=", ".join(lacking))
    con = Engine().connect()
    try:
        _load(con, opened, mapping)
        if progress:
            progress("check", 1, 3)
        findings = _findings(con, mapping)
        counts = _counts(con)
        if not counts["rows"]:
            raise Refusal("survey_no_rows")
        if progress:
            progress("check", 2, 3)
        if counts["bad"] > TOO_MANY * counts["rows"] or counts["bad"] == counts["rows"]:
            return Checked(None, "", counts, findings)
        target, sha256 = _store(con, mapping, out)
        if progress:
            progress("check", 3, 3)
    finally:
        con.close()
    return Checked(target, sha256, counts, findings)


def _open(path: Path, work: Path) -> Opened:
    if path.stat().st_size > LARGEST:
        raise Refusal("survey_too_large", mib=LARGEST >> 20)
    with path.open("rb") as file:
        start = file.read(64)
    for magic, software in OTHERS.items():
        if start.startswith(magic):
            raise Refusal("survey_other_software", software=software)
    work.mkdir(parents=True, exist_ok=True)
    opened = open_file(path, load_template("household"), work)
    return Opened(opened.path, [name.strip() for name in opened.header], opened.delimiter, opened.encoding)


# ------------------------------------------------------------------------------------------------------ reading

DIGITS = "translate(trim({0}), '০১২৩৪৫৬৭৮৯,', '0123456789')"


def _raw(column: str) -> str:
    """A column of the file, apart from ours of the same name."""
    return quoted(f"raw:{column}")


def _number(column: str) -> str:
    """A cell as a number: Bangla digits and grouping commas are understood; NULL where it is none."""
    text = DIGITS.format(_raw(column))
    return f"case when isfinite(try_cast({text} as double)) then try_cast({text} as double) end"


def _cell(column: str) -> str:
    return f"nullif(trim({_raw(column)}), '')"


def _taka(amount: Amount) -> str:
    """Taka a person and month."""
    if not amount.column:
        return repr(amount.value)
    return f"({_number(amount.column)}) / {amount.months}" + (" / size" if amount.of_household else "")


def _load(con: duckdb.DuckDBPyConnection, opened: Opened, mapping: SurveyMapping) -> None:
    """Tables ``raw`` (text, with line) and ``seen`` (numbers, words)."""
    names = ", ".join(f"{quoted(name)} as {_raw(name)}" for name in mapping.columns)
    try:
        con.execute(
            f"""create table raw as select row_number() over () + 1 as line, {names} from read_csv(
                $path, delim=$delim, names=$names, header=true, all_varchar=true, quote='"', escape='"',
                null_padding=true, strict_mode=false, parallel=false)""",
            {"path": str(opened.path), "delim": opened.delimiter, "names": opened.header},
        )
    except duckdb.Error as wrong:
        raise Refusal("survey_unreadable", why=str(wrong).splitlines()[0][:200]) from wrong
    parts = [
        f"{_cell(mapping.stratum)} as stratum",
        f"{_cell(mapping.psu)} as psu",
        f"{_number(mapping.weight)} as weight",
    ]
    parts += [f"{_cell(mapping.household)} as household", f"{_taka(mapping.welfare)} as y"]
    parts += [f"{_taka(line)} as {name}" for name, line in (("z", mapping.line), ("z_low", mapping.line_low)) if line]
    for name, group in mapping.groups.items():
        parts.append(f"{_word(group.column, group.values, GROUPS[name])} as {name}")
    for code, benefit in mapping.programmes.items():
        if benefit.amount:
            text = f"case when {_cell(benefit.amount.column)} is null then 0 else {_taka(benefit.amount)} end"
            parts += [f"{text} as {quoted('t_' + code)}", f"coalesce(({text}) > 0, false) as {quoted('b_' + code)}"]
        else:
            yes = ", ".join(_literal(value) for value in benefit.yes)
            parts.append(f"coalesce({_cell(benefit.received)} in ({yes}), false) as {quoted('b_' + code)}")
    con.execute(f"""
        create table seen as select line, {", ".join(parts)}, size
        from (select *, {_number(mapping.size)} as size from raw)
    """)


def _word(column: str, values: Any, allowed: tuple[str, ...]) -> str:
    known = values or {word: word for word in allowed}
    cases = " ".join(f"when {_literal(code)} then {_literal(word)}" for code, word in known.items())
    return f"case {_cell(column)} {cases} end"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


# ----------------------------------------------------------------------------------------------------- checking


def _rules(mapping: SurveyMapping) -> list[tuple[str, str, str, bool]]:
    """(code, column of the file, condition over seen joined with raw, whether it is a warning only)."""
    rules = [
        ("stratum_missing", mapping.stratum, "stratum is null", False),
        ("psu_missing", mapping.psu, "psu is null", False),
        ("household_missing", mapping.household, "household is null", False),
        ("weight_missing", mapping.weight, f"{_cell(mapping.weight)} is null", False),
        ("weight_wrong", mapping.weight, f"weight is null and {_cell(mapping.weight)} is not null", False),
        ("weight_not_positive", mapping.weight, "weight <= 0", False),
        ("size_wrong", mapping.size, "size is null or size < 1 or size > 99 or size <> floor(size)", False),
        ("welfare_wrong", mapping.welfare.column, "y is null and (size is null or size > 0)", False),
        ("welfare_not_positive", mapping.welfare.column, "y <= 0", True),
    ]
    rules += [
        ("line_wrong", line.column, f"{name} is null or {name} <= 0", False)
        for name, line in (("z", mapping.line), ("z_low", mapping.line_low)) if line and line.column
    ]  # fmt: skip
    rules += [
        ("group_unknown", group.column, f"{name} is null and {_cell(group.column)} is not null", True)
        for name, group in mapping.groups.items()
    ]
    for code, benefit in mapping.programmes.items():
        if benefit.amount:
            t, column = quoted(f"t_{code}"), benefit.amount.column
            rules += [("amount_wrong", column, f"{t} is null and size > 0", False)]
            rules += [("amount_negative", column, f"{t} < 0", False)]
            rules += [("amount_above_welfare", column, f"{t} > y and y > 0", True)]
    return rules


def _findings(con: duckdb.DuckDBPyConnection, mapping: SurveyMapping) -> pa.Table:
    """Table ``found`` and the same as Arrow, by line; of the whole file: strata with one cluster."""
    selects = [
        f"select line, {_literal(column)} as col, {_literal(code)} as code, left({_raw(column)}, 100) as value,"
        f" {str(warning).lower()} as warning from seen join raw using (line) where {condition}"
        for code, column, condition, warning in _rules(mapping)
    ]
    household = _literal(mapping.household)
    selects.append(f"""
        select line, {household}, 'household_twice', null, false from seen
        qualify household is not null and row_number() over (partition by household order by line) > 1
    """)
    con.execute(f"create table found as {' union all '.join(selects)}")
    con.execute(f"""
        create table good as select * from seen where line not in (select line from found where not warning);
        insert into found
        select 0, {_literal(mapping.psu)}, 'stratum_alone', stratum, true from good
        group by stratum having count(distinct psu) = 1;
        insert into found
        select 0, {_literal(mapping.psu)}, 'psu_in_two_strata', psu, true from good
        group by psu having count(distinct stratum) > 1
    """)
    return con.execute(
        "select line, col as \"column\", code, value, warning from found order by line, code, value, col"
    ).to_arrow_table().cast(FINDINGS)  # fmt: skip


def _counts(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    rows, good = (con.execute(f"select count(*) from {name}").fetchall()[0][0] for name in ("seen", "good"))
    warned = con.execute("select count(distinct line) from found where warning and line > 0").fetchall()[0][0]
    codes = con.execute("select code, count(*) from found group by code order by code").fetchall()
    return {"rows": rows, "good": good, "bad": rows - good, "warnings": warned, "by_code": dict(codes)}


# ------------------------------------------------------------------------------------------------------ storing


def _store(con: duckdb.DuckDBPyConnection, mapping: SurveyMapping, out: Path) -> tuple[Path, str]:
    """The good rows in an order that is not the file's; the file's name is the hash of its bytes."""
    kept = [name for name in ("z", "z_low") if getattr(mapping, {"z": "line", "z_low": "line_low"}[name])]
    kept += list(mapping.groups)
    for code, benefit in mapping.programmes.items():
        kept += [quoted(f"b_{code}"), *([quoted(f"t_{code}")] if benefit.amount else [])]
    weight = "weight" if mapping.of_person else "weight * size"
    table = con.execute(f"""
        select (dense_rank() over (order by stratum))::int as stratum,
            (dense_rank() over (order by stratum, psu))::int as psu, {weight} as w, y{"".join(f", {k}" for k in kept)}
        from good order by 1, 2, w, y, hash(household)
    """).to_arrow_table()
    out.mkdir(parents=True, exist_ok=True)
    part = out / f".{mapping.sha256}.part"
    pq.write_table(table, part, compression="zstd")
    sha256 = sha256_of(part)
    target = out / f"{sha256}.parquet"
    part.chmod(0o600)
    part.replace(target)
    return target, sha256
