"""The public pages in a browser: at both widths, in both languages, without a mouse or scripts where it matters."""

from __future__ import annotations

import re

import pytest

PAGES = ["/", "/programmes/", "/programmes/OAA/", "/programmes/FFP/", "/dashboard/", "/plan/", "/sources/", "/data/",
         "/citizen/may-i/", "/citizen/complaint/", "/citizen/track/", "/office/sign-in"]  # fmt: skip
MAIN = ("/", "/programmes/OAA/", "/dashboard/", "/citizen/complaint/", "/office/sign-in")  # the others in make test-all


@pytest.mark.parametrize(
    "path", [path if path in MAIN else pytest.param(path, marks=pytest.mark.heavy) for path in PAGES]
)
def test_a_page_keeps_the_rules_of_access_and_fits_its_window(visit, axe, path):
    for width, language in ((360, "bn"), (1280, "en")):
        page = visit(path, width=width, language=language)
        page.wait_for_load_state("networkidle")
        axe(page)


def test_charts_are_drawn_with_bangla_digits_and_their_tables_fold_behind_them(visit):
    page = visit("/dashboard/", language="bn")
    page.wait_for_selector("#ministries [data-drawn] svg")
    drawn = page.inner_text("#ministries .chart")
    assert "৫৪,০৯৩" in drawn
    assert not re.search("[0-9]", drawn)
    assert page.get_attribute("#ministries-table", "open") is None
    page.click("#ministries-table summary")
    assert "৳" in page.inner_text("#ministries-table table")


def test_the_dashboard_is_whole_without_scripts(visit):
    page = visit("/dashboard/", script=False, language="en")
    assert page.locator("#ministries-table table").is_visible()
    assert "136,025.64" in page.inner_text("main").replace("1,36,025.64", "136,025.64")


def test_what_may_i_get_without_scripts_on_a_phone(visit):
    page = visit("/citizen/may-i/", width=360, language="en", script=False)
    page.click("main a.btn-primary")
    said = {"sex": "female", "area_type": "rural", "is_permanent_resident": "yes", "has_identity": "yes",
            "marital_status": "widowed", "disability": "none", "community": "none", "relation": "head"}  # fmt: skip
    typed = {"birth_date": "15/04/1958", "marriage_ended_on": "2015-02-01", "annual_income": "6,000"}
    for _ in range(40):
        if "summary" in page.url:
            break
        for name, value in said.items():
            if page.locator(f'input[name="{name}"][value="{value}"]').count():
                page.check(f'input[name="{name}"][value="{value}"]')
        for name, value in typed.items():
            if page.locator(f'input[name="{name}"]').count():
                page.fill(f'input[name="{name}"]', value)
        for radio in page.locator('input[type="radio"][value="no"]').all():
            if radio.get_attribute("name") not in said:
                radio.check()
        page.click("main form button.btn-primary")
    assert "15 April 1958" in page.inner_text("main")
    page.click("main a.btn-primary")
    assert "Old Age Allowance" in page.inner_text("main .decision.good")
    assert "Upazila Social Services Office" in page.inner_text("main")


def test_a_complaint_from_the_first_page_to_its_track(visit, axe):
    page = visit("/citizen/complaint/", width=360, language="bn")
    page.click("main button.btn-primary")
    page.wait_for_function("document.activeElement.classList.contains('error-summary')")
    axe(page)
    page.click(".error-summary a")
    page.wait_for_function("document.activeElement.name === 'category'")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.select_option("#id_district", "5549")
    page.click("main button.btn-primary")
    page.select_option("#id_area_code", "554952")
    page.fill("#id_text", "তিন মাস ধরে টাকা আসেনি।")
    page.fill("#id_contact", "০১৭১২৩৪৫৬৭৮")
    axe(page)
    page.click("main button.btn-primary")
    axe(page)
    page.click("button[name=send]")
    assert re.search(r"G-\d{4}-\d{6}", page.inner_text(".receipt"))
    axe(page)
    page.click(".answer-line button.btn-primary")
    assert page.url.endswith("/citizen/track/")
    assert "তিন মাস ধরে টাকা আসেনি।" in page.inner_text(".timeline")
    axe(page)


def test_the_first_tab_skips_to_the_content(visit):
    page = visit("/programmes/", language="en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'content'")


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(visit, axe):
    page = visit("/", width=360, language="en")
    page.focus("details.roles summary")
    page.keyboard.press("Enter")
    assert page.is_visible("details.roles nav a >> nth=0")
    axe(page)
    page.keyboard.press("Escape")
    page.wait_for_selector("details.roles nav a >> nth=0", state="hidden")


@pytest.mark.parametrize("width", [360, 1280])
def test_an_officer_signs_in_and_out(office, axe, width):
    page = office("finance", width=width, language="bn")
    axe(page)
    if width == 360:
        page.click("summary:has-text('মেনু')")
        axe(page)
    page.click("details.roles summary")
    page.click("text=প্রস্থান")
    page.wait_for_load_state()
    assert "/office" not in page.url
