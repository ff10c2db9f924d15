"""The ministries' sheets as they come: merged cells, moved columns, Bangla digits, N/A, dates in every form."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from shohay.bulk.plan_rows import Known, Owed, read_day, read_rows
from shohay.bulk.plan_sheets import open_table
from shohay.bulk.plan_template import COLUMNS, write_template
from shohay.core.bangla import to_bangla_digits
from shohay.core.messages import MESSAGES, Refusal

TODAY = date(2025, 9, 1)
DAY_CELL = datetime.fromisoformat("2025-06-30")
YEARS = [Owed(n, f"{2020 + n}-{21 + n}", date(2021 + n, 6, 30)) for n in range(1, 6)]
KNOWN = Known(
    frozenset({"2.1-01-01", "2.1-01-02", "2.1-01-03", "2.2-01-01", "SAC-05-1"}),
    {
        "2.1-01-01": [Owed(1, "", date(2022, 6, 30))],
        "2.1-01-02": [],
        "2.1-01-03": [Owed(1, "", date(2024, 6, 30)), Owed(2, "", date(2025, 6, 30))],
        "SAC-05-1": YEARS,
    },
    TODAY,
)
HEAD = ["Item no.", "State", "Progress (%)", "Day of completion", "Period", "What was done"]


def book(*rows, merges=(), head=HEAD, above=0) -> bytes:
    """A workbook: ``above`` rows of titles, the headings, the rows; ``merges``: (first row, col, last row, col, value)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as file:
        sheet = file.add_worksheet()
        day = file.add_format({"num_format": "dd/mm/yyyy"})
        for line in range(above):
            sheet.merge_range(line, 0, line, len(head) - 1, f"Ministry of Social Welfare, part {line}")
        for line, row in enumerate([head, *rows], start=above):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(line, place, cell, day)
                else:
                    sheet.write(line, place, cell)
        for first, left, last, right, value in merges:
            sheet.merge_range(first, left, last, right, value)
    return out.getvalue()


def table(*rows, head=HEAD) -> bytes:
    """The same as CSV."""
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in [head, *rows]).encode("utf-8-sig")


def read(data: bytes):
    return read_rows(open_table(data), KNOWN)


def one(*row, head=HEAD):
    """The one good row of a sheet."""
    found = read(book(list(row), head=head))
    assert found.errors == []
    (good,) = found.rows
    return good


def wrong(*row) -> list[tuple[str, str]]:
    """(column, code) of each error of a row that is not taken."""
    found = read(book(list(row)))
    assert found.rows == []
    for error in found.errors:
        assert MESSAGES[error["code"]].bn.format(**error["params"])
        assert error["line"] == 2
    return [(error["column"], error["code"]) for error in found.errors]


def test_a_plain_row():
    assert one("2.1-01-01", "In progress", 50, "", "", "Half of the upazilas") == {
        "line": 2, "code": "2.1-01-01", "claim": "progress", "percent": 50, "milestone": "", "done_on": None,
        "text_bn": "", "text_en": "Half of the upazilas", "obligation": None,
    }  # fmt: skip


def test_bangla_digits_and_words():
    row = one("২.১-০১-০১", "চলমান", "৫০%", "", "", "অর্ধেক উপজেলা আওতাভুক্ত")
    assert (row["code"], row["claim"], row["percent"], row["text_bn"]) == (
        "2.1-01-01", "progress", 50, "অর্ধেক উপজেলা আওতাভুক্ত",
    )  # fmt: skip


@pytest.mark.parametrize("nothing", ["N/A", "n/a", "-", "—", "প্রযোজ্য নয়", "Not Applicable", "", " "])
def test_what_says_nothing_is_empty(nothing):
    row = one("2.1-01-01", nothing, "60", nothing, nothing, "Going on")
    assert (row["claim"], row["percent"], row["done_on"]) == ("progress", 60, None)


@pytest.mark.parametrize(
    "cell",
    ["30/06/2025", "৩০/০৬/২০২৫", "30-06-2025", "30.6.25", "৩০.৬.২৫", "2025-06-30", "2025-06-30 00:00:00", "30 June 2025",
     "June 2025", "জুন, ২০২৫", "৩০ জুন ২০২৫", DAY_CELL, 45838, "45838", "৪৫৮৩৮"],
)  # fmt: skip
def test_dates_as_cells_text_and_serials(cell):
    row = one("2.1-01-01", "Completed", "", cell, "", "Done")
    assert (row["done_on"], row["percent"]) == ("2025-06-30", 100)


