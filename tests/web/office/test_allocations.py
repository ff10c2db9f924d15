"""The pages of allocations, area facts, ends and moves: tried, proposed by one, approved by another, as files."""

from __future__ import annotations

import pytest

from shohay.stages.enrolment.models import Enrolment, TransitionBatch
from shohay.stages.places.models import Area, AreaFact
from shohay.stages.targeting.models import Allocation, Quota
from tests.factories.world import HERE, THERE

FORM = {
    "programme": "OAA", "year": "2026-27", "quota": "১০০", "areas": "registry", "weight_1": "persons", "power_1": "1",
    "weight_2": "poverty_rate", "power_2": "1", "weight_3": "is_coastal", "power_3": "2", "floor": "5", "ceiling": "",
    "floor_share": "", "ceiling_share": "", "share_of": "eligible", "held_out": "", "missing": "parent", "surplus": "keep",
}  # fmt: skip


@pytest.fixture(autouse=True)
def figures(world):
    Area.objects.filter(code__in=(HERE, THERE)).update(area_sqkm=100)
    for area, name, value in (("55", "poverty_rate", 40), (THERE, "poverty_rate", 10), ("50", "is_coastal", 1)):
        AreaFact.objects.create(area_id=area, name=name, value=value, year=2022, source="BBS", confidence="high")


def test_a_manager_tries_proposes_and_another_officer_approves(sit):
    manager = sit("programme_manager")
    page = manager.get("/office/allocations/new", FORM).content.decode()
    assert "Propose 100 places" in page
    assert "Poverty rate of the area: figure of Rangpur (2022)" in page
    assert "allocation-map-data" in page
    sheet = manager.get("/office/allocations/new", FORM | {"as": "csv"})
    assert sheet["Content-Type"].startswith("text/csv")
    assert HERE in sheet.content.decode()
    answer = manager.post("/office/allocations/propose", FORM)
    made = Allocation.objects.get()
    assert answer["Location"] == f"/office/allocations/{made.pk}/"
    assert made.document["quota"] == 100
    assert "another officer must approve" in manager.get(answer["Location"]).content.decode()
    assert manager.post(f"/office/allocations/{made.pk}/approve").status_code == 422
    before = dict(Quota.objects.filter(programme_code="OAA").values_list("area_code", "slots"))
    cabinet = sit("cabinet", "bn")
    assert "অনুমোদন" in cabinet.get(f"/office/allocations/{made.pk}/").content.decode()
    assert cabinet.post(f"/office/allocations/{made.pk}/approve").status_code == 302
    after = dict(Quota.objects.filter(programme_code="OAA").values_list("area_code", "slots"))
    assert after != before
    assert sum(after.values()) == 100


def test_floors_above_the_quota_are_told_with_what_is_missing_and_nothing_is_kept(sit):
    page = sit("programme_manager").get("/office/allocations/new", FORM | {"floor": "80"})
    assert page.status_code == 422
    assert "60 places are missing" in page.content.decode()
    assert sit("programme_manager").post("/office/allocations/propose", FORM | {"held_out": "abc"}).status_code == 422
    assert not Allocation.objects.exists()


def test_an_allocation_is_sent_back_with_a_reason(sit):
    sit("programme_manager").post("/office/allocations/propose", FORM)
    made = Allocation.objects.get()
    cabinet = sit("cabinet")
    assert cabinet.post(f"/office/allocations/{made.pk}/return", {"reason": ""}).status_code == 422
    assert cabinet.post(f"/office/allocations/{made.pk}/return", {"reason": "More for chars"}).status_code == 302
    assert "More for chars" in cabinet.get(f"/office/allocations/{made.pk}/").content.decode()
    for address in ("/office/allocations/", f"/office/allocations/{made.pk}/"):
        assert cabinet.get(address, {"as": "xlsx"}).status_code == 200


def test_area_facts_say_whose_the_figure_is(sit):
    page = sit("programme_manager").get("/office/area-facts/", {"fact": "poverty_rate"}).content.decode()
    assert "40%" in page
    assert "Rangpur" in page
    assert "BBS (2022; High)" in page
    unknown = sit("programme_manager", "bn").get("/office/area-facts/", {"fact": "tea_gardens"})
    assert unknown.status_code == 200
    sheet = sit("programme_manager").get("/office/area-facts/", {"fact": "poverty_rate", "as": "csv"}).content.decode()
    assert "Rangpur" in sheet


def test_ends_are_looked_for_shown_in_words_and_approved_by_another(sit, world):
    from datetime import date

    from shohay.jobs.find_transitions import find_transitions
    from shohay.stages.accounts.queries import officer_of

    world.amena.death_date = date(2026, 10, 3)
    world.amena.save()
    officer = sit("upazila_officer")
    assert officer.post("/office/transitions/find", {"on": "22/11/2026"})["Location"] == "/office/transitions/"
    assert "Looking for ends and moves" in officer.get("/office/transitions/").content.decode()
    result = find_transitions(by=officer_of("upazila_officer", ""), progress=lambda *_: None, on="2026-11-22")
    assert result["rows"] == 1
    batch = TransitionBatch.objects.get()
    page = officer.get(f"/office/transitions/{batch.pk}/").content.decode()
    assert "Death" in page
    assert "another officer must approve" in page
    assert officer.post(f"/office/transitions/{batch.pk}/approve").status_code == 422
    assert sit("elsewhere").get(f"/office/transitions/{batch.pk}/").status_code == 404
    second = sit("second", "bn")
    assert second.get(f"/office/transitions/{batch.pk}/", {"as": "csv"}).status_code == 200
    assert second.post(f"/office/transitions/{batch.pk}/approve").status_code == 302
    assert Enrolment.objects.get(pk=world.enrolment.pk).state == "stopped"
    assert second.post(f"/office/transitions/{batch.pk}/return", {"reason": "দেরি"}).status_code == 422
