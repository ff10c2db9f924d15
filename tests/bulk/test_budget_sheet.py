"""A ministry's budget sheet as people make them: what can be read is read, what cannot says where and why."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from shohay.bulk import budget_sheet
from shohay.core.messages import Refusal

HEAD = "Programme code,Fiscal year,Allocation (crore taka),Revised,Actual,Planned day of release"


def sheet(*rows: str, head: str = HEAD) -> budget_sheet.Sheet:
    return budget_sheet.read("\n".join((head, *rows)).encode())


def test_a_plain_row():
    (row,) = sheet("oaa,2024-25,4350.97,4300,4211.5,2024-09-30").rows
    assert (row.line, row.programme, row.fiscal_year) == (2, "OAA", "2024-25")
    assert (row.allocation, row.revised, row.actual) == (4_350_970_000_000, 4_300_000_000_000, 4_211_500_000_000)
    assert row.planned_release_on == date(2024, 9, 30)


def test_bangla_digits_grouping_and_nothing():
    (row,) = sheet('OAA,২০২৪-২৫,"৳ ৪,৩৫০.৯৭",N/A,–,৩০/০৯/২০২৪').rows
    assert (row.fiscal_year, row.allocation, row.revised, row.actual) == ("2024-25", 4_350_970_000_000, None, None)
    assert row.planned_release_on == date(2024, 9, 30)


def test_columns_may_move_and_titles_stand_above():
    data = "\n".join(
        ["সমাজকল্যাণ মন্ত্রণালয়,,", ",,", "প্রকৃত ব্যয় (কোটি টাকা),কর্মসূচির কোড,বরাদ্দ (কোটি টাকা),অর্থবছর",
         "10,OAA,12.5,2024-2025"]
    )  # fmt: skip
    (row,) = budget_sheet.read(data.encode("utf-8-sig")).rows
    assert (row.line, row.allocation, row.actual, row.fiscal_year) == (4, 12_500_000_000, 10_000_000_000, "2024-25")


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        (",2024-25,5,,,", "programme", "empty"),
        ("OAA,2024-26,5,,,", "fiscal_year", "not_a_year"),
        ("OAA,July 1905,5,,,", "fiscal_year", "not_a_year"),
        ("OAA,2024-25,,,9,", "allocation", "empty"),
        ("OAA,2024-25,about 5,,,", "allocation", "not_a_number"),
        ("OAA,2024-25,nan,,,", "allocation", "not_a_number"),
        ("OAA,2024-25,-5,,,", "allocation", "negative"),
        ("OAA,2024-25,43509700000,,,", "allocation", "too_large"),
        ("OAA,2024-25,0.00000000001,,,", "allocation", "too_fine"),
        ("OAA,2024-25,5,,,31/02/2025", "planned_release_on", "not_a_day"),
        ("OAA,2024-25,5,,,01/07/1905", "planned_release_on", "not_a_day"),
    ],
)
def test_a_row_that_cannot_be_read_says_why_and_the_others_go_on(row, column, reason):
    read = sheet(row, "WDA,2024-25,7,,,")
    assert [one.programme for one in read.rows] == ["WDA"]
    assert (column, reason) in {(wrong.column, wrong.reason) for wrong in read.errors}
    assert {wrong.line for wrong in read.errors} == {2}


def test_a_programme_twice_in_one_year_is_refused_and_totals_are_no_programme():
    read = sheet("OAA,2024-25,5,,,", "oaa,2024-25,6,,,", "Total,,11,,,", ",,,,,", "WDA,2024-25,,N/A,–,")
    assert [row.allocation for row in read.rows] == [5_000_000_000]
    assert [(wrong.line, wrong.reason) for wrong in read.errors] == [(3, "twice")]


def test_a_spreadsheet_with_merged_cells_serial_days_and_numbers():
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    page = book.add_worksheet()
    page.merge_range(0, 0, 0, 4, "Budget of the ministry")
    for place, heading in enumerate(("Programme code", "Fiscal year", "Allocation", "Released", "Day of release")):
        page.write(1, place, heading)
    page.merge_range(2, 1, 3, 1, "2024-25")  # the value stands in the first cell only
    page.write_row(2, 2, [1844.32, 900, 45600])
    page.write(2, 0, "WDA")
    page.write(3, 0, "OAA")
    page.write(3, 2, 5)
    book.close()
    read = budget_sheet.read(data.getvalue())
    assert [(row.allocation, row.released, row.released_on) for row in read.rows] == [
        (1_844_320_000_000, 900_000_000_000, date(2024, 11, 4))
    ]
    assert [(wrong.line, wrong.column, wrong.reason) for wrong in read.errors] == [(4, "fiscal_year", "empty")]


def test_the_template_is_understood_in_both_languages():
    for language in ("bn", "en"):
        heading = ",".join(budget_sheet.template(language))
        (row,) = budget_sheet.read(f"{heading}\nOAA,x,2024-25,1,,,,,,,".encode()).rows
        assert row.programme == "OAA"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe\x00x", "budget_file_kind"),
        (b"PK not a workbook", "budget_file_kind"),
        (b"", "budget_header_missing"),
        (b"Programme code,Allocation\nOAA,5", "budget_header_missing"),
        (b"Programme code,Fiscal year,Allocation\n" + b"OAA,2024-25,5\n" * 5_100, "budget_file_long"),
    ],
)
def test_files_that_are_no_sheet(data, code):
    with pytest.raises(Refusal) as refused:
        budget_sheet.read(data)
    assert refused.value.code == code
