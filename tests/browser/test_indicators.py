"""A focal point reports a value from the phone; the evaluator returns it, gets it again and verifies it."""

from __future__ import annotations

from typing import Any

PDF = b"%PDF-1.4\n%an example\n%%EOF\n"


def report(page: Any, numerator: str) -> None:
    page.goto(page.url.split("/office/")[0] + "/office/indicators/reported/?year=2025-26")
    page.click("main table a:has-text('Transition and graduation')")
    page.fill("#id_numerator", numerator)
    page.fill("#id_denominator", "৪০")
    page.fill("#id_source", "Annual report, page 12")
    page.set_input_files("#id_evidence", {"name": "report.pdf", "mimeType": "application/pdf", "buffer": PDF})
    page.click("main form button.btn-primary")
    page.wait_for_selector("text=Waits for verification")


def test_from_the_focal_point_to_the_verified_value(office: Any, axe: Any):
    focal = office("focal", "/office/indicators/reported/?year=2025-26", width=360, language="en")
    axe(focal)
    report(focal, "৩০")
    axe(focal)
    imed = office("imed", "/office/indicators/reported/", language="en")
    axe(imed)
    imed.click("main table a:has-text('Transition and graduation')")
    imed.click("text=Return it instead")
    imed.fill("#id_reason", "The report names 28 unions, not 30")
    imed.click("text=Return to the office")
    imed.wait_for_selector("text=Returned to the office with your reason")
    report(focal, "২৮")
    imed.reload()
    imed.click("main table a:has-text('Transition and graduation')")
    axe(imed)
    imed.click("text=Verify this value")
    imed.wait_for_selector("text=The value counts from now on")
    imed.click(".crumbs a:has-text('OC-21'), nav a:has-text('OC-21')")
    imed.wait_for_selector("text=70.0%")
    axe(imed)
