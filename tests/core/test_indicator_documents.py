"""Indicator documents: what may stand in a formula, what a document must say, and targets against actual."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core import indicator_formula
from shohay.core.indicator_documents import parse
from shohay.core.indicator_states import Milestones, judge
from shohay.core.messages import Refusal
from shohay.policy.indicator_documents import groups, shipped

NAMES = ("numerator", "denominator")
DOCUMENT = """
indicators:
  - code: OC-01
    name: {bn: আওতা, en: Coverage}
    level: outcome
    core: true
    unit: '%'
    direction: up
    numerator: {bn: ক, en: a, of: people_paid}
    denominator: {bn: খ, en: b, of: people}
    formula: 100 * numerator / denominator
    by: [district, sex]
    source: computed
    data_source: registry
    frequency: annual
    verified_by: statistics
    targets: [{year: 2024-25, value: 35, source: plan}]
"""


def test_the_shipped_ones_hold_together():
    framework = shipped()
    assert len(framework.indicators) == 69
    assert sum(one.core for one in framework.indicators.values()) == 50
    assert len(framework.computed) >= 40
    assert all(one.reported_by for one in framework.submitted)
    assert set(groups()) == {"child", "older", "disability", "mother"}


def test_a_document_reads_and_hashes_by_what_it_says():
    one = parse([DOCUMENT]).indicators["OC-01"]
    assert (one.is_share, one.splits, one.counts) == (True, ("sex",), {"people_paid", "people"})
    assert one.value(3, 4) == 75
    assert one.value(3, 0) is None
    assert one.sha256 != parse([DOCUMENT.replace("value: 35", "value: 36")]).indicators["OC-01"].sha256


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("people_paid", "people_payed", "not allowed"),
        ("of: people}", "of: people / beneficiaries}", "not allowed"),
        ("100 * numerator / denominator", "numerator / (denominator - numerator)", "not allowed"),
        ("100 * numerator / denominator", "100 + 0", "neither the numerator nor"),
        ("100 * numerator / denominator", "random()", "not allowed"),
        ("100 * numerator / denominator", "numerator / 0", "not allowed"),
        ("unit: '%'", "unit: ''", "unit"),
        ("direction: up", "direction: sideways", "direction"),
        ("level: outcome", "level: outcome\n    weight: 3", "weight"),
        ("year: 2024-25", "year: 2024-26", "2024-26"),
        ("by: [district, sex]", "by: [programme]", "people is not made by programme"),
        ("source: computed", "source: submitted\n    reported_by: [FD]", "names the offices"),
        ("verified_by: statistics", "verified_by: statistics\n    reported_by: [FD]", "names counts"),
        ("code: OC-01", "code: oc1", "code"),
    ],
)
def test_what_does_not_hold_together_is_refused_in_words(was: str, now: str, says: str):
    assert was in DOCUMENT
    with pytest.raises(Refusal) as refused:
        parse([DOCUMENT.replace(was, now)])
    assert says in str(refused.value)
    assert refused.value.code.startswith("indicator_document")
    assert refused.value.say("bn") != refused.value.say("en")


def test_a_code_stands_once():
    with pytest.raises(Refusal, match="twice"):
        parse([DOCUMENT, DOCUMENT])


NUMBERS = st.integers(0, 10**9)
SIDES = st.sampled_from(NAMES)
FORMULAS = st.recursive(
    SIDES | NUMBERS.map(str),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(
        lambda three: f"({three[0]} {three[1]} {three[2]})"
    ),
    max_leaves=5,
)


@given(text=FORMULAS, top=NUMBERS, bottom=NUMBERS)
def test_a_formula_means_what_it_says(text: str, top: int, bottom: int):
    formula = indicator_formula.check(f"{text} / denominator", NAMES, ("denominator",))
    value = formula.value({"numerator": top, "denominator": bottom})
    if bottom == 0:
        assert value is None
    else:
        exact = eval(text, {}, {"numerator": top, "denominator": bottom}) / bottom
        assert value == pytest.approx(exact, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    ("value", "direction", "year", "state"),
    [
        (None, "up", "2024-25", "no_value"),
        (50, "up", "2024-25", "met"),
        (35, "up", "2024-25", "met"),
        (34, "up", "2024-25", "on_track"),  # within a twentieth of an exact year's target
        (30, "up", "2024-25", "behind"),
        (31.9, "up", "2020-21", "on_track"),  # half way from 28.7 in 2016 to 35 in 2024
        (31.5, "up", "2020-21", "behind"),
        (38, "up", "2026-27", "on_track"),  # two fifths of the way from 35 to 40
        (36.5, "up", "2026-27", "behind"),
        (39, "up", "2031-32", "on_track"),  # after the last target it stays to be kept
        (20, "down", "2024-25", "met"),
        (60, "down", "2024-25", "behind"),
        (36, "target", "2024-25", "met"),
        (38, "target", "2024-25", "on_track"),
        (50, "target", "2024-25", "behind"),
        (50, "monitor", "2024-25", "no_target"),
    ],
)
def test_targets_against_actual_by_the_direction_of_good(value: float | None, direction: str, year: str, state: str):
    aims = Milestones({"2024-25": 35.0, "2029-30": 40.0}, 28.7, "2016")
    assert judge(value, direction, aims, year) == state


def test_without_a_target_a_value_is_only_a_value():
    assert judge(5, "up", Milestones({}), "2024-25") == "no_target"
