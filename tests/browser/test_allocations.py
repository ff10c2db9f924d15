"""A quota shared among all upazilas of the country in a browser: tried, proposed, approved by Cabinet Division."""

from __future__ import annotations

import pytest


@pytest.mark.heavy
def test_a_national_quota_is_tried_proposed_and_approved(office, site, axe):
    page = office("manager", "/office/allocations/new", width=1280, language="en")
    page.select_option("#id_programme", "OAA")
    page.fill("#id_quota", "6,100,000")
    page.check("input[name=areas][value=all]")
    page.select_option("#id_weight_1", "population")
    page.click("summary:has-text('Floors')")
    page.fill("#id_floor", "500")
    axe(page)
    page.click("text=Show the shares")
    page.wait_for_selector(".confirm:has-text('Propose 61,00,000 places')")
    assert page.locator("text=in 507 areas").count() == 1
    page.wait_for_selector(
        "#allocation-map .chart canvas, #allocation-map .chart svg"
    )  # drawn once the boundaries came
    axe(page)
    page.click("text=Propose this allocation")
    page.wait_for_url("**/office/allocations/*/")
    path = page.url.removeprefix(site.url)
    assert page.locator("text=another officer must approve").count() > 0
    other = office("cabinet", path, width=360, language="bn")
    axe(other)
    other.click("form[action$='/approve'] button")
    other.wait_for_selector("text=এখন এগুলোই কোটা")
    page.goto(f"{site.url}/office/quotas/?programme=OAA")
    assert page.locator("main tbody tr").count() == 100  # the first page of 507
