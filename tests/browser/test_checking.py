"""A draft report is checked in a browser: what is wrong, where, and what changed in the mended version."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.core.checking.drafts import Draft


def content(draft: Draft) -> bytes:
    return "\n".join(draft.lines).encode()


def wrong() -> Draft:
    return Draft().change("top", "at 900.00", "at 8.00").change("c1", "March, 2025", "March, 1905")


@pytest.mark.heavy
@pytest.mark.parametrize(("width", "language"), [(360, "bn"), (1280, "en")])
def test_a_draft_is_checked_mended_and_checked_again(office: Any, axe: Any, tmp_path: Path, width: int, language: str):
    page = office("cabinet", "/office/checks/", width=width, language=language)
    axe(page)
    first, second = tmp_path / "draft.txt", tmp_path / "mended" / "draft.txt"  # versions have one name
    first.write_bytes(content(wrong()))
    second.parent.mkdir()
    second.write_bytes(content(wrong().change("top", "at 8.00", "at 900.00")))

    def give(path: Path) -> None:
        page.goto(page.url.split("/office/")[0] + "/office/checks/")
        if not page.is_visible("#id_file"):
            page.click("main details summary")
        page.set_input_files("#id_file", path)
        page.click("main form[enctype] button.btn-primary")

    give(first)
    page.wait_for_url("**/office/checks/*/")
    assert page.locator("main table tbody tr").count() > 1
    axe(page)
    give(second)
    page.wait_for_url("**/office/checks/*/")
    page.click("main a[href*='/office/checks/difference/']")
    page.wait_for_selector("main h2")
    axe(page)
