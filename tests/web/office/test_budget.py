"""Budgets and disbursement-linked indicators on screen: sent in, verified by another, paid by a third."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shohay.stages.accounts.models import Assignment, User
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.programmes.actions import load_catalogue
from shohay.stages.programmes.models_budget import BudgetLine
from shohay.stages.results.actions_dli import load_dlis
from shohay.stages.results.models_dli import DliClaim

PDF = b"%PDF-1.4\n%a report\n%%EOF\n"
SHEET = "Programme code,Fiscal year,Allocation,Actual\nOAA,2024-25,৪৩৫০.৯৭,4200\nWDA,2024-25,x,1\n"


@pytest.fixture
def loaded(world):
    load_catalogue(by=SYSTEM)
    load_dlis(by=SYSTEM)
    Assignment.objects.filter(user__username="focal_point").update(ministry_code="MoSW")


def send(desk, text=SHEET, source="letter 7"):
    file = SimpleUploadedFile("sheet.csv", text.encode())
    return desk.post("/office/budget/lines/import", {"file": file, "source": source})


def test_the_overview_adds_up_whatever_is_asked(sit, loaded):
    for language, whole in {"bn": ("১,৩৬,০২৫.৬৪", "৭৩,৬১৭.৩২"), "en": ("1,36,025.64", "73,617.32")}.items():
        desk = sit("cabinet", language)
        for query in ("", "?by=stage&variant=core", "?by=programme", "?year=1999-00&by=x&variant=y"):
            page = desk.get(f"/office/budget/{query}")
            assert page.status_code == 200
            assert whole["core" in query] in page.content.decode(), query


def test_the_series_shows_what_is_in_doubt_and_says_what_is_missing(sit, loaded):
    page = sit("auditor").get("/office/budget/series/?ministry=MoWCA").content.decode()
    assert "Beneficiaries grew by half or fell by a third within a year" in page
    assert "no citable figure was found" in page
    assert sit("auditor").get("/office/budget/series/?as=csv").content.count(b"\n") == 18


def test_a_sheet_goes_in_with_its_errors_and_another_officer_verifies(sit, loaded):
    focal, finance = sit("focal_point"), sit("finance")
    page = send(focal).content.decode()
    assert "1 line submitted" in page
    assert "Not a number" in page
    errors = focal.get("/office/budget/lines/errors").content.decode()
    assert "Not a number" in errors
    line = BudgetLine.objects.get()
    assert f'value="{line.pk}"' in finance.get("/office/budget/lines/").content.decode()
    assert finance.post("/office/budget/lines/verify", {"line": [line.pk]}).status_code == 302
    line.refresh_from_db()
    assert (line.state, line.decided_by) == ("verified", "finance")
    assert focal.post("/office/budget/lines/verify", {"line": [line.pk]}).status_code == 403


@pytest.mark.parametrize(
    ("text", "source", "said"),
    [("a,b\n1,2\n", "x", "These columns are not in the file"), (SHEET, "", "Source of the figures")],
)
def test_a_sheet_that_cannot_be_read_says_why(sit, loaded, text, source, said):
    answer = send(sit("focal_point"), text, source)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_one_programme_is_entered_by_hand_and_sent_back(sit, loaded):
    given = {"programme": "OAA", "fiscal_year": "2025-26", "allocation": "৪,৭৯১.৩১", "source": "iBAS++ 5",
             "released_on": "01/08/2025"}  # fmt: skip
    focal, finance = sit("focal_point"), sit("finance")
    assert focal.post("/office/budget/lines/new/", given).status_code == 302
    line = BudgetLine.objects.get()
    assert (line.allocation_poisha, str(line.released_on)) == (4_791_310_000_000, "2025-08-01")
    wrong = focal.post("/office/budget/lines/new/", {**given, "fiscal_year": "2025-27"})
    assert (wrong.status_code, "is not a fiscal year" in wrong.content.decode()) == (422, True)
    assert finance.post(f"/office/budget/lines/{line.pk}/refuse", {"reason": ""}).status_code == 422
    assert finance.post(f"/office/budget/lines/{line.pk}/refuse", {"reason": "units"}).status_code == 302
    assert "units" in focal.get("/office/budget/lines/?state=refused").content.decode()


def test_files_of_every_list(sit, loaded):
    for path in ("", "performance/", "lines/", "lines/template"):
        answer = sit("finance").get(f"/office/budget/{path}?as=csv")
        assert answer["Content-Type"].startswith("text/csv"), path
    assert sit("finance").get("/office/dli/?as=xlsx").status_code == 200


def test_the_sheet_of_results_says_why_there_is_no_score(sit, loaded):
    page = sit("finance").get("/office/budget/performance/?ministry=MoSW").content.decode()
    assert "The quality of the data (OP-22) has not been computed" in page
    assert "No result is known" in page


def test_a_dli_from_terms_to_payment(sit, loaded):
    finance, focal, imed = sit("finance"), sit("focal_point"), sit("evaluator")
    terms = {"fiscal_year": "2024-25", "baseline": "40", "target": "70", "value": "1000000", "scalable": "yes"}
    assert finance.post("/office/dli/SNSP-4/terms", {**terms, "target": "40"}).status_code == 422
    assert finance.post("/office/dli/SNSP-4/terms", terms).status_code == 302
    claim = {"actual": "৫৫", "note": "", "file": SimpleUploadedFile("r.pdf", PDF)}
    assert focal.post("/office/dli/SNSP-4/claim", claim).status_code == 302
    row = DliClaim.objects.get()
    assert focal.post(f"/office/dli/claims/{row.pk}/verify", {}).status_code == 403
    missing = imed.post(f"/office/dli/claims/{row.pk}/verify", {"decision": "verified", "finding": "seen"})
    assert (missing.status_code, "Write the value that was verified" in missing.content.decode()) == (422, True)
    said = {"decision": "verified", "value": "50.5", "finding": "30 programmes seen"}
    assert imed.post(f"/office/dli/claims/{row.pk}/verify", said).status_code == 302
    page = finance.get("/office/dli/SNSP-4/").content.decode()
    assert "is due now" in page
    assert finance.post(f"/office/dli/claims/{row.pk}/pay").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.paid) == ("paid", 35_000_000)
    assert finance.post(f"/office/dli/claims/{row.pk}/pay").status_code == 422
    ledger = finance.get("/office/dli/").content.decode()
    assert "35.0%" in ledger


def test_a_refused_claim_and_what_is_not_there(sit, loaded):
    finance, focal, imed = sit("finance"), sit("focal_point"), sit("evaluator")
    terms = {"fiscal_year": "2024-25", "baseline": "40", "target": "70", "value": "10", "scalable": "no"}
    finance.post("/office/dli/SNSP-4/terms", terms)
    claim = {"actual": "55", "file": SimpleUploadedFile("r.pdf", b"not a pdf at all")}
    assert focal.post("/office/dli/SNSP-4/claim", claim).status_code == 422
    focal.post("/office/dli/SNSP-4/claim", {"actual": "55", "file": SimpleUploadedFile("r.pdf", PDF)})
    row = DliClaim.objects.get()
    said = {"decision": "refused", "finding": "of another year"}
    assert imed.post(f"/office/dli/claims/{row.pk}/verify", said).status_code == 302
    assert "of another year" in focal.get("/office/dli/SNSP-4/").content.decode()
    assert finance.get("/office/dli/NONE/").status_code == 404
    assert imed.post("/office/dli/claims/99999/verify", said).status_code == 404
    assert User.objects.filter(username="evaluator").exists()
