"""The committee secretary from the call to the minutes, the focal point who follows up, the officer who closes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
WHOLE_YEAR = """
from shohay.cli.ready import ready; ready()
from datetime import date
from shohay.stages.coordination.models_committees import Committee
Committee.objects.filter(pk="CL-ALLOW").update(counted_from=date(2025, 7, 1))
"""


def open_(page: Any, words: str) -> None:
    page.click(f"details summary:has-text('{words}')")


def test_from_the_call_to_the_closed_decision(office, axe, site, tmp_path: Path):
    site.run("-c", WHOLE_YEAR)
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(PDF)
    page = office("secretary", "/office/committees/?kind=cluster", language="bn", width=360)
    axe(page)
    page.click("main table a:has-text('সামাজিক ভাতা ক্লাস্টার')")
    axe(page)
    page.click("main a:has-text('সভা আহ্বান')")
    page.fill("#id_meets_on", f"{timezone.localdate() - timedelta(days=3):%d/%m/%Y}")
    page.fill("#id_agenda", "আগের সভার কার্যবিবরণী\nএকক নিবন্ধন")
    page.fill("#id_short_reason", "সভার পরে লেখা")
    page.click("main form button.btn-primary")
    page.wait_for_url("**/office/meetings/*/")
    at = page.url
    axe(page)
    open_(page, "কার্যপত্র যুক্ত করুন")
    page.fill("#id_title", "এমআইএস বিষয়ক কার্যপত্র")
    page.set_input_files("#id_paper", str(paper))
    page.click("form[action$='/paper'] button.btn-primary")
    assert "এমআইএস বিষয়ক কার্যপত্র" in page.inner_text("main ul:has(a[href*='/evidence/'])")
    for box in page.query_selector_all("input[name=present]")[:6]:
        box.check()
    page.click("form[action$='/attend'] button.btn-primary")
    page.fill("#id_minutes", "আলোচ্যসূচি অনুযায়ী আলোচনা হয়।")
    page.click("form[action$='/minutes'] button.btn-primary")
    open_(page, "সিদ্ধান্ত লিখুন")
    page.fill("#id_text", "উপকারভোগীর তালিকা প্রকাশ করতে হবে")
    page.select_option("#id_ministry", "MoSW")
    page.fill("#id_due_on", f"{timezone.localdate() + timedelta(days=30):%d/%m/%Y}")
    page.click("form[action$='/decide'] button.btn-primary")
    axe(page)
    assert page.query_selector("form[action$='/confirm']") is None  # not by whoever wrote them

    chair = office("cabinet", at.removeprefix(site.url), language="en")
    chair.click("form[action$='/confirm'] button")
    assert "Minutes confirmed" in chair.inner_text("main")
    axe(chair)

    focal = office("focal", "/office/decisions/", language="en")
    axe(focal)
    focal.click("main table a")
    axe(focal)
    focal.fill("#id_note", "The lists hang out in every union.")
    focal.check("input[name=done][value=yes]")
    focal.set_input_files("#id_paper", str(paper))
    focal.click("form[action$='/follow'] button.btn-primary")
    assert "Reported, to be checked" in focal.inner_text("main")

    page.goto(focal.url)
    page.fill("#id_note", "দেখা হয়েছে")
    page.check("input[name=answer][value=close]")
    page.click("form[action$='/check'] button.btn-primary")
    assert "নিষ্পন্ন" in page.inner_text("main .state >> nth=0")
    axe(page)
