"""Each button does what it says, writes its event, and says in place why it cannot."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from shohay.stages.accounts.queries import officer_of
from shohay.stages.audit.models import Event, Work
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.grievance.models import Grievance
from shohay.stages.intake import actions as intake
from shohay.stages.intake import queries as intake_queries
from shohay.stages.intake.models import Upload
from shohay.stages.payments.models import Cycle
from shohay.stages.targeting.models import Quota
from tests.factories.world import UNION_HERE, make_person


def last(action: str) -> Event:
    """The newest event, which must be ``action``."""
    event = Event.objects.order_by("-seq").first()
    assert event.action == action
    return event


def test_opening_a_person_leaves_a_trace_and_shows_the_record(opened, world):
    desk = opened("upazila_officer")
    event = last("person.opened")
    assert (event.actor, event.subject_id, event.reason) == ("upazila_officer", str(world.amena.pk), "service")
    page = desk.get(f"/office/people/{world.amena.pk}/").content.decode()
    for shown in (
        "Mst. Amena Begum",
        "Kurigram Sadar",
        "Md. Karim Mia",
        "4 March 1952",
        "Old Age Allowance",
        "G-2026-000001",
        "Record opened",
        "Enrolled",
        "Selected, rank 1",
    ):
        assert shown in page, shown
    assert "account closed" in page.lower()


def test_without_a_purpose_nothing_opens(sit, world):
    desk = sit("upazila_officer")
    before = Event.objects.count()
    answer = desk.post(f"/office/people/{world.amena.pk}/open", {"note": "letter 7"})
    assert answer.status_code == 422
    assert "letter 7" in answer.content.decode()
    assert Event.objects.count() == before


def test_a_record_closes_after_half_an_hour(opened, world):
    desk = opened("upazila_officer")
    page = f"/office/people/{world.amena.pk}/"
    assert "What happened" in desk.get(page).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        assert "Why do you open this record?" in desk.get(page).content.decode()


def test_a_grievance_is_filed_on_a_payment_of_the_open_record(opened, world):
    desk = opened("upazila_officer")
    given = {"category": "payment_missing", "text": "টাকা আসেনি", "payment": str(world.payment.pk)}
    assert desk.post(f"/office/people/{world.amena.pk}/grievance", given).status_code == 302
    row = Grievance.objects.latest("id")
    assert (row.person_id, row.payment_id, row.filed_by) == (world.amena.pk, world.payment.pk, "upazila_officer")
    last("grievance.filed")


def test_nothing_can_be_done_on_a_record_that_is_not_open(sit, world):
    desk = sit("upazila_officer")
    for what in ("grievance", "stop", "reveal"):
        assert desk.post(f"/office/people/{world.amena.pk}/{what}", {}).status_code == 404


def test_revealing_without_a_number_is_refused_in_place(opened, world):
    answer = opened("upazila_officer", "bn").post(
        f"/office/people/{world.amena.pk}/reveal", {"what": "identity", "reason": "হিসাব মেলানো"}
    )
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


def test_a_stop_takes_two_officers(opened, sit, world):
    proposer = opened("upazila_officer")
    given = {"enrolment": str(world.enrolment.pk), "reason": "moved", "on": "০১/১২/২০২৬"}
    assert proposer.post(f"/office/people/{world.amena.pk}/stop", given).status_code == 302
    last("enrolment.stop_proposed")
    again = proposer.post(f"/office/enrolments/{world.enrolment.pk}/stop")
    assert again.status_code == 422
    assert "Another officer must approve" in again.content.decode()
    assert sit("second").post(f"/office/enrolments/{world.enrolment.pk}/stop").status_code == 302
    stopped = Enrolment.objects.get(pk=world.enrolment.pk)
    assert (stopped.state, stopped.valid.upper, stopped.stop_approved_by) == ("stopped", date(2026, 12, 1), "second")
    last("enrolment.stopped")


def test_a_list_is_approved_by_another_officer_and_only_once(sit, world):
    page = f"/office/lists/{world.list.pk}/"
    own = sit("second").post(page + "approve")
    assert own.status_code == 422
    assert "Whoever proposed this cannot approve it" in own.content.decode()
    desk = sit("upazila_officer")
    assert "Approve the list" in desk.get(page).content.decode()
    assert desk.post(page + "approve").status_code == 302
    assert last("list.approved").actor == "upazila_officer"
    world.list.refresh_from_db()
    assert world.list.state == "approved"
    assert desk.post(page + "approve").status_code == 422


def test_sending_a_list_back_needs_a_reason(sit, world):
    desk, page = sit("upazila_officer"), f"/office/lists/{world.list.pk}/"
    assert desk.post(page + "return", {"reason": " "}).status_code == 422
    assert desk.post(page + "return", {"reason": "Rank 2 has died"}).status_code == 302
    assert last("list.returned").reason == "Rank 2 has died"
    assert "Rank 2 has died" in desk.get(page).content.decode()


def test_an_approved_list_is_enrolled_from_a_day(sit, world):
    sit("upazila_officer").post(f"/office/lists/{world.list.pk}/approve")
    Enrolment.objects.filter(pk=world.enrolment.pk).update(state="stopped", valid=("2026-07-01", "2026-08-01"))
    desk = sit("programme_manager")
    wrong = desk.post(f"/office/lists/{world.list.pk}/enrol", {"on": "31/02/2026"})
    assert wrong.status_code == 422
    assert "31/02/2026" in wrong.content.decode()


def test_lists_are_proposed_from_a_run_and_a_refusal_is_shown_in_place(sit, world):
    answer = sit("programme_manager").post(f"/office/runs/{world.run.pk}/lists")
    assert answer.status_code == 422  # every list of the run is there already
    assert 'role="alert"' in answer.content.decode()


def test_a_quota_is_set_in_bangla_digits(sit, world):
    given = {"area": world.list.area_code, "slots": "১,২৫০"}
    answer = sit("programme_manager").post("/office/quotas/set?programme=OAA&year=2026-27", given)
    assert answer.status_code == 302
    assert Quota.objects.get(programme_code="OAA", area_code=world.list.area_code).slots == 1250
    last("quota.set")


def test_a_pair_is_decided_with_a_reason(sit, world):
    desk, page = sit("upazila_officer"), f"/office/duplicates/{world.pair.pk}/"
    missing = desk.post(page + "decide", {"decision": "different"})
    assert missing.status_code == 422
    assert "How do you know?" in missing.content.decode()
    assert desk.post(page + "decide", {"decision": "different", "reason": "Both came"}).status_code == 302
    assert last("pair.decided").reason == "Both came"


def test_a_merge_is_approved_by_another_and_undone(sit, world):
    own = sit("second").post(f"/office/merges/{world.merge.pk}/approve")
    assert own.status_code == 422
    desk = sit("upazila_officer")
    assert desk.post(f"/office/merges/{world.merge.pk}/approve").status_code == 302
    last("merge.approved")
    world.husband.refresh_from_db()
    assert world.husband.duplicate_of_id == world.amena.pk
    assert desk.post(f"/office/merges/{world.merge.pk}/undo?shown=merged", {"reason": ""}).status_code == 422
    assert desk.post(f"/office/merges/{world.merge.pk}/undo", {"reason": "Two brothers"}).status_code == 302
    last("merge.undone")
    world.husband.refresh_from_db()
    assert world.husband.duplicate_of_id is None


def test_a_payroll_is_approved_by_another_officer(sit, world):
    page = f"/office/payrolls/{world.payroll.pk}/"
    desk = sit("payroll_approver")
    assert "Approve the payroll" in desk.get(page).content.decode()
    answer = desk.post(page + "approve")
    assert answer.status_code in (302, 422)
    if answer.status_code == 422:  # the small world's budget or ledger may not allow it; then it says why
        assert 'role="alert"' in answer.content.decode()
    else:
        last("payroll.approved")


def test_whoever_prepared_a_payroll_reads_that_another_must_approve(sit, world):
    world.payroll.prepared_by = "payroll_approver"
    world.payroll.save()
    desk = sit("payroll_approver")
    page = desk.get(f"/office/payrolls/{world.payroll.pk}/").content.decode()
    assert "another officer must approve it" in page
    assert desk.post(f"/office/payrolls/{world.payroll.pk}/approve").status_code == 422


def test_a_cycle_is_opened_and_a_wrong_day_is_kept(sit, world):
    desk = sit("programme_manager")
    wrong = desk.post("/office/cycles/open", {"programme": "OAA", "first": "1 Oct", "months": "3"})
    assert wrong.status_code == 422
    assert 'value="1 Oct"' in wrong.content.decode()
    answer = desk.post("/office/cycles/open", {"programme": "OAA", "first": "০১/১০/২০২৬", "months": "৩"})
    assert answer.status_code == 302, answer.content.decode()
    cycle = Cycle.objects.latest("id")
    assert (cycle.period_start, cycle.period_end) == (date(2026, 10, 1), date(2027, 1, 1))
    last("cycle.opened")


@pytest.mark.parametrize(
    ("role", "address", "job"),
    [
        ("programme_manager", "snapshots/new", "take_snapshot"),
        ("programme_manager", "cycles/{bare_cycle}/prepare", "prepare_payroll"),
        ("finance", "payrolls/{payroll}/send", "send_files"),
        ("finance", "payrolls/{payroll}/answers", "take_answers"),
    ],
)
def test_long_work_is_queued_once_and_its_progress_shown(role, address, job, sit, world):
    desk = sit(role)
    where = "/office/" + address.format(bare_cycle=world.bare_cycle.pk, payroll=world.payroll.pk)
    assert desk.post(where).status_code == 302
    assert desk.post(where).status_code == 302
    work = Work.objects.get(name=job)
    queued = ProcrastinateJob.objects.get(task_name=job)
    assert (queued.args["work_id"], queued.args["username"], queued.args["role"]) == (work.pk, role, role)
    assert queued.queue_name == "work"
    part = desk.get(f"/office/work/{work.pk}", headers={"HX-Request": "true"}).content.decode()
    assert f'id="job-{work.pk}"' in part
    assert "hx-get" in part
    assert "<html" not in part
    assert sit("grievance_officer").get(f"/office/work/{work.pk}").status_code == 403


def test_a_file_is_received_and_its_import_queued(sit, world):
    desk = sit("upazila_officer")
    file = SimpleUploadedFile("new.csv", b"household_reference,union_code\n")
    answer = desk.post("/office/uploads/new", {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    upload = Upload.objects.get(file_name="new.csv")
    assert (upload.uploaded_by, upload.area_code) == ("upazila_officer", world.upload.area_code)
    assert ProcrastinateJob.objects.get(task_name="import_file").args["upload_id"] == str(upload.pk)
    assert "new.csv" in desk.get(answer["Location"]).content.decode()


def test_a_grievance_is_answered_and_appealed(sit, world):
    desk, page = sit("grievance_officer"), f"/office/grievances/{world.grievance.number}/"
    assert "Late by" in desk.get(page).content.decode()
    empty = desk.post(page + "answer", {"outcome": "upheld", "text": ""})
    assert empty.status_code == 422
    assert desk.post(page + "answer", {"outcome": "upheld", "text": "হিসাব ঠিক করা হয়েছে"}).status_code == 302
    last("grievance.answered")
    assert desk.post(page + "appeal", {"text": "এখনো পাইনি"}).status_code == 302
    last("grievance.appealed")
    assert "এখনো পাইনি" in desk.get(page).content.decode()


def test_the_log_is_verified_and_a_changed_event_is_found(sit, world):
    desk = sit("auditor")
    assert "fit together" in desk.post("/office/audit/verify").content.decode()
    with connection.cursor() as cursor:
        cursor.execute("alter table audit_event disable trigger user")
        cursor.execute("update audit_event set reason = 'other' where seq = 1")
    page = desk.post("/office/audit/verify").content.decode()
    assert "The chain breaks at event 1" in page
    assert "an event was changed" in page


def test_the_log_filters_by_officer_and_day(sit, opened, world):
    opened("upazila_officer")
    desk = sit("auditor")
    page = desk.get("/office/audit/?actor=upazila_officer").content.decode()
    assert "The person asked for a service" in page
    assert "পত্র ১২" not in page
    assert "No event fits" in desk.get("/office/audit/?to=01/01/2020").content.decode()


@pytest.mark.parametrize(
    ("role", "page", "most"),
    [
        ("upazila_officer", "", 22), ("upazila_officer", "lists/", 14), ("upazila_officer", "enrolments/", 14),
        ("upazila_officer", "uploads/", 14), ("upazila_officer", "duplicates/", 17), ("upazila_officer", "merges/", 14),
        ("upazila_officer", "grievances/", 14), ("finance", "payrolls/", 14), ("finance", "returns/", 14),
        ("finance", "ledger/", 14), ("auditor", "audit/", 14), ("programme_manager", "quotas/", 17),
    ],
)  # fmt: skip
def test_a_list_page_asks_a_fixed_number_of_questions(role, page, most, sit, world, django_assert_max_num_queries):
    desk = sit(role)
    desk.get(f"/office/{page}")  # names of places and programmes are read once
    with django_assert_max_num_queries(most):
        assert desk.get(f"/office/{page}").status_code == 200


def test_a_longer_list_asks_no_more_questions(sit, world):
    desk = sit("upazila_officer")
    desk.get("/office/enrolments/")
    with CaptureQueriesContext(connection) as few:
        desk.get("/office/enrolments/")
    for number in range(30):
        person = make_person(UNION_HERE, name_bn=f"মোঃ নতুন {number}")
        Enrolment.objects.create(
            person=person, household=person.household, programme_code="WDA", area_code=UNION_HERE,
            valid=DateRange(date(2026, 7, 1), None), definition_sha256="f" * 64, enrolled_at=timezone.now(),
            enrolled_by="system",
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        page = desk.get("/office/enrolments/").content.decode()
    assert page.count("Widow Allowance") >= 30
    assert len(many) == len(few)


def test_pages_of_a_list_follow_by_key(sit, world):
    for number in range(60):
        Grievance.objects.create(
            number=f"G-2026-1{number:05d}", area_code=UNION_HERE, category="other", channel="office", text="…",
            filed_at=timezone.now(), due_on=date(2027, 1, 1),
        )  # fmt: skip
    desk, seen, address = sit("grievance_officer"), [], "/office/grievances/?state=open"
    for _ in range(2):
        page = desk.get(address).content.decode()
        seen += re.findall(r'href="/office/grievances/(G-[\d-]+)/"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = "/office/grievances/" + following[1].replace("&amp;", "&") if following else ""
    assert address == ""
    assert len(seen) == len(set(seen)) == 61  # those of the loop and the one of the small world
    assert "state=open" in desk.get("/office/grievances/?state=open").content.decode()


def test_the_bad_rows_of_a_file_come_back_with_their_reasons(sit, world):
    """Checked as the job checks it, then fetched by the officer in either language."""
    header = ",".join(intake_queries.template_columns())
    upload = intake.receive(
        data=f"{header}\nH-9,99999999,rural\n".encode(), file_name="bad.csv", area_code=world.upload.area_code,
        by=officer_of("upazila_officer"),
    )  # fmt: skip
    intake.check(upload=upload, by=officer_of("upazila_officer"))
    page = sit("upazila_officer").get(f"/office/uploads/{upload.pk}/").content.decode()
    assert "What is wrong, by reason" in page
    for language in ("bn", "en"):
        answer = sit("upazila_officer", language).get(f"/office/uploads/{upload.pk}/errors")
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
        assert b"99999999" in answer.content
    assert sit("elsewhere").get(f"/office/uploads/{upload.pk}/errors").status_code == 404


@pytest.mark.parametrize("version", ["", "1", "999", "x"])
def test_the_rules_of_a_programme_are_told_by_version(version, sit, world):
    page = sit("auditor").get(f"/office/definitions/OAA/?version={version}").content.decode()
    for told in ("Conditions", "Figures by year", "Income ceiling", "Source"):
        assert told in page
    assert sit("auditor").get("/office/definitions/NONE/").status_code == 404
