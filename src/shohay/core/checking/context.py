"""What every rule gets: the document, its names, its promises, the day it speaks of and the years of its plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from shohay.core.checking.columns import NUMERIC_ROLES
from shohay.core.checking.dates import timeframe
from shohay.core.checking.document import Document, Row, Table
from shohay.core.checking.names import Entity, Known, Names
from shohay.core.checking.plan import Item, items_of
from shohay.core.checking.text import number_of

PLAN_YEARS = re.compile(
    r"(?:plan|strategy|phase|পরিকল্পনা|কৌশল)[^.\n]{0,40}?\b(20\d{2})\s*(?:-|to|থেকে)\s*((?:20)?\d{2})\b", re.I
)
REPORT_YEAR = re.compile(
    r"(?:report|প্রতিবেদন)\W{0,4}(?:of |for |on )?(?:the )?(?:fy|fiscal year|year|অর্থবছর)?\s*(20\d{2})(?:\s*-\s*((?:20)?\d{2}))?\b",
    re.I,
)
AS_OF = re.compile(
    r"\b(?:as of|during the year|up to|as on|in the year)\s+(?:(?P<month>[A-Z][a-z]+),?\s+)?(?P<year>20\d{2})\b", re.I
)
FISCAL = re.compile(r"\b(20\d{2})\s*-\s*((?:20)?\d{2})\b")

MEASURE_WORDS = {
    "budget": ("বাজেট", "budget"),
    "beneficiaries": ("উপকারভোগীর সংখ্যা", "number of beneficiaries"),
    "programmes": ("কর্মসূচির সংখ্যা", "number of programmes"),
}
UNIT_WORDS = {"budget": ("কোটি টাকা", "crore taka"), "beneficiaries": ("লাখ", "lakh"), "programmes": ("টি", "programmes")}


@dataclass
class Report:
    """A report ready to be judged."""

    document: Document
    names: Names
    items: list[Item]
    as_of: date | None
    plan_from: int = 0
    plan_to: int = 0

    @property
    def known(self) -> Known:
        return self.names.known

    def own_items(self) -> list[Item]:
        """The promises of the chapters: the tables of clusters repeat them in part."""
        return [item for item in self.items if "responsible" not in item.table.roles]


def report_of(document: Document, known: Known | None = None, *, year: str = "", as_of: date | None = None) -> Report:
    """Read what the rules need. ``year``: '2024' or '2024-25' where the title page does not say it; ``as_of`` a day."""
    as_of = as_of or (day_of_year(year) if year else _as_of(document))
    if known is not None and not _same_time(as_of, known):
        known = Known(tuple((*row[:4], None, None, None) for row in known.ministries), (), known.year)
    first, last = plan_years(document)
    return Report(document, Names(document, known), items_of(document), as_of, first, last)


def _same_time(as_of: date | None, known: Known) -> bool:
    """Values of one fiscal year say nothing about a report of another."""
    return as_of is not None and bool(known.year) and as_of.year in (int(known.year[:4]), int(known.year[:4]) + 1)


def day_of_year(year: str) -> date | None:
    """The last day of '2024' or of the fiscal year '2024-25'."""
    fiscal = FISCAL.search(year)
    if fiscal:
        return date(int(fiscal.group(1)) + 1, 6, 30)
    found = re.search(r"20\d{2}", year)
    return date(int(found.group()), 12, 31) if found else None


def plan_years(document: Document) -> tuple[int, int]:
    """The first and the last year of the plan that the report is about, from its title page or its first pages."""
    texts = [*document.front, *(paragraph.text for paragraph in document.paragraphs[:20])]
    for text in texts:
        found = PLAN_YEARS.search(text)
        if found:
            first, last = int(found.group(1)), found.group(2)
            end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
            if first < end <= first + 15:
                return first, end
    return 0, 0


def _as_of(document: Document) -> date | None:
    for text in document.front:
        found = REPORT_YEAR.search(text)
        if found:
            return day_of_year(f"{found.group(1)}-{found.group(2)}" if found.group(2) else found.group(1))
    for paragraph in document.paragraphs[:12]:
        found = AS_OF.search(paragraph.text)
        if found:
            when = timeframe(f"{found['month']} {found['year']}") if found["month"] else None
            return when.due if when and when.due else date(int(found["year"]), 12, 31)
    return None


def is_numeric(role: str) -> bool:
    return role.rstrip("0123456789") in NUMERIC_ROLES


def numeric_columns(table: Table) -> list[int]:
    """Columns where most filled cells are numbers, but for serial numbers and years."""
    found = []
    for at, role in enumerate(table.roles):
        if role in ("serial", "year"):
            continue
        cells = [row.cells[at] for row in table.rows if at < len(row.cells) and row.cells[at]]
        numbers = [cell for cell in cells if number_of(cell) is not None]
        if len(cells) >= 2 and len(numbers) * 10 >= len(cells) * 8:
            found.append(at)
    return found


def first_words(row: Row) -> str:
    return next((cell for cell in row.cells if cell and number_of(cell) is None), "")


def pair(entity: Entity) -> tuple[str, str]:
    """(Bangla, English) name."""
    return entity.pair


def short(text: str, length: int = 70) -> str:
    """A cell for a message: cut at a word."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + "…"
