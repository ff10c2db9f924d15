"""The language of criteria: what it refuses, and its three values against the naive evaluator."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shohay.core.criteria import check, literal
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal
from tests.naive.criteria import judge

PARAMETERS: dict[str, Any] = {"ceiling": 10000, "word": "male", "day": dt.date(2025, 7, 1), "zero": 0}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("age >= (select 1)", "criterion_not_allowed"),
        ("exists (select 1)", "criterion_not_allowed"),
        ("age in (select 1)", "criterion_not_allowed"),
        ("read_text('/etc/passwd') = 'x'", "criterion_not_allowed"),
        ("getenv('HOME') = 'x'", "criterion_not_allowed"),
        ("sum(age) > 1", "criterion_not_allowed"),
        ("sex like 'm%'", "criterion_not_allowed"),
        ("cast(age as varchar) = '1'", "criterion_not_allowed"),
        ("annual_income is null", "criterion_not_allowed"),
        ("case when is_head then true end", "criterion_not_allowed"),
        ("age > interval '1' year", "criterion_not_allowed"),
        ("at_least(1, at_least(1, is_head))", "criterion_not_allowed"),
        ("receives = 1", "criterion_not_allowed"),
        ("area.age > 1", "criterion_not_allowed"),
        ("persons.age > 1", "criterion_unknown_fact"),
        ("ages > 1", "criterion_unknown_fact"),
        ("age > :unknown", "criterion_unknown_parameter"),
        ("age / 0 > 1", "criterion_constant"),
        ("age / :zero > 1", "criterion_constant"),
        ("age / household_size > 1", "criterion_constant"),
        ("age > 99999999999999999999999", "criterion_constant"),
        ("age > 1e300", "criterion_constant"),
        ("age = 'old'", "criterion_types"),
        ("age and is_head", "criterion_types"),
        ("is_head > is_disabled", "criterion_types"),
        ("sex < 'male'", "criterion_types"),
        ("birth_date > '2000-01-01'", "criterion_types"),
        ("sex = 'mael'", "criterion_value"),
        ("sex in ('male', 'woman')", "criterion_value"),
        ("age > 1; drop table persons", "criterion_unreadable"),
        ("age >", "criterion_unreadable"),
        ("", "criterion_unreadable"),
        ("(" * 30 + "is_head" + ")" * 30, "criterion_too_long"),
        ("not " * 480 + "is_head", "criterion_too_long"),
        (" or ".join(["is_head"] * 280), "criterion_too_long"),
        ("is_head or " * 1000 + "is_head", "criterion_too_long"),
    ],
)
def test_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as found:
        check(text, FACTS, PARAMETERS)
    assert found.value.code == code
    assert found.value.say("bn")


def test_what_it_says_of_itself() -> None:
    checked = check("age >= 60 and annual_income <= :ceiling", FACTS, PARAMETERS)
    assert checked.kind == "bool"
    assert checked.facts == {"age", "annual_income"}
    assert checked.parameters == {"ceiling"}


def test_a_quote_in_a_text_stays_in_the_text() -> None:
    assert literal("o'; drop table x --") == "'o''; drop table x --'"


NUMBERS = ["age", "annual_income", "household_size", "land_decimals", "5", "0", ":ceiling", "2.5"]
BOOLEANS = ["is_head", "is_disabled", "has_identity", "true", "false"]


def numeric() -> st.SearchStrategy[str]:
    leaf = st.sampled_from(NUMBERS)
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
            inner.map(lambda a: f"({a} / 4)"),
            inner.map(lambda a: f"abs({a})"),
            inner.map(lambda a: f"(-({a}))"),
            st.tuples(inner, inner).map(lambda t: f"coalesce({t[0]}, {t[1]})"),
        ),
        max_leaves=4,
    )


def boolean() -> st.SearchStrategy[str]:
    compare = st.tuples(numeric(), st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), numeric()).map(" ".join)
    between = st.tuples(numeric(), numeric(), numeric()).map(lambda t: f"{t[0]} between {t[1]} and {t[2]}")
    words = st.sampled_from(
        [
            "sex = 'female'",
            "sex <> :word",
            "sex in ('male', 'hijra')",
            "birth_date <= :day",
            "birth_date > date '1990-02-28'",
        ]
    )
    leaf = st.one_of(st.sampled_from(BOOLEANS), compare, between, words).map(lambda text: f"({text})")
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
            inner.map(lambda a: f"(not {a})"),
        ),
        max_leaves=6,
    )


FACT_VALUES = st.fixed_dictionaries(
    {
        "age": st.none() | st.integers(0, 120), "annual_income": st.none() | st.integers(0, 100_000),
        "household_size": st.none() | st.integers(0, 20), "land_decimals": st.none() | st.integers(0, 400).map(lambda n: n / 4),
        "is_head": st.none() | st.booleans(), "is_disabled": st.none() | st.booleans(), "has_identity": st.none() | st.booleans(),
        "sex": st.none() | st.sampled_from(["male", "female", "hijra"]),
        "birth_date": st.none() | st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)),
    }
)  # fmt: skip
TYPES = {"age": "integer", "annual_income": "bigint", "household_size": "integer", "land_decimals": "double", "sex": "varchar",
         "birth_date": "date", "is_head": "boolean", "is_disabled": "boolean", "has_identity": "boolean"}  # fmt: skip
ENGINE = duckdb.connect()


def on_engine(sql: str, facts: dict[str, Any]) -> Any:
    columns = ", ".join(
        f"cast({'null' if value is None else literal(value)} as {TYPES[name]}) as {name}"
        for name, value in facts.items()
    )
    row = ENGINE.execute(f"select {sql} from (select {columns})").fetchone()
    return row[0] if row else None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(boolean(), FACT_VALUES)
def test_the_engine_agrees_with_the_naive_evaluator(text: str, facts: dict[str, Any]) -> None:
    checked = check(text, FACTS, PARAMETERS)
    bindings = {name: name for name in facts}
    expected = judge(text, facts, PARAMETERS)
    assert on_engine(checked.sql(bindings, PARAMETERS), facts) is expected
    atoms: dict[str, str] = {}
    shared = checked.sql(bindings, PARAMETERS, atoms)
    inner = ", ".join(["*", *(f"{sql} as {name}" for sql, name in atoms.items())])
    columns = ", ".join(
        f"cast({'null' if value is None else literal(value)} as {TYPES[name]}) as {name}"
        for name, value in facts.items()
    )
    row = ENGINE.execute(f"select {shared} from (select {inner} from (select {columns}))").fetchone()
    assert row == (expected,)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 4), st.lists(st.none() | st.booleans(), min_size=3, max_size=3))
def test_at_least(wanted: int, values: list[Any]) -> None:
    facts = dict(zip(("is_head", "is_disabled", "has_identity"), values, strict=True))
    text = f"at_least({wanted}, is_head, is_disabled, has_identity)"
    sql = check(text, FACTS, {}).sql({name: name for name in facts}, {})
    assert on_engine(sql, facts) is judge(text, facts, {})


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="agesxmlinor ()<>=+-*/'\",.:;1234567890_\n\x00%[]{}$|&!~^", max_size=60))
def test_noise_is_refused_or_checked_but_never_breaks(text: str) -> None:
    try:
        checked = check(text, FACTS, PARAMETERS)
    except Refusal:
        return
    assert checked.kind in ("bool", "number", "text", "date")
    checked.sql({name: name for name in FACTS}, PARAMETERS)
