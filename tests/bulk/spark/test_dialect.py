"""Every expression that a run can contain means the same on both engines, tried one by one over values that hurt."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shohay.bulk import alike, facts, plan, pmt, ranking, snapshot
from shohay.bulk.engine import Engine
from shohay.bulk.plan import Plan
from shohay.bulk.spark import dialect
from shohay.core import criteria
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal
from shohay.policy import shipped
from tests.bulk.spark.conftest import DAY

LINEAR = """
kind: linear
code: test_pmt
title: {bn: পরীক্ষার সূত্র, en: Test formula}
source: invented for a test
scale: [[1000, 0], [2500, 300], [9000, 1000]]
models:
  - name: rural
    text: {bn: গ্রাম, en: Villages}
    when: "is_rural"
    intercept: 8.013
    terms:
      - {text: {bn: সদস্য, en: Members}, value: household_size, coefficient: -0.1037}
      - {text: {bn: পাখা, en: Fans}, value: "coalesce(fans, 0)", coefficient: 0.0213}
  - name: town
    text: {bn: শহর, en: Towns}
    intercept: 8.4
    terms: [{text: {bn: জমি, en: Land}, value: homestead_decimals, coefficient: -0.0307}]
"""
CATEGORICAL = """
kind: categorical
code: test_n_of_m
title: {bn: পরীক্ষার শর্ত, en: Test conditions}
source: invented for a test
needed: 2
conditions:
  - {text: {bn: ভূমিহীন, en: Landless}, when: is_landless}
  - {text: {bn: বিধবা প্রধান, en: Widowed head}, when: "head_marital_status = 'widowed'"}
  - {text: {bn: কাঁচা দেয়াল, en: Weak walls}, when: has_weak_walls}
