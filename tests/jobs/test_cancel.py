"""Work is stopped by whoever started it: at once while it waits, at its next report while it runs; nothing half-done."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from shohay.core.messages import Refusal
from shohay.jobs import running
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit import actions
from shohay.stages.audit.models import Event, Work
from shohay.stages.programmes.models import Ministry
from tests.jobs.test_running import work_off

DONE: list[str] = []


def ministry(code: str) -> None:
    Ministry.objects.create(
        code=code, order=1, name_bn=code, name_en=code, programme_count=0, budget_crore=0, beneficiaries_lakh=0
    )


def asked_from_a_screen(name: str) -> None:
    """What cancel_work writes, over a connection of its own: it is there whatever the action's transaction comes to."""
    own = connections.create_connection(DEFAULT_DB_ALIAS)
    with own.cursor() as cursor:
        cursor.execute("update audit_work set cancel_asked_by = 'system' where name = %s", [name])
    own.close()


@running.step("test_cancel")
def step(*, by: Officer, progress: running.Progress) -> dict[str, Any]:
    """One action of two writes with a report between them; somebody at a screen asks to stop before the report."""
    with transaction.atomic():
        ministry("first")
        asked_from_a_screen("test_cancel")
        progress("half", 1, 2)
        ministry("second")
    DONE.append("whole")
    return {}


@running.step("test_stopped_between")
def between(*, by: Officer, progress: running.Progress) -> dict[str, Any]:
    """Two whole actions; somebody asks to stop after the first."""
    ministry("first")
    actions.cancel_work(work=Work.objects.get(name="test_stopped_between"), by=by)
    progress("half", 1, 2)
    ministry("second")
    return {}


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    DONE.clear()


@pytest.mark.usefixtures("committed")
def test_work_that_runs_stops_where_it_reports_and_its_action_leaves_nothing():
    work = running.start("test_cancel", by=SYSTEM)
    work_off()
    work.refresh_from_db()
    assert (work.state, work.step, work.error) == ("cancelled", "", "")
    assert work.finished_at is not None
    assert not Ministry.objects.exists()
    assert DONE == []


@pytest.mark.usefixtures("committed")
def test_an_action_that_had_ended_stays_whole_and_the_next_is_not_begun():
    work = running.start("test_stopped_between", by=SYSTEM)
    work_off()
    work.refresh_from_db()
    assert work.state == "cancelled"
    assert list(Ministry.objects.values_list("code", flat=True)) == ["first"]


@pytest.mark.usefixtures("committed")
def test_work_that_waits_is_stopped_at_once_and_never_runs():
    work = running.start("test_cancel", by=SYSTEM)
    actions.cancel_work(work=work, by=SYSTEM)
    work.refresh_from_db()
    assert (work.state, work.cancel_asked_by) == ("cancelled", "system")
    work_off()
    work.refresh_from_db()
    assert work.state == "cancelled"
    assert work.started_at is None
    assert not Ministry.objects.exists()
    event = Event.objects.get(action="work.cancelled")
    assert (event.actor, event.subject_id, event.detail) == ("system", str(work.pk), {"name": "test_cancel"})


@pytest.mark.usefixtures("committed")
def test_a_killed_worker_s_job_that_was_asked_to_stop_does_not_begin_again():
    work = running.start("test_cancel", by=SYSTEM)
    assert actions.claim_work(work=work)
    actions.cancel_work(work=work, by=SYSTEM)
    work.refresh_from_db()
    assert work.state == "running"  # until whoever has it, or takes it up, sees it
    work_off()
    work.refresh_from_db()
    assert work.state == "cancelled"
    assert not Ministry.objects.exists()


@pytest.mark.django_db
def test_only_whoever_started_it_stops_it_and_only_once():
    work = actions.start_work(name="test_cancel", by=SYSTEM)
    with pytest.raises(Refusal) as refused:
        actions.cancel_work(work=work, by=Officer("other", "auditor", ("",), ("",)))
    assert refused.value.code == "not_allowed"
    actions.cancel_work(work=work, by=SYSTEM)
    with pytest.raises(Refusal) as refused:
        actions.cancel_work(work=work, by=SYSTEM)
    assert refused.value.code == "job_over"
