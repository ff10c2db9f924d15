"""The pictures of docs/screens: the main pages, both languages, both widths, from a running demonstration.

Usage: ``make demo`` in one window, ``make screenshots`` (``python tools/screenshots.py --base-url http://127.0.0.1:8000``)
in another. Look at every picture afterwards; that is what they are for.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import Any, NamedTuple

from shohay.bulk.synth import cast
from shohay.core.bangla import to_latin_digits

SCREENS = Path(__file__).resolve().parents[1] / "docs" / "screens"
PASSWORD = "shohay-demo-2026"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
HEIGHTS = {360: 780, 1280: 900}
MOST = 2400  # pixels of height that a picture shows; longer pages are cut


class Shot(NamedTuple):
    """One page: ``follow`` is clicked on the way, so that a record is shown and not only the list."""

    name: str
    path: str
    officer: str = ""
    follow: str = ""


LONG_LIST = "a list of some twenty people"  # instead of a selector: the first list that fills a picture
ROWS = 18


SHOTS = (
    Shot("home", "/"),
    Shot("may-i", "/citizen/may-i/answer"),
    Shot("programme", "/programmes/OAA/"),
    Shot("dashboard", "/dashboard/"),
    Shot("complaint", "/citizen/complaint/"),
    Shot("desk", "/office/", "upazila"),
    Shot("upload", "/office/uploads/", "manager", "main table a[href*='/uploads/']"),
    Shot("person", "", "upazila"),
    Shot("list", "/office/lists/?programme=OAA", "upazila", LONG_LIST),
    Shot("payroll", "/office/payrolls/", "finance", "main table a"),
    Shot("grievances", "/office/grievances/", "grievance"),
    Shot("chain", "/office/chain/", "cabinet"),
    Shot("reform", "/office/dashboard/reform/", "cabinet"),
    Shot("indicators", "/office/indicators/", "bbs"),
    Shot("plan", "/office/plan/", "focal"),
    Shot("committees", "/office/committees/", "secretary"),
    Shot("rule-draft", "/office/rule-drafts/?state=submitted", "manager2", "main table a[href*='/rule-drafts/']"),
    Shot("lab", "/office/lab/", "manager", "main table a[href*='/lab/']"),
    Shot("score", "/office/scores/", "manager", "main table a[href*='/scores/']"),
    Shot("allocation", "/office/allocations/", "manager2", "main table a[href*='/allocations/']"),
    Shot("survey", "/office/surveys/", "bbs", "main table a[href*='/surveys/']"),
)
# what the person of the "may I get?" picture answers
SAID = {"sex": "female", "area_type": "rural", "is_permanent_resident": "yes", "has_identity": "yes",
        "marital_status": "widowed", "disability": "none", "community": "none", "relation": "head",
        "walls": "tin"}  # fmt: skip
TYPED = {"birth_date": "15/04/1958", "annual_income": "6000", "household_income": "24000", "household_size": "2"}


def _fill(page: Any) -> None:
    """Answer one page: what SAID and TYPED have, 0 for other numbers, no for other questions."""
    for name, value in SAID.items():
        if page.locator(f'input[name="{name}"][value="{value}"]').count():
            page.check(f'input[name="{name}"][value="{value}"]')
    for name, value in TYPED.items():
        if page.locator(f'input[name="{name}"]').count():
            page.fill(f'input[name="{name}"]', value)
    for name in ("district_code", "upazila_code"):
        if page.locator(f'select[name="{name}"]').count():
            page.select_option(f'select[name="{name}"]', index=12 if name == "district_code" else 1)
    for box in page.locator('main form input[inputmode="numeric"], main form input[inputmode="decimal"]').all():
        if box.get_attribute("name") not in (*TYPED, "marriage_ended_on"):
            box.fill("0")
    for radio in page.locator('input[type="radio"][value="no"]').all():
        if radio.get_attribute("name") not in SAID:
            radio.check()


def _answer_questions(page: Any, base: str) -> None:
    """Go through "what may I get?" as a widow of 68."""
    page.goto(f"{base}/citizen/may-i/sex/")
    for _ in range(40):
        if "summary" in page.url:
            return
        _fill(page)
        page.click("main form button.btn-primary")


def _sign_in(page: Any, base: str, officer: str) -> None:
    page.goto(f"{base}/office/sign-in")
    page.fill("#id_username", officer)
    page.fill("#id_password", PASSWORD)
    page.click("main form button.btn-primary")
    page.wait_for_url(f"{base}/office/**")


def _open_person(page: Any, base: str) -> None:
    """The widow of the named cast, found by her number and opened with a purpose, as every officer must."""
    widow = cast.household("widow")[0]
    page.goto(f"{base}/office/people/")
    page.fill("#q", str(widow["id_number"]))  # a number goes by the form alone
    page.click("main form button.btn-primary")
    page.locator("main table a").first.click()
    page.locator('input[name="purpose"]').first.check()
    page.click("main form button.btn-primary")


def _open_long_list(page: Any) -> None:
    """The first list of the page with at least ROWS eligible people, else the longest."""
    eligible = [
        to_latin_digits(cell.text_content() or "0") for cell in page.locator("main tbody td.number:nth-child(3)").all()
    ]
    counts = [int("".join(one for one in text if one.isdigit()) or 0) for text in eligible]
    fitting = [place for place, count in enumerate(counts) if count >= ROWS]
    chosen = fitting[0] if fitting else counts.index(max(counts))
    page.locator("main tbody tr").nth(chosen).locator("a").first.click()


def _take(context: Any, base: str, shot: Shot, target: Path, width: int) -> None:
    page = context.new_page()
    if shot.officer:
        _sign_in(page, base, shot.officer)
    if shot.name == "may-i":
        _answer_questions(page, base)
    if shot.path:
        page.goto(base + shot.path)
    else:
        _open_person(page, base)
    if shot.follow == LONG_LIST:
        _open_long_list(page)
    elif shot.follow:
        page.locator(shot.follow).first.click()
    page.wait_for_load_state("networkidle")
    if page.locator(".chart").count():
        page.wait_for_selector(".chart[data-drawn]")
        page.wait_for_timeout(1200)  # until the bars have grown
    page.evaluate("document.activeElement && document.activeElement.blur()")
    tall = min(MOST, page.evaluate("document.documentElement.scrollHeight"))
    page.screenshot(path=str(target), full_page=True, clip={"x": 0, "y": 0, "width": width, "height": tall})
    page.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base-url", default="http://127.0.0.1:8000")
    parser.add_argument("--out", type=Path, default=SCREENS)
    parser.add_argument("--only", default="", help="names of pictures, with commas between")
    asked = parser.parse_args()
    chromium = os.environ.get("SHOHAY_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("Chromium is not installed: apt-get install chromium, or set SHOHAY_CHROMIUM to its path")
        return 1
    from playwright.sync_api import sync_playwright

    asked.out.mkdir(parents=True, exist_ok=True)
    base = asked.base_url.rstrip("/")
    wanted = [shot for shot in SHOTS if not asked.only or shot.name in asked.only.split(",")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for shot in wanted:
            for language in ("bn", "en"):
                for width, height in HEIGHTS.items():
                    context = browser.new_context(viewport={"width": width, "height": height})
                    context.add_cookies([{"name": "language", "value": language, "url": base}])
                    target = asked.out / f"{shot.name}-{language}-{width}.png"
                    _take(context, base, shot, target, width)
                    context.close()
                    print(target.name)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
