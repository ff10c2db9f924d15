"""What the rows of a ministry's sheet say: Bangla digits, "N/A", dates as text or as serial numbers; errors as data.

A row that says nothing new is left aside; a row that is wrong comes back with its line, column and reason; good rows go
on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from shohay.bulk.plan_sheets import TEXTS, Cell, Table
from shohay.core.bangla import normalise
from shohay.core.timeframes import empty, folded, read

EARLIEST = date(2015, 1, 1)
EXCEL_ZERO = date(1899, 12, 30)  # day 0 of Excel's calendar, its false leap day of 1900 counted
SERIALS = range(36_526, 54_790)  # 2000 to 2049: a smaller or larger number is no day of this plan
SHORT_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})$")
BANGLA = re.compile("[\u0980-\u09ff]")
CODE = re.compile(r"\s+")

SPELLINGS = {
    "progress": (
        "in progress", "in-progress", "progress", "ongoing", "on going", "running", "continuous", "under process",
        "in progress within the timeframe", "চলমান", "চলমান আছে", "চলছে", "অবিরাম", "প্রক্রিয়াধীন",
    ),
    "completed": (
        "completed", "complete", "done", "finished", "implemented", "achieved", "সম্পন্ন", "সম্পন্ন হয়েছে", "সমাপ্ত",
        "বাস্তবায়িত", "অর্জিত",
    ),
    "stop": ("stop", "stopped", "cancelled", "dropped", "suspended", "বন্ধ", "স্থগিত", "বাতিল"),
}  # fmt: skip
CLAIMS = {folded(words): claim for claim, spellings in SPELLINGS.items() for words in spellings}


class Owed(NamedTuple):
    """One thing due of an item: its number, its period ('' for a day) and its day."""

    number: int
    name: str
    due: date


@dataclass
class Known:
    """What the sheet is held against: every code of the plan, and what is due of those the ministry answers for."""

    codes: frozenset[str]
    mine: Mapping[str, list[Owed]]
    today: date


@dataclass
class Row:
    """A good row. ``done_on`` is an ISO day; ``obligation`` the number of what is due, where there are several."""

    line: int
    code: str
    claim: str
    percent: int | None
    milestone: str
    done_on: str | None
    text_bn: str
    text_en: str
    obligation: int | None


@dataclass
class Error:
    """Why a row was not taken: ``code`` is a message, ``params`` its blanks."""

    line: int
    column: str
    value: str
    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass
class Read:
    rows: list[dict[str, Any]]
    errors: list[dict[str, Any]]
    left: int  # rows that say nothing: the template's own, not filled in


class _Wrong(Exception):
    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params


@dataclass
class _Line:
    number: int
    cells: dict[str, Cell]


def read_rows(table: Table, known: Known) -> Read:
    """Every line of the table as a good row, an error or nothing."""
    lines = _joined(table)
    fractions = _in_fractions([line.cells.get("percent") for line in lines])
    rows: list[Row] = []
    errors: list[Error] = []
    seen: dict[str, int] = {}
    left = 0
    for line in lines:
        if not _says_something(line.cells):
            left += 1
            continue
        row, wrong = _row(line, known, fractions)
        if row:
            key = f"{row.code} {row.obligation or ''}"
            if key in seen:
                wrong.append(Error(line.number, "code", row.code, "plan_row_duplicate", {"line": seen[key]}))
                row = None
            else:
                seen[key] = line.number
        rows += [row] if row else []
        errors += wrong
    return Read([asdict(row) for row in rows], [asdict(error) for error in errors], left)


def _joined(table: Table) -> list[_Line]:
    """Lines whose item number only a merge filled go on with the line above: their texts are added to its."""
    lines: list[_Line] = []
    for number, cells, filled in table.lines():
        if "code" in filled and lines:
            for code, cell in cells.items():
                more = "" if code in filled or empty(str(cell)) else str(cell).strip()
                before = lines[-1].cells.get(code, "")
                if more and code in TEXTS and more not in str(before):
                    lines[-1].cells[code] = f"{before}\n{more}".strip()
                elif more and empty(str(before)):
                    lines[-1].cells[code] = cell
            continue
        lines.append(_Line(number, cells))
    return lines


def _says_something(cells: dict[str, Cell]) -> bool:
    """Whether anything was filled in beside what the template brings along."""
    filled = ("claim", "percent", "milestone", "done_on", *TEXTS)
    return any(not empty(_text(cells.get(code))) for code in filled)


def _in_fractions(cells: list[Cell]) -> bool:
    """Whether the percentages are fractions of one, as a spreadsheet keeps what it shows as 50%."""
    numbers = [float(cell) for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
    return any(0 < number < 1 for number in numbers) and all(number <= 1 for number in numbers)


# ------------------------------------------------------------------------------------------------------- cells


def _row(line: _Line, known: Known, fractions: bool) -> tuple[Row | None, list[Error]]:
    """One line: the row, or what is wrong with it, every wrong cell at once."""
    wrong: list[Error] = []

    def take(column: str, reading: Callable[[Cell], Any], instead: Any = None) -> Any:
        cell = line.cells.get(column)
        try:
            return reading(cell)
        except _Wrong as fault:
            wrong.append(Error(line.number, column, _text(cell)[:200], fault.code, fault.params))
            return instead

    code = take("code", lambda cell: _item(cell, known), "")
    percent = take("percent", lambda cell: _percent(cell, fractions))
    done_on = take("done_on", lambda cell: _day(cell, known.today))
    claim = take("claim", lambda cell: _claim(cell, done_on), "progress")
    texts = _texts(line.cells)
    owed = known.mine.get(code, [])
    number = take("period", lambda cell: _period(cell, owed, claim)) if code else None
    milestone = "" if empty(_text(line.cells.get("milestone"))) else _text(line.cells.get("milestone"))[:200]
    if not wrong:
        wrong += _amiss(line, claim, percent, milestone, done_on, texts)
    if wrong:
        return None, wrong
    if claim == "completed" and percent is None:
        percent = 100
    day = done_on.isoformat() if done_on and claim == "completed" else None
    return Row(line.number, code, claim, percent, milestone, day, *texts, number), []


def _amiss(
    line: _Line, claim: str, percent: int | None, milestone: str, done_on: date | None, texts: tuple[str, str]
) -> list[Error]:
    """What a row lacks though each of its cells can be read."""
    lacks = []
    if not any(texts):
        lacks.append(Error(line.number, "text", "", "plan_row_nothing"))
    if claim == "progress" and percent is None and not milestone:
        lacks.append(Error(line.number, "percent", "", "plan_row_measure"))
    if claim == "completed" and done_on is None:
        lacks.append(Error(line.number, "done_on", "", "plan_row_done_on"))
    return lacks


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else normalise(str(cell)).strip()


def _item(cell: Cell, known: Known) -> str:
    """The code as the plan writes it, whatever digits and dashes the sheet uses."""
    text = CODE.sub("", folded(_text(cell))).upper()
    if empty(text):
        raise _Wrong("plan_row_code_missing")
    if text not in known.codes:
        raise _Wrong("plan_row_code_unknown")
    if text not in known.mine:
        raise _Wrong("plan_row_code_other")
    return text


def _percent(cell: Cell, fractions: bool) -> int | None:
    if empty(_text(cell)):
        return None
    text = folded(_text(cell)).removesuffix("percent").removesuffix("শতাংশ").rstrip("% ").strip()
    try:
        number = float(text) * (100 if fractions and isinstance(cell, int | float) else 1)
    except ValueError:
        raise _Wrong("plan_row_percent") from None
    if not 0 <= number <= 100 or abs(number - round(number)) > 0.005:
        raise _Wrong("plan_row_percent")
    return round(number)


def _claim(cell: Cell, done_on: date | None) -> str:
    """What the state says; an empty one follows from the day of completion."""
    text = folded(_text(cell)).rstrip(".। ")
    if empty(text):
        return "completed" if done_on else "progress"
    if text not in CLAIMS:
        raise _Wrong("plan_row_claim")
    return CLAIMS[text]


def _day(cell: Cell, today: date) -> date | None:
    if empty(_text(cell)):
        return None
    found = read_day(cell)
    if found is None:
        raise _Wrong("plan_row_date")
    if not EARLIEST <= found <= today:
        raise _Wrong("plan_row_date_impossible")
    return found


def read_day(cell: Cell) -> date | None:
    """A day from a date cell, an Excel serial (number or text), or words: 30/06/2025, ৩০.৬.২৫, 30 June 2025."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = folded(_text(cell))
    if text.replace(".", "", 1).isdecimal() and "." not in text.rstrip("0").rstrip("."):
        serial = int(float(text))
        return EXCEL_ZERO + timedelta(serial) if serial in SERIALS else None
    if found := SHORT_DAY.match(text):
        text = f"{found[1]}/{found[2]}/20{found[3]}"
    said = read(text)
    return said.due if said.kind == "date" else None


