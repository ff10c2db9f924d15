"""A ministry's sheet of progress as a grid of cells: merged cells filled, headings found wherever they stand.

Ministries fill in the template, or what became of it: rows of titles above, columns moved, added or renamed, headings
in two rows, cells merged. What the cells mean is read in plan_rows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shohay.bulk.intake_reading import OTHER_MAGIC, SPREADSHEET_MAGIC, looks_like_bijoy
from shohay.core.messages import Refusal
from shohay.core.timeframes import folded

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 5_000
HEADER_WITHIN = 60  # rows in which the headings must begin
Cell = object


class Heading(NamedTuple):
    """A column of the template: its code, how it is headed, and other ways in which ministries head it."""

    code: str
    bn: str
    en: str
    aliases: tuple[str, ...] = ()


HEADINGS = (
    Heading("code", "কাজের নম্বর", "Item no.", (
        "item number", "item code", "code", "action no", "action id", "action code", "activity no", "id", "নম্বর",
        "কাজের কোড", "কর্মপরিকল্পনার নম্বর", "আইটেম নম্বর", "কোড")),
    Heading("activity", "কার্যক্রম", "Activity", ("promise", "action", "activities", "কাজ", "কাজের বিবরণ")),
    Heading("indicator", "সূচক", "Indicator", ("performance indicator", "কর্মসম্পাদন সূচক")),
    Heading("due", "শেষ তারিখ", "Due by", ("deadline", "timeframe", "time frame", "সময়সীমা", "সময়কাল", "নির্ধারিত সময়")),
    Heading("claim", "অবস্থা", "State", ("status", "present status", "current status", "বর্তমান অবস্থা", "বাস্তবায়ন অবস্থা")),
    Heading("percent", "অগ্রগতি (%)", "Progress (%)", (
        "progress", "percent", "percentage", "progress percent", "progress in percent", "%", "অগ্রগতি", "শতাংশ",
        "অগ্রগতির হার", "অগ্রগতি (শতাংশ)", "শতকরা অগ্রগতি")),
    Heading("milestone", "মাইলফলক", "Milestone", ("milestone reached", "অর্জিত মাইলফলক")),
    Heading("done_on", "সম্পন্নের তারিখ", "Day of completion", (
        "date of completion", "completion date", "completed on", "done on", "date completed", "সমাপ্তির তারিখ",
        "সম্পন্ন হওয়ার তারিখ", "বাস্তবায়নের তারিখ")),
    Heading("period", "মেয়াদ", "Period", ("fiscal year", "year", "অর্থবছর", "অর্থ বছর", "কোন মেয়াদ")),
    Heading("text_bn", "কী হয়েছে (বাংলা)", "What was done (Bangla)", ("অগ্রগতির বিবরণ (বাংলা)", "বিবরণ (বাংলা)")),
    Heading("text_en", "কী হয়েছে (ইংরেজি)", "What was done (English)", (
        "অগ্রগতির বিবরণ (ইংরেজি)", "বিবরণ (ইংরেজি)", "progress description (english)")),
    # one column for either language, as most ministries keep it: what language a cell is in shows in its letters
    Heading("text", "অগ্রগতির বিবরণ", "What was done", (
        "progress description", "description of progress", "remarks", "progress made", "implementation progress",
        "কী হয়েছে", "বিবরণ", "মন্তব্য", "বাস্তবায়ন অগ্রগতি")),
)  # fmt: skip
TEXTS = ("text_bn", "text_en", "text")
KNOWN = {
    folded(name): heading.code
    for heading in HEADINGS
    for name in (heading.bn, heading.en, heading.code, *heading.aliases)
}


@dataclass
class Grid:
    """Cells by row and column as the file has them, ``merged`` the places that only a merge filled, ``wide`` among them
    those whose merge goes over columns: a title, not a value."""

    name: str
    rows: list[list[Cell]]
    merged: set[tuple[int, int]] = field(default_factory=set)
    wide: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class Table:
    """A grid whose headings were found: ``places`` column code -> column, ``first`` the row under the headings."""

    grid: Grid
    first: int
    places: dict[str, int]
    unknown: list[str]

    def lines(self) -> Iterator[tuple[int, dict[str, Cell], set[str]]]:
        """(line in the file from 1, cell of each column, columns that only a merge filled); no empty lines."""
        for row in range(self.first, len(self.grid.rows)):
            cells = {code: _at(self.grid.rows[row], place) for code, place in self.places.items()}
            filled = {code for code, place in self.places.items() if (row, place) in self.grid.merged}
            if self._is_title(row) or all(blank(cell) for cell in cells.values()):
                continue
            yield row + 1, cells, filled

    def _is_title(self, row: int) -> bool:
        """A line merged across the item number and another column, or the headings again on the next page."""
        spans = sum((row, place) in self.grid.wide for place in self.places.values())
        code = _at(self.grid.rows[row], self.places["code"])
        return spans > 1 or KNOWN.get(folded(str(code))) == "code"


def blank(cell: Cell) -> bool:
    return cell is None or not str(cell).strip()


def _at(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else ""


# ----------------------------------------------------------------------------------------------------- opening


def open_table(data: bytes) -> Table:
    """The sheet of the file that has the headings, with their places.

    Raises Refusal: file_empty, file_not_a_table, file_encoding, file_bijoy, file_locked, file_spreadsheet_broken,
    evidence_too_large, plan_sheet_header, plan_sheet_twice, plan_sheet_rows.
    """
    if len(data) > MOST_BYTES:
        raise Refusal("evidence_too_large", name="", size=f"{len(data) / 2**20:.1f}", most=MOST_BYTES // 2**20)
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \r\n\t"):
        raise Refusal("file_empty")
    for magic, name in OTHER_MAGIC.items():
        if data.startswith(magic):
            raise Refusal("file_not_a_table", kind=name)
    grids = _spreadsheet(data) if data.startswith(SPREADSHEET_MAGIC) else [_csv(data)]
    found = [table for grid in grids if (table := _headed(grid))]
    if not found:
        raise Refusal("plan_sheet_header")
    table = max(found, key=lambda one: len(one.places))
    if len(table.grid.rows) - table.first > MOST_ROWS:
        raise Refusal("plan_sheet_rows", rows=len(table.grid.rows) - table.first, most=MOST_ROWS)
    return table


def _spreadsheet(data: bytes) -> list[Grid]:
    """Each sheet that is not hidden. Cells come as values: a formula is never run."""
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        shown = [one.name for one in book.sheets_metadata if one.visible == python_calamine.SheetVisibleEnum.Visible]
        return [_grid(book.get_sheet_by_name(name), name) for name in shown]
    except python_calamine.PasswordError as error:
        raise Refusal("file_locked") from error
    except (python_calamine.CalamineError, OSError) as error:
        raise Refusal("file_spreadsheet_broken") from error


def _grid(sheet: object, name: str) -> Grid:
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)  # type: ignore[attr-defined]  # calamine's sheet
    grid = Grid(name, rows)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:  # type: ignore[attr-defined]  # calamine's sheet
        value = _at(rows[top], left) if top < len(rows) else ""
        for row in range(top, min(bottom + 1, len(rows))):
            rows[row].extend([""] * (right + 1 - len(rows[row])))
            for place in range(left, right + 1):
                if right > left:
                    grid.wide.add((row, place))
                if (row, place) != (top, left):
                    rows[row][place] = value
                    grid.merged.add((row, place))
    return grid


def _csv(data: bytes) -> Grid:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if looks_like_bijoy(data.decode("cp1252", errors="ignore")):
            raise Refusal("file_bijoy") from None
        raise Refusal("file_encoding", place=error.start) from error
    delimiter = max(",;\t|", key=text[:20_000].count)
    rows: list[list[Cell]] = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    return Grid("", rows)


# ---------------------------------------------------------------------------------------------------- headings


def _headed(grid: Grid) -> Table | None:
    """The grid under its headings: the row, or pair of rows, that names the most columns."""
    best: Table | None = None
    for depth in (1, 2):  # two rows only where they name more columns than one
        for row in range(min(len(grid.rows), HEADER_WITHIN)):
            table = _under(grid, row, depth)
            if table and (best is None or len(table.places) > len(best.places)):
                best = table
    if best:
        _refuse_twice(best)
    return best


def _under(grid: Grid, row: int, depth: int) -> Table | None:
    """The table if its headings stand in ``row`` (and the next one); None without item number and description."""
    if row + depth > len(grid.rows):
        return None
    width = max(len(line) for line in grid.rows[row : row + depth])
    places: dict[str, int] = {}
    unknown = []
    for place in range(width):
        said = [_at(line, place) for line in grid.rows[row : row + depth]]
        code = _code([str(one) for one in said if not blank(one)])
        if code and code not in places:
            places[code] = place
        elif not code and not all(map(blank, said)):
            unknown.append(" ".join(str(one) for one in said))
    if "code" not in places or not any(text in places for text in TEXTS):
        return None
    return Table(grid, row + depth, places, unknown)


def _code(said: list[str]) -> str:
    """The column that a heading names: the lower of two rows, both together, or the upper one."""
    ways = [said[-1], " ".join(said), said[0]] if said else []
    return next((KNOWN[name] for name in map(_heading, ways) if name in KNOWN), "")


def _heading(text: str) -> str:
    """Without numbering, line breaks, stars and colons: "৩. অবস্থা*" is "অবস্থা"."""
    return folded(folded(text).lstrip("0123456789.() ").rstrip("*:। ")) or folded(text)


def _refuse_twice(table: Table) -> None:
    """Two columns of one heading, unless a merge made the second one: nobody knows which is meant."""
    row = table.grid.rows[table.first - 1]
    for code, place in table.places.items():
        for other in range(place + 1, len(row)):
            merged = (table.first - 1, other) in table.grid.merged
            if not merged and not blank(row[other]) and KNOWN.get(_heading(str(row[other]))) == code:
                raise Refusal("plan_sheet_twice", column=str(row[other]).strip())
