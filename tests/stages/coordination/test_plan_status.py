"""The status follows evidence and dates: the database's answer against the plain one, on any day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.coordination import queries
from shohay.stages.coordination import queries_plan as plan
from shohay.stages.coordination.actions import load_plan
from shohay.stages.coordination.models import ActionItem
from shohay.stages.coordination.models_plan import PlanItem, PlanMinistry, PlanObligation, PlanUpdate
from shohay.stages.programmes.actions import load_catalogue
from tests.naive.plan_status import Said, status

pytestmark = pytest.mark.django_db
CABINET = Officer("cabinet", "cabinet", ("",), ("",))
REPORT_DAY = date(2024, 12, 31)
# one item of each kind of timeframe and of each reported status
CODES: list[str] = []


@pytest.fixture(scope="module")
def plan_loaded(django_db_setup, django_db_blocker):
    """The plan once for all tests of this file; taken away again at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_catalogue(by=SYSTEM)
        load_plan(by=SYSTEM)
        chosen: dict[tuple[str, str, int], str] = {}
        for item in PlanItem.objects.select_related("action").order_by("order"):
            reported = item.action.status if item.action else ""
            chosen.setdefault((item.timeframe_kind, reported, item.obligations.count()), item.pk)
        CODES[:] = list(chosen.values())
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _loaded(plan_loaded, db):
    return plan_loaded


def say(item: str, claim: str, verified_on: date, *, done_on: date | None = None, number: int | None = None) -> None:
    """A verified update, written past the action: these tests are about what is made of it."""
    obligation = PlanObligation.objects.filter(item=item, number=number).first() if number else None
    version = PlanUpdate.objects.filter(item=item).count() + 1
    owner = PlanMinistry.objects.filter(item=item).order_by("part").values_list("ministry_id", flat=True).first()
    PlanUpdate.objects.create(
        item_id=item, ministry_id=owner or "CD", version=version, obligation=obligation, claim=claim, percent=50,
        done_on=done_on or verified_on, text_en="x", evidence_count=1, state="verified", written_by="focal",
        written_at=datetime(2024, 1, 1, tzinfo=ZoneInfo("Asia/Dhaka")), verified_by="cabinet", verified_on=verified_on,
    )  # fmt: skip


def naive(code: str, on: date) -> str:
    item = PlanItem.objects.select_related("action", "cluster_action").get(pk=code)
    row = item.action or item.cluster_action
    said = [
        Said(one.claim, one.verified_on, one.done_on, one.obligation.number if one.obligation else None)
        for one in PlanUpdate.objects.filter(item=item, state="verified").select_related("obligation").order_by("id")
    ]
    obligations = list(item.obligations.order_by("number").values_list("number", "due"))
    return status(
        reported=row.status, kind=item.timeframe_kind, every=item.every, due=item.due, obligations=obligations,
        said=said, on=on,
    )  # fmt: skip


def state(code: str, on: date) -> str:
    return plan.status_on(CABINET, code, on).state


days = st.dates(date(2021, 1, 1), date(2027, 6, 30))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_database_says_what_the_plain_reading_says(data):
    with transaction.atomic():
        codes = data.draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True))
        for code in codes:
            owed = list(PlanObligation.objects.filter(item=code).order_by("number"))
            for _ in range(data.draw(st.integers(0, 4))):
                claim = data.draw(st.sampled_from(["progress", "completed", "completed", "stop"]))
                number = data.draw(st.sampled_from(owed)).number if owed and claim == "completed" else None
                say(code, claim, data.draw(days), done_on=data.draw(days), number=number)
        edges = [row.due + timedelta(n) for row in PlanObligation.objects.filter(item__in=codes) for n in (-90, 0, 1)]
        for on in data.draw(st.lists(days | st.sampled_from(edges or [REPORT_DAY]), min_size=1, max_size=4)):
            found = dict(plan.on_day(CABINET, on, kind="all").filter(pk__in=codes).values_list("pk", "state"))
            assert found == {code: naive(code, on) for code in codes}
        transaction.set_rollback(True)


def test_every_item_of_the_plan_without_any_update():
    for on in (date(2021, 7, 1), REPORT_DAY, date(2026, 11, 22)):
        found = dict(plan.on_day(CABINET, on, kind="all").values_list("pk", "state"))
        assert len(found) == 735
        for code in CODES:
            assert found[code] == naive(code, on)
        assert set(found.values()) <= set(plan.STATES)


def test_late_on_the_day_of_the_report_is_what_its_dates_say_not_what_it_says():
    """363 of 380 due by 31 December 2024 are late, though the report calls them in progress within the timeframe."""
    total = [
        sum(column) for column in list(zip(*plan.counts_by(CABINET, "ministry", date(2025, 1, 1)), strict=True))[1:]
    ]
    counted = plan.PlanCount("", *total)
    assert counted.promised == 695
    assert counted.late == sum(row.late for row in queries.counts(CABINET, "status", on=date(2025, 1, 1))) == 363
    assert (counted.completed, counted.proven, counted.stopped) == (14, 0, 5)


