"""A report as XLSX: a sheet a part, numbers as numbers, days as days, never a formula; the same bytes each time."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

from shohay.core.report.model import Block, Document, Figure, Heading, Listing, Paragraph, Part, Table
from shohay.core.report.text import pick, plain, shown

SUBCONTINENT = "[>=10000000]##\\,##\\,##\\,##0{0};[>=100000]##\\,##\\,##0{0};##,##0{0}"  # 1,23,45,678
FORMATS = {
    "count": SUBCONTINENT.format(""), "taka": SUBCONTINENT.format(""),
    "crore": SUBCONTINENT.format(".00"), "lakh": SUBCONTINENT.format(".00"),
    "share": "0.0%", "decimal": "0.00", "index": "0.0", "day": "dd/mm/yyyy", "gini": "0.000",
    "points": "+0.0;-0.0;0.0", "more": "+#,##0;-#,##0;0", "more-crore": "+0.00;-0.00;0.00",
}  # fmt: skip
EPOCH = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the file carries no time of its own
SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}


def workbook(document: Document) -> bytes:
    """The bytes of the workbook; the first sheet is the cover."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, SETTINGS)
    book.set_properties({"title": document.title, "subject": document.subtitle, "created": EPOCH})
    styles = {kind: book.add_format({"num_format": form, "valign": "top"}) for kind, form in FORMATS.items()}
    styles |= {
        f"total-{kind}": book.add_format({"num_format": form, "bold": True, "top": 1}) for kind, form in FORMATS.items()
    }
    styles |= {
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "total-text": book.add_format({"bold": True, "top": 1}),
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "h1": book.add_format({"bold": True, "font_size": 16, "font_color": "#006a4e"}),
        "h2": book.add_format({"bold": True, "font_size": 13, "font_color": "#006a4e"}),
        "caption": book.add_format({"bold": True}),
        "soft": book.add_format({"font_color": "#4d5a63", "italic": True}),
        "plain": book.add_format({"valign": "top"}),
    }
    _cover(book, document, styles)
    taken: set[str] = {"cover"}
    for part in document.parts:
        sheet = book.add_worksheet(_name(part.sheet, taken))
        _part(sheet, part, document.language, styles)
    book.close()
    return out.getvalue()


def _name(wanted: str, taken: set[str]) -> str:
    """A name that spreadsheets allow: at most 31 letters, none of []:*?/\\, each once."""
    base = re.sub(r"[\[\]:*?/\\]", " ", wanted).strip()[:31] or "-"
    name, number = base, 2
    while name.lower() in taken:
        tail = f" {number}"
        name, number = base[: 31 - len(tail)] + tail, number + 1
    taken.add(name.lower())
    return name


def _cover(book: Any, document: Document, styles: dict[str, Any]) -> None:
    sheet = book.add_worksheet(pick(("প্রচ্ছদ", "Cover"), document.language))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 60)
    lines = [(document.title, "h1"), (document.subtitle, "h2"), (document.label, "caption")]
    for line, (text, style) in enumerate(lines):
        sheet.write_string(line, 0, text, styles[style])
    for line, (name, value) in enumerate(document.facts, start=len(lines) + 1):
        sheet.write_string(line, 0, name, styles["plain"])
        sheet.write_string(line, 1, value, styles["plain"])


def _part(sheet: Any, part: Part, language: str, styles: dict[str, Any]) -> None:
    widths: dict[int, float] = {}
    line = 0
    for block in part.blocks:
        line = _block(sheet, block, line, language, styles, widths)
    for place, width in widths.items():
        sheet.set_column(place, place, width)


def _block(sheet: Any, block: Block, line: int, language: str, styles: dict[str, Any], widths: dict[int, float]) -> int:
    """Write a block from ``line`` on; the next free line."""
    match block:
        case Heading():
            sheet.write_string(line, 0, block.text, styles["h1" if block.level == 1 else "h2"])
            return line + 2
        case Paragraph():
            sheet.write_string(line, 0, plain(block.runs), styles["plain"])
            return line + 2
        case Listing():
            for at, item in enumerate(block.items):
                sheet.write_string(line + at, 0, f"• {plain(item)}", styles["plain"])
            return line + len(block.items) + 1
        case Figure():
            return line  # its table stands beside it
        case Table():
            return _table(sheet, block, line, language, styles, widths)


def _table(sheet: Any, block: Table, line: int, language: str, styles: dict[str, Any], widths: dict[int, float]) -> int:
    sheet.write_string(line, 0, block.caption, styles["caption"])
    for place, column in enumerate(block.columns):
        sheet.write_string(line + 1, place, column.label, styles["head"])
        widths[place] = max(widths.get(place, 0), min(60, max(10, column.width * 9)))
    at = line + 2
    for row in block.rows:
        _row(sheet, block, row, at, language, styles, "")
        at += 1
    if block.total:
        _row(sheet, block, block.total, at, language, styles, "total-")
        at += 1
    if block.source:
        sheet.write_string(at, 0, block.source, styles["soft"])
        at += 1
    return at + 1


def _row(
    sheet: Any, block: Table, row: tuple[Any, ...], line: int, language: str, styles: dict[str, Any], total: str
) -> None:
    for place, (column, value) in enumerate(zip(block.columns, row, strict=True)):
        if value is None or value == "":
            continue
        if column.kind == "day":
            sheet.write_datetime(line, place, datetime.fromisoformat(str(value)), styles[f"{total}day"])
        elif column.kind in FORMATS and isinstance(value, int | float):
            sheet.write_number(line, place, value, styles[total + column.kind])
        else:
            sheet.write_string(line, place, shown(value, column.kind, language), styles[f"{total}text"])
