"""The pages of the quality check: what officers see, put on the list, give away and end."""

from __future__ import annotations

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from shohay.policy.quality_rules import shipped
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.registry import actions
from shohay.stages.registry import actions_quality as quality
from shohay.stages.registry.models import Person
from shohay.stages.registry.models_quality import QualityRun, QualityTask
from tests.factories.world import HERE, THERE


@pytest.fixture
def checked(world) -> QualityRun:
    return quality.check_quality(snapshot=actions.take_snapshot(as_of=timezone.localdate(), by=SYSTEM), by=SYSTEM)


def test_before_the_first_check_the_page_says_what_to_do(sit, world):
    assert "Take a snapshot of the registry" in sit("programme_manager").get("/office/quality/").content.decode()


def test_a_check_is_a_job(sit, world):
    assert sit("programme_manager").post("/office/quality/check").status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="check_quality").count() == 1
    assert sit("upazila_officer").post("/office/quality/check").status_code == 403


@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_overview_tells_the_numbers_of_my_places(sit, checked, language):
    page = sit("upazila_officer", language).get("/office/quality/").content.decode()
    rule = next(rule for rule in shipped().rules if rule.id == "no_identity")
    assert rule.text.in_language(language) in page
    place = {"bn": "রংপুর", "en": "Rangpur"}[language]
    assert place in page
    assert {"bn": "খুলনা", "en": "Khulna"}[language] not in page


def test_one_goes_down_to_the_union_and_another_upazila_stays_shut(sit, checked):
    desk = sit("upazila_officer")
    assert "Belgachha" in desk.get(f"/office/quality/?area={HERE}").content.decode()
    assert "No records of your area" in desk.get(f"/office/quality/?area={THERE}").content.decode()
    assert desk.get("/office/quality/?area=%27%20or%201").status_code == 200


def test_the_rules_as_a_file(sit, checked):
    answer = sit("upazila_officer").get("/office/quality/?as=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "Points" in answer.content.decode()


def test_records_go_on_the_list_are_given_and_ended(sit, checked):
    officer, operator = sit("upazila_officer"), sit("union_operator")
    page = officer.get("/office/quality/rules/no_identity/").content.decode()
    assert "Put records on the work list" in page
    answer = officer.post("/office/quality/rules/no_identity/tasks", {"area": HERE, "number": "১০", "to": ""})
    assert answer.status_code == 302, answer.content.decode()
    task = QualityTask.objects.first()
    assert f"/office/quality/tasks/{task.pk}/" in officer.get("/office/quality/tasks/").content.decode()
    assert officer.post("/office/quality/tasks/assign", {"task": task.pk, "to": "union_operator"}).status_code == 302
    page = operator.get(f"/office/quality/tasks/{task.pk}/").content.decode()
    assert "End the task" in page
    assert operator.post(f"/office/quality/tasks/{task.pk}/end", {"outcome": "right"}).status_code == 422
    answer = operator.post(f"/office/quality/tasks/{task.pk}/end", {"outcome": "right", "note": "saw the card"})
    assert answer.status_code == 302
    assert "saw the card" in officer.get(f"/office/quality/tasks/{task.pk}/").content.decode()


def test_what_cannot_be_done_is_said_and_changes_nothing(sit, checked):
    officer = sit("upazila_officer")
    assert officer.post("/office/quality/tasks/assign", {"to": "union_operator"}).status_code == 422
    assert officer.post("/office/quality/rules/no_identity/tasks", {"area": THERE, "number": "5"}).status_code == 422
    assert officer.post("/office/quality/rules/no_identity/tasks", {"area": HERE, "number": "0"}).status_code == 422
    assert officer.get("/office/quality/rules/no_wings/").status_code == 404
    assert officer.get("/office/quality/tasks/999/").status_code == 404
    assert QualityTask.objects.count() == 0


def test_an_operator_sees_what_is_theirs_or_nobodys(sit, checked):
    officer = sit("upazila_officer")
    officer.post("/office/quality/rules/no_identity/tasks", {"area": HERE, "number": "10", "to": "upazila_officer"})
    assert "Nothing on the work list" in sit("union_operator").get("/office/quality/tasks/").content.decode()


def test_a_record_tells_what_the_check_found_in_it(opened, world):
    Person.objects.filter(pk=world.amena.pk).update(birth_date=None)
    quality.check_quality(snapshot=actions.take_snapshot(as_of=timezone.localdate(), by=SYSTEM), by=SYSTEM)
    page = opened("upazila_officer").get(f"/office/people/{world.amena.pk}/").content.decode()
    assert "What the quality check finds" in page
    assert shipped().named("no_birth_date").do.en in page
