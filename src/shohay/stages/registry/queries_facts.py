"""How often facts are missing, as last measured. Figures of the whole country, no rows: every officer may know them."""

from __future__ import annotations

from collections.abc import Iterable

from shohay.bulk import fact_coverage
from shohay.stages.registry.models import Snapshot
from shohay.stages.registry.models_facts import FactCoverage


def latest() -> FactCoverage | None:
    """The coverage of the newest snapshot that was measured."""
    rows = FactCoverage.objects.select_related("snapshot")
    return rows.order_by("-snapshot__as_of", "-snapshot__taken_at", "-measured_at").first()


def newest_snapshot() -> Snapshot | None:
    return Snapshot.objects.order_by("-as_of", "-taken_at").first()


def coverage_of(names: Iterable[str]) -> dict[str, float | None]:
    """The share of those asked who lack each fact; None where nothing was measured. For core.criteria_hints.missing."""
    measured = latest()
    lacking = fact_coverage.lacking(measured.figures) if measured else {}
    return {name: lacking.get(name) for name in names}