@settings(max_examples=60, deadline=None)  # a busy machine is slow now and then
@given(st.dates(date(2015, 1, 1), date(2041, 12, 31)), st.booleans())
def test_every_day_is_read_back_from_each_form(day, bangla):
    written = [
        f"{day:%d/%m/%Y}",
        day.isoformat(),
        f"{day.day} {day:%B} {day.year}",
        str((day - date(1899, 12, 30)).days),
    ]
    for text in written:
        assert read_day(to_bangla_digits(text) if bangla else text) == day
    assert read_day(float((day - date(1899, 12, 30)).days)) == day


@settings(max_examples=60, deadline=None)  # a busy machine is slow now and then
@given(st.text(max_size=30) | st.floats() | st.integers())
def test_whatever_stands_in_a_cell_is_a_day_or_none(cell):
    assert read_day(cell) is None or isinstance(read_day(cell), date)


def test_headings_below_titles_in_another_order_with_columns_between():
    head = ["ক্রমিক", "অগ্রগতির বিবরণ*", "মন্ত্রণালয়", "৩. অগ্রগতি (%)", "কাজের নম্বর", "সর্বশেষ অবস্থা"]
    row = ["১", "নীতিমালা হালনাগাদ হয়েছে", "MoSW", "৭৫", "২.১–০১–০২", "চলমান"]
    table = open_table(book(row, head=head, above=3))
    assert table.grid.rows[table.first - 1][4] == "কাজের নম্বর"
    assert {"ক্রমিক", "মন্ত্রণালয়", "সর্বশেষ অবস্থা"} <= set(table.unknown)
    (good,) = read_rows(table, KNOWN).rows
    assert (good["line"], good["code"], good["percent"]) == (5, "2.1-01-02", 75)


def test_headings_in_two_rows_under_a_merged_group():
    data = book(
        ["", "State", "Progress (%)", "What was done"],
        ["2.1-01-01", "In progress", 40, "On its way"],
        head=["", "", "", ""],
        merges=[(0, 1, 0, 3, "Progress up to June 2025"), (0, 0, 1, 0, "Item no.")],
    )
    (good,) = read(data).rows
    assert (good["line"], good["code"], good["percent"], good["text_en"]) == (3, "2.1-01-01", 40, "On its way")


def test_an_item_merged_over_several_lines_is_one_row():
    data = book(
        ["", "In progress", 40, "", "", "First step"],
        ["", "", "", "", "", "Second step"],
        ["2.1-01-02", "", 10, "", "", "Another"],
        merges=[(1, 0, 2, 0, "2.1-01-01")],
    )
    found = read(data)
    assert [(row["code"], row["text_en"]) for row in found.rows] == [
        ("2.1-01-01", "First step\nSecond step"), ("2.1-01-02", "Another"),
    ]  # fmt: skip
    assert found.errors == []


def test_section_titles_and_repeated_headings_are_no_rows():
    data = book(
        ["", "", "", "", "", ""], ["2.1-01-01", "", 5, "", "", "x"], HEAD, ["2.1-01-02", "", 5, "", "", "y"],
        merges=[(1, 0, 1, 5, "Objective 1: Old Age Allowance")],
    )  # fmt: skip
    found = read(data)
    assert [row["line"] for row in found.rows] == [3, 5]
    assert found.errors == []


