"""Figures are counted afresh, seen within the officer's areas, and small ones never in public."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.grievance.models import Grievance, Reply
from shohay.stages.payments.models import Cycle, Payment, Payroll
from shohay.stages.registry.models import Household, Person
from shohay.stages.results import actions, queries
from shohay.stages.results.models import Figure

CABINET = Officer("cabinet", "cabinet", ("",), ("",))
NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
BIG, SMALL = "30261433", "55490815"  # unions in Dhamrai and Char Rajibpur

pytestmark = pytest.mark.django_db


def beneficiaries(union: str, women: int, men: int) -> list[Enrolment]:
    home = Household.objects.create(reference=union, area_code=union, area_type="rural", recorded_at=NOW)
    enrolments = []
    for number in range(women + men):
        person = Person.objects.create(
            household=home, area_code=union, line_no=number + 1, relation="other", name_bn="ক", name_key="k",
            sex="female" if number < women else "male", recorded_at=NOW,
        )  # fmt: skip
        enrolment = Enrolment.objects.create(
            person=person, household=home, programme_code="OAA", area_code=union,
            valid=DateRange(date(2026, 7, 1), None), definition_sha256="", enrolled_at=NOW, enrolled_by="manager",
        )  # fmt: skip
        enrolments.append(enrolment)
    return enrolments


@pytest.fixture
def paid() -> None:
    """Eight beneficiaries in one union, two in the other; each paid once, one payment came back."""
    enrolments = beneficiaries(BIG, women=6, men=2) + beneficiaries(SMALL, women=1, men=1)
    cycle = Cycle.objects.create(
        programme_code="OAA", period_start="2026-07-01", period_end="2026-10-01", fiscal_year="2026-27",
        opened_by="manager", opened_at=NOW,
    )  # fmt: skip
    payroll = Payroll.objects.create(
        cycle=cycle, lines=10, amount_poisha=10, definition_sha256="", input_path="", input_sha256="",
        result_sha256="", prepared_by="manager", prepared_at=NOW,
    )  # fmt: skip
    for number, enrolment in enumerate(enrolments):
        Payment.objects.create(
            payroll=payroll, enrolment=enrolment, person=enrolment.person, programme_code="OAA",
            area_code=enrolment.area_code, period_start="2026-07-01", amount_poisha=180_000,
            end_to_end_id=f"OAA-{number}", state="returned" if number == 0 else "paid",
            reason_code="AC04" if number == 0 else "", state_at=NOW,
        )  # fmt: skip
    actions.compute_figures(by=CABINET)


@pytest.mark.usefixtures("paid")
def test_an_officer_of_the_country_sees_every_number():
    tiles = queries.dashboard(CABINET)["tiles"]
    assert (tiles["persons"], tiles["beneficiaries"], tiles["women_share"]) == (10, 10, 0.7)
    assert (tiles["payments"], tiles["paid"], tiles["paid_poisha"], tiles["returns"]) == (10, 9, 9 * 180_000, 1)
    assert queries.payments_by_state(officer=CABINET) == [
        {"state": "paid", "payments": 9, "poisha": 9 * 180_000},
        {"state": "returned", "payments": 1, "poisha": 180_000},
    ]
    assert queries.returns_by_reason(officer=CABINET) == [{"reason": "AC04", "payments": 1}]


@pytest.mark.usefixtures("paid")
def test_in_public_a_number_of_fewer_than_five_people_is_left_out():
    public = queries.dashboard()
    assert public["tiles"]["beneficiaries"] == 10
    assert public["tiles"]["returns"] is None
    assert public["tiles"]["paid"] is None  # ten less nine would give the returned one away
    assert public["returns"] == [{"reason": "AC04", "payments": None}]
    assert {row["payments"] for row in public["payments"]} == {None}
    by_district = {row["area_code"]: row for row in queries.coverage_by_district()}
    assert by_district["3026"]["beneficiaries"] == 8
    assert by_district["5549"]["beneficiaries"] is None
    assert by_district["5549"]["coverage"] is None
    # the women of Dhamrai are six of eight: two men would be given away by the share, five and more people stand behind it
    assert {
        row.value for row in queries.rows("enrolled", level="upazila", programme="OAA") if row.group == "sex:male"
    } == {None}


@pytest.mark.usefixtures("paid")
def test_an_officer_of_one_place_sees_that_place_only():
    local = Officer("upazila", "upazila_officer", ("302614",), ("",))
    assert queries.dashboard(local)["tiles"]["beneficiaries"] == 8
    assert [row.area_code for row in queries.rows("persons", level="upazila", officer=local) if not row.group] == [
        "302614"
    ]
    both = Officer("upazila", "upazila_officer", ("302614", "554908"), ("",))
    tiles = queries.dashboard(both)["tiles"]
    assert (tiles["beneficiaries"], tiles["women_share"]) == (10, 0.7)
    other = Officer("upazila", "upazila_officer", ("302614",), ("WDA",))
    assert queries.dashboard(other)["programmes"] == []


@pytest.mark.usefixtures("paid")
def test_figures_are_counted_afresh_with_one_event():
    before, events = Figure.objects.count(), Event.objects.count()
    Enrolment.objects.filter(area_code=SMALL).update(state="stopped")
    actions.compute_figures(by=CABINET)
    assert queries.dashboard(CABINET)["tiles"]["beneficiaries"] == 8
    assert Figure.objects.count() < before
    assert Event.objects.count() == events + 1
    assert Event.objects.latest("seq").action == "figures.computed"


@pytest.mark.parametrize(
    ("due", "answered", "clock"),
    [
        (date(2026, 11, 22), datetime(2026, 11, 22, 17, 59, tzinfo=UTC), "in_time"),  # 23:59 in Dhaka
        (date(2026, 11, 22), datetime(2026, 11, 22, 18, 1, tzinfo=UTC), "late"),  # past midnight there
        (date(2126, 1, 1), None, "open"),
        (date(2020, 1, 1), None, "late_open"),
    ],
)
def test_a_complaint_counts_by_its_day_in_dhaka(due: date, answered: datetime | None, clock: str):
    filed = Grievance.objects.create(
        number="G-2026-000001", programme_code="OAA", area_code=BIG, category="other", channel="office", text="ক",
        filed_at=NOW, due_on=due,
    )  # fmt: skip
    if answered:
        Reply.objects.create(grievance=filed, outcome="upheld", text="খ", answered_by="grievance", answered_at=answered)
    actions.compute_figures(by=CABINET)
    found = queries.rows("grievances", programme="OAA", officer=CABINET)
    assert {(row.group, row.value) for row in found} == {("", 1), (f"clock:{clock}", 1)}


def test_without_anything_there_are_no_figures_and_no_fault():
    assert actions.compute_figures(by=CABINET) == 0
    assert queries.dashboard()["tiles"]["persons"] is None
    assert queries.coverage_by_district("OAA") == []


def test_computing_needs_the_permission():
    with pytest.raises(Refusal) as refused:
        actions.compute_figures(by=Officer("operator", "union_operator", ("30",), ("",)))
    assert refused.value.code == "not_allowed"
