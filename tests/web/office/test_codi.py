"""CODI on screen: opened, scored alone, talked through, agreed, closed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit.models_evidence import Evidence
from shohay.stages.programmes.models import Ministry
from shohay.stages.results.actions_codi import load_codi
from shohay.stages.results.models_codi import CodiOption, CodiRound, CodiScore

OPEN = {"level": "system", "programme": "", "fiscal_year": "২০২৪-২৫", "scale": "4",
        "assessors": ["finance", "evaluator"]}  # fmt: skip


@pytest.fixture
def loaded(world):
    load_codi(by=SYSTEM)


@pytest.fixture
def row(sit, loaded):
    assert sit("cabinet").post("/office/codi/open", OPEN).status_code == 302
    return CodiRound.objects.get()


def give(desk, row, code="1.1", answer="3", **given):
    return desk.post(f"/office/codi/{row.pk}/{code}/score", {"answer": answer, "evidence": "manual, p. 4", **given})


def test_before_the_first_assessment_the_page_says_what_to_do(sit, loaded):
    assert "No assessment yet" in sit("auditor").get("/office/codi/").content.decode()
    page = sit("cabinet", "bn").get("/office/codi/").content.decode()
    assert "মূল্যায়ন শুরু করুন" in page
    assert sit("cabinet").post("/office/codi/open", {**OPEN, "fiscal_year": "x"}).status_code == 422
    assert sit("finance").post("/office/codi/open", OPEN).status_code == 403


def test_from_two_who_score_alone_to_a_closed_round(sit, row):
    chair, one, two = sit("cabinet"), sit("finance"), sit("evaluator")
    home = f"/office/codi/{row.pk}/"
    assert give(one, row, "1.1", "3", comment="seen in two upazilas").status_code == 302
    assert give(one, row, "1.2", "1").status_code == 302
    assert give(two, row, "1.1", "3").status_code == 302
    assert give(two, row, "1.2", "no_evidence", evidence="", comment="no survey").status_code == 302
    assert give(two, row, "1.3", "3", evidence="").status_code == 422
    assert "seen in two upazilas" in one.get(f"{home}1.1/").content.decode()
    assert "seen in two upazilas" not in two.get(f"{home}1.1/").content.decode()
    assert "seen in two upazilas" not in chair.get(f"{home}1.1/").content.decode()
    assert "You have answered 2 of 37 fields" in two.get(home).content.decode()
    assert chair.post(f"{home}consensus").status_code == 302
    assert "seen in two upazilas" in two.get(f"{home}1.1/").content.decode()
    assert give(one, row).status_code == 422
    assert chair.post(f"{home}unanimous").status_code == 302
    assert chair.post(f"{home}1.2/agree", {"answer": "2"}).status_code == 422
    assert chair.post(f"{home}close").status_code == 422
    assert chair.post(f"{home}1.2/agree", {"answer": "2", "reason": "one survey of 2023"}).status_code == 302
    assert chair.post(f"{home}close").status_code == 302
    page = sit("auditor").get(home).content.decode()
    assert "The mean of the criteria is 2.50 of 4" in page
    assert 'data-chart="radar"' in page
    assert 'data-chart="heat"' in page
    assert "one survey of 2023" in sit("auditor").get(f"{home}?as=csv").content.decode()


def test_files_of_a_score_are_blind_too(sit, row):
    one, two, chair = sit("finance"), sit("evaluator"), sit("cabinet")
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%x\n%%EOF\n")
    assert give(one, row, file=file).status_code == 302
    give(two, row)
    address = f"/office/evidence/{Evidence.objects.get().pk}/"
    assert [desk.get(address).status_code for desk in (one, two)] == [200, 403]
    chair.post(f"/office/codi/{row.pk}/consensus")
    assert two.get(address).status_code == 200


def test_reforms_wording_and_what_is_not_there(sit, row):
    chair, home = sit("cabinet"), f"/office/codi/{row.pk}/"
    owner = Ministry.objects.first().pk
    option = {"what": "one manual for all", "owner": owner, "priority": "high", "actions": "2.1-15-01"}
    assert chair.post(f"{home}1.1/option", option).status_code == 422  # not while it is scored
    give(sit("finance"), row)
    give(sit("evaluator"), row)
    chair.post(f"{home}consensus")
    assert chair.post(f"{home}1.1/option", option).status_code == 302
    assert CodiOption.objects.get().actions == "2.1-15-01"
    assert "one manual for all" in chair.get(home).content.decode()
    wording = {"part": "question", "bn": "নতুন প্রশ্ন", "en": "a new question", "reason": "official"}
    assert chair.post(f"{home}1.1/wording", wording).status_code == 302
    assert "a new question" in chair.get(f"{home}1.1/").content.decode()
    assert chair.get(f"{home}99.9/").status_code == 404
    assert chair.get("/office/codi/99999/").status_code == 404
    assert sit("finance").post(f"{home}1.1/option", option).status_code == 403


def test_one_more_is_invited(sit, row):
    chair = sit("cabinet")
    assert give(sit("statistics"), row).status_code == 422
    assert chair.post(f"/office/codi/{row.pk}/invite", {"username": "union_operator"}).status_code == 422
    assert chair.post(f"/office/codi/{row.pk}/invite", {"username": "statistics"}).status_code == 302
    assert give(sit("statistics"), row).status_code == 302
    assert CodiScore.objects.count() == 1
