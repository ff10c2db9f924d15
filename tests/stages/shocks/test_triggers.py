"""Published triggers of anticipatory action."""

from __future__ import annotations

import pytest

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import NOBODY, SYSTEM
from shohay.stages.shocks import queries
from shohay.stages.shocks.actions import load_triggers

pytestmark = pytest.mark.django_db


def test_loading_twice_changes_nothing():
    assert load_triggers(by=SYSTEM) == (9, 9, 0)
    assert load_triggers(by=SYSTEM) == (9, 0, 0)


def test_nobody_may_not_load():
    with pytest.raises(Refusal):
        load_triggers(by=NOBODY)


def test_a_dash_is_no_condition():
    load_triggers(by=SYSTEM)
    assert queries.triggers("cyclone").get(code="TC-2").persistence == ""


def test_only_verified_triggers_may_pay():
    load_triggers(by=SYSTEM)
    assert [trigger.code for trigger in queries.confirmed()] == ["FL-B-1", "FL-J-1", "FL-J-2"]
    assert queries.triggers().count() == 9
