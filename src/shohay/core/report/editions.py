"""What an edition is made of, and what has changed between two of them."""

from __future__ import annotations

from typing import Any, NamedTuple

LANGUAGES = ("bn", "en")
FORMATS = ("pdf", "html", "xlsx")
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Data = dict[str, Any]


class FigureChange(NamedTuple):
    """A figure that was and is; None where one of the editions does not have it."""

    key: str
    kind: str
    old: Any
    new: Any


class RowChange(NamedTuple):
    """A row of the plan, a programme or an indicator: ``old`` and ``new`` are its state or value; None = not there."""

    code: str
    ministry: str
    name_bn: str
    name_en: str
    old: Any
    new: Any


class Difference(NamedTuple):
    figures: list[FigureChange]
    items: list[RowChange]
    programmes: list[RowChange]
    indicators: list[RowChange]

    @property
    def is_empty(self) -> bool:
        return not any(self)


def difference(old: Data, new: Data) -> Difference:
    """What of ``new`` is not as it was in ``old``, each list in the order of codes."""
    return Difference(
        _figures(old["figures"], new["figures"]),
        _rows(old["items"], new["items"], "state", "activity"),
        _rows(old["programmes"], new["programmes"], "budget", "name"),
        _rows(old["indicators"], new["indicators"], "value", "name"),
    )


def _figures(old: Data, new: Data) -> list[FigureChange]:
    changed = []
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        values = before and before["value"], after and after["value"]
        if values[0] != values[1] or (before is None) != (after is None):
            changed.append(FigureChange(key, (after or before or {})["kind"], *values))
    return changed


def _rows(old: list[Data], new: list[Data], value: str, name: str) -> list[RowChange]:
    """Rows by code whose ``value`` differs, and those that only one side has."""
    before, after = {row["code"]: row for row in old}, {row["code"]: row for row in new}
    changed = []
    for code in sorted(before.keys() | after.keys()):
        was, is_now = before.get(code), after.get(code)
        row = is_now or was or {}
        values = was and was[value], is_now and is_now[value]
        if values[0] != values[1] or (was is None) != (is_now is None):
            names = row.get(f"{name}_bn", ""), row.get(f"{name}_en", "")
            changed.append(RowChange(code, row.get("ministry", ""), *names, *values))
    return changed
