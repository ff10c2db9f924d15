"""Sentences of a report: they can quote figures and names out of the data, and no number of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core.bangla import to_latin_digits
from shohay.core.report.text import joined, plain, said, sentence, shown

FIGURES = {
    "late": {"value": 429, "kind": "count", "from": "q"},
    "budget": {"value": 136025.64, "kind": "crore", "from": "q"},
    "share": {"value": 0.6173, "kind": "share", "from": "q"},
    "day": {"value": "2026-11-22", "kind": "day", "from": "q"},
    "paid": {"value": 87_50_000, "kind": "taka", "from": "q"},
}


def test_a_sentence_quotes_figures_in_both_languages():
    pair = ("{day}: {late}টি ({share}), {budget}; {=who}।", "{day}: {late} ({share}), {budget}; {=who}.")
    assert plain(sentence(pair, FIGURES, "bn", who="অর্থ বিভাগ")) == (
        "২২ নভেম্বর ২০২৬: ৪২৯টি (৬১.৭%), ১,৩৬,০২৫.৬৪\u00a0কোটি টাকা; অর্থ বিভাগ।"
    )
    assert plain(sentence(pair, FIGURES, "en", who="Finance Division")) == (
        "22 November 2026: 429 (61.7%), 1,36,025.64\u00a0crore taka; Finance Division."
    )


def test_each_number_names_its_figure():
    runs = sentence(("{late}টি", "{late} late"), FIGURES, "en")
    assert [(run.text, run.key) for run in runs] == [("429", "late"), (" late", "")]


@pytest.mark.parametrize("pair", [("৪২৯টি", "429 late"), ("{late}টি, ৩টি", "{late}, 3 more")])
def test_a_number_written_by_hand_is_refused(pair):
    for language in ("bn", "en"):
        with pytest.raises(ValueError, match="no figure"):
            sentence(pair, FIGURES, language)


def test_a_figure_that_nobody_computed_is_an_error():
    with pytest.raises(KeyError):
        sentence(("{gone}", "{gone}"), FIGURES, "en")


def test_nothing_is_a_dash_and_units_stand_beside():
    assert shown(None, "crore", "bn") == "–"
    assert said(None, "crore", "bn") == "–"
    assert said(87_50_000, "taka", "en") == "87.50\u00a0lakh\u00a0taka"
    assert said(1, "lakh", "bn") == "১.০০\u00a0লাখ"


def test_sentences_join_with_a_space():
    assert plain(joined(sentence(("ক।", "A."), {}, "en"), sentence(("খ।", "B."), {}, "en"))) == "A. B."


@given(st.integers(-(10**12), 10**12))
def test_grouping_never_changes_a_number(value):
    for language in ("bn", "en"):
        assert int(to_latin_digits(shown(value, "count", language)).replace(",", "")) == value
