"""The results indicators as loaded."""

from __future__ import annotations

import pytest

from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.results.actions_indicators import load_indicators
from shohay.stages.results.models import Indicator

pytestmark = pytest.mark.django_db


def test_sixty_nine_of_them_fifty_core():
    assert load_indicators(by=SYSTEM) == (69, 69, 0)
    assert load_indicators(by=SYSTEM) == (69, 0, 0)
    assert Indicator.objects.filter(core=True).count() == 50


def test_the_document_keeps_the_whole_row():
    load_indicators(by=SYSTEM)
    row = Indicator.objects.get(code="IN-03")
    assert row.document["numerator"] == "expenditure to date"
    assert row.document["direction"] == "to 100"
    assert row.name_en == "Budget execution rate"
