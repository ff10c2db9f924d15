"""Hostile criteria: refused in words, or they run in the engine without an error; and never a silent no."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings

from shohay.bulk import plan
from shohay.core.criteria import MAX_LENGTH, check, literal
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal
from shohay.policy import shipped
from tests.core.criteria_grammar import PARAMETERS, USED, conditions, facts, spoiled
from tests.naive.criteria import judge

HOSTILE = Path(__file__).with_name("hostile_criteria.txt")
MEAN = {**PARAMETERS, "infinite": math.inf, "nan": math.nan, "huge": 10**400, "backslash": "a\\"}
SQL_TYPES = {"bool": "boolean", "number": "double", "text": "varchar", "date": "date", "list": "bigint"}
EXTREMES = {
    "bool": ["true", "false"], "number": ["0", "-1e19", "1e19", "0.25"], "text": ["''", "'male'", "'o''clock'"],
    "date": ["date '0001-01-01'", "date '9999-12-31'"], "list": ["0"],
}  # fmt: skip
MOST_SQL = 60 * MAX_LENGTH  # what a checked text may grow to as SQL
OFTEN = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def engine() -> duckdb.DuckDBPyConnection:
    """A table ``f`` with unknown, least and greatest values of every fact."""
    con = duckdb.connect(config={"threads": 1})
    rows = []
    for turn in range(5):
        told = {name: ["null", *EXTREMES[fact.kind]] for name, fact in FACTS.items()}
        of = {name: values[turn % len(values)] for name, values in told.items()}
        rows.append(", ".join(f"cast({of[name]} as {SQL_TYPES[FACTS[name].kind]}) as {name}" for name in FACTS))
    con.execute("create table f as " + " union all ".join(f"select {row}" for row in rows))
    return con


def hostile() -> list[str]:
    lines = HOSTILE.read_text(encoding="utf-8").splitlines()
    return [
        line.encode("ascii", "backslashreplace").decode("unicode_escape") if "\\u" in line else line
        for line in lines
        if line and not line.startswith("# ")
    ]


def refusal(text: str) -> Refusal | None:
    try:
        check(text, FACTS, MEAN)
    except Refusal as why:
        return why
    return None


def test_the_corpus_is_refused_in_both_languages() -> None:
    let_through = []
    for text in hostile():
        why = refusal(text)
        if why is None:
            let_through.append(text)
        elif not why.code.startswith("criterion_") or why.say("bn") == why.say("en"):
            let_through.append(f"{text}: {why.code}")
    assert let_through == []
    assert len(hostile()) > 240


def run(con: duckdb.DuckDBPyConnection, text: str) -> list[Any]:
    """The values of ``text`` for every row of f; Refusal when it is refused."""
    sql = check(text, FACTS, PARAMETERS).sql({name: name for name in FACTS}, PARAMETERS)
    assert len(sql) < MOST_SQL
    return [value for (value,) in con.execute(f"select {sql} from f").fetchall()]


@OFTEN
@given(text=spoiled())
def test_a_spoiled_criterion_is_refused_or_runs(engine: duckdb.DuckDBPyConnection, text: str) -> None:
    if why := refusal(text):
        assert why.say("bn") != why.say("en")
        return
    found = run(engine, text)
    assert all(value is None or isinstance(value, bool | str | int | float | dt.date) for value in found)
    assert not any(isinstance(value, float) and not math.isfinite(value) for value in found)


@OFTEN
@given(text=conditions())
def test_a_good_criterion_runs_at_the_ends_of_all_facts(engine: duckdb.DuckDBPyConnection, text: str) -> None:
    assert set(run(engine, text)) <= {True, False, None}


def told(con: duckdb.DuckDBPyConnection, text: str, of: dict[str, Any]) -> Any:
    sql = check(text, FACTS, PARAMETERS).sql({name: name for name in of}, PARAMETERS)
    columns = ", ".join(
        f"cast({'null' if value is None else literal(value)} as {SQL_TYPES[FACTS[name].kind]}) as {name}"
        for name, value in of.items()
    )
    row = con.execute(f"select {sql} from (select {columns})").fetchone()
    return row[0] if row else None


@OFTEN
@given(text=conditions(), of=facts())
def test_the_engine_and_the_naive_evaluator_have_the_same_three_values(
    engine: duckdb.DuckDBPyConnection, text: str, of: dict[str, Any]
) -> None:
    assert told(engine, text, of) is judge(text, of, PARAMETERS)


@OFTEN
@given(text=conditions(defaults=False), of=facts(), later=facts())
def test_never_a_silent_no(
    engine: duckdb.DuckDBPyConnection, text: str, of: dict[str, Any], later: dict[str, Any]
) -> None:
    """What is answered while facts are missing stays so whatever they turn out to be; else it cannot be told."""
    first = told(engine, text, of)
    known = {name: later[name] if value is None else value for name, value in of.items()}
    if first is not None:
        assert told(engine, text, known) is first
    if first is None:
        assert any(of[name] is None for name in check(text, FACTS, PARAMETERS).facts)


def test_every_fact_may_be_named_and_every_shipped_criterion_passes() -> None:
    """No fact is a word that the parser takes for something else."""
    for name, fact in FACTS.items():
        if fact.kind != "list":
            assert check(name, FACTS, {}).facts == {name}
    for definition in shipped.definitions():
        for version in definition.versions:
            for criterion in version.criteria:
                assert check(criterion.must, FACTS, version.values).kind == "bool"
    assert set(USED) <= set(FACTS)
    assert plan.LAST == "1e300"  # a sort key beyond all that arithmetic may come to


def test_a_long_text_is_refused_before_it_is_read() -> None:
    for text in (
        "(" * 10**6,
        "age > 1 or " * 10**5,
        "'" + "x" * 10**6 + "'",
        "[" * 1999,
        "{" * 1999,
        "case when " * 199,
    ):
        with pytest.raises(Refusal):
            check(text, FACTS, {})
