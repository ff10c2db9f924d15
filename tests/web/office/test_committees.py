"""The pages of committees: a secretary calls, holds and minutes a meeting; a focal point follows up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from shohay.stages.accounts.models import Assignment
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit.queries import evidence_of
from shohay.stages.coordination.actions_committees import load_committees
from shohay.stages.coordination.models_committees import CommitteeMember, Decision, Meeting
from shohay.stages.coordination.models_performance import PerformanceItem, Training
from tests.factories.world import HERE, make_officer

CLUSTER = "/office/committees/CL-ALLOW/"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("paper.pdf", PDF, content_type="application/pdf")


def said(answer: Any, status: int = 200) -> str:
    text: str = answer.content.decode()
    assert answer.status_code == status, text
    return text


@pytest.fixture
def loaded(world):
    load_committees(counted_from=timezone.localdate() - timedelta(days=300), by=SYSTEM)
    Assignment.objects.filter(user__username="focal_point").update(ministry_code="MoSW")
    make_officer("second_secretary", "secretary")
    make_officer("local_secretary", "secretary", HERE)
    return world


@pytest.fixture
def meeting(sit, loaded) -> Meeting:
    """Called for yesterday, afterwards."""
    on = timezone.localdate() - timedelta(days=1)
    given = {"meets_on": f"{on:%d/%m/%Y}", "agenda": "Minutes\nMIS", "short_reason": "afterwards", "begins_at": "১০:৩০"}
    assert sit("secretary").post(f"{CLUSTER}call/", given).status_code == 302
    return Meeting.objects.get(committee="CL-ALLOW")


@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_list_its_filters_and_its_pages(sit, loaded, language, django_assert_max_num_queries):
    desk = sit("secretary", language)
    with django_assert_max_num_queries(25):
        page = said(desk.get("/office/committees/"))
    assert {"bn": "কুড়িগ্রাম সদর উপজেলা", "en": "Kurigram Sadar Upazila"}[language] in page
    assert "CL-FOOD" not in said(desk.get("/office/committees/?kind=upazila"))
    assert "UPZ-504130" in said(desk.get("/office/committees/?q=Khoksa&standing=due&place=50"))
    assert said(desk.get("/office/committees/?standing=%27&place=x&kind=none"))
    for address in ("committees/?q=%00", "committees/%00/", "evaluations/?ministry=%00"):
        assert desk.get(f"/office/{address}").status_code == 400
    for address in ("committees/", "meetings/", "committees/districts/", "decisions/", "performance/", "trainings/"):
        assert desk.get(f"/office/{address}?as=csv")["Content-Type"].startswith("text/csv")
        assert desk.get(f"/office/{address}?as=xlsx").status_code == 200


def test_an_officer_of_an_upazila_meets_no_other_committee(sit, loaded, meeting):
    desk = sit("local_secretary")
    page = said(desk.get("/office/committees/"))
    assert "UPZ-554952" in page
    assert "UPZ-504130" not in page
    assert "CMC" not in page
    for address in (CLUSTER, "/office/committees/UPZ-504130/", f"/office/meetings/{meeting.pk}/"):
        assert desk.get(address).status_code == 404
    assert desk.get("/office/committees/UPZ-554952/call/").status_code == 200
    assert desk.post("/office/committees/CMC/call/", {}).status_code == 404
    assert sit("auditor").get(f"{CLUSTER}call/").status_code == 403
    assert Meeting.objects.count() == 1


def test_what_is_wrong_with_a_call_is_said_and_what_was_typed_stays(sit, loaded):
    desk = sit("secretary")
    page = said(desk.post(f"{CLUSTER}call/", {"meets_on": "July, 1905", "agenda": "Only this"}), 422)
    assert "Only this" in page
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = said(desk.post(f"{CLUSTER}call/", {"meets_on": f"{tomorrow:%Y-%m-%d}", "agenda": "x"}), 422)
    assert "Say why the notice is shorter" in page
    assert Meeting.objects.count() == 0


def test_a_meeting_from_the_notice_to_a_closed_decision(sit, loaded, meeting):
    secretary, second, focal = sit("secretary"), sit("second_secretary"), sit("focal_point")
    at = f"/office/meetings/{meeting.pk}/"
    assert "10:30" in said(secretary.get(f"{at}notice/"))
    assert secretary.post(f"{at}paper", {"title": "Paper on MIS", "paper": pdf()}).status_code == 302
    (file,) = evidence_of("meeting", meeting.pk)
    assert focal.get(f"/office/evidence/{file.pk}/").status_code == 200
    assert sit("local_secretary").get(f"/office/evidence/{file.pk}/").status_code == 404
    assert secretary.post(f"{at}agenda", {"agenda": "Minutes\nGrievances"}).status_code == 302
    roll = CommitteeMember.objects.filter(committee="CL-ALLOW")
    few = secretary.post(f"{at}attend", {"present": [roll[0].pk]})
    assert few.status_code == 302
    assert "No quorum" in said(secretary.get(at))
    came = {"present": [one.pk for one in roll[:4]], f"deputy-{roll[5].pk}": "Deputy Secretary", "deputy-x": "y"}
    assert secretary.post(f"{at}attend", came).status_code == 302
    decided = {
        "text": "Publish the lists",
        "ministry": "MoSW",
        "due_on": f"{timezone.localdate():%d-%m-%Y}",
        "items": "",
    }
    assert secretary.post(f"{at}decide", {**decided, "items": "9.9-99-99"}).status_code == 422
    assert secretary.post(f"{at}decide", decided).status_code == 302
    assert secretary.post(f"{at}decide", {**decided, "text": "Wrong"}).status_code == 302
    wrong = Decision.objects.get(text="Wrong")
    assert secretary.post(f"{at}decisions/{wrong.pk}/drop").status_code == 302
    assert secretary.post(f"{at}minutes", {"minutes": "Item by item"}).status_code == 302
    assert "another officer must" in said(secretary.post(f"{at}confirm"), 422).lower()
    assert "Confirm the minutes" in said(second.get(at))
    assert "Minutes to confirm" in said(second.get("/office/"))
    assert f"/office/meetings/{meeting.pk}/" in said(second.get("/office/meetings/?show=draft&level=national&q=Social"))
    assert f"/office/meetings/{meeting.pk}/" not in said(sit("local_secretary").get("/office/meetings/?show=all"))
    assert second.post(f"{at}confirm").status_code == 302
    page = said(second.get(at))
    assert "Minutes confirmed" in page
    assert "Paper on MIS" in page
    decision = Decision.objects.get()
    own = f"/office/decisions/{decision.pk}/"
    assert "Publish the lists" in said(focal.get("/office/decisions/"))
    assert focal.post(f"{own}follow", {"note": "Letter sent", "done": "no"}).status_code == 302
    assert "No evidence is attached" in said(focal.post(f"{own}follow", {"note": "Done", "done": "yes"}), 422)
    sent = {"note": "Done", "done": "yes", "title": "Order", "paper": pdf()}
    assert focal.post(f"{own}follow", sent).status_code == 302
    assert focal.post(f"{own}check", {"note": "x", "answer": "close"}).status_code == 403
    assert second.post(f"{own}check", {"note": "Not signed", "answer": "return"}).status_code == 302
    assert focal.post(f"{own}follow", {"note": "Signed", "done": "yes"}).status_code == 302
    assert secretary.post(f"{own}check", {"note": "Seen", "answer": "close"}).status_code == 302
    page = said(focal.get(own))
    assert "Checked and closed" in page
    assert "Letter sent" in page
    assert secretary.post(f"{own}withdraw", {"reason": "x"}).status_code == 422
    assert sit("secretary").get("/office/decisions/999/").status_code == 404


def test_moved_called_off_and_members(sit, loaded, meeting):
    desk, at = sit("secretary"), f"/office/meetings/{meeting.pk}/"
    later = f"{timezone.localdate() + timedelta(days=9):%d/%m/%Y}"
    assert desk.post(f"{at}move", {"meets_on": later, "reason": "Flood"}).status_code == 302
    assert "Attendance cannot be recorded" in said(desk.post(f"{at}attend", {"present": []}), 422)
    assert desk.post(f"{at}cancel", {"reason": "Flood"}).status_code == 302
    assert desk.post(f"{at}cancel", {"reason": "Again"}).status_code == 422
    today = f"{timezone.localdate():%d/%m/%Y}"
    seat = {"seat": "secretary", "office_bn": "যুগ্মসচিব", "office_en": "Joint Secretary", "valid_from": today}
    assert desk.post(f"{CLUSTER}seat", seat).status_code == 302
    assert "holds this seat" in said(desk.post(f"{CLUSTER}seat", {**seat, "office_bn": "অন্য"}), 422)
    member = CommitteeMember.objects.get(office_en="Joint Secretary")
    assert desk.post(f"{CLUSTER}seat/{member.pk}/end", {"on": ""}).status_code == 422
    assert desk.post(f"{CLUSTER}seat/{member.pk}/end", {"on": later}).status_code == 302
    assert desk.post(f"/office/committees/CMC/seat/{member.pk}/end", {"on": later}).status_code == 404
    assert "Joint Secretary" in said(desk.get(CLUSTER))


def test_a_list_of_meetings_held(sit, loaded):
    desk, address = sit("secretary"), "/office/committees/meetings-held/"
    day = timezone.localdate() - timedelta(days=20)
    bangla = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
    lines = [
        "\ufeffcommittee,held_on,present,place,note", f"UPZ-554952,{day},9,Hall,x",
        f"UPZ-504130,{f'{day:%d/%m/%Y}'.translate(bangla)},১১,,", f"UPZ-554952,{day},9,twice,",
        f"UPZ-999999,{day},9,,", "DIS-5549,31/02/2026,4,,", "DIS-5549,N/A,4,,", "DIS-5549,45234,4,,",
        f"DIS-5549,{day + timedelta(days=60)},4,,", f"DIV-55,{day},many,,", f"DIV-50,{day},,",
    ]  # fmt: skip
    file = SimpleUploadedFile("held.csv", "\n".join(lines).encode())
    page = said(desk.post(address, {"paper": file}))
    assert "3 meetings taken in; 0 were known already; 7 lines are wrong." in page
    assert page.count("The day cannot be read") == 3
    assert set(Meeting.objects.values_list("committee_id", "listed", "state", "present")) == {
        ("UPZ-554952", True, "held", 9), ("UPZ-504130", True, "held", 11), ("DIV-50", True, "held", None),
    }  # fmt: skip
    file.seek(0)
    assert "0 meetings taken in; 3 were known already" in said(desk.post(address, {"paper": file}))
    mine = SimpleUploadedFile("held.csv", f"committee,held_on\nUPZ-504130,{day - timedelta(days=1)}\n".encode())
    assert "No committee of yours" in said(sit("local_secretary").post(address, {"paper": mine}))
    for data in (b"", b"a,b\n1,2\n", b"\xff\xfe\x00\x01", b"committee\nCMC\n"):
        broken = SimpleUploadedFile("held.csv", data)
        assert desk.post(address, {"paper": broken}).status_code == 422
    assert desk.get(f"{address}?as=csv").content.decode("utf-8-sig").startswith("committee,held_on")


def test_performance_agreements(sit, loaded):
    cabinet, focal = sit("cabinet"), sit("focal_point")
    given = {
        "ministry": "MoSW", "fiscal_year": "2026-27", "title": "Linked MIS", "unit": "%", "direction": "up",
        "target": "১০০", "weight": "40",
    }  # fmt: skip
    assert cabinet.post("/office/performance/set", given).status_code == 302
    assert "at most 100" in said(cabinet.post("/office/performance/set", {**given, "weight": "61"}), 422)
    row = PerformanceItem.objects.get()
    own = f"/office/performance/{row.pk}/"
    assert focal.post(f"{own}report", {"achieved": "৭৫.৫", "note": "MIS report", "paper": pdf()}).status_code == 302
    assert "Reported, to be verified" in said(cabinet.get("/office/performance/"))
    assert focal.post(f"{own}verify").status_code == 403
    assert cabinet.post(f"{own}verify").status_code == 302
    page = said(focal.get(own))
    assert "75.5" in page
    assert "30.2" in page
    assert focal.post(f"{own}report", {"achieved": "1"}).status_code == 422
    assert "30.2" in said(cabinet.get("/office/performance/?year=2026-27&ministry=MoSW&state=verified"))


def test_trainings(sit, loaded):
    desk, day = sit("secretary"), f"{timezone.localdate() - timedelta(days=2):%d/%m/%Y}"
    given = {
        "audience": "upazila", "topic": "grievance", "title": "GRS", "first_day": day, "last_day": day, "women": "১২",
        "men": "8", "districts": ["5549"],
    }  # fmt: skip
    assert desk.post("/office/trainings/record", {**given, "paper": pdf()}).status_code == 302
    page = said(desk.get("/office/trainings/"))
    assert "12 women, 8 men" in page
    assert "1 / 10" in page
    assert "Choose at least one" in said(desk.post("/office/trainings/record", {**given, "districts": []}), 422)
    assert desk.post("/office/trainings/record", {**given, "women": "-1"}).status_code == 422
    assert Training.objects.count() == 1
    assert "GRS" not in said(desk.get("/office/trainings/?district=5041&topic=x&audience=y&year=1905"))
