"""A number that is looked for, in a browser without JavaScript: in no address, and there again after "back"."""

from __future__ import annotations

import pytest

NUMBER = "৯৮৭৬৫৪৩২১০"


@pytest.mark.parametrize(("language", "width"), [("bn", 360), ("en", 1280)])
def test_a_number_stands_in_no_address_and_back_finds_it(office, site, language, width):
    page = office("upazila", language=language, width=width, script=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.fill("#desk-search", NUMBER)
    page.press("#desk-search", "Enter")
    page.wait_for_url(f"{site.url}/office/people/?asked=1*")
    assert page.input_value("#q") == NUMBER
    page.fill("#q", "Zzxqw")
    page.click("main form button.btn-primary")
    page.wait_for_url(f"{site.url}/office/people/?q=Zzxqw*")
    page.go_back()
    page.wait_for_url(f"{site.url}/office/people/?asked=1*")
    assert page.input_value("#q") == NUMBER
    assert not any(NUMBER in url or "9876543210" in url or "%E0%A7%AF" in url for url in asked)
