"""The page of those who were selected and not enrolled."""

from __future__ import annotations

import pytest
from django.utils import timezone

from shohay.stages.enrolment.models import LeftOut


@pytest.fixture
def noted(world):
    return LeftOut.objects.create(
        selection_list=world.list, person=world.amena, household=world.amena.household, programme_code="OAA",
        area_code=world.amena.area_code, rank=1, reason="household_holds", other_programme="WDA", holder=world.husband,
        noted_at=timezone.now(), noted_by="programme_manager",
    )  # fmt: skip


def test_the_list_leads_to_who_was_left_out_and_why(noted, sit, world):
    desk = sit("upazila_officer")
    page = desk.get(f"/office/lists/{world.list.pk}/").content.decode()
    assert f'href="/office/left-out/?list={world.list.pk}"' in page
    shown = desk.get(f"/office/left-out/?list={world.list.pk}").content.decode()
    for told in ("Mst. Amena Begum", "Somebody of the household is on a programme", "Widow Allowance", "Md. Karim Mia"):
        assert told in shown, told


def test_it_is_a_file_too_without_names(noted, sit, world):
    file = sit("upazila_officer").get("/office/left-out/?reason=household_holds&as=csv").content.decode()
    assert "Somebody of the household" in file
    assert "Widow Allowance" in file
    assert "Amena" not in file


def test_another_upazila_sees_nobody(noted, sit, world):
    assert "Amena" not in sit("elsewhere").get("/office/left-out/").content.decode()
    assert "Nobody was left out" in sit("elsewhere").get(f"/office/left-out/?list={world.list.pk}").content.decode()


def test_names_are_masked_for_who_may_not_open_records(noted, sit, world):
    page = sit("cabinet").get("/office/left-out/").content.decode()
    assert "Amena" not in page
    assert "A•••" in page
