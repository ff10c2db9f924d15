"""Computing the indicators, computing a run again, and setting targets."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from shohay.bulk import results
from shohay.bulk.copying import copy_in
from shohay.bulk.results_inputs import Inputs
from shohay.core.indicator_documents import Framework
from shohay.core.indicator_documents import Indicator as Document
from shohay.core.messages import Refusal
from shohay.core.values import FiscalYear
from shohay.policy.indicator_documents import groups
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.registry.models import Snapshot
from shohay.stages.results import inputs as reading
from shohay.stages.results import queries_submissions
from shohay.stages.results.models import Indicator
from shohay.stages.results.models_values import IndicatorRun, IndicatorTarget

Progress = Callable[[str, int, int], None]
COLUMNS = ["run_id", "code", "fiscal_year", "area_code", '"group"', "numerator", "denominator", "value", "state",
           "persons"]  # fmt: skip


def compute(
    *,
    years: Sequence[str] = (),
    as_of: date | None = None,
    passed: Sequence[dict[str, Any]] = (),
    by: Officer,
    progress: Progress | None = None,
) -> IndicatorRun:
    """Compute every computed indicator from what the stages hold; the same inputs and definitions are the same run.

    ``passed``: counts of stages to the right, [{"name", "fiscal_year", "ministry_code", "value"}]. Files first, rows
    after, so a killed computation leaves nothing that anybody sees. Raises indicator_no_snapshot, indicator_year.
    """
    by.require("indicator.compute")
    started = time.monotonic()
    as_of = as_of or timezone.localdate()
    wanted = _years(years) or reading.years_of(as_of)
    snapshot = Snapshot.objects.order_by("-id").first()
    if snapshot is None:
        raise Refusal("indicator_no_snapshot")
    computed = [one for one in queries_submissions.documents() if one.source == "computed"]
    known, given, made = _work(Path(snapshot.path), as_of, wanted, passed, computed, progress)
    if known:
        return known
    with transaction.atomic():
        run = IndicatorRun.objects.create(
            as_of=as_of, years=[str(FiscalYear(year)) for year in wanted], snapshot_sha256=snapshot.sha256,
            definitions={one.code: one.sha256 for one in computed}, definitions_sha256=_definitions_sha256(computed),
            inputs=given.hashes(), inputs_sha256=given.sha256(), passed={"counts": list(passed)}, engine=made.engine,
            path=str(made.path.relative_to(settings.VAR)), result_sha256=made.sha256,
            counts={"indicators": made.indicators, "values": made.values, "undefined": made.undefined},
            seconds=round(time.monotonic() - started, 2), computed_at=timezone.now(), computed_by=by.username,
        )  # fmt: skip
        _load(run, made.path)
        record(
            action="indicators.computed", by=by, subject=("indicator_run", run.pk),
            detail={"inputs": run.inputs_sha256, "definitions": run.definitions_sha256, "result": run.result_sha256,
                    **run.counts},
        )  # fmt: skip
    return run


def _work(
    snapshot: Path, as_of: date, years: tuple[int, ...], passed: Sequence[dict[str, Any]], computed: list[Document],
    progress: Progress | None,
) -> tuple[IndicatorRun | None, Inputs, results.Computed]:  # fmt: skip
    """The files: inputs, definitions, counts and values in their place; with the run that has the same, if any.

    A known run whose files are there is not computed again; one whose files were lost gets them back.
    """
    root: Path = settings.VAR / "indicators"
    root.mkdir(parents=True, exist_ok=True)
    definitions = _definitions_sha256(computed)
    with tempfile.TemporaryDirectory(dir=root) as place:
        work = Path(place) / "run"
        _export(work / "inputs", as_of, years, passed)
        given = Inputs(snapshot, work / "inputs", as_of, years, groups())
        known = IndicatorRun.objects.filter(inputs_sha256=given.sha256(), definitions_sha256=definitions).first()
        kept = root / f"{given.sha256()[:16]}-{definitions[:16]}"
        if known and kept.is_dir():
            return known, given, results.Computed(kept, known.result_sha256, 0, 0, 0, known.engine)
        made = results.compute(inputs=given, indicators=computed, out=work, progress=progress)
        _write_definitions(work, computed)
        _keep(work, kept)
    return known, replace(given, tables=kept / "inputs"), replace(made, path=kept)


def _years(years: Sequence[str]) -> tuple[int, ...]:
    try:
        return tuple(sorted({FiscalYear.parse(year).starts for year in years}))
    except ValueError:
        raise Refusal("indicator_year", year=", ".join(years)) from None


def _export(out: Path, as_of: date, years: Sequence[int], passed: Sequence[dict[str, Any]]) -> None:
    """All tables at one moment, where the caller has no transaction open."""
    outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if outermost:
            cursor.execute("set transaction isolation level repeatable read")
        reading.export(cursor, out, as_of=as_of, years=years, passed=passed)


def _definitions_sha256(documents: Sequence[Document]) -> str:
    return Framework({one.code: one for one in documents}).sha256


def _write_definitions(work: Path, documents: Sequence[Document]) -> None:
    rows = [one.model_dump(mode="json") for one in documents]
    (work / "definitions.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def _keep(work: Path, place: Path) -> None:
    """Put the finished folder in its place; one that a killed run left is replaced."""
    shutil.rmtree(place, ignore_errors=True)
    work.rename(place)


def _load(run: IndicatorRun, kept: Path) -> None:
    with tempfile.TemporaryDirectory(dir=kept) as folder, connection.cursor() as cursor:
        path = Path(folder) / "values.csv"
        results.values_csv(kept, run.pk, path)
        copy_in(cursor, "results_indicatorvalue", COLUMNS, path)
        cursor.execute("analyze results_indicatorvalue")


def set_target(*, code: str, fiscal_year: str, value: float, source: str, by: Officer) -> IndicatorTarget:
    """Aim at ``value`` in the year; an earlier target of the year stays as history. Raises indicator_unknown ..."""
    by.require("indicator.target")
    if not Indicator.objects.filter(code=code).exists():
        raise Refusal("indicator_unknown", code=code)
    _years([fiscal_year])
    if not source.strip():
        raise Refusal("target_source")
    with transaction.atomic():
        row = IndicatorTarget.objects.create(
            code=code, fiscal_year=fiscal_year, value=value, source=source.strip()[:300], set_by=by.username,
            set_at=timezone.now(),
        )  # fmt: skip
        record(
            action="indicator.target_set", by=by, subject=("indicator", code),
            detail={"fiscal_year": fiscal_year, "value": value, "source": row.source},
        )  # fmt: skip
    return row
