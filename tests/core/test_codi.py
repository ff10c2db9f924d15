"""The arithmetic of CODI: means name what they leave out, consensus suggests and never decides, scales map as the data says."""

from __future__ import annotations

import csv
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core import codi
from shohay.core.codi import Answer

FIELDS = [("1.1", 1), ("1.2", 1), ("2.1", 2), ("2.2", 2), ("3.1", 3)]
answer = st.one_of(st.integers(1, 4).map(Answer), st.sampled_from(codi.WITHOUT).map(lambda why: Answer(None, why)))
answers = st.dictionaries(st.sampled_from([code for code, _number in FIELDS]), answer)


def shipped():
    with files("shohay").joinpath("data/catalogue/codi_fields.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_what_has_no_score_is_counted_and_left_out():
    said = {"1.1": Answer(4), "1.2": Answer(None, "not_applicable"), "2.1": Answer(None, "no_evidence")}
    one, two, three = codi.criteria(FIELDS, said)
    assert (one.mean, one.scored, one.not_applicable, one.missing) == (4, 1, ("1.2",), ())
    assert (two.mean, two.no_evidence, two.missing) == (None, ("2.1",), ("2.2",))
    assert three.missing == ("3.1",)
    assert codi.overall([one, two, three]) == 4
    assert codi.completeness([one, two, three]) == Fraction(3, 5)


@given(answers)
def test_means_stay_on_the_scale_and_nothing_is_lost(said):
    rows = codi.criteria(FIELDS, said)
    for row in rows:
        assert row.scored + len(row.not_applicable) + len(row.no_evidence) + len(row.missing) == row.fields
        assert row.mean is None or 1 <= row.mean <= 4
    whole = codi.overall(rows)
    assert (whole is None) == (not any(one.score for one in said.values()))
    assert whole is None or min(r.mean for r in rows if r.mean) <= whole <= max(r.mean for r in rows if r.mean)
    assert codi.completeness(rows) == Fraction(len(said), len(FIELDS))


@given(st.lists(answer, min_size=1, max_size=7))
def test_the_suggestion_is_something_that_was_said_and_the_order_does_not_matter(said):
    found = codi.suggested(said)
    assert found in said
    assert codi.suggested(said[::-1]) == found
    scores = [one.score for one in said if one.score is not None]
    if scores:
        assert sum(score < found.score for score in scores) <= len(scores) / 2
        assert sum(score > found.score for score in scores) <= len(scores) / 2
    if not codi.differ(said):
        assert found == said[0]


@given(st.lists(answer, max_size=5))
def test_differing_is_more_than_a_spread(said):
    apart = codi.spread(said)
    if apart:
        assert codi.differ(said)
    if not codi.differ(said):
        assert not apart
    assert codi.suggested([]) is None


def test_unanimity_is_over_fields_that_two_answered():
    alike, apart, alone = [Answer(3), Answer(3)], [Answer(3), Answer(None, "no_evidence")], [Answer(1)]
    assert codi.unanimity({"1.1": alike, "1.2": apart, "2.1": alone}) == Fraction(1, 2)
    assert codi.unanimity({"2.1": alone}) is None


def test_the_shipped_fields_are_thirty_seven_in_both_languages_and_map_onto_three():
    rows = shipped()
    assert len(rows) == 37
    assert {row["criterion"] for row in rows} == {str(number) for number in range(1, 11)}
    for row in rows:
        assert [codi.on_three(level, row["three"]) for level in (1, 2, 3, 4)] == [1, 2, 2, 3]
        for part in ("name", "question", "level_1", "level_2", "level_3", "level_4", "evidence"):
            assert row[f"{part}_bn"], (row["code"], part)
            assert any("\u0980" <= letter <= "\u09ff" for letter in row[f"{part}_bn"]), (row["code"], part)
            assert row[f"{part}_en"], (row["code"], part)


@given(st.integers(1, 4))
def test_what_maps_to_a_level_may_come_from_it(level):
    three = codi.on_three(level, "1,2,2,3")
    assert level in codi.from_three(three, "1,2,2,3")


def test_no_such_level():
    with pytest.raises(ValueError, match="no level"):
        codi.on_three(5, "1,2,2,3")


def test_two_scales_compare_only_as_parts():
    assert codi.normalised(Fraction(4), 4) == codi.normalised(Fraction(3), 3) == 1
    assert codi.normalised(Fraction(1), 3) == 0
    assert codi.normalised(None, 3) is None
