"""A list as a file that a spreadsheet opens: CSV or XLSX, never run as a formula.

Numbers and dates stay numbers and dates, so that a column can be added up and sorted. In CSV a text that begins like a
formula gets an apostrophe before it; in XLSX every text is written as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
SHEET_ROWS = 1_000_000  # Excel ends at 1,048,576: longer lists go on in another sheet
REPORT_EVERY = 2_000  # rows between two reports of progress
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}

Rows = Iterable[Sequence[object]]
Report = Callable[[int], None]


def write_list(
    out: BinaryIO, kind: str, header: Sequence[str], rows: Rows, *, title: str = "", report: Report | None = None
) -> int:
    """Write ``rows`` under ``header`` into ``out`` as ``kind`` ('csv' or 'xlsx'); how many rows.

    ``report(rows so far)`` is called every REPORT_EVERY rows and may raise to give up. ValueError: another kind.
    """
    if kind not in KINDS:
        raise ValueError(f"not a kind of list file: {kind}")
    counted = _counting(rows, report)
    return _csv(out, header, counted) if kind == "csv" else _xlsx(out, header, counted, title)


def _counting(rows: Rows, report: Report | None) -> Rows:
    for number, row in enumerate(rows):
        if report is not None and number % REPORT_EVERY == 0:
            report(number)
        yield row


def disarmed(cell: object) -> object:
    """A text that begins like a formula with an apostrophe before it; numbers as they are, days as 2026-11-22."""
    if cell is None or isinstance(cell, int | float | Decimal):
        return cell
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    text = str(cell)
    return "'" + text if text.startswith(FORMULA_SIGNS) else text


def _csv(out: BinaryIO, header: Sequence[str], rows: Rows) -> int:
    """UTF-8 with a byte order mark: without it spreadsheets misread Bangla."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([disarmed(cell) for cell in header])
    written = 0
    for row in rows:
        writer.writerow([disarmed(cell) for cell in row])
        written += 1
    text.detach()  # leave ``out`` open: it belongs to the caller
    return written


def _xlsx(out: BinaryIO, header: Sequence[str], rows: Rows, title: str) -> int:
    """One line at a time, so that memory does not grow with the list."""
    book = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"title": title})
    formats = {
        date: book.add_format({"num_format": "dd/mm/yyyy"}),
        datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        "head": book.add_format({"bold": True, "bottom": 1}),
    }
    sheet, line, written = None, 0, 0
    for row in rows:
        if sheet is None or line == SHEET_ROWS:
            sheet, line = _new_sheet(book, header, formats["head"]), 0
        line += 1
        written += 1
        for place, cell in enumerate(row):
            _write_cell(sheet, line, place, cell, formats)
    if sheet is None:
        _new_sheet(book, header, formats["head"])
    book.close()
    return written


def _new_sheet(book: xlsxwriter.Workbook, header: Sequence[str], bold: object) -> Worksheet:
    sheet = book.add_worksheet()
    for place, heading in enumerate(header):
        sheet.set_column(place, place, max(12, min(40, len(heading) + 4)))
        sheet.write_string(0, place, heading, bold)
    sheet.freeze_panes(1, 0)
    return sheet


def _write_cell(sheet: Worksheet, line: int, place: int, cell: object, formats: dict[object, object]) -> None:
    """By the type of the value: anything that is not a number or a day is text."""
    write: dict[str, Callable[..., object]] = {
        "number": sheet.write_number, "day": sheet.write_datetime, "text": sheet.write_string,
    }  # fmt: skip
    if cell is None or cell == "":
        return
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal | date):
        write["text"](line, place, str(cell)[:32_000])
    elif isinstance(cell, date):
        write["day"](line, place, cell, formats[datetime if isinstance(cell, datetime) else date])
    else:
        write["number"](line, place, cell)
