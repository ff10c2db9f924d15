"""Deciding each kind of row once gives every row what deciding it alone would give."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from shohay.bulk import alike
from shohay.bulk.alike import Rows, Rules
from shohay.bulk.engine import choose

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2020, 12, 31))
ROW = st.tuples(
    st.none() | st.integers(-3, 12), st.none() | st.integers(-3, 12), st.none() | DAYS,
    st.none() | st.sampled_from(["a", "b", "c"]), st.none() | st.booleans(),
)  # fmt: skip
DERIVED = [("year", "year(day)"), ("old", "(2026 - year)")]
COMPARISONS = {
    "income": ["(income <= 5)"], "day": ["(old >= 10)"], "other": ["(other < 3)"], "word": ["(word = 'a')"],
    "mixed": ["(income < other)"], "nested": ["((income > 2) = flag)"], "two": ["(old > income)"],
}  # fmt: skip


def table(rows: list[tuple[Any, ...]]) -> pa.Table:
    kinds = (pa.int64(), pa.int16(), pa.date32(), pa.string(), pa.bool_())
    names = ("income", "other", "day", "word", "flag")
    columns = zip(*rows, strict=True) if rows else [[]] * 5
    return pa.table({name: pa.array(of, kind) for name, of, kind in zip(names, columns, kinds, strict=True)})


@settings(deadline=None, max_examples=50)
@given(st.lists(ROW, max_size=60), st.sets(st.sampled_from(sorted(COMPARISONS)), min_size=1))
def test_each_row_as_if_decided_alone(rows: list[tuple[Any, ...]], chosen: set[str]) -> None:
    comparisons = [
        (f"c{at}", sql) for at, sql in enumerate(sql for name in sorted(chosen) for sql in COMPARISONS[name])
    ]
    values = [
        (f"t{at}", f"case when {name} then 0 when {name} is null then {256 << at} else {1 << at} end")
        for at, (name, _) in enumerate([*comparisons, ("flag", "")])
    ]
    wanted = [("mask", " | ".join(name for name, _ in values))]
    rules = Rules(DERIVED, comparisons, [values, wanted])
    con = choose().connect()
    people = table(rows)
    found = alike.decide(con, Rows(people), people.column_names, rules).of("mask").tolist()
    con.register("everybody", people)
    query = alike.staged("everybody", [*DERIVED, *comparisons, *values, *wanted])
    assert found == [row[0] for row in con.execute(f"select mask from {query}").fetchall()]
    con.close()


def test_what_no_rule_can_tell_apart_is_one_kind() -> None:
    people = table([(income, 1, dt.date(2001, 1, 1), "a", True) for income in range(5000)])
    rules = Rules([], [("c0", "(income < 100)")], [[("mask", "case when c0 then 0 else 1 end")]])
    con = choose().connect()
    kinds = alike.decide(con, Rows(people), people.column_names, rules)
    assert len(kinds.values["mask"]) == 2
    assert kinds.of("mask").sum() == 4900
    con.close()


def test_more_combinations_than_a_table_holds_are_sorted() -> None:
    many = range(3000)
    people = table([(at * 7 % 2999, at % 30000, dt.date(2001, 1, 1), "a", True) for at in many])
    rules = Rules([], [("c0", "(income < other)")], [[("mask", "case when c0 then 0 else 1 end")]])
    con = choose().connect()
    kinds = alike.decide(con, Rows(people), people.column_names, rules)
    assert kinds.of("mask").tolist() == [0 if at * 7 % 2999 < at else 1 for at in many]
    assert len(kinds.values["mask"]) == 3000
    con.close()
