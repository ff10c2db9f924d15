"""The pages of evaluations: registered by IMED, answered by a focal point, verified by another office."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from shohay.stages.accounts.models import Assignment
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.results.actions_evaluations import load_evaluations
from shohay.stages.results.models_evaluations import Evaluation, ProgrammeFramework, Recommendation

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("report.pdf", PDF, content_type="application/pdf")


def said(answer: Any, status: int = 200) -> str:
    text: str = answer.content.decode()
    assert answer.status_code == status, text
    return text


def test_from_the_register_to_a_verified_recommendation(sit, world):
    load_evaluations(by=SYSTEM)
    Assignment.objects.filter(user__username="focal_point").update(ministry_code="MoSW")
    imed, focal, cabinet = sit("evaluator"), sit("focal_point"), sit("cabinet")
    today = f"{timezone.localdate():%d/%m/%Y}"
    given = {"kind": "third_party", "title_bn": "বয়স্ক ভাতার মূল্যায়ন", "programme": "OAA", "questions": "One\nTwo"}
    assert (
        imed.post("/office/evaluations/new/", {**given, "starts_on": today, "ends_on": "01/01/2020"}).status_code == 422
    )
    assert imed.post("/office/evaluations/new/", given).status_code == 302
    row = Evaluation.objects.get(source="")
    at = f"/office/evaluations/{row.pk}/"
    assert imed.post(f"{at}start").status_code == 302
    assert imed.post(f"{at}questions", {"questions": "Reach\nTime"}).status_code == 302
    assert "Attach it before" in said(imed.post(f"{at}complete", {"on": today}), 422)
    assert imed.post(f"{at}report", {"title": "Final report", "paper": pdf()}).status_code == 302
    assert imed.post(f"{at}finding", {"text": "Two thirds", "question": "1", "strength": "strong"}).status_code == 302
    assert imed.post(f"{at}finding", {"text": "", "strength": "x"}).status_code == 422
    asked = {"text": "Publish the lists", "ministry": "MoSW", "due_on": today}
    assert imed.post(f"{at}recommend", {"text": "Nobody's"}).status_code == 422
    assert imed.post(f"{at}recommend", asked).status_code == 302
    assert imed.post(f"{at}complete", {"on": today}).status_code == 302
    page = said(sit("auditor", "en").get(at))
    for words in ("Final report", "Two thirds", "Strong", "Publish the lists", "Completed"):
        assert words in page
    own = f"/office/evaluations/recommendations/{Recommendation.objects.get(ministry='MoSW').pk}/"
    assert "A reason is needed" in said(focal.get(own))
    assert focal.post(f"{own}respond", {"response": "partly", "text": ""}).status_code == 422
    assert focal.post(f"{own}respond", {"response": "accepted", "text": ""}).status_code == 302
    assert focal.post(f"{own}follow", {"note": "Done", "done": "yes"}).status_code == 422
    assert focal.post(f"{own}follow", {"note": "Done", "done": "yes", "paper": pdf()}).status_code == 302
    assert focal.post(f"{own}check", {"note": "x", "answer": "close"}).status_code == 403
    assert imed.post(f"{own}check", {"note": "Which list?", "answer": "return"}).status_code == 302
    assert focal.post(f"{own}follow", {"note": "All of them", "done": "yes"}).status_code == 302
    assert cabinet.post(f"{own}check", {"note": "Seen", "answer": "close"}).status_code == 302
    assert "Verified by another office" in said(focal.get(own))
    assert sit("secretary").post(f"{own}respond", {}).status_code == 403
    assert imed.get("/office/evaluations/EV-1905-001/").status_code == 404


def test_the_lists_in_both_languages_and_as_files(sit, world):
    load_evaluations(by=SYSTEM)
    for language, words in (("bn", "মধ্যবর্তী পর্যালোচনা"), ("en", "Midterm review of the National")):
        desk = sit("evaluator", language)
        assert words in said(desk.get("/office/evaluations/"))
        assert "rapidbd.org" in said(desk.get("/office/evaluations/NSSS-FINAL-2026/"))
        assert words not in said(desk.get("/office/evaluations/?state=planned&kind=x&ministry=y"))
        assert said(desk.get("/office/evaluations/recommendations/?state=overdue&response=none"))
        assert "UNDP" in said(desk.get("/office/evaluations/recommendations/"))
    for address in ("", "recommendations/", "frameworks/"):
        assert desk.get(f"/office/evaluations/{address}?as=csv")["Content-Type"].startswith("text/csv")


def test_a_framework_counts_when_another_officer_has_seen_it(sit, world):
    imed, cabinet = sit("evaluator"), sit("cabinet")
    ahead = f"{timezone.localdate() + timedelta(days=3):%d/%m/%Y}"
    given = {"programme": "OAA", "approved_on": ahead}
    assert imed.post("/office/evaluations/frameworks/record", {**given, "paper": pdf()}).status_code == 422
    given["approved_on"] = "01/07/2025"
    assert imed.post("/office/evaluations/frameworks/record", {**given, "paper": pdf()}).status_code == 302
    own = f"/office/evaluations/frameworks/{ProgrammeFramework.objects.get().pk}/verify"
    assert imed.post(own).status_code == 422
    assert "with a framework: 0" in said(imed.get("/office/evaluations/frameworks/"))
    assert cabinet.post(own).status_code == 302
    assert "with a framework: 1" in said(imed.get("/office/evaluations/frameworks/"))
    assert imed.post("/office/evaluations/frameworks/999/verify").status_code == 404
