"""Sampling errors: Student's t against printed tables, a variance by hand, what is said of unsure figures."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shohay.core import sampling


@pytest.mark.parametrize(
    ("df", "printed"), [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980), (1e7, 1.960)]
)
def test_the_quantiles_are_those_of_the_printed_table(df, printed):
    assert round(sampling.t_quantile(0.95, df), 3) == printed
    assert sampling.t_tail(sampling.t_quantile(0.95, df), df) == pytest.approx(0.05)


def test_one_degree_of_freedom_is_the_cauchy_distribution():
    for t in (0.1, 1, 7):
        assert sampling.t_tail(t, 1) == pytest.approx(1 - 2 / math.pi * math.atan(t))


def test_a_simple_random_sample_has_the_textbook_error_of_a_mean():
    x = [3.0, 5.0, 8.0, 12.0]
    u = [(value - 7) / 4 for value in x]
    textbook = sum((value - 7) ** 2 for value in x) / 3 / 4
    assert sampling.variance(u, [1] * 4, ["a"] * 4, range(4)) == pytest.approx(textbook)


def test_strata_and_clusters_by_hand():
    """Two strata; clusters total 2, 4 | 1, 5: variances 2 x (1 + 1) and 2 x (4 + 4)."""
    u, w = [1, 1, 2, 2, 1, 2, 3], [1, 1, 1, 1, 1, 1, 1]
    stratum, cluster = list("aaaabbb"), [1, 1, 2, 2, 3, 4, 4]
    assert sampling.variance(u, w, stratum, cluster) == 4 + 16


def test_a_stratum_with_one_cluster_adds_its_distance_from_all_or_nothing():
    u, w, stratum, cluster = [1, 3, 5], [1, 1, 1], list("aab"), [1, 2, 3]
    assert sampling.variance(u, w, stratum, cluster) == 4 + (5 - 3) ** 2
    assert sampling.variance(u, w, stratum, cluster, sampling.CERTAIN) == 4


@settings(deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=2, max_size=20))
def test_what_is_the_same_in_every_cluster_has_no_error(u):
    both = [*u, *u]
    assert sampling.variance(both, [1] * len(both), ["a"] * len(both), [0] * len(u) + [1] * len(u)) == pytest.approx(0)


def test_intervals_stay_within_what_the_measure_can_be():
    low, high = sampling.interval(0.01, 0.02, 40, (0, 1))
    assert (low, round(high, 4)) == (0, 0.0504)
    assert sampling.interval(0.5, 0.1, 0) is None


def test_figures_are_marked_by_how_unsure_they_are():
    assert sampling.warning(0.5, 0.01, 4) == "few"
    assert sampling.warning(0.5, 0.2, 500) == "weak"
    assert sampling.warning(0.5, 0.1, 500) == "caution"
    assert sampling.warning(0.5, 0.05, 500) == ""
    assert sampling.warning(0.5, None, 500) == "weak"
    assert sampling.warning(0.0, 0.0, 500) == ""


def test_a_difference_of_two_rounds():
    found = sampling.difference((0.243, 0.008, 900), (0.187, 0.006, 700))
    assert (round(found.difference, 3), round(found.error, 3), found.sure) == (-0.056, 0.010, True)
    assert found.low < found.difference < found.high < 0
    same = sampling.difference((0.2, 0.01, 50), (0.21, 0.01, 50))
    assert not same.sure
    assert same.p == pytest.approx(0.481, abs=1e-3)
    assert sampling.difference((0.2, 0.01, 0), (0.21, 0.01, 50)) is None
    assert sampling.difference((0.2, 0.0, 9), (0.21, 0.0, 50)) is None
