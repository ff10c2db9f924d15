"""A ministry's budget sheet, CSV or XLSX: its columns found by their headings, every row read, errors as data.

Sheets come as people make them: titles above the header, columns moved, merged cells, Bangla digits, "N/A", days as
text or as the serial numbers of a spreadsheet. A row that cannot be read says where and why; the others go on.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from shohay.core.bangla import to_latin_digits
from shohay.core.budget import CRORE, poisha_of_crore
from shohay.core.messages import Refusal
from shohay.core.values import FiscalYear

MOST_ROWS = 5_000
HEADER_WITHIN = 20  # rows above the header: titles, dates, signatures
NOTHING = {"", "-", "–", "—", "n/a", "na", "nil", "none", "প্রযোজ্য নয়", "নেই", "not applicable"}
DAY_ONE = date(1899, 12, 30)  # of a spreadsheet's serial numbers
MOST_CRORE = Decimal(200_000)  # a programme's year; more is taka written where crore belong


class Column(NamedTuple):
    """``kind``: code, year, crore, count, day. ``headings``: what it may be called, folded."""

    code: str
    kind: str
    bn: str
    en: str
    others: tuple[str, ...] = ()


COLUMNS = (
    Column("programme", "code", "কর্মসূচির কোড", "Programme code", ("programme", "code", "কোড")),
    Column("name", "text", "কর্মসূচির নাম", "Name of programme", ("name", "নাম")),
    Column("fiscal_year", "year", "অর্থবছর", "Fiscal year", ("fy", "year")),
    Column("allocation", "crore", "বরাদ্দ (কোটি টাকা)", "Allocation (crore taka)", ("allocation", "বরাদ্দ", "budget")),
    Column("revised", "crore", "সংশোধিত বরাদ্দ (কোটি টাকা)", "Revised allocation (crore taka)", ("revised",)),
    Column("actual", "crore", "প্রকৃত ব্যয় (কোটি টাকা)", "Actual expenditure (crore taka)", ("actual", "ব্যয়")),
    Column("beneficiaries", "count", "লক্ষ্যমাত্রার উপকারভোগী (জন)", "Planned beneficiaries (persons)", ("planned",)),
    Column("reached", "count", "সেবা পাওয়া উপকারভোগী (জন)", "Beneficiaries reached (persons)", ("reached",)),
    Column("released", "crore", "ছাড়কৃত অর্থ (কোটি টাকা)", "Released (crore taka)", ("released",)),
    Column("planned_release_on", "day", "ছাড়ের নির্ধারিত তারিখ", "Planned day of release"),
    Column("released_on", "day", "ছাড়ের তারিখ", "Day of release"),
)
NEEDED = ("programme", "fiscal_year", "allocation")


@dataclass
class Row:
    """One readable row; money in poisha, None where the sheet says nothing."""

    line: int
    programme: str
    fiscal_year: str
    allocation: int
    revised: int | None = None
    actual: int | None = None
    beneficiaries: int | None = None
    reached: int | None = None
    released: int | None = None
    planned_release_on: date | None = None
    released_on: date | None = None


class Wrong(NamedTuple):
    """One thing wrong: its line in the sheet, the column's code, what stands there, the code of the reason."""

    line: int
    column: str
    value: str
    reason: str


@dataclass
class Sheet:
    rows: list[Row] = field(default_factory=list)
    errors: list[Wrong] = field(default_factory=list)


def template(language: str) -> list[str]:
    """The headings of an empty sheet in the reader's language."""
    return [column.en if language == "en" else column.bn for column in COLUMNS]


def template_row(known: Mapping[str, Any], language: str) -> list[object]:
    """A row of the empty sheet: {"programme", "year", "line"} of queries_budget.template_rows, money in crore."""
    programme, line = known["programme"], known["line"]
    shown = [programme.code, programme.name_en if language == "en" else programme.name_bn, known["year"]]
    for name in ("allocation_poisha", "revised_poisha", "actual_poisha"):
        poisha = getattr(line, name, None)
        shown.append(None if poisha is None else Decimal(poisha) / CRORE)
    return [*shown, getattr(line, "beneficiaries", None), getattr(line, "reached", None), None, None, None]


def read(data: bytes) -> Sheet:
    """Read a sheet. Raises Refusal budget_file_kind, budget_header_missing (columns), budget_file_long."""
    lines = _xlsx(data) if data[:2] == b"PK" else _csv(data)
    if len(lines) > MOST_ROWS + HEADER_WITHIN:
        raise Refusal("budget_file_long", most=MOST_ROWS)
    start, places = _header(lines)
    sheet, seen = Sheet(), set[tuple[str, str]]()
    for line, cells in enumerate(lines[start + 1 :], start=start + 2):
        if _says_nothing(cells, places) or _is_total(cells, places):
            continue
        row, wrong = _row(line, cells, places)
        sheet.errors += wrong
        if row is None:
            continue
        if (row.programme, row.fiscal_year) in seen:
            sheet.errors.append(Wrong(line, "programme", row.programme, "twice"))
            continue
        seen.add((row.programme, row.fiscal_year))
        sheet.rows.append(row)
    return sheet


def _csv(data: bytes) -> list[list[object]]:
    try:
        written = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal("budget_file_kind") from error
    if "\x00" in written:
        raise Refusal("budget_file_kind")
    head = written[:4000]
    mark = max((",", ";", "\t"), key=head.count)
    return [list(row) for row in csv.reader(io.StringIO(written), delimiter=mark)]


