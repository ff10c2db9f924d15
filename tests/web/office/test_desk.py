"""What the views share: tables as files, refusals in place."""

from __future__ import annotations

import pytest
from django.utils import translation

from shohay.core.messages import Refusal
from shohay.web.office import desk


@pytest.mark.parametrize("cell", ["=1+1", "+88017", "-5", "@sum", "\tx", "\rx", "=cmd|' /C calc'!A0"])
def test_a_text_that_begins_like_a_formula_is_disarmed(cell):
    text = desk.table_file("x", ["head"], [[cell]]).content.decode("utf-8-sig")
    assert text.splitlines()[1].lstrip('"').startswith("'")


def test_numbers_stay_numbers_and_bangla_opens():
    raw = desk.table_file("x", ["নাম", "n"], [["আমেনা", -5]]).content
    assert raw.startswith(b"\xef\xbb\xbf")
    assert "আমেনা,-5" in raw.decode("utf-8-sig")


def test_a_long_table_ends_where_it_must(monkeypatch):
    monkeypatch.setattr(desk, "EXPORT_UP_TO", 2)
    assert len(desk.table_file("x", ["a"], [[1], [2], [3]]).content.splitlines()) == 3


@pytest.mark.django_db
def test_a_refusal_is_said_in_the_language_of_the_reader():
    def refuse() -> None:
        raise Refusal("same_person")

    with translation.override("en"):
        assert desk.attempt(refuse).startswith("Whoever proposed this")
    with translation.override("bn"):
        assert desk.attempt(refuse).startswith("যিনি প্রস্তাব")
    assert desk.attempt(lambda: None) == ""
