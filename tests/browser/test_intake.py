"""A household typed in, and a file with headings of its own, in a browser and in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

UNION = "55495217"
SAYS = {
    "bn": {"begin": "পরিবার শুরু করুন", "save": "সংরক্ষণ করুন", "send": "পাঠান", "file": "ফাইলটি পাঠান", "read": "এভাবে ফাইল পড়ুন", "wrong": "পঞ্জিকায় নেই"},
    "en": {"begin": "Begin a household", "save": "Save", "send": "Send", "file": "Send the file", "read": "Read the file so", "wrong": "no such date"},
}  # fmt: skip
TAKE_IN = """
from shohay.cli.ready import ready; ready()
from shohay.jobs.import_file import import_file
from shohay.stages.accounts.queries import officer_of
print(import_file(upload_id="{pk}", by=officer_of("operator", ""), progress=lambda *_: None)["admitted"]["persons"])
"""


def taken_in(site: Any, page: Any) -> int:
    """What the worker would do with the upload whose page is open; how many people it brought."""
    pk = page.url.rstrip("/").rsplit("/", 1)[1]
    return int(site.run("-c", TAKE_IN.format(pk=pk)).splitlines()[-1])


def button(page: Any, text: str) -> None:
    page.locator(f"main form button:has-text('{text}')").first.click()


@pytest.mark.parametrize(("language", "width"), [("bn", 360), pytest.param("en", 1280, marks=pytest.mark.heavy)])
def test_a_household_is_typed_in(language: str, width: int, office: Any, axe: Any, site: Any) -> None:
    says = SAYS[language]
    page = office("operator", "/office/drafts/", language=language, width=width)
    axe(page)
    page.click(f"button:has-text('{says['begin']}')")
    page.wait_for_url("**/part/0")
    axe(page)
    page.fill("#id_household_reference", f"B-{language}")
    page.select_option("#id_union_code", UNION)
    page.select_option("#id_area_type", "rural")
    button(page, says["save"])
    page.wait_for_url("**/part/1")
    page.fill("#id_name_bn", "মোছাঃ জরিনা বেগম")
    page.select_option("#id_relation", "head")
    page.select_option("#id_sex", "female")
    page.fill("#id_birth_date", "৩১/০২/১৯৬০")
    page.locator("main form button.btn-primary").first.click()
    page.wait_for_selector(f"text={says['wrong']}")
    axe(page)
    assert page.input_value("#id_birth_date") == "৩১/০২/১৯৬০"
    page.fill("#id_birth_date", "০১/০৩/১৯৬০")
    page.locator("main form button.btn-primary").first.click()
    page.wait_for_selector("form[action$='/send']")
    axe(page)
    page.click("form[action$='/send'] button")
    page.wait_for_url("**/office/uploads/*/")
    assert taken_in(site, page) == 1


@pytest.mark.heavy
@pytest.mark.parametrize(("language", "width"), [pytest.param("bn", 360, marks=pytest.mark.heavy), ("en", 1280)])
def test_a_file_with_its_own_headings(
    language: str, width: int, office: Any, axe: Any, site: Any, tmp_path: Path
) -> None:
    says, path = SAYS[language], tmp_path / f"own-{language}.csv"
    path.write_text(
        f"HH {language},ইউনিয়ন কোড,এলাকা,ক্রমিক,সম্পর্ক,সদস্যের নাম,লিঙ্গ\nM-{language},{UNION},গ্রাম,১,প্রধান,রহিমা,নারী\n"
    )
    page = office("operator", "/office/uploads/new", language=language, width=width)
    axe(page)
    page.set_input_files("#id_file", str(path))
    if page.locator("#id_area").count():
        page.select_option("#id_area", "554952")
    page.fill("#id_told_by", "করিম")
    page.fill("#id_told_on", "২১/১১/২০২৬")
    button(page, says["file"])
    page.wait_for_url("**/columns")
    axe(page)
    assert page.input_value("#id_column_5") == "name_bn"  # guessed
    page.select_option("#id_column_0", "household_reference")
    page.select_option("#id_column_2", "area_type")
    button(page, says["read"])
    page.wait_for_url("**/office/uploads/*/")
    assert taken_in(site, page) == 1