"""
ROWS, SEED = 1500, 20260228
GIVEN = {**facts.PERSON_COLUMNS, **facts.HOUSEHOLD_COLUMNS}
FIELDS = {field.name: field.type for table in ("households", "persons") for field in snapshot.SCHEMAS[table]}
FIELDS |= {**snapshot.AREA_FACTS, **snapshot.PERSON_EXTRA}


def value_of(name: str, type_: pa.DataType, draw: random.Random) -> Any:
    """A value of a fact: often unknown, often on the edge of something, sometimes Bangla."""
    if draw.random() < 0.2:
        return None
    if pa.types.is_boolean(type_):
        return draw.random() < 0.5
    if pa.types.is_date(type_):
        year, leap = draw.randrange(1920, 2030), draw.random() < 0.2
        return dt.date(year - year % 4, 2, 29) if leap else dt.date(year, 1, 1) + dt.timedelta(draw.randrange(365))
    if pa.types.is_string(type_):
        return draw.choice([*FACTS[name].values, "চা-শ্রমিক", "it's", "সাঁওতাল", "mud ", ""])
    if pa.types.is_floating(type_):
        return draw.choice([0.0, -0.0, 0.1, 0.30000000000000004, 33.0, 49.999999, 50.0, 1e15, draw.random() * 100])
    most = {16: 2**15 - 1, 32: 10**6, 64: 10**12}[type_.bit_width]
    return min(draw.choice([0, 1, 2, 3, 12, 4999, 5000, 10_000, 15_000, most, draw.randrange(20)]), most)


def population() -> pa.Table:
    """Facts that are told, and counts over members, as columns."""
    draw = random.Random(SEED)
    columns: dict[str, pa.Array] = {"person_id": pa.array(range(1, ROWS + 1), pa.int64())}
    for name, fact in FACTS.items():
        if name in GIVEN or name in snapshot.AREA_FACTS:
            type_ = FIELDS[GIVEN.get(name, name)]
        elif name in facts.COUNTED:
            type_ = pa.int32()
        elif name in facts.ANY or name in facts.OF_HEAD:
            type_ = {"bool": pa.bool_(), "text": pa.string(), "number": pa.int32()}[fact.kind]
        elif fact.kind == "list":
            type_ = pa.int64()
        else:
            continue
        values = [value_of(name, type_, draw) for _ in range(ROWS)]
        if fact.kind == "list":
            values = [draw.choice([0, 1, 5, 1 << 62, (1 << 62) + 3]) for _ in range(ROWS)]
        columns[name] = pa.array(values, type_)
    for name in facts.AREA_DIGITS:
        columns[name] = pa.array([f"{draw.randrange(10, 90)}" for _ in range(ROWS)])
    for name in (*facts.COUNTED, *facts.ANY):
        tallies = [0, 1, 2, facts.UNKNOWN, facts.UNKNOWN + 1, 3 * facts.UNKNOWN, None]
        columns[f"{name}_t"] = pa.array([draw.choice(tallies) for _ in range(ROWS)], pa.int64())
    return pa.table(columns)


def random_criterion(draw: random.Random, kind: str = "bool", depth: int = 3) -> str:
    """A criterion that nobody would write, in the language of criteria."""
    if kind == "number":
        names = [name for name, fact in FACTS.items() if fact.kind == "number" and name not in facts.BY_FORMULA]
        if depth <= 0 or draw.random() < 0.4:
            return draw.choice([draw.choice(names), str(draw.randrange(100)), "0.5", "12.75"])
        left, right = (random_criterion(draw, "number", depth - 1) for _ in range(2))
        return draw.choice([
            f"({left} + {right})", f"({left} - {right})", f"abs({left})", f"(-{left})", f"({left} / 7)",
            f"coalesce({left}, {right})", f"({left} * 3)",
        ])  # fmt: skip
    if depth <= 0 or draw.random() < 0.3:
        name = draw.choice([name for name, fact in FACTS.items() if fact.kind in ("bool", "text", "date")])
        fact = FACTS[name]
        if fact.kind == "bool":
            return name
        if fact.kind == "date":
            return f"{name} {draw.choice(['<', '>=', '='])} date '{draw.randrange(1940, 2026)}-02-28'"
        words = ", ".join(f"'{word}'" for word in draw.sample(fact.values, min(2, len(fact.values)))) or "'চা-শ্রমিক'"
        return f"{name} in ({words})"
    left, right, third = (random_criterion(draw, "bool", depth - 1) for _ in range(3))
    number, other = (random_criterion(draw, "number", depth - 1) for _ in range(2))
    return draw.choice([
        f"({left} and {right})", f"({left} or {right})", f"not ({left})", f"coalesce({left}, {right})",
        f"{number} {draw.choice(['<', '<=', '=', '<>', '>', '>='])} {other}", f"{number} between 3 and {other}",
        f"at_least(2, {left.replace('at_least', 'coalesce') if 'at_least' not in left else 'is_head'}, is_rural, "
        f"{third if 'at_least' not in third else 'is_widowed'})",
    ])  # fmt: skip


def expressions(plan_: Plan) -> Iterator[tuple[str, str]]:
    """(what it is, SQL) of all that the versions of every programme, the facts and the run itself compute."""
    for programme in plan_.programmes:
        for id_, sql in zip(programme.version.criterion_ids, plan.criterion_sqls(plan_, programme), strict=True):
            yield f"{programme.code} {id_}", sql
        for step in programme.version.priority:
            if step.by != "lot":
                yield f"{programme.code} {step.by}", plan.key_sql(programme, step.by, step.order)
        yield f"{programme.code} universal", plan.universal_sql(programme)
    for unit in ("household", "person"):
        atoms, values, _ = (layer for layer in vars_of(plan.masks(plan_, unit)))
        yield from ((f"{unit} {name}", sql) for name, sql in atoms)
        named = {name: f"({sql})" for name, sql in atoms}
        for name, sql in values:
            yield f"{unit} {name}", " ".join(named.get(word, word) for word in spaced(sql))
    for name in (*facts.COUNTED, *facts.ANY):
        yield f"known {name}", facts.known(name, plan_.ymd)
        text = {**facts.COUNTED, **facts.ANY}[name]
        yield f"tally {name}", facts.tally(criteria.check(text, FACTS, {}).sql(plan.bindings(plan_.ymd), {}))
    yield from ((f"{formula.code} {name}", sql) for formula in formulas() for name, sql in scores(formula, plan_.ymd))
    yield "lot", ranking.lot_sql("person_id", SEED)
    yield "bit", plan.bit_sql(plan_, "community")
    yield "halves", "cast(homestead_decimals / 2 as bigint)"
    yield "cut", "cast(0.5 as double) * cast(fans as double)"
    draw = random.Random(SEED)
    for number in range(250):
        text = random_criterion(draw)
        yield f"random {number}: {text}", criteria.check(text, FACTS, {}).sql(plan.bindings(plan_.ymd), {})


def formulas() -> list[pmt.Formula]:
    """Every formula that comes with Shohay, and one of each other kind."""
    found = [pmt.shipped(path.stem) for path in Path(str(files("shohay.policy"))).joinpath("scores").glob("*.yaml")]
    return [*found, pmt.Formula.parse(LINEAR), pmt.Formula.parse(CATEGORICAL)]


def scores(formula: pmt.Formula, ref: int) -> Iterator[tuple[str, str]]:
    """All that a formula makes, over facts that it is not made of."""
    bound = plan.bindings(ref)
    points = f"({formula.sql(bound)})"
    score = formula.score_sql(bound | {"ppi_score": points})
    yield from (("points", points), ("score", score))
    yield "likelihood", formula.likelihood_sql(f"({score})")
    yield "poor", formula.poor_sql(bound | {"pmt_score": f"({score})"})


def vars_of(masks: plan.Masks) -> tuple[list[Any], list[Any], list[Any]]:
    return masks.atoms, masks.values, masks.sums


def spaced(sql: str) -> list[str]:
    return sql.replace("(", " ( ").replace(")", " ) ").split()


@pytest.mark.spark
def test_every_expression_gives_the_same_values(spark: Engine, tmp_path: Path) -> None:
    from shohay.bulk.spark.session import Table, open_session

    session = open_session(spark, 2)
    plan_ = plan.make(shipped.definitions(), DAY, pmt.shipped())
    refs = sorted({programme.ref for programme in plan_.programmes} | {plan_.ymd})
    told = population()
    derived = plan.derivations(facts.closure(FACTS, plan_.formula), refs, plan_.formula)
    every = list(expressions(plan_))
    assert len(every) > 600
    numbered = [(f"e{number}", sql) for number, (_, sql) in enumerate(every)]
    names = [name for name, _ in derived] + [name for name, _ in numbered]
    pq.write_table(told, tmp_path / "told.parquet")
    selected = ", ".join(f"{sql} as {name}" for name, sql in numbered)
    duck = duckdb.sql(
        f"select {', '.join(name for name, _ in derived)}, {selected} from {alike.staged('told', derived)}"
    )
    found = duck.to_arrow_table()
    table = Table(session.read.parquet((tmp_path / "told.parquet").as_uri()), dialect.kinds_of(told.schema))
    table = table.add(derived).add(numbered)
    table.frame.select("person_id", *names).coalesce(1).write.parquet((tmp_path / "said").as_uri())
    said = pq.read_table(tmp_path / "said").sort_by("person_id")
    labels = [*names[: len(derived)], *(label for label, _ in every)]
    wrong = [
        label
        for name, label in zip(names, labels, strict=True)
        if not same(found[name].to_pylist(), said[name].to_pylist())
    ]
    assert wrong == [], f"seed {SEED}"


def same(one: list[Any], other: list[Any]) -> bool:
    """Equal one by one, NaN to NaN; a number is equal to the same one of another width, not to a yes or no."""
    return all(
        (a == b and isinstance(a, bool) == isinstance(b, bool)) or (a != a and b != b)
        for a, b in zip(one, other, strict=True)
    )


KINDS = {"a": dialect.INT, "x": dialect.DOUBLE, "t": dialect.TEXT, "b": dialect.BOOL, "d": dialect.DATE}


@pytest.mark.parametrize(
    ("duckdb_says", "spark_says"),
    [
        ("cast(x as integer)", "cast(rint(`x`) as int)"),
        ("cast(a as integer)", "cast(`a` as int)"),
        ("cast(b as integer)", "cast(`b` as int)"),
        ("a // 2", "(`a` div 2)"),
        ("a / 2", "(cast(`a` as double) / cast(2 as double))"),
        ("x > 0.5", "(`x` > 0.5D)"),
        ("cast(a | 3 as uinteger)", "cast((`a` | 3) as bigint)"),
        ("a::double", "cast(`a` as double)"),
        ("t = 'it''s \\n'", "(`t` = 'it\\'s \\\\n')"),
        ("year(d) * 10000", "(year(`d`) * 10000)"),
        ("coalesce(x, 1e300)", "coalesce(`x`, 1e+300D)"),
        ("x * 327.39283764123456789", "(`x` * 327.39283764123456D)"),
        ("case when b is null then 1 else a end", "(case when (`b` is null) then 1 else `a` end)"),
    ],
)
def test_what_is_said(duckdb_says: str, spark_says: str) -> None:
    assert dialect.say(duckdb_says, KINDS).sql == spark_says


@pytest.mark.parametrize(
    "sql",
    ["levenshtein(t, 'a')", "date_diff('year', d, d)", "unknown_column + 1", "cast(x as varchar)", "(select 1)",
     "cast(t as hugeint)", "round(x, 2)", "exp(x)", "t like 'a%'", "a in (select 1)"],
)  # fmt: skip
def test_what_nobody_has_proved_is_refused(sql: str) -> None:
    with pytest.raises(Refusal, match="nobody has proved"):
        dialect.say(sql, KINDS)
