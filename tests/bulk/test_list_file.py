"""A list as CSV or XLSX: never run as a formula, numbers and days kept as such, in any length."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.bulk import list_file
from shohay.bulk.list_file import write_list

DANGEROUS = ["=1+1", "+88017", "-5", "@sum", "\tx", "\rx", "=cmd|' /C calc'!A0"]


def written(kind: str, header: list[str], rows: list[list[object]]) -> bytes:
    out = io.BytesIO()
    assert write_list(out, kind, header, rows) == len(rows)
    return out.getvalue()


@pytest.mark.parametrize("cell", DANGEROUS)
def test_in_csv_a_text_that_begins_like_a_formula_is_disarmed(cell):
    text = written("csv", ["head"], [[cell]]).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == ["'" + cell]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))))
def test_whatever_the_text_no_cell_of_a_csv_begins_like_a_formula(text):
    rows = list(csv.reader(io.StringIO(written("csv", [text], [[text]]).decode("utf-8-sig"), newline="")))
    assert all(not cell.startswith(list_file.FORMULA_SIGNS) for row in rows for cell in row)


@pytest.mark.parametrize("cell", DANGEROUS)
def test_in_xlsx_every_text_is_a_text_and_no_formula_is_written(cell):
    with ZipFile(io.BytesIO(written("xlsx", ["head"], [[cell, "https://example.org", "12"]]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert sheet.count('t="inlineStr"') == 4
        assert "hyperlink" not in sheet


def test_numbers_and_days_stay_numbers_and_days():
    row = [12, Decimal("1950.5"), date(2026, 11, 22), datetime(2026, 11, 22, 10, 5), None, "আমেনা", -5]  # noqa: DTZ001 - spreadsheets know no zone
    text = written("csv", ["ক"] * 7, [row])
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.decode("utf-8-sig").splitlines()[1] == "12,1950.5,2026-11-22,2026-11-22 10:05,,আমেনা,-5"
    with ZipFile(io.BytesIO(written("xlsx", ["ক"] * 7, [row]))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    for place in ("<v>12</v>", "<v>1950.5</v>", "<v>46348</v>", "<v>-5</v>"):  # a day is its number since 1900
        assert place in sheet
    assert "আমেনা" in sheet


def test_a_list_longer_than_a_sheet_goes_on_in_the_next_one(monkeypatch):
    monkeypatch.setattr(list_file, "SHEET_ROWS", 2)
    with ZipFile(io.BytesIO(written("xlsx", ["n"], [[1], [2], [3]]))) as book:
        names = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(names) == 2
        assert "<v>3</v>" in book.read(names[1]).decode()


def test_a_list_without_rows_has_its_headings():
    assert written("csv", ["ক", "খ"], []).decode("utf-8-sig") == "ক,খ\r\n"
    with ZipFile(io.BytesIO(written("xlsx", ["ক"], []))) as book:
        assert "ক" in book.read("xl/worksheets/sheet1.xml").decode()


def test_it_reports_as_it_goes_and_may_be_stopped(monkeypatch):
    monkeypatch.setattr(list_file, "REPORT_EVERY", 2)
    seen: list[int] = []

    def report(done: int) -> None:
        seen.append(done)
        if done == 4:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        write_list(io.BytesIO(), "csv", ["n"], ([n] for n in range(10)), report=report)
    assert seen == [0, 2, 4]


def test_another_kind_is_refused():
    with pytest.raises(ValueError, match="pdf"):
        write_list(io.BytesIO(), "pdf", ["n"], [])
