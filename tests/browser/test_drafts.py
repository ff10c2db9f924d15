"""Two programme managers in a browser: one drafts new rules by form, the other looks at them and publishes."""

from __future__ import annotations


def test_a_draft_by_one_person_is_published_by_the_second(office, site, axe):
    page = office("manager", "/office/definitions/OAA/", width=1280, language="en")
    axe(page)
    page.click("text=Begin a draft")
    page.wait_for_url("**/office/rule-drafts/*/")
    here = page.url
    axe(page)
    page.goto(f"{here}part/parameters/")
    page.fill("#id_parameters-0-value", "60")
    page.keyboard.press("Tab")  # kept while one types, by the browser alone
    page.wait_for_selector("#kept:has-text('revision 2')")
    page.goto(f"{here}part/about/")
    page.fill("#id_legal-0-source", "Memo 7, 1 June 2027")
    page.click("text=Save >> nth=0")
    axe(page)
    a_condition_by_hand(page, here, axe)
    page.goto(f"{here}difference/")
    assert page.locator("ins", has_text="60 years").count() == 1
    page.goto(here)
    page.wait_for_selector("#case-news:has-text('differ')")
    page.fill("#submit-note", "Men earlier")
    page.click("form.confirm button.btn-primary")
    assert page.locator("text=another officer publishes it").count() > 0
    assert page.locator("text=Publish these rules").count() == 0
    the_second_publishes(office, site, axe, here.removeprefix(site.url))


def a_condition_by_hand(page, here, axe) -> None:
    """A mistake is told while it is typed, a name is completed, a condition is made from a fact."""
    page.goto(f"{here}criterion/")
    page.fill("#id_must", "agee >= 1")
    page.wait_for_selector("#check.wrong mark:has-text('agee')")
    page.fill("#id_must", "")
    page.type("#id_must", "annual_inc")
    page.click("#completions button >> nth=0")
    page.type("#id_must", "<= 9000")
    page.wait_for_selector("#check.good")
    page.fill("#id_id", "poor")
    page.fill("#id_text_bn", "আয় সর্বোচ্চ ৯,০০০ টাকা")
    page.fill("#id_text_en", "Income of at most Tk 9,000")
    axe(page)
    page.click("text=Save the condition")
    page.wait_for_selector(".rule-list")
    assert page.locator(".rule-list > li").count() == 6


def the_second_publishes(office, site, axe, path: str) -> None:
    other = office("manager2", path, width=360, language="bn")
    axe(other)
    other.goto(f"{site.url}{path}cases/")
    axe(other)
    other.goto(f"{site.url}{path}")
    other.click("form[action$='/publish'] button")
    other.wait_for_url("**/office/definitions/OAA/")
    assert other.locator("text=কর্মসূচির নিয়ম প্রকাশ").count() > 0
    axe(other)
    other.goto(f"{site.url}/office/definitions/matrix/")
    axe(other)
