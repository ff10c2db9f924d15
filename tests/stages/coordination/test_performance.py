"""Annual performance agreements and trainings: weights, scores, a second office, districts trained."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import evidence_of
from shohay.stages.coordination import actions_performance as actions
from shohay.stages.coordination import queries_performance as queries
from shohay.stages.coordination.models_performance import PerformanceItem
from shohay.stages.programmes.models import Ministry
from tests.factories.world import HERE, make_places, make_programmes

pytestmark = pytest.mark.django_db
CABINET = Officer("cabinet", "cabinet", ("",))
SECOND = Officer("cabinet2", "cabinet", ("",))
FOCAL = Officer("focal", "focal_point", ("",), (), ("MoSW",))
OTHER = Officer("focal2", "focal_point", ("",), (), ("MoWCA",))
SECRETARY = Officer("secretary", "secretary", ("",))
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def places():
    make_places()
    make_programmes()


def refusal(action, **given) -> str:
    with pytest.raises(Refusal) as refused:
        action(**given)
    return refused.value.code


def item(weight: str = "40", target: str = "100", **given) -> PerformanceItem:
    how = {"ministry": Ministry.objects.get(pk="MoSW"), "fiscal_year": "2025-26", "title": "Linked MIS", "unit": "%"}
    return actions.set_item(**{**how, **given}, weight=Decimal(weight), target=Decimal(target), by=CABINET)


def test_target_achieved_weight_and_score():
    up, down, silent = item("40"), item("30", "10", direction="down"), item("30", "5")
    actions.report_achieved(item=up, achieved=Decimal(50), data=PDF, file_name="a.pdf", by=FOCAL)
    actions.report_achieved(item=down, achieved=Decimal(20), by=FOCAL)
    before = queries.scores(CABINET, fiscal_year="2025-26")[0]
    assert (before.items, before.reported, before.verified) == (3, 2, 0)
    assert (before.score, before.reported_score) == (0, 35)
    actions.verify_achieved(item=up, by=CABINET)
    actions.verify_achieved(item=down, by=CABINET)
    after = queries.scores(CABINET, fiscal_year="2025-26")[0]
    assert (after.ministry, after.weight, after.score) == ("MoSW", 100, 35)
    assert [row.points for row in queries.items(CABINET)] == [20, 15, 0]
    assert queries.item(CABINET, silent.pk).reached == 0
    assert len(evidence_of("performance", up.pk)) == 1
    assert queries.years(CABINET) == ["2025-26"]


@pytest.mark.parametrize(
    ("direction", "target", "achieved", "reached"),
    [("up", "100", "150", "1"), ("up", "100", "0", "0"), ("down", "0", "0", "1"), ("down", "0", "3", "0"),
     ("down", "10", "5", "1"), ("down", "10", "40", "0.25"), ("up", "3", "1", "0.3333")],
)  # fmt: skip
def test_what_was_reached(direction, target, achieved, reached):
    row = item("10", target, direction=direction)
    actions.report_achieved(item=row, achieved=Decimal(achieved), by=FOCAL)
    assert queries.item(CABINET, row.pk).reached == pytest.approx(Decimal(reached), abs=Decimal("0.0001"))


def test_no_agreement_goes_beyond_a_hundred():
    item("60")
    assert refusal(item, weight="41") == "performance_weight"
    item("40")
    item("100", fiscal_year="2026-27")
    for weight, target in (("0", "1"), ("-1", "1"), ("101", "1"), ("10", "0"), ("10", "-5")):
        assert refusal(item, weight=weight, target=target, fiscal_year="2024-25") == "performance_target"
    for year in ("2025", "2025-27", "July, 1905", ""):
        assert refusal(item, fiscal_year=year) == "performance_year"
    assert item("1", fiscal_year="২০২৩-২৪").fiscal_year == "2023-24"
    with pytest.raises(Refusal, match=r"9\.9-99-99"):
        item(fiscal_year="2024-25", action="9.9-99-99")


def test_another_officer_verifies_and_then_it_stands():
    row = item()
    assert refusal(actions.report_achieved, item=row, achieved=Decimal(1), by=OTHER) == "not_allowed"
    assert refusal(actions.report_achieved, item=row, achieved=Decimal(-1), by=FOCAL) == "performance_target"
    assert refusal(actions.verify_achieved, item=row, by=CABINET) == "wrong_state"
    actions.report_achieved(item=row, achieved=Decimal(1), by=FOCAL)
    assert refusal(actions.verify_achieved, item=row, by=FOCAL) == "not_allowed"
    PerformanceItem.objects.filter(pk=row.pk).update(reported_by="cabinet")
    assert refusal(actions.verify_achieved, item=row, by=CABINET) == "same_person"
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        PerformanceItem.objects.filter(pk=row.pk).update(state="verified", verified_by="cabinet")
    actions.verify_achieved(item=row, by=SECOND)
    assert refusal(actions.report_achieved, item=row, achieved=Decimal(2), by=FOCAL) == "wrong_state"


# --------------------------------------------------------------------------------------------------- trainings


def train(**given):
    how = {
        "audience": "upazila", "topic": "strategy", "title": "Committees", "first_day": date(2025, 8, 3),
        "last_day": date(2025, 8, 4), "women": 12, "men": 20, "districts": ["5549"], "by": SECRETARY,
    }  # fmt: skip
    return actions.record_training(**{**how, **given})


def test_trainings_and_the_districts_they_reached():
    train(data=PDF, file_name="list.pdf")
    train(topic="grievance", districts=["5549", "5041"], women=0, men=3)
    train(audience="focal_points", districts=[], women=5, men=0, first_day=date(2026, 1, 1), last_day=date(2026, 1, 1))
    train(first_day=date(2025, 6, 29), last_day=date(2025, 7, 2))  # of the year before
    field, grievance = queries.training_coverage(SECRETARY, fiscal_year="2025-26")
    assert (field.districts, field.planned, field.percent) == (2, 10, 20)
    assert (grievance.districts, grievance.planned, grievance.percent) == (2, 4, 50)
    assert "2.18" in field.source
    found = queries.trainings(SECRETARY, fiscal_year="2025-26")
    assert queries.training_totals(found) == {"n": 3, "women": 17, "men": 23}
    assert sorted(row.n_districts for row in found) == [0, 1, 2]
    assert queries.training_totals(queries.trainings(SECRETARY, district="5041"))["n"] == 1
    local = Officer("local", "secretary", (HERE,))
    assert queries.trainings(local).count() == 3


def test_what_no_training_can_be():
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert refusal(train, women=0, men=0) == "training_nobody"
    assert refusal(train, women=-1, men=5) == "training_nobody"
    assert refusal(train, last_day=date(2025, 8, 1)) == "training_days"
    assert refusal(train, last_day=tomorrow) == "training_days"
    assert refusal(train, districts=["554952"]) == "training_district_unknown"
    assert refusal(train, districts=[]) == "training_districts_missing"
    local = Officer("local", "secretary", ("5549",))
    assert refusal(train, districts=["5041"], by=local) == "training_district_unknown"
    assert refusal(train, by=Officer("x", "auditor", ("",))) == "not_allowed"
