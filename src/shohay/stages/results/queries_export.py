"""The published values: those of the newest run that stand for enough people, and the verified submissions."""

from __future__ import annotations

from typing import Any

from shohay.core.indicators import public
from shohay.stages.results.models import Indicator
from shohay.stages.results.models_values import IndicatorRun, IndicatorValue, Submission
from shohay.stages.results.queries_values import latest_run, milestones, together


def published(*, code: str = "", areas: bool = True) -> dict[str, Any]:
    """{"run", "as_of", "indicators": [...], "values": [...]} for everybody.

    A value: code, fiscal_year, area_code, group, value (None: hidden or undefined), status ('A' normal, 'Q' hidden
    because few people stand behind it, 'M' undefined: the denominator is 0), source. Where one of two sexes is hidden
    the other is too: the whole would give it away.
    """
    run = latest_run()
    values = _computed(run, code, areas) + _submitted(code)
    return {
        "run": run.pk if run else None,
        "as_of": run.as_of if run else None,
        "sha256": run.result_sha256 if run else "",
        "indicators": _described(code),
        "values": sorted(values, key=lambda row: (row["code"], row["fiscal_year"], row["area_code"], row["group"])),
    }


def _described(code: str) -> list[dict[str, Any]]:
    rows = Indicator.objects.order_by("code")
    aims = milestones()
    return [
        {**row.document, "baseline": row.document.get("baseline"),
         "targets": [{"year": year, "value": value} for year, value in sorted(aims[row.code].targets.items())]}
        for row in (rows.filter(code=code) if code else rows)
    ]  # fmt: skip


def _computed(run: IndicatorRun | None, code: str, areas: bool) -> list[dict[str, Any]]:
    if run is None:
        return []
    rows = IndicatorValue.objects.filter(run=run)
    rows = rows.filter(code=code) if code else rows
    rows = rows if areas else rows.filter(area_code="")
    columns = ("code", "fiscal_year", "area_code", "group", "value", "state", "persons")
    found = [_shown(dict(zip(columns, row, strict=True))) for row in rows.values_list(*columns)]
    _hide_the_other(found)
    return found


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    few = row["persons"] is not None and public(row["persons"]) is None
    status = "M" if row["state"] == "undefined" else "Q" if few else "A"
    row["value"] = round(row["value"], 4) if status == "A" else None
    return {**{name: row[name] for name in ("code", "fiscal_year", "area_code", "group", "value")}, "status": status,
            "source": "computed"}  # fmt: skip


def _hide_the_other(rows: list[dict[str, Any]]) -> None:
    """Hide the sex that is left alone beside a hidden one."""
    sexes: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for row in rows:
        if row["group"].startswith("sex:"):
            sexes.setdefault((row["code"], row["fiscal_year"], row["area_code"]), []).append(row)
    for pair in sexes.values():
        if any(row["status"] == "Q" for row in pair):
            for row in pair:
                if row["status"] == "A":
                    row["value"], row["status"] = None, "Q"


def _submitted(code: str) -> list[dict[str, Any]]:
    rows = Submission.objects.filter(state="verified", example=False).order_by("code", "fiscal_year", "ministry_code")
    rows = rows.filter(code=code) if code else rows
    of: dict[tuple[str, str], list[Submission]] = {}
    for row in rows:
        of.setdefault((row.code, row.fiscal_year), []).append(row)
    found = []
    for (name, year), mine in of.items():
        value = together(mine)
        found.append(
            {"code": name, "fiscal_year": year, "area_code": "", "group": "", "value": value,
             "status": "M" if value is None else "A", "source": "submitted"}
        )  # fmt: skip
    return found
