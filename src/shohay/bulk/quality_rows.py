"""From the result files of a quality check to rows: scores, tasks, the findings of one record."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from shohay.core.quality import Rule, Rules

TASKS = pa.schema([("id", pa.int64()), ("rule", pa.string()), ("household_id", pa.int64()), ("person_id", pa.int64())])
SCORE_COLUMNS = ("run_id", "level", "area_code", "operator", "records", "found", "points", "by_rule")
TASK_COLUMNS = ("level", "person_id", "household_id", "area_code")


def _findings(path: Path) -> str:
    files = str(path / "findings" / "*.parquet").replace("'", "''")
    return f"read_parquet('{files}')"


def _csv(con: duckdb.DuckDBPyConnection, query: str, out: Path) -> int:
    target = str(out).replace("'", "''")
    row = con.execute(f"copy ({query}) to '{target}' (format csv, header false)").fetchone()
    return int(row[0]) if row else 0


def scores_csv(path: Path, run: int, out: Path) -> int:
    """SCORE_COLUMNS for COPY: one row for each union, operator and level; by_rule as JSON. Gives the rows."""
    with duckdb.connect() as con:
        return _csv(
            con,
            f"""
            with counted as (
                select level, area_code, recorded_by,
                       to_json(map_from_entries(list((rule, records) order by rule))) as by_rule
                from read_parquet('{path}/by_rule.parquet') group by all)
            select {run}, t.level, t.area_code, t.recorded_by, t.records, t.found, t.points, coalesce(c.by_rule, '{{}}')
            from read_parquet('{path}/tallies.parquet') t
            left join counted c using (level, area_code, recorded_by) order by all""",
            out,
        )


def tasks_csv(path: Path, rules: Rules, rule: Rule, area: str, limit: int, out: Path) -> int:
    """TASK_COLUMNS of the records in ``area`` that ``rule`` found, worst score first, ``limit`` at most."""
    place = rules.of_level(rule.level).index(rule)
    with duckdb.connect() as con:
        return _csv(
            con,
            f"""
            select level, person_id, household_id, area_code from {_findings(path)}
            where level = '{rule.level}' and mask >> {place} & 1 = 1
              and starts_with(area_code, '{int(area or 0) or ""}')
            order by score, household_id, person_id limit {int(limit)}""",
            out,
        )


def no_longer_found(path: Path, rules: Rules, tasks: pa.Table) -> list[int]:
    """The ids of TASKS whose record their rule does not find in these results; a rule that is gone finds nothing."""
    bits = " ".join(
        f"when '{rule.id}' then mask >> {place} & 1 = 1"
        for level in ("person", "household")
        for place, rule in enumerate(rules.of_level(level))
    )
    levels = " ".join(f"when '{rule.id}' then '{rule.level}'" for rule in rules.rules)
    with duckdb.connect() as con:
        con.register("tasks", tasks)
        found = con.execute(f"""
            select t.id from tasks t left join {_findings(path)} f
              on f.household_id = t.household_id and f.person_id is not distinct from t.person_id
             and f.level = case t.rule {levels} end and case t.rule {bits} else false end
            where f.household_id is null order by t.id""").fetchall()
    return [id_ for (id_,) in found]


def findings_of(path: Path, rules: Rules, household: int, person: int | None) -> list[Rule]:
    """The rules that found this person, or this household where ``person`` is None."""
    level = "household" if person is None else "person"
    with duckdb.connect(config={"threads": 1}) as con:
        row = con.execute(
            f"select mask from {_findings(path)}"
            " where household_id = ? and level = ? and person_id is not distinct from ?",
            [household, level, person],
        ).fetchone()
    return named(rules, level, row[0] if row else 0)


def named(rules: Rules, level: str, mask: int) -> list[Rule]:
    return [rule for place, rule in enumerate(rules.of_level(level)) if mask >> place & 1]


def worst_first(rules: Sequence[Rule]) -> list[Rule]:
    return sorted(rules, key=lambda rule: (-rule.weight, rule.id))
