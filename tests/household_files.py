"""Household files for tests: rows as dictionaries, written as CSV in the template."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

from shohay.bulk.intake_template import load_template

UNION = "30260811"
OTHER_UNION = "30260812"
CODES = load_template("household").codes


def row(reference: str = "H1", line: int = 1, **cells: object) -> dict[str, str]:
    """A good row; the first line is the head."""
    good: dict[str, object] = dict.fromkeys(CODES, "")
    good |= {
        "household_reference": reference, "union_code": UNION, "area_type": "rural", "rooms": "2", "line_no": line,
        "relation": "head" if line == 1 else "child", "name_bn": "মোছাঃ ফাতেমা খাতুন" if line == 1 else f"রহিম উদ্দিন {'ক' * line}",
        "sex": "female" if line == 1 else "male", "birth_date": "1960-03-01" if line == 1 else "2001-05-09",
    }  # fmt: skip
    return {code: str(value) for code, value in (good | cells).items()}


def household(reference: str, members: int = 3, **cells: object) -> list[dict[str, str]]:
    return [row(reference, line, **cells) for line in range(1, members + 1)]


def text(rows: Sequence[dict[str, str]], headings: Sequence[str] = tuple(CODES), delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([one.get(code, "") for code in CODES] for one in rows)
    return out.getvalue()


def data(rows: Sequence[dict[str, str]], encoding: str = "utf-8") -> bytes:
    return text(rows).encode(encoding)


def sheet(
    path: Path, rows: Sequence[dict[str, object]], change: Callable[[object, object], None] | None = None
) -> Path:
    """The rows as XLSX; cells that are numbers or dates stay such."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet()
    page.write_row(0, 0, CODES)
    for number, one in enumerate(rows, start=1):
        page.write_row(number, 0, [one.get(code, "") for code in CODES])
    if change:
        change(book, page)
    book.close()
    return path
