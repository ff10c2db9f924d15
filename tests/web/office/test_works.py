"""The page of a job: its unit, its stop, and what it says when no worker runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone, translation

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import advance_work, start_work
from shohay.stages.audit.models import Work
from shohay.web.office import works

ME = Officer("upazila_officer", "upazila_officer", ("",), ("",))
NO_WORKER = "No worker is running"


def waiting(seconds: int, name: str = "import_file") -> Work:
    work = start_work(name=name, by=ME)
    Work.objects.filter(pk=work.pk).update(created_at=timezone.now() - timedelta(seconds=seconds))
    return work


def worker(seconds: int) -> None:
    """A worker whose last sign of life is so long ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => %s))", [seconds]
        )


def page(sit, work: Work, part: bool = True) -> str:
    headers = {"HX-Request": "true"} if part else {}
    return sit("upazila_officer").get(f"/office/work/{work.pk}", headers=headers).content.decode()


def test_work_that_waits_for_nobody_says_so_after_some_seconds(sit, world):
    assert NO_WORKER not in page(sit, waiting(1))
    work = waiting(30)
    for part in (True, False):
        assert NO_WORKER in page(sit, work, part)
    assert "shohay worker" in page(sit, work)


def test_with_a_worker_alive_waiting_work_only_waits(sit, world):
    worker(12)
    assert NO_WORKER not in page(sit, waiting(30))


def test_a_worker_that_was_killed_counts_as_none(sit, world):
    worker(600)
    assert NO_WORKER in page(sit, waiting(30))


def test_work_that_runs_is_not_called_lonely(sit, world):
    work = waiting(30)
    advance_work(work=work, state="running")
    assert NO_WORKER not in page(sit, work)


@pytest.mark.parametrize(
    ("step", "done", "total", "words"),
    [
        ("reading", 2, 4, "step 2 of 4"), ("sealing", 500, 1000, "500 of 1,000 rows"), ("send", 1, 3, "1 of 3 files"),
        ("compute", 0, 12345, "0 of 12,345 people"), ("load_decisions", 512, 1024, "50%"), ("decide", 3, 8, "part 3 of 8"),
        ("reading", 0, 0, ""), ("", 5, 5, ""),
    ],
)  # fmt: skip
def test_progress_is_told_in_the_unit_of_its_step(step, done, total, words):
    with translation.override("en"):
        assert works.amount(Work(name="x", step=step, rows_done=done, rows_total=total)) == words


def test_each_step_that_is_reported_has_words_and_a_unit_that_is_known():
    from shohay.web.office.words import OFFICE_WORDS, UNIT_OF_STEP

    assert set(UNIT_OF_STEP) <= set(OFFICE_WORDS["step"])


def test_whoever_started_work_stops_it_and_goes_on_where_they_were(sit, world):
    work, desk = waiting(1), sit("upazila_officer")
    assert f"/office/work/{work.pk}/cancel" in page(sit, work)
    answer = desk.post(f"/office/work/{work.pk}/cancel", headers={"Referer": "http://testserver/office/uploads/"})
    assert answer["Location"] == "http://testserver/office/uploads/"
    work.refresh_from_db()
    assert work.state == "cancelled"
    assert "Stopped before its end" in page(sit, work)
    again = desk.post(f"/office/work/{work.pk}/cancel")
    assert again.status_code == 422
    assert "has ended already" in again.content.decode()


def test_a_stop_leads_to_no_other_site(sit, world):
    answer = sit("upazila_officer").post(
        f"/office/work/{(work := waiting(1)).pk}/cancel", headers={"Referer": "https://evil.example/"}
    )
    assert answer["Location"] == f"/office/work/{work.pk}"


def test_nobody_else_stops_it_and_the_auditor_only_looks(sit, world):
    work = waiting(1)
    assert sit("auditor").post(f"/office/work/{work.pk}/cancel").status_code == 404
    assert "/cancel" not in sit("auditor").get(f"/office/work/{work.pk}").content.decode()
    assert sit("upazila_officer").get(f"/office/work/{work.pk}/cancel").status_code == 405
