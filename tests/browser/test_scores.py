"""A poverty score in a browser: trained and looked at by the statistician, put in force by the manager."""

from __future__ import annotations

import pytest

from shohay.bulk import survey_base


@pytest.mark.heavy
def test_a_score_is_read_by_one_and_put_in_force_by_another(office, site, axe, tmp_path):
    base = survey_base.synthetic(households=960, seed=5, out=tmp_path / "base")
    # by command here as there is no worker
    site.shohay("score", "train", str(base), "--code", "pmt_walk", "--areas", "one", "--compare", "", "--by", "bbs")
    page = office("bbs", "/office/scores/", width=360, language="bn")
    axe(page)
    page.click("main table a >> nth=0")
    page.wait_for_selector(".chart[data-drawn] svg")
    axe(page)
    page.select_option("#filter-cut", "line")
    page.click("main form.filters button")
    page.wait_for_selector("#score-groups .chart[data-drawn] svg")
    assert "cut=line" in page.url
    page.goto(f"{site.url}/office/scores/train")
    axe(page)
    page = office("manager", "/office/scores/", width=1280, language="en")
    page.click("main table a >> nth=0")
    page.click("main form[action*=activate] button")
    page.wait_for_selector("text=In force later")
    axe(page)
    for address in ("drift", "due", "new"):
        page.goto(f"{site.url}/office/scores/{address}")
        axe(page)
