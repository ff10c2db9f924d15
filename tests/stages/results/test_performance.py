"""Money beside results: three numbers a programme, a score only from data that passed its checks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from shohay.core.budget import CRORE
from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes import actions_budget as actions
from shohay.stages.programmes.models import Ministry, Programme
from shohay.stages.programmes.models_budget import NationalYear
from shohay.stages.results import given, queries_performance
from shohay.stages.results.models_values import IndicatorRun, IndicatorValue

pytestmark = pytest.mark.django_db
FOCAL = Officer("focal", "focal_point", ("",), ("",), ("MoSW",))
FINANCE = Officer("finance", "finance", ("",), ("",))


@pytest.fixture(autouse=True)
def programmes():
    totals = {"programme_count": 2, "budget_crore": 30, "beneficiaries_lakh": 0}
    ministry = Ministry.objects.create(code="MoSW", order=1, name_bn="ক", name_en="K", **totals)
    for code, crore in (("OAA", 20), ("WDA", 10)):
        Programme.objects.create(
            code=code, order=1, ministry=ministry, name_bn=code, name_en=code, budget_crore=crore, beneficiaries_lakh=1
        )
    NationalYear.objects.create(fiscal_year="2023-24", price_index=50)
    NationalYear.objects.create(fiscal_year="2024-25", price_index=100)


def spent(year="2024-25", **figures):
    given = {"allocation_poisha": 20 * CRORE, "beneficiaries": 100_000, **figures}
    line = actions.submit_line(programme="OAA", fiscal_year=year, figures=given, source="x", by=FOCAL)
    actions.verify_lines(lines=[line.pk], by=FINANCE)


def computed(*values):
    run = IndicatorRun.objects.create(
        as_of=date(2025, 6, 30), years=["2024-25"], snapshot_sha256="", definitions={}, definitions_sha256="",
        inputs={}, inputs_sha256=str(IndicatorRun.objects.count()), engine="", path="", result_sha256="", computed_at=datetime(2025, 7, 1, tzinfo=UTC),
        computed_by="x",
    )  # fmt: skip
    for code, group, value in values:
        IndicatorValue.objects.create(
            run=run, code=code, fiscal_year="2024-25", group=group, numerator=value, denominator=100, value=value,
            state="value",
        )  # fmt: skip


def line(code="OAA"):
    return next(row for row in queries_performance.sheet().lines if row.total.name == code)


def test_without_results_or_checked_data_there_is_no_score_and_it_says_so():
    assert (line().score, line().held) == (None, "no_measures")
    spent(reached=90_000)
    assert (line().score, line().held, line().grade) == (None, "quality_unknown", "")
    computed(("OP-22", "", 94.9))
    assert (line().score, line().held) == (None, "quality_low")


def test_reached_people_are_a_result_until_the_indicators_say_more():
    spent(reached=90_000, actual_poisha=10 * CRORE)
    computed(("OP-22", "", 97.0))
    row = line()
    assert (row.score, row.grade, row.held) == (90, "A", "")
    assert (row.execution, row.unit_cost_poisha) == (Fraction(1, 2), round(10 * CRORE / 90_000))
    computed(("OP-22", "", 97.0), ("OP-01", "programme:OAA", 60.0), ("OP-09", "programme:OAA", 90.0),
             ("OP-09", "programme:WDA", 50.0))  # fmt: skip
    assert (line().score, line().grade) == (75, "B")
    assert (line("WDA").score, line("WDA").grade) == (50, "C")
    assert [row.total.name for row in queries_performance.sheet(ministry="XX").lines] == []


def test_the_indicator_adds_the_scores_of_the_programmes_that_have_one():
    assert given.performance((2024,)) == []
    computed(("OP-22", "", 97.0), ("OP-01", "programme:OAA", 60.0), ("OP-09", "programme:OAA", 90.0),
             ("OP-09", "programme:WDA", 50.0))  # fmt: skip
    rows = {(row["name"], row["group"]): row["value"] for row in given.performance((2023, 2024))}
    for code, share in (("OAA", 75), ("WDA", 50)):
        reached, weight = (
            rows[f"performance_{name}_millionths", f"programme:{code}"] for name in ("reached", "weight")
        )
        assert weight > 0
        assert 100 * reached == share * weight
    assert len(rows) == 4
    assert {row["origin"] for row in given.performance((2024,))} == {"OP-01, OP-09", "OP-09"}
    computed(("OP-22", "", 94.0), ("OP-09", "programme:OAA", 90.0))  # the gate is not passed
    assert given.performance((2024,)) == []


def test_the_unit_cost_is_compared_at_constant_prices():
    assert line().unit_cost_change is None
    spent("2023-24", allocation_poisha=10 * CRORE)
    spent()
    assert line().unit_cost_change == 0  # twice the money at twice the prices
    NationalYear.objects.filter(pk="2023-24").update(price_index=None)
    assert line().unit_cost_change is None
