"""The pages of the checker: upload a draft, read what does not agree, compare two versions."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit.models import Event
from shohay.stages.coordination import actions_checks, queries_checks
from shohay.stages.coordination.models_checks import ReportCheck
from tests.core.checking.drafts import Draft


def content(draft: Draft) -> bytes:
    return "\n".join(draft.lines).encode()


def wrong() -> Draft:
    return Draft().change("top", "at 900.00", "at 8.00").change("c1", "March, 2025", "March, 1905")


@pytest.fixture
def first(world) -> ReportCheck:
    return actions_checks.check_report(data=content(wrong()), file_name="draft.txt", by=SYSTEM)


def test_upload_and_read(sit, world):
    """The page says what is wrong, where, and what was expected; the check is in the audit log."""
    desk = sit("cabinet")
    assert "No report has been checked yet" in desk.get("/office/checks/").content.decode()
    file = SimpleUploadedFile("draft.txt", content(wrong()))
    answer = desk.post("/office/checks/new", {"file": file, "known": "on"})
    made = ReportCheck.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/office/checks/{made.pk}/")
    assert (made.errors, made.warnings, made.notes) == (2, 0, 0)
    page = desk.get(f"/office/checks/{made.pk}/").content.decode()
    for text in (
        "A figure from another column",
        "An impossible date",
        "8.00 crore taka",
        "900.00 crore taka",
        "March, 1905",
    ):
        assert text in page
    only = desk.get(f"/office/checks/{made.pk}/?rule=date.impossible").content.decode()
    assert "1.1 Budgets of Ministries: paragraph" not in only
    assert "table, line" in only
    assert Event.objects.filter(action="report.checked").count() == 1
    assert queries_checks.file_path(made.sha256).read_bytes() == content(wrong())


def test_refused_files_and_years(sit, world):
    """What cannot be read is told on the page and nothing is kept."""
    desk = sit("cabinet")
    for file, year in ((b"%PDF-1.7", ""), (content(Draft()), "next"), (b"", "")):
        answer = desk.post("/office/checks/new", {"file": SimpleUploadedFile("draft.pdf", file), "year": year})
        assert answer.status_code == 422
    assert desk.post("/office/checks/new", {}).status_code == 422
    assert not ReportCheck.objects.exists()


def test_the_same_draft_is_the_same_check(first):
    again = actions_checks.check_report(data=content(wrong()), file_name="other name.txt", by=SYSTEM)
    assert again.pk == first.pk
    assert (
        actions_checks.check_report(data=content(wrong()), file_name="draft.txt", known=False, by=SYSTEM).pk != first.pk
    )


def test_two_versions(sit, first):
    """Lines that moved are not new; what was mended is gone."""
    later = wrong().after("h11", "", "The ministries below report every year.").change("top", "at 8.00", "at 900.00")
    later.change("mt", "1,650.75", "1,560.75")
    second = actions_checks.check_report(data=content(later), file_name="draft.txt", by=SYSTEM)
    changed = queries_checks.changed(SYSTEM, first.pk, second.pk)
    assert [row.rule for row in changed.gone] == ["value.wrong-column"]
    assert [row.rule for row in changed.new] == ["total.row"]
    assert changed.stayed == 1
    desk = sit("cabinet")
    page = desk.get(f"/office/checks/difference/?old={first.pk}&new={second.pk}").content.decode()
    assert "A total row that is not the sum" in page
    assert desk.get(f"/office/checks/difference/?old={first.pk}&new=0").status_code == 404
    assert "What changed since check" in desk.get(f"/office/checks/{second.pk}/").content.decode()


def test_findings_as_files(sit, first):
    desk = sit("cabinet")
    csv = desk.get(f"/office/checks/{first.pk}/?as=csv").content.decode("utf-8-sig")
    assert csv.splitlines()[0].startswith("Line number,To line,Place,Severity,Rule")
    assert "value.wrong-column" in csv
    book = load_workbook(io.BytesIO(desk.get(f"/office/checks/{first.pk}/?as=xlsx&rule=date.impossible").content))
    assert book.active.max_row == 2


def test_who_may_check(sit, first):
    assert sit("upazila_officer").get("/office/checks/").status_code == 403
    assert sit("upazila_officer").get(f"/office/checks/{first.pk}/").status_code == 403


def test_our_own_data(promised_data):
    """The database's rows under the rules for tables: overdue, out of plan, a series that jumps."""
    found = queries_checks.check_data(SYSTEM)
    assert {"status.late", "date.outside-plan"} <= {row.rule for row in found}
    assert all(row.rule.split(".")[0] in ("total", "series", "unit", "duplicate", "date", "status") for row in found)


@pytest.fixture
def promised_data(world) -> None:
    from datetime import date

    from shohay.stages.coordination.models import ActionItem

    for no, timeframe in enumerate(("June, 2023", "December, 2017", "Continuous"), 1):
        texts = {
            f"{name}_{tongue}": f"{name} {no}"
            for name in ("objective", "activity", "indicator")
            for tongue in ("bn", "en")
        }
        ActionItem.objects.create(
            code=f"9.1-{no}", ministry_id="MoSW", section="9.1", objective_no=no, timeframe=timeframe, timeframe_kind="date",
            due=date(2023, 6, 30), status="In-progress", **texts,
        )  # fmt: skip