def test_percentages_kept_as_fractions():
    found = read(book(["2.1-01-01", "", 0.5, "", "", "x"], ["2.1-01-02", "", 1, "", "", "y"]))
    assert [row["percent"] for row in found.rows] == [50, 100]
    assert one("2.1-01-01", "", 1, "", "", "x")["percent"] == 1  # nothing says that these are fractions


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        (("9.9-01-01", "", 5, "", "", "x"), [("code", "plan_row_code_unknown")]),
        (("2.2-01-01", "", 5, "", "", "x"), [("code", "plan_row_code_other")]),
        (("", "", 5, "", "", "x"), [("code", "plan_row_code_missing")]),
        (("2.1-01-01", "almost", 5, "", "", "x"), [("claim", "plan_row_claim")]),
        (("2.1-01-01", "", 150, "", "", "x"), [("percent", "plan_row_percent")]),
        (("2.1-01-01", "", "half", "", "", "x"), [("percent", "plan_row_percent")]),
        (("2.1-01-01", "", "", "", "", "x"), [("percent", "plan_row_measure")]),
        (("2.1-01-01", "", 5, "", "", ""), [("text", "plan_row_nothing")]),
        (("2.1-01-01", "Completed", "", "", "", "x"), [("done_on", "plan_row_done_on")]),
        (("2.1-01-01", "Completed", "", "soon", "", "x"), [("done_on", "plan_row_date")]),
        (("2.1-01-01", "Completed", "", "31/02/2025", "", "x"), [("done_on", "plan_row_date")]),
        (("2.1-01-01", "Completed", "", "July, 1905", "", "x"), [("done_on", "plan_row_date")]),
        (("2.1-01-01", "Completed", "", "01/10/2025", "", "x"), [("done_on", "plan_row_date_impossible")]),
        (("SAC-05-1", "Completed", "", "30/06/2025", "", "x"), [("period", "plan_row_period")]),
        (("SAC-05-1", "Completed", "", "30/06/2025", "2030-31", "x"), [("period", "plan_row_period")]),
        (("9.9-01-01", "almost", 150, "soon", "", "x"), [
            ("code", "plan_row_code_unknown"), ("percent", "plan_row_percent"), ("done_on", "plan_row_date"),
            ("claim", "plan_row_claim")]),
    ],
)  # fmt: skip
def test_what_is_wrong_comes_back_with_its_reason(row, errors):
    assert wrong(*row) == errors


@pytest.mark.parametrize("period", ["2024-25", "২০২৪-২৫", "২০২৪-২০২৫", "FY 2024-25", "2024–2025"])
def test_periods_of_what_recurs(period):
    assert one("sac-05-1", "সম্পন্ন", "", "30/06/2025", period, "x")["obligation"] == 4


def test_one_of_several_days():
    assert one("2.1-01-03", "Completed", "", "30/05/2025", "June 2025", "x")["obligation"] == 2


def test_an_item_twice_is_told_with_the_line_of_the_first():
    found = read(book(["2.1-01-01", "", 5, "", "", "x"], ["২.১-০১-০১", "", 6, "", "", "y"]))
    assert [row["line"] for row in found.rows] == [2]
    (error,) = found.errors
    assert (error["line"], error["code"], error["params"]) == (3, "plan_row_duplicate", {"line": 2})


def test_two_periods_of_one_item_are_two_rows():
    rows = [["SAC-05-1", "Completed", "", "30/06/2025", year, "x"] for year in ("2023-24", "2024-25")]
    assert [row["obligation"] for row in read(book(*rows)).rows] == [3, 4]


def test_good_rows_go_on_beside_bad_ones_in_a_csv_too():
    found = read(table(["2.1-01-01", "", "5", "", "", "x"], ["9.9", "", "5", "", "", "y"], ["", "", "", "", "", ""]))
    assert (len(found.rows), len(found.errors)) == (1, 1)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.7", "file_not_a_table"),
        (b"PK\x03\x04 cut off", "file_spreadsheet_broken"),
        (b"Item no.,What was done\n\xff\xfe\x00x", "file_encoding"),
        (b"name,age\nx,1\n", "plan_sheet_header"),
        (b"Item no.,What was done,What was done\n1,2,3\n", "plan_sheet_twice"),
        (b"Item no.,What was done\n" + b"x,y\n" * 5001, "plan_sheet_rows"),
    ],
)
def test_files_that_are_no_sheet(data, code):
    with pytest.raises(Refusal) as refused:
        open_table(data)
    assert refused.value.code == code
    assert refused.value.say("bn")


@pytest.mark.parametrize("language", ["bn", "en"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_template_is_read_as_it_was_written(kind, language):
    rows = [("2.1-01-01", "=Review the age", "Age decided", "June 2022"), ("SAC-05-1", "x", "y", "Every year")]
    data = write_template(kind, rows, title="MoSW", language=language)
    table = open_table(data)
    assert set(table.places) == set(COLUMNS)
    found = read_rows(table, KNOWN)
    assert (found.rows, found.errors, found.left) == ([], [], 2)
