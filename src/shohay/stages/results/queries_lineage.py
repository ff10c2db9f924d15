"""Where a value comes from: its formula, its counts, the run that made it, the inputs of the run."""

from __future__ import annotations

from typing import Any

import duckdb
from django.conf import settings

from shohay.core.indicator_counts import COUNTS
from shohay.stages.results.models_values import IndicatorRun, IndicatorValue
from shohay.stages.results.queries_submissions import document_of
from shohay.stages.results.queries_values import recent_runs

MOST_ORIGINS = 40


def lineage(code: str, *, year: str = "", area: str = "", group: str = "", run: int | None = None) -> dict[str, Any]:
    """{"value", "numerator", "denominator", "state", "formula", "counts", "run", "as_of", ...}; {} where none is.

    ``counts``: {"name", "side", "value", "text_bn", "text_en", "page", "origins"} in the order of the formula;
    ``origins``: the records that a number was read from, where they are few. Without a year the newest that has a
    value; without a run the newest.
    """
    rows = IndicatorValue.objects.filter(code=code, area_code=area, group=group).select_related("run")
    rows = rows.filter(fiscal_year=year) if year else rows
    rows = rows.filter(run__in=[run] if run is not None else recent_runs())
    row = rows.order_by("-run_id", "-fiscal_year").first()
    document = document_of(code)
    if row is None or document is None or document.source != "computed":
        return {}
    found, origins = _counts(row), _origins(row)
    counts = []
    for side in ("numerator", "denominator"):
        for name in sorted(document.side(side).names):
            count = COUNTS[name]
            counts.append(
                {"name": name, "side": side, "value": found.get(name, 0), "text_bn": count.text.bn,
                 "text_en": count.text.en, "page": count.page, "of": count.of, "origins": origins.get(name, [])}
            )  # fmt: skip
    return {
        "value": row.value, "state": row.state, "numerator": row.numerator, "denominator": row.denominator,
        "year": row.fiscal_year, "area": area, "group": group, "formula": document.formula,
        "top": document.numerator.of, "bottom": document.denominator.of, "counts": counts, "run": row.run_id,
        "as_of": row.run.as_of, "snapshot": row.run.snapshot_sha256, "inputs": row.run.inputs,
        "definition": row.run.definitions.get(code, ""), "same_definition": _same(row, document.sha256),
        "result": row.run.result_sha256, "engine": row.run.engine, "computed_at": row.run.computed_at,
        "computed_by": row.run.computed_by, "seconds": row.run.seconds,
    }  # fmt: skip


def _same(row: IndicatorValue, sha256: str) -> bool:
    """Whether the definition of the run is the one in force."""
    return bool(row.run.definitions.get(row.code) == sha256)


def _counts(row: IndicatorValue) -> dict[str, int]:
    """The counts of one cell, from the files of the run; {} when the files are gone."""
    path = settings.VAR / row.run.path / "counts.parquet"
    if not path.exists():
        return {}
    with duckdb.connect() as con:
        found = con.execute(
            "select name, value from read_parquet(?) where fiscal_year = ? and area_code = ? and grp = ?",
            [str(path), row.fiscal_year, row.area_code, row.group],
        ).fetchall()
    return {str(name): int(value or 0) for name, value in found}


def _origins(row: IndicatorValue) -> dict[str, list[str]]:
    """Count -> the records that it was read from, as the inputs of the run name them."""
    path = settings.VAR / row.run.path / "inputs" / "given.parquet"
    if row.area_code or not path.exists():
        return {}
    with duckdb.connect() as con:
        found = con.execute(
            "select name, list(distinct origin order by origin) from read_parquet(?) where fy = ? and origin <> ''"
            " and (? = '' or grp = ?) group by name",
            [str(path), int(row.fiscal_year[:4]), row.group, row.group],
        ).fetchall()
    return {str(name): list(of)[:MOST_ORIGINS] for name, of in found}


def runs(limit: int = 20) -> list[IndicatorRun]:
    """The newest runs."""
    return list(IndicatorRun.objects.order_by("-id")[:limit])
