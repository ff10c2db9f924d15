"""Places shared among areas always sum, stay near the exact share, and do not depend on the order of the input."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core.messages import Refusal
from shohay.core.quotas import allocate, scaled
from tests.naive import quotas as naive

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


# ------------------------------------------------------------------------------------------- floors and ceilings


@st.composite
def bounded(draw: st.DrawFn, most: int = 12) -> tuple[int, dict[str, int], dict[str, int], dict[str, int]]:
    """Slots, weights, floors and ceilings that can be held: the slots lie between the sums of the bounds."""
    codes = draw(st.lists(CODES, min_size=1, max_size=most, unique=True))
    weights = {code: draw(st.integers(1, 10**6)) for code in codes}
    lows = {code: draw(st.integers(0, 60)) for code in codes}
    highs = {code: lows[code] + draw(st.integers(0, 90)) for code in codes}
    slots = draw(st.integers(sum(lows.values()), sum(highs.values())))
    return slots, weights, lows, highs


@given(bounded())
def test_bounded_shares_sum_and_keep_their_bounds_in_any_order(case):
    slots, weights, lows, highs = case
    shares = allocate(slots, weights, floors=lows, ceilings=highs)
    assert sum(shares.values()) == slots
    assert all(lows[code] <= shares[code] <= highs[code] for code in weights)
    backwards = dict(reversed(weights.items()))
    assert allocate(slots, backwards, floors=dict(reversed(lows.items())), ceilings=highs) == shares


@given(bounded(most=5))
def test_bounded_shares_are_those_of_the_naive_search(case):
    slots, weights, lows, highs = case
    assert allocate(slots, weights, floors=lows, ceilings=highs) == naive.shares(slots, weights, lows, highs)


@given(bounded(), st.integers(1, 10**6), st.data())
def test_an_area_that_weighs_more_never_loses_places(case, more, data):
    slots, weights, lows, highs = case
    code = data.draw(st.sampled_from(sorted(weights)))
    before = allocate(slots, weights, floors=lows, ceilings=highs)
    after = allocate(slots, {**weights, code: weights[code] + more}, floors=lows, ceilings=highs)
    assert after[code] >= before[code]


@given(slots=st.integers(min_value=0, max_value=10**5), weights=WEIGHTS)
def test_bounds_that_bind_nobody_change_nothing(slots, weights):
    nothing, everything = dict.fromkeys(weights, 0), dict.fromkeys(weights, slots)
    assert allocate(slots, weights, floors=nothing, ceilings=everything) == allocate(slots, weights)


@given(bounded(), st.integers(1, 1000))
def test_bounds_that_cannot_be_held_are_refused_with_what_is_missing(case, missing):
    _, weights, lows, highs = case
    for slots, code in ((sum(lows.values()) - missing, "quota_floors_exceed"),
                        (sum(highs.values()) + missing, "quota_ceilings_short")):  # fmt: skip
        if slots >= 0:
            with pytest.raises(Refusal) as refused:
                allocate(slots, weights, floors=lows, ceilings=highs)
            assert (refused.value.code, refused.value.params["missing"]) == (code, missing)


def test_a_floor_above_the_ceiling_is_refused_by_name():
    with pytest.raises(Refusal) as refused:
        allocate(10, {"1018": 1, "3026": 1}, floors={"1018": 5}, ceilings={"1018": 4})
    assert (refused.value.code, refused.value.params["areas"]) == ("quota_bounds_cross", "1018")


def test_weights_may_be_fractions_and_an_area_without_weight_keeps_its_floor():
    shares = allocate(100, {"1018": Fraction(1, 3), "3026": Fraction(2, 3), "6091": 0}, floors={"6091": 7})
    assert shares == {"1018": 31, "3026": 62, "6091": 7}
