"""The action plan: what was promised, and what is late on which day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.coordination import queries
from shohay.stages.coordination.actions import load_plan
from shohay.stages.coordination.models import ActionItem
from shohay.stages.programmes.actions import load_catalogue

pytestmark = pytest.mark.django_db
CABINET = Officer("cabinet", "cabinet", ("",), ("",))
DAY = date(2026, 7, 1)


@pytest.fixture
def loaded():
    load_catalogue(by=SYSTEM)
    return load_plan(by=SYSTEM)


def test_loading_twice_changes_nothing(loaded):
    assert {name: counts.rows for name, counts in loaded.items()} == {
        "actions": 695,
        "cluster_actions": 40,
        "plan_items": 735,
    }
    assert all((counts.added, counts.changed) == (0, 0) for counts in load_plan(by=SYSTEM).values())


def test_only_the_system_loads():
    with pytest.raises(Refusal):
        load_plan(by=CABINET)


def test_reading_needs_the_permission(loaded):
    stranger = Officer("x", "union_operator", ("",), ("",))
    for ask in (queries.items, queries.cluster_items):
        with pytest.raises(Refusal):
            ask(stranger, on=DAY)
    with pytest.raises(Refusal):
        queries.counts(stranger, "status", on=DAY)


def test_statuses_as_reported(loaded):
    found = {row.name: row.promised for row in queries.counts(CABINET, "status", on=DAY)}
    assert found == {"In-progress": 655, "Continuous": 21, "Completed": 14, "Stopped": 5}


@pytest.mark.parametrize("column", ["ministry_id", "theme", "status"])
def test_counts_add_up(loaded, column):
    rows = queries.counts(CABINET, column, on=DAY)
    assert sum(row.promised for row in rows) == 695
    assert sum(row.completed for row in rows) == 14
    assert sum(row.stopped for row in rows) == 5
    assert sum(row.late for row in rows) == queries.items(CABINET, on=DAY, only_late=True).count()


def test_late_begins_the_day_after(loaded):
    item = ActionItem.objects.filter(status="In-progress", due__isnull=False).order_by("code").first()

    def is_late(on: date) -> bool:
        return queries.items(CABINET, on=on).get(code=item.code).is_late

    assert not is_late(item.due)
    assert is_late(item.due + timedelta(days=1))


@pytest.mark.parametrize(
    ("status", "late"), [("In-progress", True), ("Continuous", True), ("Completed", False), ("Stopped", False)]
)
def test_what_is_finished_or_stopped_is_not_late(loaded, status, late):
    ActionItem.objects.filter(code="2.1-01-03").update(status=status)
    assert queries.items(CABINET, on=DAY).get(code="2.1-01-03").is_late is late


def test_without_a_day_nothing_is_late(loaded):
    assert not queries.items(CABINET, on=date(2099, 1, 1), only_late=True).filter(due=None).exists()


def test_items_of_one_ministry_in_the_order_of_the_plan(loaded):
    rows = list(queries.items(CABINET, on=DAY, ministry="MoSW", theme="programme_specific"))
    assert rows
    assert {row.ministry_id for row in rows} == {"MoSW"}
    assert [row.objective_no for row in rows] == sorted(row.objective_no for row in rows)
    assert queries.items(CABINET, on=DAY, status="Stopped").count() == 5


def test_sections_are_text(loaded):
    """2.10 is not 2.1: a number would lose the nought."""
    assert ActionItem.objects.filter(section="2.10").exists()
    assert not ActionItem.objects.filter(section="2.10", ministry="MoSW").exists()


def test_cluster_rows(loaded):
    assert queries.cluster_items(CABINET, on=DAY).count() == 40
    assert queries.cluster_items(CABINET, on=DAY, cluster="Social Insurance Cluster").count() == 5