def _period(cell: Cell, owed: list[Owed], claim: str) -> int | None:
    """Which of several things due is meant; needed only for what is completed."""
    if len(owed) < 2:
        return None
    text = folded(_text(cell))
    if empty(text):
        if claim != "completed":
            return None
        raise _Wrong("plan_row_period", periods=_periods(owed))
    said = read(text)
    name = (
        f"{said.starts.year}-{said.due.year % 100:02d}"
        if said.kind == "fy" and said.starts and said.due
        else text.upper()
    )
    day = read_day(cell)
    for one in owed:
        if (one.name and one.name.upper() == name) or (not one.name and day == one.due):
            return one.number
    raise _Wrong("plan_row_period", periods=_periods(owed))


def _periods(owed: list[Owed]) -> str:
    return ", ".join(one.name or one.due.isoformat() for one in owed)


def _texts(cells: dict[str, Cell]) -> tuple[str, str]:
    """(Bangla, English). A column for either goes where its letters say."""
    bangla, english, either = (_paragraphs(cells.get(code)) for code in TEXTS)
    if either and BANGLA.search(either):
        bangla = "\n".join(filter(None, (bangla, either)))
    elif either:
        english = "\n".join(filter(None, (english, either)))
    return bangla[:4000], english[:4000]


def _paragraphs(cell: Cell) -> str:
    """A text with its line breaks; '' where it says nothing."""
    lines = [line for line in map(_text, str("" if cell is None else cell).splitlines()) if line]
    return "" if empty(" ".join(lines)) else "\n".join(lines)
