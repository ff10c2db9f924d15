"""The quota of a year, the search for duplicates, a death, the end of a grievance, work that is started."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from shohay.bulk import sealing
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.accounts.queries import officer_of
from shohay.stages.audit.models import Event, Work
from shohay.stages.grievance import actions as grievances
from shohay.stages.linkage.models import LinkageRun
from shohay.stages.payments import actions as payments
from shohay.stages.payments.models import Cycle, Payment
from shohay.stages.places.models import Area, AreaFact
from shohay.stages.registry import queries as registry
from shohay.stages.registry.models import Account, Person, Snapshot
from shohay.stages.targeting.models import Quota
from tests.factories.world import HERE, THERE


def last(action: str) -> Event:
    """The newest event, which must be ``action``."""
    event = Event.objects.order_by("-seq").first()
    assert event.action == action
    return event


def queued(name: str) -> tuple[Work, dict]:
    """The one row of progress of a step and what the worker will be told."""
    return Work.objects.get(name=name), ProcrastinateJob.objects.get(task_name=name).args


# ------------------------------------------------------------------------------------------------ quotas


def slots() -> dict[str, int]:
    return dict(Quota.objects.filter(programme_code="OAA", fiscal_year="2026-27").values_list("area_code", "slots"))


def poverty() -> None:
    """Four people here, one there; here twice as poor: eight parts to one."""
    for code, rate in (("5549", 0.5), ("5041", 0.25)):
        AreaFact.objects.create(area_id=code, name="poverty_rate", value=rate, year=2022, source="test")


def test_the_shares_are_shown_before_they_are_set(sit, world):
    poverty()
    desk, before = sit("programme_manager"), slots()
    page = desk.get("/office/quotas/allocation?programme=OAA&year=2026-27&total=৯০").content.decode()
    for told in ("Set 90 places in 2 areas", "Kurigram Sadar", "Khoksa", "50.0%", "25.0%", 'name="total" value="90"'):
        assert told in page, told
    assert slots() == before == {HERE: 1, THERE: 4}


def test_the_national_number_is_shared_and_the_shares_sum_to_it(sit, world):
    poverty()
    desk = sit("programme_manager")
    answer = desk.post("/office/quotas/allocate", {"programme": "OAA", "year": "2026-27", "total": "91"})
    assert answer.status_code == 302, answer.content.decode()
    assert slots() == {HERE: 81, THERE: 10}
    assert last("quota.set").detail == {"areas": 2, "slots": 91}
    assert "91 places, shared among the areas" in desk.get(answer["Location"]).content.decode()


def test_an_area_where_nobody_lives_keeps_no_place_beside_the_shares(sit, world):
    empty = Area.objects.create(
        code="554977", level="upazila", name_bn="রাজারহাট", name_en="Rajarhat", parent_id="5549", vintage="test",
        path="55.5549.554977",
    )  # fmt: skip
    Quota.objects.create(programme_code="OAA", fiscal_year="2026-27", area_code=empty.code, slots=7, set_by="x")
    sit("programme_manager").post("/office/quotas/allocate", {"programme": "OAA", "year": "2026-27", "total": "50"})
    assert sum(slots().values()) == 50
    assert slots()[empty.code] == 0


def test_without_a_total_the_published_number_is_scaled(sit, world):
    Area.objects.filter(level="division").update(population=50_000)  # 10 lakh places for a lakh of people: ten each
    sit("programme_manager").post("/office/quotas/allocate", {"programme": "OAA", "year": "2026-27", "total": ""})
    assert sum(slots().values()) == 5 * 5  # five lakh beneficiaries, five people in the registry


def test_without_a_published_number_it_is_refused_in_place_and_nothing_is_set(sit, world):
    answer = sit("programme_manager").post("/office/quotas/allocate", {"programme": "OAA", "year": "2026-27"})
    assert answer.status_code == 422  # no division has a population
    assert 'role="alert"' in answer.content.decode()
    assert slots() == {HERE: 1, THERE: 4}


@pytest.mark.parametrize(
    "given",
    [
        {"programme": "OAA", "year": "2026-27", "total": "999999999999"},
        {"programme": "OAA", "year": "2026-27", "total": "-1"},
        {"programme": "NONE", "year": "2026-27", "total": "5"},
        {"programme": "OAA", "year": "1999", "total": "5"},
    ],
)
def test_what_cannot_be_allocated_is_said_at_its_field(given, sit, world):
    answer = sit("programme_manager").post("/office/quotas/allocate", given)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


def test_only_who_sets_quotas_is_offered_to_allocate(sit, world):
    assert "Allocate the national number" in sit("programme_manager").get("/office/quotas/").content.decode()
    assert "Allocate the national number" not in sit("upazila_officer").get("/office/quotas/").content.decode()


# ------------------------------------------------------------------------------------------------ duplicates


@pytest.mark.parametrize("page", ["duplicates", "snapshots"])
def test_a_search_for_duplicates_reads_the_newest_snapshot(page, sit, world):
    newest = Snapshot.objects.create(
        sha256="7" * 64, path="snapshots/7", as_of=date(2026, 10, 1), counts={"households": 4, "persons": 9},
        taken_by="system",
    )  # fmt: skip
    desk = sit("programme_manager")
    assert "Compare the 9 people of the snapshot of" in desk.get(f"/office/{page}/").content.decode()
    answer = desk.post("/office/duplicates/search", {"from": page})
    assert answer["Location"] == f"/office/{page}/"
    work, told = queued("find_duplicates")
    assert told == {
        "work_id": work.pk, "username": "programme_manager", "role": "programme_manager", "snapshot_id": newest.pk
    }  # fmt: skip
    shown = desk.get(answer["Location"]).content.decode()
    assert f'id="job-{work.pk}"' in shown
    assert "Start the search" not in shown  # while it goes on


def test_without_a_snapshot_there_is_nothing_to_search(sit, world, monkeypatch):
    monkeypatch.setattr(registry, "snapshots", Snapshot.objects.none)
    answer = sit("programme_manager").post("/office/duplicates/search")
    assert answer.status_code == 422
    assert "Take a snapshot first" in answer.content.decode()
    assert not Work.objects.exists()


def test_the_last_search_is_told_and_names_stay_with_those_who_decide(sit, world):
    LinkageRun.objects.update(finished_at=timezone.now(), counts={"new_pairs": 3, "merged": 2})
    manager = sit("programme_manager").get("/office/duplicates/").content.decode()
    decider = sit("upazila_officer").get("/office/duplicates/").content.decode()
    for page in (manager, decider):
        assert "New pairs: 3; merged at once: 2" in page
    assert "Md. Abdur Rahim" in decider
    assert "Abdur Rahim" not in manager
    assert "A••• R•••" in manager
    assert "Start the search" not in decider


# ------------------------------------------------------------------------------------------------ a death


def account_of(person: Person) -> None:
    ring = registry.key_ring()
    number = f"017{person.pk:08d}"
    Account.objects.create(
        person=person, kind="mfs", provider="bkash", valid_from=date(2026, 1, 1),
        sealed=sealing.seal(ring, "mfs", sealing.ACCOUNT, number), digest=sealing.digest(ring, "mfs", number),
    )  # fmt: skip


def died(**rest: str) -> dict[str, str]:
    return {"died_on": "০১/০৯/২০২৬", "evidence": "certificate", "particulars": "2026/114", **rest}


def test_a_death_is_recorded_with_what_shows_it_and_a_stop_is_offered(opened, world):
    desk, page = opened("upazila_officer"), f"/office/people/{world.amena.pk}/"
    assert desk.post(page + "death", died()).status_code == 302
    world.amena.refresh_from_db()
    assert world.amena.death_date == date(2026, 9, 1)
    event = last("person.death_recorded")
    assert (event.actor, event.reason) == ("upazila_officer", "certificate: 2026/114")
    shown = desk.get(page).content.decode()
    for told in (
        "Death recorded: 1 September 2026",
        "Death certificate: 2026/114",
        "A benefit still runs",
        'href="#stop"',
    ):
        assert told in shown, told
    assert '<option value="death" selected>' in shown


def test_no_two_controls_of_the_record_share_a_name_for_their_labels(opened, world):
    found = re.findall(
        r' id="([^"]+)"', opened("upazila_officer").get(f"/office/people/{world.amena.pk}/").content.decode()
    )
    assert sorted(found) == sorted(set(found))


def test_the_next_payroll_holds_the_dead_back_and_pays_the_living(opened, world):
    enrolled = [world.enrolment, world.enrolment_there]
    for enrolment in enrolled:
        account_of(enrolment.person)
    opened("upazila_officer").post(f"/office/people/{world.amena.pk}/death", died())
    cycle = Cycle.objects.create(
        programme_code="OAA", period_start=date(2026, 10, 1), period_end=date(2027, 1, 1), fiscal_year="2026-27",
        opened_by="programme_manager", opened_at=timezone.now(),
    )  # fmt: skip
    payroll = payments.prepare_payroll(cycle=cycle, by=officer_of("programme_manager"))
    assert (payroll.lines, payroll.held_back) == (1, {"dead": 1})
    assert [row.person_id for row in Payment.objects.filter(payroll=payroll)] == [world.other.pk]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (died(died_on="01/01/1900"), "The date of death cannot be before birth"),
        (died(died_on="01/01/2099"), "The date of death cannot be before birth"),
        (died(died_on="31/02/2026"), "There is a problem"),
        (died(particulars="  "), "There is a problem"),
        (died(evidence="hearsay"), "There is a problem"),
    ],
)
def test_a_death_that_cannot_be_is_refused_in_place(given, told, opened, world):
    answer = opened("upazila_officer").post(f"/office/people/{world.amena.pk}/death", given)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    world.amena.refresh_from_db()
    assert world.amena.death_date is None


def test_a_death_is_not_recorded_on_a_closed_record(sit, world):
    assert sit("upazila_officer").post(f"/office/people/{world.amena.pk}/death", died()).status_code == 404


# ------------------------------------------------------------------------------------------------ grievances


def answered(world) -> str:
    grievances.answer(grievance=world.grievance, outcome="upheld", text="ঠিক করা হয়েছে", by=officer_of("second"))
    return f"/office/grievances/{world.grievance.number}/"


def test_an_answered_grievance_is_closed_once(sit, world):
    desk, page = sit("grievance_officer"), answered(world)
    assert "Close the grievance" in desk.get(page).content.decode()
    assert desk.post(page + "close").status_code == 302
    assert last("grievance.closed").actor == "grievance_officer"
    world.grievance.refresh_from_db()
    assert (world.grievance.state, world.grievance.closed_by) == ("closed", "grievance_officer")
    shown = desk.get(page).content.decode()
    assert "Closed by Officer grievance_officer" in shown
    assert "Close the grievance" not in shown
    assert desk.post(page + "close").status_code == 422


def test_a_grievance_without_an_answer_is_not_closed(sit, world):
    desk, page = sit("grievance_officer"), f"/office/grievances/{world.grievance.number}/"
    assert "Close the grievance" not in desk.get(page).content.decode()
    answer = desk.post(page + "close")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


@pytest.fixture
def called(world):
    """A complaint of somebody who left a number; its page."""
    row = grievances.file(
        category="conduct", text="টাকা চেয়েছে", channel="online", contact="01711112222", area_code=HERE, by=SYSTEM
    )
    return f"/office/grievances/{row.number}/"


def test_the_contact_is_shown_for_a_reason_and_counted(sit, called):
    desk = sit("grievance_officer")
    assert "01711112222" not in desk.get(called).content.decode()
    shown = desk.post(called + "contact", {"contact_reason": "To hear both sides"})
    assert shown.status_code == 200
    assert "01711112222" in shown.content.decode()
    event = last("grievance.contact_revealed")
    assert (event.actor, event.reason, event.detail["of_today"]) == ("grievance_officer", "To hear both sides", "1")
    assert "01711112222" not in str(event.detail)
    desk.post(called + "contact", {"contact_reason": "No answer the first time"})
    later = desk.get(called).content.decode()
    assert "01711112222" not in later
    assert "Contact shown 2 times" in later
    assert "To hear both sides" in later


def test_without_a_reason_no_contact(sit, called):
    answer = sit("grievance_officer").post(called + "contact", {"contact_reason": " "})
    assert answer.status_code == 422
    assert "01711112222" not in answer.content.decode()
    assert not Event.objects.filter(action="grievance.contact_revealed").exists()


def test_too_many_contacts_in_a_day_are_refused(sit, called, monkeypatch):
    monkeypatch.setattr(grievances, "REVEALS_A_DAY", 1)
    desk, given = sit("grievance_officer"), {"contact_reason": "To call"}
    assert desk.post(called + "contact", given).status_code == 200
    answer = desk.post(called + "contact", given)
    assert answer.status_code == 422
    assert "01711112222" not in answer.content.decode()


def test_who_may_not_answer_is_shown_no_way_to_the_contact(sit, called, world):
    assert "Show the person" not in sit("auditor").get(called).content.decode()
    page = f"/office/grievances/{world.grievance.number}/"
    assert "The person left no contact" in sit("grievance_officer").get(page).content.decode()
    assert sit("grievance_officer").post(page + "contact", {"contact_reason": "x"}).status_code == 404


# ------------------------------------------------------------------------------------------------ long work


def test_a_run_is_started_over_a_snapshot_for_a_day(sit, world):
    desk = sit("programme_manager")
    wrong = desk.post("/office/runs/start", {"snapshot": str(world.snapshot.pk), "on": "31/02/2026"})
    assert wrong.status_code == 422
    assert not Work.objects.exists()
    given = {"snapshot": str(world.snapshot.pk), "on": "২১/১১/২০২৬"}
    assert desk.post("/office/runs/start", given).status_code == 302
    work, told = queued("determine")
    assert told == {
        "work_id": work.pk, "username": "programme_manager", "role": "programme_manager",
        "snapshot_id": world.snapshot.pk, "on": "2026-11-21",
    }  # fmt: skip
    assert (work.started_by, work.state) == ("programme_manager", "waiting")
    assert f'id="job-{work.pk}"' in desk.get("/office/runs/").content.decode()


def test_a_file_is_imported_once_more(sit, world):
    world.upload.state = "received"
    world.upload.save()
    desk, page = sit("upazila_officer"), f"/office/uploads/{world.upload.pk}/"
    assert "Check and take in" in desk.get(page).content.decode()
    assert desk.post(page + "import").status_code == 302
    work, told = queued("import_file")
    assert (work.subject, work.started_by) == (str(world.upload.pk), "upazila_officer")
    assert told == {
        "work_id": work.pk, "username": "upazila_officer", "role": "upazila_officer", "upload_id": str(world.upload.pk)
    }  # fmt: skip
    shown = desk.get(page).content.decode()
    assert f'id="job-{work.pk}"' in shown
    assert "Check and take in" not in shown
