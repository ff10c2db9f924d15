"""What the plan and the trainings pass on to the indicators: exact counts by ministry and year."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from shohay.core.values import FiscalYear
from shohay.stages.coordination import queries_plan
from shohay.stages.coordination.models_performance import Training, TrainingDistrict
from shohay.stages.coordination.models_plan import PlanItem
from shohay.stages.coordination.queries_passed import passed_on
from tests.stages.coordination.plan_world import CABINET, plan_in_database

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
THEN = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Any:
    with plan_in_database(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _own(_loaded: None, db: None) -> None:
    """What a test writes is undone; the plan stays."""


def told(year: str) -> dict[tuple[str, str], int]:
    return {(row["name"], row["ministry_code"]): row["value"] for row in passed_on(TODAY) if row["fiscal_year"] == year}


def training(first: date, audience: str, *districts: str) -> None:
    row = Training.objects.create(
        audience=audience, topic="strategy", title="t", first_day=first, last_day=first, women=3, men=4,
        recorded_by="cabinet", recorded_at=THEN,
    )  # fmt: skip
    TrainingDistrict.objects.bulk_create(TrainingDistrict(training=row, area_code=code) for code in districts)


def test_due_and_late_are_those_of_the_plan_at_the_end_of_each_year():
    """Of the printed plan nothing is proven, so each ministry's due promises that nobody stopped are late."""
    for year, on in (("2024-25", date(2025, 6, 30)), ("2026-27", TODAY)):
        found, expected = told(year), {}
        rows = queries_plan.on_day(CABINET, on).values_list("owner_id", "state", "due")
        for owner, state, due in rows:
            if due is not None and due <= on and state != "stopped":
                for name in ("actions_due", "actions_in_time", "actions_late"):
                    expected.setdefault((name, owner or ""), 0)
                expected["actions_due", owner or ""] += 1
                expected["actions_late", owner or ""] += state == "late"
                expected["actions_in_time", owner or ""] += state == "completed_in_time"
        assert {key: value for key, value in found.items() if key[0].startswith("actions")} == expected
        assert sum(value for (name, _), value in found.items() if name == "actions_due") > 300


def test_a_promise_that_was_stopped_is_not_due_and_one_without_a_day_never():
    before = told("2026-27")["actions_due", "MoSW"]
    late = PlanItem.objects.filter(owner="MoSW", kind="chapter", due__lt=TODAY).exclude(action__status="Stopped")
    item = late.select_related("action").order_by("order").first()
    assert item is not None
    type(item.action).objects.filter(pk=item.action_id).update(status="Stopped")
    assert told("2026-27")["actions_due", "MoSW"] == before - 1


def test_three_years_are_looked_at():
    assert {row["fiscal_year"] for row in passed_on(TODAY)} == {"2024-25", "2025-26", "2026-27"}


def test_districts_trained_each_count_once_in_the_year_of_the_training():
    assert ("districts_trained", "") not in told("2026-27")  # a year without a training on record says nothing
    training(date(2026, 7, 2), "district", "5549", "5041")
    training(date(2026, 10, 2), "upazila", "5549", "3026")
    training(date(2026, 10, 9), "public", "1004")  # the public is no committee
    training(date(2026, 6, 30), "division", "1004")  # the last day of the year before
    assert told("2026-27")["districts_trained", ""] == 3
    assert told("2025-26")["districts_trained", ""] == 1
    assert told("2026-27")["districts_planned", ""] == 10
    assert str(FiscalYear.of(date(2026, 6, 30))) == "2025-26"
