"""The arithmetic of budgets: exact, never more than is due, and silent where a figure is not known."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core import budget
from shohay.core.budget import Measure, Terms

decimals = st.decimals(-1000, 1000, places=2, allow_nan=False, allow_infinity=False)
terms = st.builds(Terms, decimals, decimals, st.integers(0, 10**12), st.booleans())


def test_crore_become_whole_poisha_or_nothing():
    assert budget.poisha_of_crore(Decimal("136025.64")) == 136_025_640_000_000
    with pytest.raises(ValueError, match="whole number"):
        budget.poisha_of_crore(Decimal("0.0000000001"))


def test_what_is_not_known_stays_unknown():
    assert budget.ratio(None, 5) is None
    assert budget.ratio(5, 0) is None
    assert budget.real(100, None, 100) is None
    assert budget.real(None, 50, 100) is None
    assert budget.growth(0, 10) is None
    assert budget.unit_cost(100, 0) is None
    assert budget.execution(10, None, None) is None


def test_execution_is_of_the_revised_allocation_where_there_is_one():
    assert budget.execution(90, 100, 200) == Fraction(9, 10)
    assert budget.execution(90, None, 200) == Fraction(9, 20)
    assert budget.execution(90, 0, 200) is None


@given(st.integers(0, 10**15), st.decimals("0.01", 1000, places=4), st.decimals("0.01", 1000, places=4))
def test_real_terms_keep_the_base_year_and_come_back(amount, index, base):
    assert budget.real(amount, base, base) == amount
    there = budget.real(amount, index, base)
    assert abs(Fraction(there) - amount * Fraction(base) / Fraction(index)) <= Fraction(1, 2)


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=20))
def test_concentration_lies_between_even_and_one(parts):
    found = budget.concentration(parts)
    if sum(parts):
        assert Fraction(1, len(parts)) <= found <= 1
    else:
        assert found is None


def test_the_score_is_a_weighted_mean_of_what_was_reached():
    measures = [Measure("a", 50, 100, 1), Measure("b", 300, 100, 3), Measure("c", None, 10, 0)]
    assert budget.performance(measures) == Fraction(350, 4)
    assert budget.performance([]) is None
    assert budget.performance([Measure("c", 1, 1, 0)]) is None


@given(st.lists(st.builds(Measure, st.text(max_size=3), st.none() | st.integers(-100, 10**6), st.integers(0, 10**6),
                          st.integers(1, 9)), min_size=1))  # fmt: skip
def test_no_score_leaves_nought_to_a_hundred(measures):
    assert 0 <= budget.performance(measures) <= 100


@pytest.mark.parametrize(("score", "name"), [(80, "A"), (79, "B"), (60, "B"), (59, "C"), (0, "C"), (None, "")])
def test_classes(score, name):
    assert budget.performance_class(None if score is None else Fraction(score)) == name


def test_the_quality_gate_says_why_a_score_is_held_back():
    score = Fraction(90)
    assert budget.gated(score, Fraction(95, 100)) == (score, "")
    assert budget.gated(score, Fraction(9499, 10000)) == (None, "quality_low")
    assert budget.gated(score, None) == (None, "quality_unknown")
    assert budget.gated(None, Fraction(1)) == (None, "no_measures")


# --------------------------------------------------------------------------------- disbursement-linked indicators


def test_a_scalable_indicator_pays_in_proportion_and_rounds_down():
    rule = Terms(Decimal(40), Decimal(70), 1_000_000_01, True)
    assert budget.earned(rule, Decimal(55)) == 50_000_000
    assert budget.earned(rule, Decimal(40)) == 0
    assert budget.earned(rule, Decimal(71)) == rule.value


def test_one_that_is_not_scalable_pays_all_or_nothing():
    rule = Terms(Decimal(40), Decimal(70), 500, False)
    assert [budget.earned(rule, Decimal(value)) for value in ("69.99", "70", "80")] == [0, 500, 500]


def test_where_less_is_better_the_direction_turns():
    rule = Terms(Decimal(30), Decimal(10), 1000, True)
    assert [budget.earned(rule, Decimal(value)) for value in (30, 20, 10, 5, 40)] == [0, 500, 1000, 1000, 0]


@given(terms, st.none() | decimals)
def test_what_is_earned_is_between_nothing_and_the_value(rule, actual):
    found = budget.earned(rule, actual)
    assert isinstance(found, int)
    assert 0 <= found <= rule.value
    assert rule.scalable or found in (0, rule.value)


@given(terms, decimals, decimals)
def test_nearer_to_the_target_never_earns_less(rule, one, other):
    if rule.target == rule.baseline:
        return
    near, far = sorted((one, other), key=lambda value: (value - rule.baseline) * (rule.baseline - rule.target))
    assert budget.earned(rule, near) >= budget.earned(rule, far)


@given(terms, decimals, st.booleans(), st.integers(0, 10**12), st.integers(0, 10**12))
def test_nothing_before_verification_and_never_beyond_the_ceiling(rule, actual, verified, paid, left):
    due = budget.payable(rule, actual, verified=verified, paid=paid, left=left)
    assert 0 <= due <= left
    assert due + min(paid, rule.value) <= rule.value or paid >= rule.value
    assert verified or due == 0


@given(terms, st.lists(decimals, max_size=8), st.integers(0, 10**12))
def test_paid_step_by_step_the_sum_stays_under_value_and_ceiling(rule, results, ceiling):
    paid = 0
    for actual in results:
        paid += budget.payable(rule, actual, verified=True, paid=paid, left=ceiling - paid)
    assert paid <= min(rule.value, ceiling)
