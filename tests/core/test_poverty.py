"""Poverty arithmetic: what laeken computed on the eusilc data, worked examples, and what must hold of any people."""

from __future__ import annotations

import csv
import gzip
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shohay.core import poverty

FIVE = [Fraction(n) for n in (10, 20, 30, 40, 100)]
ONES = [Fraction(1)] * 5


@pytest.fixture(scope="module")
def eusilc(shared_folder):
    """Income, weight and region of 14,827 invented Austrians, and what R found in them."""
    folder = shared_folder / "standards" / "reference"
    with gzip.open(folder / "eusilc.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    reference = {row["key"]: float(row["value"]) for row in csv.DictReader((folder / "eusilc_reference.csv").open())}
    return (
        [float(r["eqIncome"]) for r in rows],
        [float(r["rb050"]) for r in rows],
        [r["db040"] for r in rows],
        reference,
    )


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("weighted_median_laeken", lambda y, w: poverty.quantile(y, w, 0.5)),
        ("weighted_mean_laeken", poverty.mean),
        ("weighted_q20_laeken", lambda y, w: poverty.quantile(y, w, 0.2)),
        ("weighted_q80_laeken", lambda y, w: poverty.quantile(y, w, 0.8)),
        ("arpt_60", poverty.relative_line),
        ("arpr_pct", lambda y, w: 100 * poverty.headcount(y, w, poverty.relative_line(y, w))),
        ("rmpg_pct", lambda y, w: 100 * poverty.median_gap(y, w, poverty.relative_line(y, w))),
        ("qsr", poverty.quintile_ratio),
        ("gini_pct_weighted", lambda y, w: 100 * poverty.gini(y, w)),
        ("gini_pct_unweighted", lambda y, w: 100 * poverty.gini(y, [1] * len(y))),
        ("fgt1_at_arpt", lambda y, w: poverty.gap(y, w, poverty.relative_line(y, w))),
        ("fgt2_at_arpt", lambda y, w: poverty.severity(y, w, poverty.relative_line(y, w))),
        ("fgt0_at_10000", lambda y, w: poverty.headcount(y, w, 10_000)),
        ("fgt1_at_10000", lambda y, w: poverty.gap(y, w, 10_000)),
        ("fgt2_at_10000", lambda y, w: poverty.severity(y, w, 10_000)),
        ("fgt2_at_10000_unweighted", lambda y, w: poverty.severity(y, [1] * len(y), 10_000)),
    ],
)
def test_the_same_as_laeken_and_base_r(eusilc, key, found):
    y, w, _, reference = eusilc
    assert found(y, w) == pytest.approx(reference[key], rel=1e-12)


