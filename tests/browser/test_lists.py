"""Lists in a browser: cards on a phone, files to take away, work that is stopped from its page."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize("language", ["bn", "en"])
def test_on_a_phone_a_table_that_does_not_fit_becomes_cards(office: Any, axe: Any, language: str):
    page = office("manager", "/office/definitions/", width=360, language=language)
    table = page.locator("main table").first
    assert "stack" in (table.get_attribute("class") or "")
    first = table.locator("tbody tr").first
    assert first.locator("[data-label]").count() >= 2  # each value has its heading beside it
    boxes = [cell.bounding_box() for cell in first.locator("td").all()]
    assert all(box["x"] + box["width"] <= 360 for box in boxes)
    assert table.get_attribute("role") == "table"
    axe(page)


def test_on_a_wide_screen_it_stays_a_table(office: Any):
    page = office("manager", "/office/definitions/", width=1280)
    assert "stack" not in (page.locator("main table").first.get_attribute("class") or "")


def test_turning_the_phone_turns_cards_into_a_table_again(office: Any):
    page = office("manager", "/office/definitions/", width=360)
    page.set_viewport_size({"width": 1000, "height": 700})
    page.wait_for_function("!document.querySelector('main table').classList.contains('stack')")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_is_taken_away_as_a_file(office: Any, kind: str):
    page = office("auditor", "/office/audit/", language="bn")
    with page.expect_download() as loading:
        page.click(f'.as-file a[href*="as={kind}"]')
    assert loading.value.suggested_filename.endswith(f".{kind}")


@pytest.mark.heavy
def test_work_that_no_worker_takes_says_so_and_is_stopped(office: Any, axe: Any):
    page = office("manager", "/office/snapshots/", width=360, language="en")
    page.click("text=Take a snapshot now")
    page.wait_for_selector("text=No worker is running", timeout=15_000)
    axe(page)
    page.click("text=Stop this work")
    page.wait_for_selector("text=Stopped before its end")
    assert page.url.endswith("/office/snapshots/")
    axe(page)


def test_the_words_of_a_file_field_are_in_the_language_of_the_page(office: Any, axe: Any):
    page = office("operator", "/office/uploads/new", width=360, language="bn")
    page.wait_for_selector("text=ফাইল বেছে নিন")
    page.set_input_files("input[type=file]", {"name": "খানা.csv", "mimeType": "text/csv", "buffer": b"x"})
    page.wait_for_selector("text=খানা.csv")
    axe(page)
