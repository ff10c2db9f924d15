"""Lists: columns that know how to show a value, rows of cells, optional total. Shown by parts/table.html.

Table(
    [Column(_("Programme"), lambda p: programme(p.programme_code), address=lambda p: reverse(...)),
     Column(_("Amount"), lambda p: p.amount_poisha, "taka")],
    payrolls, caption=_("Payrolls"), empty=(_("No payroll yet"), _("Open a cycle first.")),
)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from shohay.web.templatetags import shohay as show

# kind -> how its value is shown; "number" kinds are aligned to the right in tabular figures
NUMBERS: dict[str, Callable[[Any], object]] = {
    "num": show.num, "taka": show.taka, "crore": show.crore, "lakh": show.lakh, "percent": show.percent,
    "digits": show.digits,
}  # fmt: skip
TEXTS: dict[str, Callable[[Any], object]] = {
    "text": lambda value: "–" if value in (None, "") else value,
    "long": lambda value: "–" if value in (None, "") else value,  # a column that may not be squeezed
    "day": show.day,
    "moment": show.moment,
    "area": show.area,
    "programme": show.programme,
    "words": show.words,
    "state": show.state,
}


class Column(NamedTuple):
    """``value`` takes the object of the row; ``kind`` is a key of NUMBERS or TEXTS; ``context`` goes to words."""

    label: str
    value: Callable[[Any], Any]
    kind: str = "text"
    address: Callable[[Any], str] | None = None
    context: str = ""
    secondary: bool = False  # left out on a phone; the record has it

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS

    def shown(self, value: object) -> object:
        if self.context:
            return (show.state if self.kind == "state" else show.words)(value, self.context)
        return (NUMBERS.get(self.kind) or TEXTS[self.kind])(value)


class Cell(NamedTuple):
    text: object
    is_number: bool = False
    is_text: bool = False
    is_short: bool = False
    is_secondary: bool = False
    address: str = ""


class Row(NamedTuple):
    cells: list[Cell]
    address: str = ""


class Table:
    """``total`` is one object shown as the last line by the same columns (None values stay empty)."""

    def __init__(
        self,
        columns: Sequence[Column],
        objects: Iterable[Any],
        *,
        caption: str,
        empty: tuple[str, str] = ("", ""),
        total: Sequence[object] | None = None,
        tall: bool = False,
        hide_caption: bool = False,
    ) -> None:
        self.columns, self.caption, self.empty = columns, caption, empty
        self.tall, self.hide_caption = tall, hide_caption
        self.rows = [self._row(item) for item in objects]
        self.total = total and [
            Cell("" if value is None else column.shown(value), column.is_number)
            for column, value in zip(columns, total, strict=True)
        ]

    def _row(self, item: Any) -> Row:
        cells = [
            Cell(
                column.shown(column.value(item)),
                column.is_number,
                column.kind in ("long", "programme"),
                column.kind in ("day", "moment", "state"),
                column.secondary,
                column.address(item) if column.address else "",
            )
            for column in self.columns
        ]
        return Row(cells, next((cell.address for cell in cells if cell.address), ""))
