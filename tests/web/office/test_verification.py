"""Pages of verification: start, watch, stop, work through; numbers of a person added and withdrawn."""

from __future__ import annotations

import pytest
from django.utils import timezone

from shohay.bulk import sealing
from shohay.stages.audit.models import Work
from shohay.stages.registry import queries
from shohay.stages.registry.models import Identity
from shohay.stages.registry.models_verification import Finding, Verification, VerificationRun
from tests.factories.world import HERE, THERE

NUMBER = "1234567890"


@pytest.fixture
def numbered(world):
    ring = queries.key_ring()
    return Identity.objects.create(
        person=world.amena, kind="nid10", sealed=sealing.seal(ring, "nid10", sealing.IDENTITY, NUMBER),
        digest=sealing.digest(ring, "nid10", NUMBER),
    )  # fmt: skip


@pytest.fixture
def finding(world, numbered) -> Finding:
    return Finding.objects.create(
        person=world.amena, area_code=world.amena.area_code, source="nid", subject_id=numbered.pk, code="birth_date_differs",
        severity="doubt", said="1957-03-12", found="", found_at=timezone.now(),
    )  # fmt: skip


def test_an_officer_starts_a_verification_watches_it_and_stops_it(sit):
    desk = sit("upazila_officer")
    assert "Election commission" in desk.get("/office/verification/").content.decode()
    answer = desk.post("/office/verification/start", {"party": "nid", "area": HERE})
    run = VerificationRun.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/office/verification/{run.pk}/")
    assert (run.area_code, run.state, Work.objects.get().name) == (HERE, "waiting", "verify")
    page = desk.get(f"/office/verification/{run.pk}/").content.decode()
    assert "Stop asking" in page
    again = desk.post("/office/verification/start", {"party": "nid", "area": HERE})
    assert (again.status_code, "is being asked about this area already" in again.content.decode()) == (422, True)
    assert desk.post(f"/office/verification/{run.pk}/cancel").status_code == 302
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert desk.post(f"/office/verification/{run.pk}/cancel").status_code == 422


def test_another_area_is_neither_offered_nor_taken(sit):
    desk = sit("upazila_officer")
    assert desk.post("/office/verification/start", {"party": "nid", "area": THERE}).status_code == 422
    assert desk.post("/office/verification/start", {"party": "nid", "area": "country"}).status_code == 422
    made = VerificationRun.objects.create(party="nid", area_code=THERE, started_by="x", started_at=timezone.now())
    assert desk.get(f"/office/verification/{made.pk}/").status_code == 404
    assert desk.post(f"/office/verification/{made.pk}/cancel").status_code == 404


def test_a_ministry_may_ask_about_the_whole_country(sit):
    assert (
        sit("programme_manager").post("/office/verification/start", {"party": "nid", "area": "country"}).status_code
        == 302
    )
    assert VerificationRun.objects.get().area_code == ""


def test_a_paused_run_says_when_it_goes_on_and_can_be_taken_up_now(sit, db):
    desk = sit("upazila_officer", "bn")
    run = VerificationRun.objects.create(
        party="nid", area_code=HERE, state="paused", started_by="x", started_at=timezone.now(), resume_at=timezone.now(),
        total=10, answered=4, levels={"exact": 3, "partial": 1},
    )  # fmt: skip
    page = desk.get(f"/office/verification/{run.pk}/").content.decode()
    assert "সংস্থাটি সাড়া দিচ্ছে না" in page
    assert "৭৫.০%" in page
    assert desk.post(f"/office/verification/{run.pk}/go-on").status_code == 302
    assert Work.objects.get().subject == str(run.pk)


def test_a_finding_shows_no_name_before_the_record_is_open_and_is_settled_with_a_note(sit, opened, finding, world):
    desk = sit("upazila_officer")
    for path in ("/office/findings/", f"/office/findings/{finding.pk}/"):
        page = desk.get(path).content.decode()
        assert "The birth date differs" in page
        assert world.amena.name_en not in page
    desk = opened("upazila_officer")
    assert world.amena.name_en in desk.get(f"/office/findings/{finding.pk}/").content.decode()
    assert desk.post(f"/office/findings/{finding.pk}/decide", {"decision": "explained", "note": ""}).status_code == 422
    answer = desk.post(f"/office/findings/{finding.pk}/decide", {"decision": "explained", "note": "card misprinted"})
    assert answer.status_code == 302
    finding.refresh_from_db()
    assert (finding.state, finding.decided_by, finding.note) == ("explained", "upazila_officer", "card misprinted")
    assert "card misprinted" in desk.get(f"/office/findings/{finding.pk}/").content.decode()
    assert sit("elsewhere").get(f"/office/findings/{finding.pk}/").status_code == 404


def test_the_record_says_who_verified_what_and_when(opened, world, numbered, finding):
    Verification.objects.create(
        party="nid", person=world.amena, subject_id=numbered.pk, question="00000000-0000-0000-0000-000000000000",
        asked_at=timezone.now(), valid_until=timezone.now(), level="partial", fields={"name": "close", "birth_date": "differs"},
    )  # fmt: skip
    page = opened("upazila_officer").get(f"/office/people/{world.amena.pk}/").content.decode()
    for words in (
        "Election commission (NID)",
        "Agrees in part",
        "birth date differs",
        "name nearly the same",
        "ran out",
    ):
        assert words in page, words
    assert NUMBER not in page


def test_numbers_are_added_and_withdrawn_on_a_page_of_the_open_record(sit, opened, world, numbered):
    there = f"/office/people/{world.amena.pk}/numbers/"
    assert sit("upazila_officer").get(there).status_code == 302  # the purpose is asked first
    assert sit("upazila_officer").post(f"{there}add", {}).status_code == 404
    desk = opened("upazila_officer")
    assert "•••••••890" in desk.get(there).content.decode()
    wrong = desk.post(f"{there}add", {"kind": "nid17", "number": "123", "evidence": "card"})
    assert (wrong.status_code, "exactly 17 digits" in wrong.content.decode()) == (422, True)
    good = {"kind": "nid17", "number": "১৯৫৭৪৯১৫২১৭০০০১২৩", "evidence": "card seen"}
    assert desk.post(f"{there}add", good).status_code == 302
    assert Identity.objects.get(kind="nid17").person_id == world.amena.pk
    assert desk.post(f"{there}withdraw", {"held": str(numbered.pk), "reason": "misread"}).status_code == 302
    numbered.refresh_from_db()
    assert numbered.withdrawn_at is not None
    assert desk.post(f"{there}withdraw", {"held": str(numbered.pk), "reason": "again"}).status_code == 422
