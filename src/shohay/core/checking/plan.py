"""The rows of action plans as promises: objective, activity, indicator, deadline and status put together again.

Cells that are merged over rows (objective, activity, status) are carried down; rows that a page break cut in two are
joined; a cell that stands in the wrong column is put back, and the row remembers that it was shifted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from shohay.core.checking.dates import Timeframe, is_deadline, timeframe
from shohay.core.checking.document import Document, Row, Section, Table

STATUS = {
    "in-progress": "progress", "in progress": "progress", "inprogress": "progress", "ongoing": "progress", "on going": "progress",
    "on-going": "progress", "partially completed": "progress", "under process": "progress", "under implementation": "progress",
    "on track": "progress", "delayed": "late", "overdue": "late", "late": "late", "not started": "open", "yet to start": "open",
    "completed": "completed", "complete": "completed", "done": "completed", "implemented": "completed", "achieved": "completed",
    "stopped": "stopped", "cancelled": "stopped", "dropped": "stopped", "discontinued": "stopped", "postponed": "stopped",
    "continuous": "continuous", "continued": "continuous", "চলমান": "progress", "বাস্তবায়নাধীন": "progress", "সম্পন্ন": "completed",
    "সমাপ্ত": "completed", "বন্ধ": "stopped", "স্থগিত": "stopped", "বাতিল": "stopped", "ধারাবাহিক": "continuous", "নিয়মিত": "continuous",
    "শুরু হয়নি": "open", "বিলম্বিত": "late", "মেয়াদোত্তীর্ণ": "late", "অব্যাহত": "continuous", "as planned": "progress",
}  # fmt: skip


def status_of(text: str) -> str:
    """progress, completed, stopped, continuous, open, late, or '' for words that are no status."""
    return STATUS.get(re.sub(r"[.\s]+$", "", text.casefold().strip()), "")


@dataclass
class Item:
    """One promise. ``own`` are the cells as the row itself has them; the rest is carried down from above."""

    line: int
    row: Row
    table: Table
    section: Section | None
    serial: str
    objective: str
    activity: str
    indicator: str
    timeframe: str
    when: Timeframe
    status: str  # as printed, carried down when the cell is empty
    state: str
    group: str
    responsible: str = ""
    own: dict[str, str] = field(default_factory=dict)
    shifted: bool = False

    @property
    def words(self) -> str:
        """What to call it in a message."""
        return self.indicator or self.activity or self.objective


def items_of(document: Document) -> list[Item]:
    """Every promise of every plan table, in the order of the report."""
    return [item for table in document.of_kind("plan") for item in _table_items(table)]


def _table_items(table: Table) -> list[Item]:
    found: list[Item] = []
    for row in table.rows:
        own, shifted = repaired(row)
        last = found[-1] if found else None
        if last is not None and (is_continuation(row, own) or _lost_half(last, own)):
            _join(last, own)
            continue
        if not any(own.get(role) for role in ("activity", "indicator", "timeframe")):
            if own.get("serial") or own.get("objective"):
                found.append(_item(row, own, None, shifted))
            continue
        found.append(_item(row, own, last, shifted))
    return found


def _item(row: Row, own: dict[str, str], last: Item | None, shifted: bool) -> Item:
    new = bool(own.get("serial")) or last is None or last.row.group != row.group
    carried = None if new else last
    merged = carried is not None and (row.after_break or not own.get("objective"))
    status = own.get("status", "") or (carried.status if carried and merged else "")
    text = own.get("timeframe", "")
    if (
        not text
        and carried
        and not any(own.get(role) for role in ("objective", "activity", "status"))
        and not row.after_break
    ):
        text = carried.timeframe  # one deadline for the rows of a merged cell
    return Item(
        line=row.line, row=row, table=row.table, section=row.table.section, group=row.group, own=own, shifted=shifted,
        serial=own.get("serial", "") or (carried.serial if carried else ""),
        objective=own.get("objective", "") or (carried.objective if carried else ""),
        activity=own.get("activity", "") or (carried.activity if carried else ""),
        indicator=own.get("indicator", ""), timeframe=text, when=timeframe(text),
        status=status, state=status_of(status), responsible=own.get("responsible", ""),
    )  # fmt: skip


def is_continuation(row: Row, own: dict[str, str]) -> bool:
    """The rest of a row that a page break cut: no number, deadline or status, and it begins after an empty line."""
    return row.after_break and not any(own.get(role) for role in ("serial", "timeframe", "status"))


def _lost_half(last: Item, own: dict[str, str]) -> bool:
    """A row that has only a deadline, and below it the row that has only the words."""
    bare = not any(last.own.get(role) for role in ("objective", "activity", "indicator"))
    return bare and not own.get("timeframe") and not own.get("status") and not own.get("serial")


def _join(item: Item, own: dict[str, str]) -> None:
    for role in ("objective", "activity", "indicator"):
        if own.get(role):
            before = getattr(item, role) if item.own.get(role) else ""
            setattr(item, role, f"{before} {own[role]}".strip())


def repaired(row: Row) -> tuple[dict[str, str], bool]:
    """The cells by role; True when a deadline or a status stood in another column and was put back."""
    own = {role: row.get(role) for role in row.table.roles if role}
    shifted = False
    filled = list(row.cells)
    while filled and not filled[-1]:
        filled.pop()
    if len(filled) > len(row.table.roles) and "status" in row.table.roles and status_of(filled[-1]):
        own["status"], own["timeframe"] = (
            filled[-1],
            filled[-2] if is_deadline(filled[-2]) else own.get("timeframe", ""),
        )
        shifted = True
    if own.get("timeframe") or "timeframe" not in own:
        return own, shifted
    for role in ("indicator", "activity", "objective"):
        if is_deadline(own.get(role, "")):
            own["timeframe"], own[role] = own[role], ""
            before = {"indicator": "activity", "activity": "objective"}.get(role)
            if before and own.get(before) and not own.get("indicator"):
                own["indicator"], own[before] = own[before], ""
            return own, True
    return own, shifted
