"""The pages of the action plan: every view opens in both languages; a report goes from focal point to status."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from shohay.stages.accounts.models import Assignment, User
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.coordination import actions_plan as actions
from shohay.stages.coordination.models_plan import PlanDependency, PlanItem, PlanReminder, PlanUpdate
from tests.core.test_file_kinds import PDF_BYTES
from tests.stages.coordination.plan_world import (
    CABINET,
    FOCAL,
    MINE,
    PAPER,
    finished,
    plan_in_database,
    progress,
    yearly,
)

pytestmark = pytest.mark.django_db
ITEM = f"/office/plan/items/{MINE}/"


@pytest.fixture(scope="module")
def plan_loaded(in_small_world, django_db_blocker):
    with plan_in_database(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def people(plan_loaded, db):
    """Focal points beside the officers of the small world; the plan is there once for all tests of this file."""
    for name, role, ministry in (
        ("focal", "focal_point", "MoSW"), ("focal-b", "focal_point", "MoSW"), ("focal2", "focal_point", "MoWCA"),
    ):  # fmt: skip
        user = User.objects.create(username=name)
        Assignment.objects.create(
            user=user, role=role, ministry_code=ministry, valid_from=timezone.localdate().replace(day=1)
        )


def text(answer) -> str:
    return answer.content.decode()


PAGES = [
    "/office/plan/", "/office/plan/?by=theme&on=31/12/2024", "/office/plan/?by=cluster", "/office/plan/?by=state",
    "/office/plan/?by=reported", "/office/plan/items/", "/office/plan/items/?state=overdue&theme=targeting",
    "/office/plan/items/?kind=cluster&cluster=Food+Security+Cluster", "/office/plan/items/?from=২০২৫-০৪-০১&to=30/06/2025",
    "/office/plan/items/?on=nonsense&state=x&kind=y", ITEM, "/office/plan/items/SAC-05-1/", "/office/plan/calendar/",
    "/office/plan/calendar/?ministry=MoSW", "/office/plan/moved/", "/office/plan/moved/?since=01/07/2026",
    "/office/plan/reminders/", "/office/plan/MoSW/", "/office/plan/MoSW/?state=late", "/office/plan/updates/",
    "/office/plan/sheets/",
]  # fmt: skip


@pytest.mark.parametrize(("who", "language"), [("focal", "bn"), ("cabinet", "en")])
def test_every_page_opens(sit, who, language):
    actions.submit_update(item=MINE, ministry="MoSW", saying=finished(), files=[PAPER], by=FOCAL)
    actions.add_dependency(item="2.1-02-01", needs=MINE, by=CABINET)
    actions.remind(on=timezone.localdate(), by=SYSTEM)
    desk = sit(who, language)
    for page in PAGES:
        assert desk.get(page).status_code == 200, page
    assert sit("focal", language).get(f"{ITEM}report").status_code == 200
    assert sit("focal", language).get(f"/office/plan/items/{yearly().pk}/report").status_code == 200


def test_only_who_may():
    assert Client().get("/office/plan/").status_code == 302


def test_strangers_and_unknown_items(sit):
    assert sit("union_operator").get("/office/plan/items/").status_code == 403
    assert sit("cabinet").get("/office/plan/items/9.9/").status_code == 404
    assert sit("focal2").get(f"{ITEM}report").status_code == 403
    assert sit("cabinet").get(f"{ITEM}report").status_code == 403
    assert sit("focal").post("/office/plan/updates/1/verify").status_code == 403
    assert sit("cabinet").post("/office/plan/updates/999/verify").status_code == 404
    assert sit("cabinet").get("/office/plan/nowhere/").status_code == 404


def said(**more) -> dict:
    return {"base": "0", "ministry": "MoSW", "claim": "progress", "percent": "৫০", "text_bn": "অর্ধেক হয়েছে", **more}


def test_a_report_with_evidence_is_verified_and_the_status_changes(sit):
    focal, cabinet = sit("focal"), sit("cabinet")
    file = SimpleUploadedFile("gazette.pdf", PDF_BYTES)
    answer = focal.post(
        f"{ITEM}report", said(claim="completed", done_on="০১/০৭/২০২২", papers=file, papers_title="Gazette")
    )
    assert answer.status_code == 302, text(answer)
    update = PlanUpdate.objects.get()
    assert update.evidence_count == 1
    assert "Gazette" in text(cabinet.get(ITEM))
    assert "Late" in text(cabinet.get(ITEM))
    assert MINE in text(cabinet.get("/office/plan/updates/"))
    assert cabinet.post(f"/office/plan/updates/{update.pk}/verify").status_code == 302
    assert "Completed in time" in text(cabinet.get(ITEM))
    assert "Completed in time" in text(cabinet.get("/office/plan/moved/"))


def test_a_returned_report_says_why_and_is_written_anew(sit):
    update = actions.submit_update(item=MINE, ministry="MoSW", saying=finished(), files=[PAPER], by=FOCAL)
    cabinet, focal = sit("cabinet"), sit("focal")
    assert cabinet.post(f"/office/plan/updates/{update.pk}/return", {"reason": ""}).status_code == 422
    assert cabinet.post(f"/office/plan/updates/{update.pk}/return", {"reason": "Which upazilas?"}).status_code == 302
    assert "Which upazilas?" in text(focal.get("/office/plan/updates/"))
    form = text(focal.get(f"{ITEM}report"))
    assert "Which upazilas?" in form
    assert "শেষ হয়েছে" in form  # what was written before stands in the form
    answer = focal.post(f"{ITEM}report", said(base="1", claim="completed", done_on="1/8/2022", keep_files="on"))
    assert answer.status_code == 302, text(answer)
    assert PlanUpdate.objects.get(version=2).evidence_count == 1


def test_the_second_of_two_writers_keeps_what_they_typed(sit):
    actions.submit_update(item=MINE, ministry="MoSW", saying=progress("the first one's words"), by=FOCAL)
    second = sit("focal-b")
    answer = second.post(f"{ITEM}report", said(text_en="the second one's words"))
    assert answer.status_code == 422
    shown = text(answer)
    assert "nothing is lost" in shown
    assert "the second one&#x27;s words" in shown
    assert "the first one&#x27;s words" in shown
    assert 'name="base" value="1"' in shown
    assert second.post(f"{ITEM}report", said(base="1", text_en="the second one's words")).status_code == 302
    assert PlanUpdate.objects.filter(state="submitted").get().version == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"percent": ""}, "Give the progress"), ({"claim": ""}, "There is a problem"), ({"text_bn": ""}, "Say what was done"),
        ({"claim": "completed"}, "Give the day"), ({"percent": "many"}, "There is a problem"),
        ({"papers": SimpleUploadedFile("a.exe", b"MZ\x00")}, "cannot stand as evidence"),
    ],
)  # fmt: skip
def test_a_report_that_says_too_little(sit, more, words):
    answer = sit("focal").post(f"{ITEM}report", said(**more))
    assert answer.status_code == 422
    assert words in text(answer)
    assert PlanUpdate.objects.count() == 0


def test_what_recurs_asks_for_its_period(sit):
    item = yearly()
    page = f"/office/plan/items/{item.pk}/report"
    assert "2022-23" in text(sit("focal").get(page))
    answer = sit("focal").post(page, said(obligation="2", claim="completed", done_on="30/06/2023"))
    assert answer.status_code == 302
    assert PlanUpdate.objects.get().obligation.name == "2022-23"


def test_dependencies_on_the_page(sit):
    cabinet = sit("cabinet")
    page = "/office/plan/items/2.1-02-01/"
    assert cabinet.post(f"{page}depends", {"needs": MINE, "reason": "first the manual"}).status_code == 302
    assert "Something that has to come first is late" in text(cabinet.get(page))
    assert cabinet.post(f"{ITEM}depends", {"needs": "2.1-02-01"}).status_code == 422
    row = PlanDependency.objects.get()
    assert cabinet.post(f"{page}depends/{row.pk}/remove").status_code == 302
    assert cabinet.post(f"{page}depends/{row.pk}/remove").status_code == 422


def test_reminders_and_the_desk(sit):
    assert sit("cabinet").post("/office/plan/reminders/now").status_code == 302
    assert PlanReminder.objects.exists()
    assert "never" in text(sit("cabinet").get("/office/plan/reminders/"))
    desk = text(sit("focal").get("/office/"))
    assert "Items to report on" in desk
    actions.submit_update(item=MINE, ministry="MoSW", saying=progress(), by=FOCAL)
    assert "Updates of the plan to verify" in text(sit("cabinet").get("/office/"))


@pytest.mark.parametrize("name", ["", "items/?state=late", "moved/", "reminders/", "MoSW/", "updates/"])
def test_lists_as_files(sit, name):
    actions.remind(on=timezone.localdate(), by=SYSTEM)
    actions.submit_update(item=MINE, ministry="MoSW", saying=progress(), by=FOCAL)
    joined = "&" if "?" in name else "?"
    answer = sit("cabinet").get(f"/office/plan/{name}{joined}as=csv")
    assert answer.status_code == 200
    assert len(answer.content.decode("utf-8-sig").splitlines()) > 1


def test_a_sheet_on_the_screen(sit):
    focal = sit("focal")
    assert focal.get("/office/plan/template/MoSW").content.startswith(b"PK")
    assert focal.get("/office/plan/template/MoWCA").status_code == 404
    sheet = f"Item no.,State,Progress (%),What was done\n{MINE},চলমান,৬০,half\n9.9,,5,x\n".encode()
    answer = focal.post("/office/plan/sheets/", {"ministry": "MoSW", "file": SimpleUploadedFile("s.csv", sheet)})
    assert answer.status_code == 302, text(answer)
    page = answer["Location"]
    assert "no item of this number" in text(focal.get(page))
    assert "no item of this number" in focal.get(f"{page}?as=csv").content.decode("utf-8-sig")
    assert "এই নম্বরের কোনো কাজ" in text(sit("focal", "bn").get(page))
    assert sit("focal2").get(page).status_code == 404
    assert focal.post(f"{page}take").status_code == 302
    assert focal.post(f"{page}take").status_code == 422
    assert PlanUpdate.objects.get().percent == 60
    answer = focal.post(
        "/office/plan/sheets/", {"ministry": "MoSW", "file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")}
    )
    assert answer.status_code == 422


def test_items_need_few_queries(sit, django_assert_max_num_queries):
    desk = sit("cabinet")
    desk.get("/office/plan/items/")
    with django_assert_max_num_queries(30):
        desk.get("/office/plan/items/?kind=all")
    assert PlanItem.objects.count() == 735
