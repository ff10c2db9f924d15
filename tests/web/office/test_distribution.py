"""Goods on screen: lists, approval, taking the list, recording by file and one by one, closing."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shohay.stages.audit.models import Work
from shohay.stages.payments.models import Cycle
from shohay.stages.payments.models_kind import Distribution, HandoverFile, Ration
from tests.factories.world import publish_definition
from tests.web.office.test_actions import last


def page_of(world) -> str:
    return f"/office/distributions/{world.distribution.pk}/"


def rows_of(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_list_of_lists_shows_mine_with_their_weight(sit, world):
    page = sit("upazila_officer").get("/office/distributions/").content.decode()
    assert f'href="{page_of(world)}"' in page
    assert "30\u00a0kg" in page
    assert f"/office/distributions/{world.distribution_there.pk}/" not in page
    everywhere = sit("cabinet").get("/office/distributions/").content.decode()
    assert "60\u00a0kg" in everywhere


def test_a_manager_opens_a_month_and_a_job_makes_the_lists(sit, world):
    from shohay.stages.programmes.models import Programme

    oaa = Programme.objects.get(code="OAA")
    Programme.objects.create(
        code="VWB", order=3, ministry=oaa.ministry, name_bn="ভিডব্লিউবি", name_en="Vulnerable Women Benefit",
        lifecycle_stage="working_age", thematic_cluster="Food Security", type="food", budget_crore=1, beneficiaries_lakh=1,
    )  # fmt: skip
    publish_definition("vulnerable_women_benefit")
    desk = sit("programme_manager")
    assert "Vulnerable Women Benefit" in desk.get("/office/distributions/").content.decode()
    answer = desk.post("/office/distributions/open", {"programme": "VWB", "month": "১৫/১১/২০২৬", "occasion": ""})
    assert answer.status_code == 302, answer.content.decode()
    assert Cycle.objects.get(programme_code="VWB").period_start == date(2026, 11, 1)
    assert Work.objects.get(name="prepare_distributions").started_by == "programme_manager"


def test_whoever_may_approves_and_the_maker_is_told(sit, world):
    Distribution.objects.update(state="prepared", approved_by="")
    page = page_of(world)
    assert "Approve 1 rations" in sit("upazila_officer").get(page).content.decode()
    assert sit("upazila_officer").post(page + "approve").status_code == 302
    world.distribution.refresh_from_db()
    assert (world.distribution.state, world.distribution.approved_by) == ("approved", "upazila_officer")
    assert last("distribution.approved").actor == "upazila_officer"


def test_the_list_is_taken_filled_in_and_sent_back(sit, world):
    desk = sit("union_operator")
    taken = rows_of(desk.post(page_of(world) + "list", {"union": "", "as": "csv"}))
    assert [row["Name"] for row in taken] == [world.amena.name_bn]
    assert last("distribution.list_taken").detail == {"rations": 1}
    filled = [{**row, "Collected": "yes", "Date": "21/11/2026"} for row in taken]
    text = io.StringIO()
    writer = csv.DictWriter(text, filled[0])
    writer.writeheader()
    writer.writerows([*filled, {**filled[0], "Number": "1-0001-01"}])
    file = SimpleUploadedFile("filled.csv", text.getvalue().encode("utf-8-sig"))
    answer = desk.post(page_of(world) + "record", {"file": file}, follow=True)
    shown = answer.content.decode()
    for told in ("File of who collected", "1-0001-01", "not on this list"):
        assert told in shown, told
    world.ration.refresh_from_db()
    assert (world.ration.state, world.ration.given_on) == ("given", date(2026, 11, 21))
    again = rows_of(desk.post(page_of(world) + "list", {"union": "", "as": "csv"}))
    assert (again[0]["Collected"], again[0]["Kg given"]) == ("Yes", "30.0")
    made = HandoverFile.objects.get()
    wrong = desk.get(f"/office/distributions/files/{made.pk}/?as=csv").content.decode()
    assert "not on this list" in wrong
    assert sit("elsewhere").get(f"/office/distributions/files/{made.pk}/").status_code == 404


def test_the_printed_list_has_a_place_to_sign(sit, world):
    page = sit("upazila_officer").post(page_of(world) + "list", {"union": "", "as": "print"}).content.decode()
    for told in ("Signature or thumbprint", "Mst. Amena Begum", world.ration.number, "30\u00a0kg", "450"):
        assert told in page, told


def test_a_file_that_is_no_list_is_refused_in_place(sit, world):
    file = SimpleUploadedFile("x.csv", b"a,b\n1,2\n")
    answer = sit("upazila_officer").post(page_of(world) + "record", {"file": file})
    assert answer.status_code == 422
    assert "The file lacks these columns" in answer.content.decode()
    assert not HandoverFile.objects.exists()


def test_one_person_is_recorded_and_taken_back(sit, world):
    desk, page = sit("upazila_officer"), f"/office/rations/{world.ration.pk}/"
    assert desk.post(page + "record", {"given": "no", "kg": "", "given_on": "", "reason": ""}).status_code == 422
    answer = desk.post(page + "record", {"given": "yes", "kg": "২৮.৫", "given_on": "", "reason": "short_stock"})
    assert answer.status_code == 302
    world.ration.refresh_from_db()
    assert (world.ration.given_grams, world.ration.reason) == (28_500, "short_stock")
    assert "28.5\u00a0kg" in desk.get(page).content.decode()
    assert desk.post(page + "take-back", {"reason": "Another woman's thumbprint"}).status_code == 302
    world.ration.refresh_from_db()
    assert world.ration.state == "due"


def test_closing_counts_who_did_not_come(sit, world):
    desk = sit("upazila_officer")
    assert "close, with 30" in desk.get(page_of(world)).content.decode()
    assert desk.post(page_of(world) + "close").status_code == 302
    shown = desk.get(page_of(world)).content.decode()
    for told in ("Did not come", "Goods left over", "Handed over, closed"):
        assert told in shown, told
    assert Ration.objects.get(pk=world.ration.pk).reason == "not_collected"


def test_the_page_of_the_person_says_what_was_received(opened, world):
    Ration.objects.filter(pk=world.ration.pk).update(state="given", given_grams=30_000, given_on=date(2026, 8, 3))
    page = opened("upazila_officer").get(f"/office/people/{world.amena.pk}/").content.decode()
    assert "Received 30\u00a0kg" in page


@pytest.mark.parametrize("role", ["finance", "auditor"])
def test_names_are_masked_for_those_who_only_look(role, sit, world):
    answer = sit(role).get(page_of(world))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert ("Mst. Amena Begum" in page) == (role == "auditor")  # the auditor may open records