@pytest.mark.parametrize("by", ["ministry", "cluster", "theme", "state", "reported"])
def test_counts_add_up(by):
    rows = plan.counts_by(CABINET, by, REPORT_DAY)
    assert sum(row.promised for row in rows) == (40 if by == "cluster" else 695)
    for row in rows:
        assert row.promised == row.completed + row.stopped + row.late + row.continuous + row.in_time
        assert row.proven <= row.completed


def test_completed_is_what_was_verified_with_evidence():
    code = ActionItem.objects.filter(status="Completed", timeframe_kind="date").first().pk
    assert state(code, REPORT_DAY) == "completed_unproven"
    due = PlanItem.objects.get(pk=code).due
    say(code, "completed", REPORT_DAY, done_on=due)
    assert state(code, REPORT_DAY) == "completed_in_time"
    assert state(code, REPORT_DAY - timedelta(1)) == "completed_unproven"
    say(code, "completed", date(2025, 2, 1), done_on=due + timedelta(1))
    assert state(code, date(2025, 2, 1)) == "completed_late"
    say(code, "progress", date(2025, 3, 1))
    assert state(code, date(2025, 3, 1)) == "late"  # taken back, and past its day


def test_what_recurs_is_judged_year_by_year():
    code = PlanItem.objects.filter(every="year", kind="chapter", starts=None).order_by("order").first().pk
    assert state(code, date(2021, 8, 1)) == "on_track"
    assert state(code, date(2022, 5, 1)) == "due_soon"
    assert state(code, date(2022, 7, 1)) == "recurring_missed"
    say(code, "completed", date(2022, 8, 1), number=1)
    assert state(code, date(2022, 8, 1)) == "recurring_met"
    assert state(code, date(2023, 7, 1)) == "recurring_missed"
    row = plan.status_on(CABINET, code, date(2024, 7, 1))
    assert (row.promises, row.met, row.missed) == (5, 1, 2)


def test_items_of_a_ministry_owned_and_shared():
    shared = plan.items(CABINET, on=REPORT_DAY, kind="cluster", ministry="FD", part="shared")
    assert shared.count() >= 5
    assert set(shared.values_list("pk", flat=True)) <= set(
        plan.items(CABINET, on=REPORT_DAY, kind="cluster", ministry="FD").values_list("pk", flat=True)
    )
    owned = plan.items(CABINET, on=REPORT_DAY, ministry="MoSW")
    assert {row.owner_id for row in owned} == {"MoSW"}


def test_filters_of_state_and_days():
    overdue = plan.items(CABINET, on=REPORT_DAY, state="overdue")
    assert {row.state for row in overdue} == {"late", "recurring_missed"}
    quarter = plan.items(CABINET, on=REPORT_DAY, kind="all", due_from=date(2025, 4, 1), due_to=date(2025, 6, 30))
    assert quarter.filter(every="year").exists()  # the obligation of 2024-25
    assert quarter.filter(due=date(2025, 6, 30)).exists()
    assert not quarter.filter(due=date(2025, 7, 31)).exists()
    assert plan.late_items(CABINET, REPORT_DAY).first().due == min(
        row.due for row in plan.late_items(CABINET, REPORT_DAY)
    )


def test_what_moved_between_two_days():
    code = PlanItem.objects.filter(due=date(2025, 6, 30), action__status="In-progress").order_by("order").first().pk
    say(code, "completed", date(2025, 6, 1), number=1)
    moved = {move.item.pk: move for move in plan.moved_since(CABINET, date(2025, 5, 1), date(2025, 7, 1))}
    assert (moved[code].was, moved[code].now, len(moved[code].updates)) == ("due_soon", "completed_in_time", 1)
    others = [move for move in moved.values() if move.now == "late"]
    assert others  # days went by: that is news too
    assert all(move.changed and not move.updates for move in others)
    assert code not in {move.item.pk for move in plan.moved_since(CABINET, date(2025, 6, 1), date(2025, 6, 2))}


def test_reading_needs_the_permission():
    with pytest.raises(Refusal):
        plan.counts_by(Officer("x", "union_operator", ("",), ("",)), "ministry", REPORT_DAY)


def test_clusters_have_owners_and_shared_ministries():
    parts = PlanMinistry.objects.filter(item__kind="cluster")
    assert parts.filter(part="owner").count() == 39  # one row of the report names nobody
    assert set(parts.filter(ministry__in=["HSD", "MEFWD"]).values_list("item__cluster", flat=True))
