"""A focal point reports with evidence, the Cabinet Division verifies it, the status changes; every page of the plan
holds against axe."""

from __future__ import annotations

from tests.core.test_file_kinds import PDF_BYTES

ITEM = "2.1-01-03"


def test_reported_with_evidence_and_verified(office, axe, site):
    page = office("focal", f"/office/plan/items/{ITEM}/", language="bn", width=360)
    axe(page)
    assert page.locator(".head .state.bad").count() == 1  # late
    page.click(f".do a[href$='/{ITEM}/report']")
    axe(page)
    page.check("input[name=claim][value=completed]")
    page.fill("input[name=done_on]", "৩১/০১/২০২৩")
    page.fill("textarea[name=text_bn]", "আড়াই শত উপজেলা আওতায় এসেছে")
    page.set_input_files("input[name=papers]", {"name": "তালিকা.pdf", "mimeType": "application/pdf", "buffer": PDF_BYTES})
    page.click("main form button.btn-primary")
    page.wait_for_url(f"**/office/plan/items/{ITEM}/")
    assert page.locator("li.wait .state.wait").count() == 1
    assert page.locator("form[action$='/verify']").count() == 0

    cabinet = office("cabinet", "/office/plan/updates/", language="en", width=1280)
    axe(cabinet)
    cabinet.click(f"main table a[href*='/plan/items/{ITEM}/']")
    axe(cabinet)
    with cabinet.expect_download() as download:
        cabinet.click("a[href*='/office/evidence/']")
    assert download.value.path().read_bytes() == PDF_BYTES
    cabinet.click("form[action$='/verify'] button")
    cabinet.wait_for_url(f"**/office/plan/items/{ITEM}/")
    assert cabinet.locator(".head .state.good").count() == 1  # completed, late
    for path in ("", "items/?state=overdue&ministry=MoSW", "calendar/", "moved/", "reminders/", "sheets/"):
        cabinet.goto(f"{site.url}/office/plan/{path}")
        axe(cabinet)
