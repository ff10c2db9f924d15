"""Indicators in the report: the scoreboard, and what of it has no value yet."""

from __future__ import annotations

from datetime import date
from typing import Any

from shohay.stages.accounts.officer import Officer
from shohay.stages.results.models import Indicator

Data = dict[str, Any]


def put(officer: Officer, found: Data, as_of: date) -> None:
    """The framework by level, and each indicator with its latest value where there is one."""
    rows = list(Indicator.objects.order_by("code"))
    found["indicators"] = [
        {"code": row.code, "name_bn": row.name_bn, "name_en": row.name_en, "level": row.level, "core": row.core,
         "unit": row.document.get("unit", ""), "value": None, "target": None, "state": "no_value"}
        for row in rows
    ]  # fmt: skip
    figures, source = found["figures"], "results.indicators"
    figures["indicators.count"] = {"value": len(rows), "kind": "count", "from": source}
    figures["indicators.core"] = {"value": sum(row.core for row in rows), "kind": "count", "from": source}
    states = ("met", "on_track", "behind", "no_value")
    for state in states:
        counted = sum(row["state"] == state for row in found["indicators"])
        figures[f"indicators.{state}"] = {"value": counted, "kind": "count", "from": source}
