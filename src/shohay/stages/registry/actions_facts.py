"""Measuring how often each fact is missing in a snapshot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from shohay.bulk import fact_coverage
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.programmes import definitions
from shohay.stages.registry.models import Snapshot
from shohay.stages.registry.models_facts import FactCoverage

Progress = Callable[[str, int, int], None]


def measure_facts(*, snapshot: Snapshot, by: Officer, progress: Progress | None = None) -> FactCoverage:
    """Count what is missing; the same snapshot and score formula are the same figures. May raise snapshot_wrong."""
    by.require("quality.check")
    formula = definitions.formula()
    sha256 = formula.sha256 if formula else ""
    known = FactCoverage.objects.filter(snapshot=snapshot, formula_sha256=sha256).first()
    if known:
        return known
    figures = fact_coverage.measure(
        Path(snapshot.path), on=snapshot.as_of, formula=formula, progress=progress or (lambda step, done, total: None)
    )
    with transaction.atomic():
        made = FactCoverage.objects.create(
            snapshot=snapshot, formula_sha256=sha256, figures=figures, measured_at=timezone.now(),
            measured_by=by.username,
        )  # fmt: skip
        record(
            action="facts.measured", by=by, subject=("facts", made.pk),
            detail={"snapshot": snapshot.sha256, "formula": sha256, "rows": figures["rows"],
                    "facts": len(figures["facts"])},
        )  # fmt: skip
    return made
