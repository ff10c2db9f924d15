"""Which month of goods the demo serves, whatever day it is shown on."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shohay.cli.links_kind import enrolled_from, months
from shohay.cli.world import World
from tests.stages.payments import world as money

pytestmark = pytest.mark.django_db


@pytest.fixture
def programmes(db):
    for code, folder in [
        ("VWB", "vulnerable_women_benefit"), ("FFP", "food_friendly"), ("VGF", "vulnerable_group_feeding"),
        ("OAA", "old_age_allowance"),
    ]:  # fmt: skip
        money.programme(code, folder)


def on(day: date, path: Path) -> World:
    return World(100, 1, day, path, "")


def test_the_last_month_of_each_programme(programmes, tmp_path: Path):
    assert months(on(date(2026, 11, 22), tmp_path)) == {
        "FFP": (date(2026, 11, 1), ""), "VGF": (date(2026, 5, 1), "eid_ul_azha"), "VWB": (date(2026, 11, 1), ""),
    }  # fmt: skip
    assert months(on(date(2026, 7, 1), tmp_path))["FFP"] == (date(2026, 3, 1), "")
    assert enrolled_from(on(date(2026, 11, 22), tmp_path)) == {
        "FFP": date(2026, 7, 1), "VGF": date(2026, 5, 1), "VWB": date(2026, 7, 1),
    }  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 1500))
def test_on_any_day_everybody_is_enrolled_when_they_are_served(programmes, tmp_path: Path, days: int):
    shown = on(date(2026, 3, 31) + timedelta(days), tmp_path)
    served, since = months(shown), enrolled_from(shown)
    assert set(served) == {"FFP", "VGF", "VWB"}
    assert all(since[code] <= first <= shown.today for code, (first, _) in served.items())
