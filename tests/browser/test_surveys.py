"""The statistics officer in a browser: microdata sent in, estimated, read with their intervals, two rounds compared."""

from __future__ import annotations

import pytest

from tests.household_survey import MAPPING, csv_of, rows


def sent(page, site, path, seed, label) -> None:
    """A round sent by the form and estimated, by command here as there is no worker."""
    path.write_bytes(csv_of(rows(seed=seed)))
    page.goto(f"{site.url}/office/surveys/new")
    page.set_input_files("#id_file", path)
    page.fill("#id_mapping", MAPPING.replace('"2022"', f'"{label}"'))
    page.click("main form[enctype] button.btn-primary")
    page.wait_for_url("**/office/surveys/*/")
    site.shohay("survey", "estimate", f"TEST/{label}")


@pytest.mark.heavy
def test_a_statistics_officer_sends_two_rounds_reads_and_compares_them(office, site, axe, tmp_path):
    page = office("bbs", "/office/surveys/new", width=1280, language="bn")
    axe(page)
    sent(page, site, tmp_path / "a.csv", 5, "2022")
    sent(page, site, tmp_path / "b.csv", 6, "2025")
    page.goto(f"{site.url}/office/surveys/")
    axe(page)
    page.click("main table a >> nth=0")
    page.select_option("#filter-by", "division")
    page.select_option("#filter-measure", "headcount")
    page.click("main form.filters button")
    page.wait_for_selector(".chart[data-drawn] svg")
    assert "by=division" in page.url
    axe(page)
    page.click("details summary >> text=একই তথ্য সারণিতে")
    assert page.locator("#survey-groups-table tbody tr").count() == 3
    page.goto(f"{site.url}/office/surveys/")
    page.click("main form.filters button")
    page.wait_for_url("**/office/surveys/compare?**")
    assert page.locator("main table").count() == 2
    page.set_viewport_size({"width": 360, "height": 800})
    axe(page)
