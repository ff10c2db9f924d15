"""The cases of the programmes on Spark, all in one go: a query for each case would take minutes.

The facts of a case are a row; a fact that is told stands in place of the one that would be derived, as in bulk.answers.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING

import pyarrow as pa

from shohay.bulk import facts, plan
from shohay.bulk.answers import Answer, answers_of, known_of, needed_of
from shohay.bulk.engine import Engine
from shohay.bulk.plan import Plan
from shohay.bulk.spark import dialect, ranking
from shohay.bulk.spark.session import Table, open_session
from shohay.core.definition import Definition
from shohay.core.facts import FACTS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from shohay.bulk.cases import Case

Rows = Sequence[tuple[Definition, "Case"]]
TYPES = {"bool": pa.bool_(), "number": pa.float64(), "text": pa.string(), "date": pa.date32(), "list": pa.int64()}


def answers(engine: Engine, rows: Rows) -> dict[int, Answer]:
    """The answer of each case by its place in ``rows``; none where no version is in force."""
    session = open_session(engine, engine.workers)
    groups: dict[tuple[str, dt.date], list[int]] = defaultdict(list)
    for number, (definition, case) in enumerate(rows):
        groups[definition.code, case.on].append(number)
    known: dict[int, tuple[Plan, Mapping[str, object]]] = {}
    frames = []
    for (_, day), numbers in groups.items():
        plan_ = plan.make([rows[numbers[0]][0]], day, None)
        if plan_.programmes:
            known |= {number: (plan_, known_of(plan_, rows[number][1].facts)) for number in numbers}
            frames.append(_judged(session, plan_, {number: known[number][1] for number in numbers}))
    found = reduce(lambda one, other: one.union(other), frames).collect() if frames else []
    return {number: answers_of(*known[number], holds)[0] for number, holds in found}


def _judged(session: SparkSession, plan_: Plan, told: Mapping[int, Mapping[str, object]]) -> DataFrame:
    """(number, whether each condition holds) of cases of one programme on one day."""
    programme = plan_.programmes[0]
    needed = needed_of(plan_)
    derived = [name for name in needed if facts.inputs(name, plan_.formula)]
    columns: dict[str, pa.Array] = {"number": pa.array(list(told), pa.int32())}
    for name in needed:
        values = [_value(name, known.get(name)) for known in told.values()]
        columns[f"told_{name}" if name in derived else name] = pa.array(values, TYPES[FACTS[name].kind])
        if name in derived:
            columns[f"is_{name}"] = pa.array([name in known for known in told.values()])
    rows = pa.table(columns)
    table = Table(session.createDataFrame(rows), dialect.kinds_of(rows.schema))
    made = plan.derivations(derived, [programme.ref], plan_.formula)
    names = {plan.column_of(name, programme.ref): name for name in derived}
    table = table.add([
        (column, f"case when is_{names[column]} then told_{names[column]} else {sql} end" if column in names else sql)
        for column, sql in made
    ])  # fmt: skip
    conditions = plan.criterion_sqls(plan_, programme)
    table = table.add([(f"holds_{place}", sql) for place, sql in enumerate(conditions)])
    return table.frame.selectExpr("number", f"array({', '.join(f'holds_{n}' for n in range(len(conditions)))})")


def _value(name: str, value: object) -> object:
    return float(str(value)) if FACTS[name].kind == "number" and value is not None else value


def selected(engine: Engine, rows: Rows) -> dict[int, bool]:
    """Whether the person of each case that asks it gets one of its places, standing alone in an upazila."""
    session = open_session(engine, engine.workers)
    found: dict[int, bool] = {}
    asked = {number: row for number, row in enumerate(rows) if "selected" in row[1].expect}
    for day in sorted({case.on for _, case in asked.values()}):
        for is_limited in (True, False):
            chosen = {
                number: (definition, case)
                for number, (definition, case) in asked.items()
                if case.on == day and (case.slots is not None) == is_limited
            }
            if chosen:
                found |= _ranked(session, day, chosen)
    return found


def _ranked(session: SparkSession, day: dt.date, cases: Mapping[int, tuple[Definition, Case]]) -> dict[int, bool]:
    definitions = {definition.code: definition for definition, _ in cases.values()}
    plan_ = plan.make(list(definitions.values()), day, None)
    bits = {programme.code: programme.bit for programme in plan_.programmes}
    area = {number: str(100_000 + number) for number in cases}
    quotas = {
        (definition.code, area[number]): int(str(case.slots))
        for number, (definition, case) in cases.items() if case.slots is not None
    }  # fmt: skip
    ids = pa.array(list(cases), pa.int64())
    women = [case.facts.get("sex") == "female" for _, case in cases.values()]
    rows = {
        "programme": pa.array([bits[definition.code] for definition, _ in cases.values()], pa.int32()),
        "person_id": ids, "household_id": ids, "area_code": pa.array([f"{area[number]}01" for number in cases]),
        "upazila_code": pa.array([area[number] for number in cases]), "score": pa.array([0] * len(cases), pa.int64()),
        **{key: pa.array([0.0] * len(cases)) for key in ranking.KEYS},
        "woman": pa.array(women), "universal": pa.array([False] * len(cases)),
    }  # fmt: skip
    candidates = session.createDataFrame(pa.table(rows))
    ranked = ranking.ranked(session, plan_, candidates, 0, quotas or None)
    return {row.person_id: row.selected for row in ranked.select("person_id", "selected").collect()}
