"""How often each fact is missing in a snapshot, and what it is where it is known: figures, no row of a person."""

from django.db import models

from shohay.stages.registry.models import Snapshot


class FactCoverage(models.Model):
    """The document of bulk/fact_coverage.py for one snapshot and one score formula; never changed."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="coverages")
    formula_sha256 = models.CharField(max_length=64, blank=True)  # '' where no formula is installed
    figures = models.JSONField()
    measured_at = models.DateTimeField()
    measured_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "formula_sha256"], name="registry_fact_coverage_once")
        ]
