"""What is owed for a period: by hand, and the SQL against the Python."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shohay.core.criteria import literal
from shohay.core.entitlement import Goods, amounts, goods, goods_sql, sql
from shohay.core.facts import FACTS
from shohay.core.values import Period, Taka
from shohay.policy import shipped

ENGINE = duckdb.connect()


def version(code: str, day: dt.date) -> Any:
    found = shipped.by_code()[code][0].version_on(day)
    assert found is not None
    return found


def period(first: str, end: str) -> Period:
    return Period(dt.date.fromisoformat(first), dt.date.fromisoformat(end))


@pytest.mark.parametrize(
    ("code", "first", "end", "facts", "taka"),
    [
        ("OAA", "2026-07-01", "2026-10-01", {}, 1950),
        ("OAA", "2026-07-01", "2026-08-01", {}, 650),
        ("WDA", "2024-10-01", "2025-01-01", {}, 1650),
        ("PESP", "2021-07-01", "2021-10-01", {"primary_pupils": 2, "pre_primary_pupils": 1}, 1125),
        ("PESP", "2024-07-01", "2024-10-01", {"primary_pupils": 3, "pre_primary_pupils": 0}, 1350),
        ("DSS_STIPEND", "2024-07-01", "2024-10-01", {"school_level": "higher"}, 3900),
        ("DSS_STIPEND", "2024-07-01", "2024-10-01", {"school_level": None}, 0),
        ("HSP", "2026-07-01", "2027-07-01", {"school_class": 11}, 7200),
        ("TEA", "2026-01-01", "2026-07-01", {}, 0),
        ("EGPP", "2026-03-01", "2026-05-01", {}, 16000),
        ("FAMCARD", "2026-10-01", "2026-11-01", {}, 2500),
        ("VWB", "2026-10-01", "2026-11-01", {}, 0),
    ],
)
def test_amounts(code: str, first: str, end: str, facts: dict[str, Any], taka: int) -> None:
    when = period(first, end)
    owed = amounts(version(code, when.first), when, facts)
    assert owed == ([("regular", Taka.of(taka))] if taka else [])


def test_rice_in_its_months() -> None:
    card = version("FFP", dt.date(2026, 8, 1))
    assert goods(card, period("2026-07-01", "2026-10-01"), {}) == [Goods("regular", 60, "kg_rice", 1500)]
    assert goods(card, period("2026-04-01", "2026-07-01"), {}) == []
    assert not card.pays_cash
    assert version("OAA", dt.date(2026, 8, 1)).pays_cash


CASH = [found for found in shipped.definitions() if any(one.pays_cash for one in found.versions)]
FACT_VALUES = st.fixed_dictionaries(
    {
        "primary_pupils": st.none() | st.integers(0, 8), "pre_primary_pupils": st.none() | st.integers(0, 3),
        "school_class": st.none() | st.integers(0, 14),
        "school_level": st.none() | st.sampled_from(FACTS["school_level"].values),
        "freedom_fighter": st.none() | st.sampled_from(FACTS["freedom_fighter"].values),
    }
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CASH), st.integers(0, 140), st.integers(1, 12), FACT_VALUES)
def test_the_sql_owes_what_python_owes(found: Any, month: int, months: int, facts: dict[str, Any]) -> None:
    first = dt.date(2015 + (6 + month) // 12, (6 + month) % 12 + 1, 1)
    end = dt.date(first.year + (first.month - 1 + months) // 12, (first.month - 1 + months) % 12 + 1, 1)
    rules = found.version_on(first)
    if rules is None:
        return
    when = Period(first, end)
    columns = ", ".join(
        f"{'null' if value is None else literal(value)}::{'varchar' if FACTS[name].kind == 'text' else 'integer'} as {name}"
        for name, value in facts.items()
    )
    owed: dict[str, int] = {}
    for kind, condition, poisha in sql(rules, when):
        row = ENGINE.execute(
            f"select case when {condition} then {poisha} else 0 end from (select {columns})"
        ).fetchone()
        assert row
        owed[kind] = owed.get(kind, 0) + row[0]
    python = {kind: taka.poisha for kind, taka in amounts(rules, when, facts)}
    assert {kind: poisha for kind, poisha in owed.items() if poisha} == python


def test_the_facts_that_an_enrolment_keeps() -> None:
    rules = version("PESP", dt.date(2026, 8, 1))
    assert rules.benefit_facts == ("primary_pupils", "pre_primary_pupils")
    assert json.loads(json.dumps(dict.fromkeys(rules.benefit_facts, 1)))


def test_goods_are_weighed_in_grams_and_sold_at_the_price_of_the_day() -> None:
    (sold,) = goods(version("FFP", dt.date(2026, 11, 1)), period("2026-11-01", "2026-12-01"), {})
    assert (sold.grams, sold.price, sold.poisha) == (30_000, 1500, 45_000)  # 30 kg at Tk 15
    (earlier,) = goods(version("FFP", dt.date(2018, 11, 1)), period("2018-11-01", "2018-12-01"), {})
    assert earlier.price == 1000
    (given_away,) = goods(version("VWB", dt.date(2026, 11, 1)), period("2026-11-01", "2026-12-01"), {})
    assert (given_away.unit, given_away.poisha) == ("kg_fortified_rice", 0)


def test_rice_of_an_eid_is_due_with_the_eid_only() -> None:
    card, may = version("VGF", dt.date(2026, 5, 1)), period("2026-05-01", "2026-06-01")
    assert goods(card, may, {}) == []
    assert goods(card, may, {}, events=1) == [Goods("regular", 10, "kg_rice")]


IN_KIND = [found for found in shipped.definitions() if any(not one.pays_cash for one in found.versions)]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(IN_KIND), st.integers(0, 140), st.integers(1, 6), st.integers(0, 2))
def test_the_sql_weighs_what_python_weighs(found: Any, month: int, months: int, events: int) -> None:
    first = dt.date(2015 + (6 + month) // 12, (6 + month) % 12 + 1, 1)
    rules = found.version_on(first)
    if rules is None:
        return
    end = dt.date(first.year + (first.month - 1 + months) // 12, (first.month - 1 + months) % 12 + 1, 1)
    weighed = {}
    for line in goods_sql(rules, Period(first, end), events=events):
        row = ENGINE.execute(f"select case when {line.due} then {line.grams} else 0 end").fetchone()
        assert row
        weighed[line.kind] = weighed.get(line.kind, 0) + row[0]
    assert weighed == {one.kind: one.grams for one in goods(rules, Period(first, end), {}, events)}
