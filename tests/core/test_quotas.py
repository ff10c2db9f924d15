"""Places shared among areas always sum, stay near the exact share, and do not depend on the order of the input."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core.quotas import allocate, scaled

CODES = st.integers(min_value=100000, max_value=999999).map(str)
WEIGHTS = st.dictionaries(CODES, st.integers(min_value=0, max_value=10**9), min_size=1, max_size=40).filter(
    lambda weights: sum(weights.values()) > 0
)


@given(slots=st.integers(min_value=0, max_value=10**7), weights=WEIGHTS)
def test_shares_always_sum_and_stay_within_one_of_the_exact_share(slots: int, weights: dict[str, int]):
    shares = allocate(slots, weights)
    assert sum(shares.values()) == slots
    assert set(shares) == set(weights)
    total = sum(weights.values())
    for code, share in shares.items():
        assert abs(share - Fraction(slots * weights[code], total)) < 1


@given(slots=st.integers(min_value=0, max_value=10**5), weights=WEIGHTS)
def test_the_order_of_the_areas_changes_nothing(slots: int, weights: dict[str, int]):
    assert allocate(slots, dict(reversed(weights.items()))) == allocate(slots, weights)


@given(slots=st.integers(min_value=0, max_value=10**5), weights=WEIGHTS)
def test_more_weight_never_means_fewer_places(slots: int, weights: dict[str, int]):
    shares = allocate(slots, weights)
    ordered = sorted(weights, key=lambda code: weights[code])
    for lighter, heavier in pairwise(ordered):
        assert shares[lighter] <= shares[heavier] or weights[lighter] == weights[heavier]


def test_equal_remainders_go_to_the_smaller_code():
    assert allocate(10, {"6091": 1, "1018": 1, "3026": 1}) == {"1018": 4, "3026": 3, "6091": 3}


def test_an_area_without_weight_gets_nothing():
    assert allocate(7, {"1018": 0, "3026": 5}) == {"1018": 0, "3026": 7}


@pytest.mark.parametrize(("slots", "weights"), [(-1, {"1018": 1}), (3, {"1018": -1}), (3, {"1018": 0}), (3, {})])
def test_nonsense_is_refused(slots: int, weights: dict[str, int]):
    with pytest.raises(ValueError, match=r"zero"):
        allocate(slots, weights)


def test_nothing_to_share_needs_no_weight():
    assert allocate(0, {"1018": 0}) == {"1018": 0}


def test_scaling_rounds_half_up():
    assert scaled(6_001_000, 200_000, 169_828_911) == 7067
    assert scaled(1, 1, 2) == 1
    assert scaled(1, 0, 2) == 0
    with pytest.raises(ValueError, match="above zero"):
        scaled(1, 1, 0)
