"""The results indicators as loaded from their documents."""

from __future__ import annotations

import pytest

from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.results.actions_indicators import load_indicators
from shohay.stages.results.models import Indicator
from shohay.stages.results.queries_submissions import document_of

pytestmark = pytest.mark.django_db


def test_sixty_nine_of_them_fifty_core():
    assert load_indicators(by=SYSTEM) == (69, 69, 0)
    assert load_indicators(by=SYSTEM) == (69, 0, 0)
    assert Indicator.objects.filter(core=True).count() == 50


def test_the_document_is_kept_whole_and_reads_back():
    load_indicators(by=SYSTEM)
    row = Indicator.objects.get(code="IN-03")
    assert row.document["numerator"]["of"] == "budget_spent"
    assert row.name_en == "Budget execution rate"
    document = document_of("IN-03")
    assert document is not None
    assert document.sha256 == row.document["sha256"]