def _xlsx(data: bytes) -> list[list[object]]:
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]
    except (python_calamine.CalamineError, OSError, IndexError) as error:
        raise Refusal("budget_file_kind") from error


def _fold(heading: object) -> str:
    return re.sub(r"[\W_]+", " ", str(heading or "").lower()).strip()


def _header(lines: Sequence[Sequence[object]]) -> tuple[int, dict[str, int]]:
    """The number of the header row, and where each column stands in it, whatever their order."""
    names = {_fold(name): column.code for column in COLUMNS for name in (column.bn, column.en, column.code)}
    names |= {_fold(name): column.code for column in COLUMNS for name in column.others}
    best: dict[str, int] = {}
    for number, cells in enumerate(lines[:HEADER_WITHIN]):
        places: dict[str, int] = {}
        for place, cell in enumerate(cells):
            if (code := names.get(_fold(cell))) and code not in places:
                places[code] = place
        if all(code in places for code in NEEDED):
            return number, places
        best = max(best, places, key=len)
    said = {column.code: f"{column.bn} ({column.en})" for column in COLUMNS}
    raise Refusal("budget_header_missing", columns=", ".join(said[code] for code in NEEDED if code not in best))


def _says_nothing(cells: Sequence[object], places: dict[str, int]) -> bool:
    """An empty row, or one of the template of which no figure was filled in."""
    figures = [column.code for column in COLUMNS if column.kind in ("crore", "count", "day")]
    given = (text(_cell(cells, places, code)).lower() for code in figures)
    return all(said in NOTHING for said in given)


TOTALS = ("total", "grand total", "sub total", "মোট", "সর্বমোট")


def _is_total(cells: Sequence[object], places: dict[str, int]) -> bool:
    """A row that adds up the others: it is no programme."""
    code = text(_cell(cells, places, "programme")).lower()
    return any(_fold(cell) in TOTALS for cell in cells) and (code in NOTHING or _fold(code) in TOTALS)


def _cell(cells: Sequence[object], places: dict[str, int], code: str) -> object:
    place = places.get(code)
    return cells[place] if place is not None and place < len(cells) else ""


def _row(line: int, cells: Sequence[object], places: dict[str, int]) -> tuple[Row | None, list[Wrong]]:
    values: dict[str, object] = {}
    wrong = []
    for column in COLUMNS:
        if column.kind == "text":
            continue
        cell = _cell(cells, places, column.code)
        try:
            value = READERS[column.kind](cell)
            if value is None and column.code in NEEDED:
                raise ValueError("empty")
            values[column.code] = value
        except ValueError as error:
            wrong.append(Wrong(line, column.code, text(cell)[:80], str(error)))
    return (None, wrong) if wrong else (Row(line=line, **values), [])  # type: ignore[arg-type]  # kinds as declared


def text(cell: object) -> str:
    """What a cell says, in Latin digits; whole floats without '.0'."""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return to_latin_digits(str(cell if cell is not None else "")).replace("\u00a0", " ").strip()


def _code(cell: object) -> str | None:
    said = text(cell)
    return None if said.lower() in NOTHING else said.upper()


def _year(cell: object) -> str | None:
    said = text(cell).upper().removeprefix("FY").strip().replace("–", "-").replace("/", "-")
    if said.lower() in NOTHING:
        return None
    long = re.fullmatch(r"(\d{4})-(\d{4})", said)
    try:
        return str(FiscalYear.parse(f"{long[1]}-{long[2][2:]}" if long else said))
    except ValueError as error:
        raise ValueError("not_a_year") from error


def number(cell: object) -> Decimal | None:
    """A number as people write it: Bangla digits, 1,23,45,678.90, ৳; None for "N/A" and the like."""
    said = text(cell).lower()
    if said in NOTHING:
        return None
    bare = re.sub(r"[,\s৳]|tk\.?|taka|টাকা|কোটি|crore", "", said)
    try:
        value = Decimal(bare)
    except InvalidOperation as error:
        raise ValueError("not_a_number") from error
    if not value.is_finite():
        raise ValueError("not_a_number")
    if value < 0:
        raise ValueError("negative")
    return value


def _crore(cell: object) -> int | None:
    value = number(cell)
    if value is None:
        return None
    if value > MOST_CRORE:
        raise ValueError("too_large")
    try:
        return poisha_of_crore(value)
    except ValueError as error:
        raise ValueError("too_fine") from error


def _count(cell: object) -> int | None:
    value = number(cell)
    if value is None:
        return None
    if value != int(value):
        raise ValueError("not_whole")
    if value > 2_000_000_000:
        raise ValueError("too_large")
    return int(value)


def _day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    said = text(cell)
    if said.lower() in NOTHING:
        return None
    serial = re.fullmatch(r"\d{5}", said)  # of a spreadsheet
    found = DAY_ONE + timedelta(days=int(said)) if serial else _written_day(said)
    if not date(2000, 1, 1) <= found <= date(2060, 12, 31):
        raise ValueError("not_a_day")
    return found


def _written_day(said: str) -> date:
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(said[:10], form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError("not_a_day")


READERS = {"code": _code, "year": _year, "crore": _crore, "count": _count, "day": _day}


def lines_of(sheet: Iterable[Wrong]) -> list[dict[str, object]]:
    """Errors as rows for a file or a table."""
    return [wrong._asdict() for wrong in sheet]
