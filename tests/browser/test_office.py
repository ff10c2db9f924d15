"""Officers in a browser: the chain's main path by role, in both languages, by keyboard alone; every page for axe."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

FILL = """
from shohay.cli.ready import ready; ready()
import json
from tests.factories.world import make_rows
world = make_rows()
names = ("amena", "pair", "list", "list_wda", "run", "payroll", "upload")
print(json.dumps({"grievance": world.grievance.number, **{name: str(getattr(world, name).pk) for name in names}}))
"""

# officer of the demo -> the pages that the role works with
PAGES = {
    "operator": ["/office/", "/office/uploads/", "/office/uploads/new", "/office/people/", "/office/people/{amena}/"],
    "upazila": [
        "/office/", "/office/uploads/{upload}/", "/office/people/?q=আমেনা", "/office/people/?q=Zzxqw", "/office/duplicates/",
        "/office/duplicates/{pair}/", "/office/merges/", "/office/lists/", "/office/lists/{list}/",
        "/office/enrolments/", "/office/stops/", "/office/returns/", "/office/grievances/",
    ],
    "manager": [
        "/office/", "/office/definitions/", "/office/definitions/OAA/", "/office/snapshots/", "/office/runs/",
        "/office/runs/{run}/", "/office/quotas/", "/office/payrolls/", "/office/facts/", "/office/facts/walls/",
    ],
    "approver": ["/office/payrolls/{payroll}/"],
    "finance": ["/office/", "/office/ledger/"],
    "grievance": ["/office/grievances/{grievance}/"],
    "cabinet": ["/office/dashboard/", "/office/chain/", "/office/plan/", "/office/plan/MoSW/"],
    "auditor": ["/office/audit/"],
}  # fmt: skip


MAIN = ("upazila", "approver", "grievance")  # one of each kind of page; the other roles in make test-all


@pytest.fixture(scope="module")
def filled(site: Any) -> dict[str, str]:
    """The small world in the site's database: name -> number."""
    return json.loads(site.run("-c", FILL).splitlines()[-1])


@pytest.mark.parametrize(
    "officer", [name if name in MAIN else pytest.param(name, marks=pytest.mark.heavy) for name in PAGES]
)
@pytest.mark.parametrize(("width", "language"), [(360, "bn"), pytest.param(1280, "en", marks=pytest.mark.heavy)])
def test_pages_keep_the_rules_of_access_and_fit_their_window(officer, width, language, office, axe, filled, site):
    page = office(officer, width=width, language=language)
    for path in PAGES[officer]:
        page.goto(site.url + path.format(**filled))
        assert page.locator("h1").count() == 1, path
        axe(page)


def tab_to(page: Any, selector: str, most: int = 90) -> None:
    """Press Tab until the focus is on ``selector``: what cannot be reached so cannot be used by keyboard."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached on {page.url}")


def test_by_keyboard_alone_from_signing_in_to_an_approved_list(visit: Callable[..., Any], filled, site):
    """In Bangla: sign in, search, say why, read the record, approve a list."""
    page, keys = visit("/office/sign-in", language="bn"), None
    keys = page.keyboard
    tab_to(page, "#id_username")
    keys.type("upazila")
    tab_to(page, "#id_password")
    keys.type("shohay-demo-2026")
    keys.press("Enter")
    page.wait_for_url(f"{site.url}/office/")
    tab_to(page, "#desk-search")
    keys.type("আমেনা বেগম")
    keys.press("Enter")
    page.wait_for_url("**/office/people/**")
    tab_to(page, f"a[href='/office/people/{filled['amena']}/']")
    keys.press("Enter")
    page.wait_for_selector("text=এই নথি কেন খুলছেন?")
    tab_to(page, "input[name=purpose]")
    keys.press("Space")
    tab_to(page, "main form button.btn-primary")
    keys.press("Enter")
    page.wait_for_selector("h2:has-text('সিদ্ধান্ত')")
    record = page.inner_text("main")
    for shown in ("মোছাঃ আমেনা বেগম", "বয়স্ক ভাতা", "নির্বাচিত, ক্রম ১", "৪ মার্চ ১৯৫২", "৳ ১,৯৫০"):
        assert shown in record.replace("\u00a0", " "), shown
    tab_to(page, ".rail a[href='/office/lists/']")
    keys.press("Enter")
    page.wait_for_url("**/office/lists/")
    tab_to(page, f"a[href='/office/lists/{filled['list']}/']")
    keys.press("Enter")
    page.wait_for_url(f"**/office/lists/{filled['list']}/")
    tab_to(page, f"form[action='/office/lists/{filled['list']}/approve'] button")
    keys.press("Enter")
    page.wait_for_selector("text=তালিকা অনুমোদিত হয়েছে")


def test_a_list_is_sent_back_in_english(office, filled):
    page = office("upazila2", f"/office/lists/{filled['list_wda']}/", language="en")
    page.fill("textarea[name=reason]", "Two names are missing")
    page.click("button:has-text('Send back')")
    page.wait_for_selector("text=The list is sent back with your reason.")
    assert "Two names are missing" in page.inner_text("main")


def test_a_payroll_is_approved(office, filled):
    page = office("approver", f"/office/payrolls/{filled['payroll']}/", language="en")
    page.click("button:has-text('Approve the payroll')")
    page.wait_for_selector("text=The payroll is approved.")
    assert "approved by Payroll approver" in page.inner_text("main")


def test_a_grievance_is_answered(office, filled):
    page = office("grievance", language="bn")
    page.click("a.tile:has-text('সময় পেরোনো অভিযোগ')")
    page.click("main a:has-text('G-')")
    page.check("input[name=outcome][value=upheld]")
    page.fill("textarea[name=text]", "ব্যাংক হিসাব ঠিক করা হয়েছে; আগামী মাসে টাকা পাবেন।")
    page.click("button:has-text('উত্তর পাঠান')")
    page.wait_for_selector("text=উত্তর নথিভুক্ত হয়েছে")


@pytest.mark.parametrize(("language", "heading"), [("bn", "ড্যাশবোর্ড"), ("en", "Dashboard")])
def test_the_dashboard_is_read(language, heading, office, filled):
    page = office("cabinet", "/office/dashboard/", language=language)
    assert page.inner_text("h1") == heading


def test_the_log_is_verified(office, filled):
    page = office("auditor", "/office/audit/", language="en")
    page.click("button:has-text('Verify the log')")
    page.wait_for_selector("text=fit together")


def test_an_officer_changes_the_language_and_signs_out(office, site):
    page = office("finance", "/office/ledger/", language="bn")
    page.click("a[hreflang=en]")
    assert page.inner_text("h1") == "Ledger"
    page.click("details.roles summary")
    page.click("button:has-text('Sign out')")
    page.goto(site.url + "/office/")
    assert "/office/sign-in" in page.url