def test_targeting_the_predicted_poorest_as_computed_in_r(shared_folder, eusilc):
    """1,199 households predicted poorest get a transfer; the poorest fifth by income should have."""
    with gzip.open(shared_folder / "standards" / "reference" / "eusilc_pmt_households.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    y, guess, key = ([float(r[name]) for r in rows] for name in ("y", "pred", "db030"))
    order = range(len(rows))
    k = len(rows) // 5
    chosen = set(sorted(order, key=lambda i: (round(guess[i], 10), key[i]))[:k])
    poorest = set(sorted(order, key=lambda i: (y[i], key[i]))[:k])
    line = sorted(y)[k]
    got = poverty.targeting(y, [float(i in chosen) for i in order], [1.0] * len(y), line)
    reference = eusilc[3]
    assert len(chosen & poorest) == reference["target_tp"]
    assert got.under_coverage == pytest.approx(reference["exclusion_error_undercoverage"], rel=1e-12)
    assert got.leakage == pytest.approx(reference["inclusion_error_leakage"], rel=1e-12)
    # R divides by exactly 20%; ours follows the curve to 20% of the people, six tenths of a household further
    assert got.cgh_20 == pytest.approx(reference["cgh_index_at20"], rel=1e-3)


def test_a_worked_example():
    """Five people, line 25: two are poor, one by 15 and one by 5; the Gini by the mean difference is 0.4."""
    assert poverty.headcount(FIVE, ONES, 25) == Fraction(2, 5)
    assert poverty.gap(FIVE, ONES, 25) == Fraction(4, 25)
    assert poverty.severity(FIVE, ONES, 25) == Fraction(2, 25)
    assert poverty.gini(FIVE, ONES) == Fraction(2, 5)
    assert poverty.quintile_ratio([1, 2, 3, 4, 6, 7, 8, 9, 10, 20], [1] * 10) == 10
    assert poverty.median_gap(FIVE, ONES, 25) == Fraction(2, 5)
    assert poverty.median_gap(FIVE, ONES, 5) is None


def test_quantiles_average_where_the_share_is_hit_exactly():
    assert poverty.quantile([1, 2, 3, 4], [1] * 4, 0.5) == 2.5
    assert poverty.quantile([1, 2, 3, 4], [1, 1, 1, 2], 0.5) == 3
    assert poverty.quantile([4, 1, 3, 2], [0, 1, 0, 1], 0.9) == 2
    assert poverty.assign([5, 1, 3, 2, 4, 3], [1] * 6, 2) == [2, 1, 1, 1, 2, 1]


def test_no_people_or_no_money_is_not_a_zero():
    with pytest.raises(ValueError, match="weights"):
        poverty.mean([1], [0])
    with pytest.raises(ValueError, match="weights"):
        poverty.gini([1, 2], [1, -1])
    assert poverty.gini([0, 0], [1, 1]) is None
    nobody = poverty.targeting([1, 2], [0, 0], [1, 1], 5)
    assert (nobody.leakage, nobody.benefit_cost, nobody.cgh_20, nobody.covered) == (None, None, None, 0)
    assert poverty.targeting([9, 8], [1, 0], [1, 1], 5).under_coverage is None


@st.composite
def people(draw):
    """Welfare, transfers that are part of it, weights, a line: exact numbers."""
    size = draw(st.integers(2, 30))
    whole = st.integers(1, 60).map(Fraction)
    before = draw(st.lists(whole, min_size=size, max_size=size))
    t = draw(st.lists(st.integers(0, 12).map(Fraction), min_size=size, max_size=size))
    w = draw(st.lists(st.integers(1, 9).map(Fraction), min_size=size, max_size=size))
    return [a + b for a, b in zip(before, t, strict=True)], t, w, draw(st.integers(2, 70).map(Fraction))


@settings(max_examples=30, deadline=None)
@given(people(), st.sampled_from(["after", "before"]))
def test_shares_add_up_and_coverage_is_the_mean_of_its_parts(them, rank):
    y, t, w, z = them
    got = poverty.targeting(y, t, w, z, rank=rank)
    if sum(t):
        assert sum(got.beneficiary_share) == sum(got.benefit_share) == 1
        assert 0 <= got.benefit_cost <= 1
    part = poverty.assign(y if rank == "after" else [a - b for a, b in zip(y, t, strict=True)], w)
    size = [sum(weight for weight, p in zip(w, part, strict=True) if p == q) / sum(w) for q in range(1, 6)]
    assert sum(a * (b or 0) for a, b in zip(size, got.coverage, strict=True)) == got.covered
    assert got.headcount_reduction is None or 0 <= got.headcount_reduction <= 1
    assert got.gap_reduction is None or 0 <= got.gap_reduction <= 1


@settings(max_examples=30, deadline=None)
@given(people())
def test_the_same_to_everybody_is_neither_progressive_nor_not(them):
    y, _, w, z = them
    got = poverty.targeting(y, [Fraction(1)] * len(y), w, z)
    part = poverty.assign(y, w)
    assert got.benefit_share == [
        sum(weight for weight, p in zip(w, part, strict=True) if p == q) / sum(w) for q in range(1, 6)
    ]
    assert got.cgh_20 == pytest.approx(1, rel=1e-9)
    assert got.cgh_40 == pytest.approx(1, rel=1e-9)
    assert got.gini_reduction is None or got.gini_reduction >= 0
    assert got.leakage == 1 - poverty.headcount(y, w, z)


@settings(max_examples=30, deadline=None)
@given(people(), st.integers(2, 7))
def test_neither_the_unit_of_money_nor_of_weight_matters(them, k):
    y, _, w, z = them
    times, heavier = [k * v for v in y], [k * v for v in w]
    for power in (0, 1, 2):
        assert poverty.fgt(times, heavier, k * z, power) == poverty.fgt(y, w, z, power)
    assert poverty.gini(times, heavier) == poverty.gini(y, w)
    assert poverty.quantile(times, heavier, 0.2) == k * poverty.quantile(y, w, 0.2)


@settings(max_examples=30, deadline=None)
@given(people())
def test_a_weight_of_two_is_two_people(them):
    y, _, w, z = them
    doubled = [a for a, b in zip(y, w, strict=True) for _ in range(int(b))]
    ones = [Fraction(1)] * len(doubled)
    assert poverty.gini(doubled, ones) == poverty.gini(y, w)
    assert poverty.gap(doubled, ones, z) == poverty.gap(y, w, z)
    assert poverty.quantile(doubled, ones, 0.4) == poverty.quantile(y, w, 0.4)
    assert poverty.lorenz(doubled, ones, 0.3) == pytest.approx(float(poverty.lorenz(y, w, 0.3)))


@settings(max_examples=30, deadline=None)
@given(people())
def test_the_gini_is_what_lies_between_the_lorenz_curve_and_equality(them):
    y, _, w, _ = them
    at, area, last = Fraction(0), Fraction(0), Fraction(0)
    for value, weight in sorted(zip(y, w, strict=True)):
        p = weight / sum(w)
        height = last + value * weight / sum(a * b for a, b in zip(y, w, strict=True))
        area += p * (last + height)
        at, last = at + p, height
    assert poverty.gini(y, w) == 1 - area
    assert 0 <= poverty.gini(y, w) < 1


@settings(max_examples=30, deadline=None)
@given(people())
def test_severity_is_less_than_the_gap_and_the_gap_less_than_the_headcount(them):
    y, _, w, z = them
    assert 0 <= poverty.severity(y, w, z) <= poverty.gap(y, w, z) <= poverty.headcount(y, w, z) <= 1
