"""A focal point sends a sheet and claims a result, another office verifies, Finance pays: in a browser, in Bangla on a phone too."""

from __future__ import annotations

from pathlib import Path

import pytest

SHEET = "কর্মসূচির কোড,অর্থবছর,বরাদ্দ (কোটি টাকা),প্রকৃত ব্যয় (কোটি টাকা)\nOAA,২০২৪-২৫,৪৩৫০.৯৭,৪২০০\nWDA,২০২৪-২৫,অনেক,১\n"


@pytest.mark.heavy
def test_from_the_sheet_and_the_claim_to_what_is_verified_and_paid(office, axe, tmp_path: Path):
    sheet, proof = tmp_path / "ছক.csv", tmp_path / "report.pdf"
    sheet.write_text(SHEET, encoding="utf-8-sig")
    proof.write_bytes(b"%PDF-1.4\n%report of the quarter\n%%EOF\n")

    focal = office("focal", "/office/budget/lines/", language="bn", width=360)
    axe(focal)
    focal.set_input_files("#id_file", str(sheet))
    focal.fill("#id_source", "আইবাস++ ১২")
    focal.click("form[action$='/lines/import'] button")
    assert "১টি সারি জমা হয়েছে" in focal.inner_text("main")
    assert "সংখ্যা নয়" in focal.inner_text("main")
    axe(focal)

    finance = office("finance", "/office/budget/lines/", language="en", width=1280)
    finance.check("input[name=line] >> nth=0")
    finance.click("button[form=verify]")
    finance.wait_for_url("**/office/budget/lines/")
    assert "1 line verified" in finance.inner_text("body")
    for path in ("/office/budget/?by=programme", "/office/budget/series/", "/office/budget/performance/"):
        finance.goto(finance.url.split("/office/")[0] + path)
        if path != "/office/budget/performance/":
            finance.wait_for_selector(".chart[data-drawn]")
        axe(finance)

    finance.goto(finance.url.split("/office/")[0] + "/office/dli/SNSP-4/")
    for name, value in {"fiscal_year": "2024-25", "baseline": "40", "target": "70", "value": "30000000"}.items():
        finance.fill(f"#id_{name}", value)
    finance.check("input[name=scalable][value=yes]")
    finance.click("form[action$='/terms'] button")
    assert "The terms are written" in finance.inner_text("body")

    focal.goto(focal.url.split("/office/")[0] + "/office/dli/SNSP-4/")
    focal.fill("#id_actual", "৬২")
    focal.set_input_files("#id_file", str(proof))
    focal.click("form[action$='/claim'] button")
    assert "যাচাইয়ের অপেক্ষায়" in focal.inner_text("main")
    axe(focal)

    verifier = office("imed", "/office/dli/SNSP-4/", language="en", width=360)
    verifier.check("input[name=decision][value=verified]")
    verifier.fill("#id_value", "58")
    verifier.fill("#id_finding", "records of 30 programmes looked at")
    axe(verifier)
    verifier.click("form[action$='/verify'] button")
    assert "earns USD" in verifier.inner_text("main")

    finance.reload()
    finance.click("form[action$='/pay'] button")
    assert "18.00 million" in finance.inner_text("main")
    finance.goto(finance.url.split("/office/")[0] + "/office/dli/")
    axe(finance)
