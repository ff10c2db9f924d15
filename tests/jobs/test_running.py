"""A background step acts for the officer who asked, shows its progress, and never ends in silence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

from shohay.core.messages import Refusal
from shohay.jobs import running
from shohay.jobs.upkeep import clear_files, requeue
from shohay.stages.accounts.models import Assignment, User
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.accounts.rls import enter
from shohay.stages.audit.models import Work

SEEN: list[tuple[str, int]] = []
FAULTS: list[Exception] = []


@running.step("test_step")
def step(*, by: Officer, progress: running.Progress, rows: int) -> dict[str, Any]:
    """Two reports of progress; a fault when one is planned."""
    progress("half", rows // 2, rows)
    work = Work.objects.get(name="test_step")
    SEEN.append((work.step, work.rows_done))
    if FAULTS:
        raise FAULTS.pop(0)
    return {"by": by.username, "rows": rows}


@pytest.fixture(autouse=True)
def nothing_planned() -> None:
    SEEN.clear()
    FAULTS.clear()


def work_off() -> None:
    """Let a worker empty the queue."""
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, queues=["work"])


def assigned(username: str = "karim") -> Officer:
    user = User.objects.create(username=username)
    Assignment.objects.create(user=user, role="programme_manager", valid_from="2020-01-01")
    return Officer(username, "programme_manager", ("",), ("",))


@pytest.mark.usefixtures("committed")
def test_a_step_runs_as_the_officer_and_others_see_its_progress():
    work = running.start("test_step", by=assigned(), rows=10)
    assert work.state == "waiting"
    work_off()
    work.refresh_from_db()
    assert (work.state, work.result, work.error) == ("done", {"by": "karim", "rows": 10}, "")
    assert SEEN == [("half", 5)]  # read over another connection than the one that writes it
    assert work.started_at <= work.finished_at


@pytest.mark.usefixtures("committed")
def test_a_refusal_is_kept_in_both_languages():
    FAULTS.append(Refusal("list_was_returned", reason="ভুল এলাকা"))
    work = running.start("test_step", by=SYSTEM, rows=2)
    work_off()
    work.refresh_from_db()
    assert work.state == "failed"
    assert work.error.startswith("তালিকাটি ফেরত দেওয়া হয়েছে; কারণ: ভুল এলাকা")
    assert "This list was returned, because: ভুল এলাকা" in work.error
    assert work.result["refusal"]["code"] == "list_was_returned"


@pytest.mark.usefixtures("committed")
def test_a_fault_is_shown_and_not_swallowed(caplog: pytest.LogCaptureFixture):
    FAULTS.append(ZeroDivisionError("secret detail"))
    work = running.start("test_step", by=SYSTEM, rows=2)
    work_off()
    work.refresh_from_db()
    assert work.state == "failed"
    assert "ZeroDivisionError" in work.error
    assert "secret detail" not in work.error
    assert "broke" in caplog.text


@pytest.mark.usefixtures("committed")
def test_a_passing_fault_waits_and_is_tried_again():
    FAULTS.append(ConnectionError("line dropped"))
    work = running.start("test_step", by=SYSTEM, rows=2)
    work_off()
    work.refresh_from_db()
    assert (work.state, work.step) == ("waiting", "again")
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set scheduled_at = now() - interval '1 second'")
    work_off()
    work.refresh_from_db()
    assert work.state == "done"


@pytest.mark.usefixtures("committed")
def test_a_fault_that_does_not_pass_ends_after_three_attempts():
    FAULTS.extend(Refusal("bank_down", why="no line") for _ in range(5))
    work = running.start("test_step", by=SYSTEM, rows=2)
    for _ in range(5):
        work_off()
        with connection.cursor() as cursor:
            cursor.execute(
                "update procrastinate_jobs set scheduled_at = now() - interval '1 second' where status = 'todo'"
            )
    work.refresh_from_db()
    assert work.state == "failed"
    assert work.result["refusal"]["code"] == "bank_down"
    assert len(FAULTS) == 2


@pytest.mark.usefixtures("committed")
def test_whoever_lost_the_role_meanwhile_gets_nothing_done():
    work = running.start("test_step", by=Officer("gone", "programme_manager", ("",), ("",)), rows=2)
    work_off()
    work.refresh_from_db()
    assert (work.state, work.result["refusal"]["code"]) == ("failed", "job_no_officer")
    assert SEEN == []


@pytest.mark.usefixtures("committed")
def test_the_same_work_is_not_queued_twice():
    running.start("test_step", by=SYSTEM, subject="7", rows=2)
    with pytest.raises(Refusal) as refused:
        running.start("test_step", by=SYSTEM, subject="7", rows=2)
    assert refused.value.code == "job_waiting"
    running.start("test_step", by=SYSTEM, subject="8", rows=2)
    with pytest.raises(Refusal) as refused:
        running.start("no_such_step", by=SYSTEM)
    assert refused.value.code == "job_unknown"


@pytest.mark.django_db
def test_a_web_request_may_queue_work():
    """The role that row security binds can write the queue and the progress row."""
    enter(Officer("karim", "programme_manager", ("30",), ("OAA",)))
    assert running.start("test_step", by=SYSTEM, rows=2).pk


WORKER = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "shohay.config.settings"
import django; django.setup()
from procrastinate.contrib.django import app
from shohay.jobs import running
@running.step("test_stuck")
def stuck(*, by, progress):
    progress("stuck", 1, 2)
    print("at work", flush=True)
    sys.stdin.read()
with app.replace_connector(app.connector.get_worker_connector()):
    app.run_worker(wait=False, queues=["work"], update_heartbeat_interval=0.2)
"""


@running.step("test_stuck")
def stuck(*, by: Officer, progress: running.Progress) -> dict[str, Any]:
    """What the killed worker was at, this time without getting stuck."""
    return {"whole": True}


@pytest.mark.usefixtures("committed")
def test_a_job_whose_worker_is_killed_completes_with_the_next_one(tmp_path: Path):
    work = running.start("test_stuck", by=SYSTEM)
    found = connection.settings_dict
    address = f"postgresql://{found['USER']}@/{found['NAME']}?host={found['HOST'] or found['OPTIONS']['host']}"
    child = subprocess.Popen(
        [sys.executable, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "DATABASE_URL": address, "SHOHAY_VAR": str(tmp_path)},
    )  # fmt: skip
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "at work\n"
        work.refresh_from_db()
        assert (work.state, work.step) == ("running", "stuck")
    finally:
        child.send_signal(signal.SIGKILL)
        child.communicate()
    with connection.cursor() as cursor:  # the worker has been silent for a minute
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
    with app.replace_connector(app.connector.get_worker_connector()):
        assert async_to_sync(_requeued)() == 1
    work_off()
    work.refresh_from_db()
    assert (work.state, work.result) == ("done", {"whole": True})


async def _requeued() -> int:
    async with app.open_async():
        return await requeue(30)


def test_half_made_files_of_killed_commands_go_after_a_day():
    folder = settings.VAR / "tmp"
    (folder / "old").mkdir(parents=True, exist_ok=True)
    (folder / "young").mkdir(exist_ok=True)
    os.utime(folder / "old", (0, 0))
    clear_files()
    assert not (folder / "old").exists()
    assert (folder / "young").exists()
