"""Errors of a score worked by hand, the drift of a distribution, and what must hold of any of them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core import model_card, score_drift

Y = [100.0, 200.0, 300.0, 400.0]
GUESS = [1.0, 3.0, 2.0, 2.0]
IDS = [7, 5, 9, 3]
ONE = [1.0] * 4


def test_ties_go_by_the_number_of_the_household():
    assert model_card.order(GUESS, IDS) == [0, 3, 2, 1]
    # predictions that differ in the sixteenth digit are the same
    assert model_card.order([1.0, 0.3, 0.1 + 0.2], [1, 3, 2]) == [2, 1, 0]


def test_four_households_by_hand():
    poor = [value < 250 for value in Y]
    chosen = model_card.poorest(GUESS, IDS, ONE, 0.5)
    assert chosen == [True, False, False, True]
    assert model_card.errors(poor, chosen, ONE) == (0.5, 0.5, 0.5)
    assert model_card.cgh(model_card.poorest(Y, IDS, ONE, 0.5), chosen, ONE, 0.5) == 1.0
    # of four pairs of a poor household and another the poor one is lower in two
    assert model_card.auc(GUESS, poor, ONE) == 0.5


def test_a_household_that_does_not_fit_is_not_taken():
    assert model_card.poorest([1.0, 2.0], [1, 2], [3.0, 1.0], 0.5) == [False, False]


def test_the_news_in_both_languages():
    card = {
        "options": {"share": 0.2}, "fit": {"r2_out": 0.5},
        "curve": [{"share": 20, "exclusion": 0.25, "inclusion": 0.4}],
    }  # fmt: skip
    told = model_card.news(card)
    assert "25%" in told.en
    assert "২৫%" in told.bn
    assert "Nobody" in model_card.news({**card, "curve": []}).en


@given(st.lists(st.integers(0, 50), min_size=2, max_size=12), st.integers(1, 9))
def test_scores_that_stay_do_not_drift(counts, times):
    """Nor does a nation that only grew, but for the half household that every band is given."""
    more = [count * times for count in counts]
    if not sum(counts):
        assert score_drift.psi(counts, more) is None
        return
    assert score_drift.psi(counts, counts) == 0
    assert score_drift.ks(counts, more) == pytest.approx(0, abs=1e-12)


@given(
    st.lists(st.integers(0, 50), min_size=3, max_size=3).filter(any),
    st.lists(st.integers(0, 50), min_size=3, max_size=3).filter(any),
)
def test_drift_is_the_same_both_ways_and_never_below_nothing(one, other):
    assert score_drift.psi(one, other) == pytest.approx(score_drift.psi(other, one), abs=1e-12)
    assert score_drift.psi(one, other) >= 0
    assert 0 <= score_drift.ks(one, other) <= 1 + 1e-12


def test_a_drift_by_hand():
    half = score_drift.psi([99.5, 99.5], [49.5, 149.5])
    assert half == pytest.approx(-0.25 * math.log(0.5) + 0.25 * math.log(1.5))
    assert score_drift.ks([1, 1, 0], [0, 1, 1]) == 0.5
    assert [score_drift.level(x) for x in (None, 0.05, 0.1, 0.24, 0.25)] == [
        "steady",
        "steady",
        "watch",
        "watch",
        "shifted",
    ]
    assert score_drift.psi([0, 0], [1, 1]) is None
    assert score_drift.ks([0, 0], [1, 1]) is None
