"""Results and money in the report: the scoreboard of indicators, shares of GDP and of the national budget, DLIs."""

from __future__ import annotations

from datetime import date
from typing import Any

from shohay.stages.accounts.officer import Officer
from shohay.stages.programmes import queries_budget as budgets
from shohay.stages.results import queries_values as values

Data = dict[str, Any]
STATES = ("met", "on_track", "behind", "no_target", "no_value")
CRORE = 10**9  # poisha


def put(officer: Officer, found: Data, as_of: date) -> None:
    """Each indicator with its value and target of the year, national; counts by state."""
    rows = values.scoreboard(officer, fiscal_year=found["report"]["year"])
    found["indicators"] = [
        {
            "code": row["code"], "name_bn": row["name_bn"], "name_en": row["name_en"], "level": row["level"],
            "core": row["core"], "unit": row["unit"], "value": _rounded(row["value"]),
            "target": _rounded(row["target"]), "target_year": row["target_year"], "state": row["state"],
            "source": row["source"],
        }
        for row in rows
    ]  # fmt: skip
    source = "results.scoreboard"
    _figure(found, "indicators.count", len(rows), source)
    _figure(found, "indicators.core", sum(row["core"] for row in rows), source)
    for state in STATES:
        _figure(found, f"indicators.{state}", sum(row["state"] == state for row in rows), source)


def _figure(found: Data, key: str, value: object, source: str, kind: str = "count") -> None:
    found["figures"][key] = {"value": value, "kind": kind, "from": source}


def _rounded(value: Any) -> float | None:
    return None if value is None else round(float(value), 4)


def put_money(officer: Officer, found: Data, as_of: date) -> None:
    """The year beside GDP and the national budget in three variants; execution where verified figures are there."""
    year = found["report"]["year"]
    found["shares"] = [
        {"variant": row.variant, "budget": round(row.poisha / CRORE, 2), "of_gdp": _ratio(row.of_gdp),
         "of_budget": _ratio(row.of_budget)}
        for row in budgets.shares(year)
    ]  # fmt: skip
    source = "catalogue.beside_gdp"
    for row in found["shares"]:
        for name in ("of_gdp", "of_budget"):
            if row[name] is not None:
                _figure(found, f"shares.{row['variant']}.{name}", row[name], source, "share")
    whole = budgets.whole(budgets.totals(year))
    if whole and whole.actual_poisha:
        _figure(found, "budget.actual", round(whole.actual_poisha / CRORE, 2), "catalogue.sums", "crore")


def _ratio(value: Any) -> float | None:
    return None if value is None else round(float(value), 4)
