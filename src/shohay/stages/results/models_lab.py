"""The policy lab: comparisons of scenarios that somebody put together, and what simulating them gave.

A result is known by the hash of everything it depends on (base, scenarios, definitions, formula, quotas, code), so two
comparisons that ask the same share one result and nothing is computed twice. Aggregates only; no row of a person.
"""

from django.db import models
from django.db.models import Q


class LabResult(models.Model):
    """What one simulation gave; never changed."""

    inputs_sha256 = models.CharField(max_length=64, unique=True)
    inputs = models.JSONField()  # base, scenarios, definitions, drafts, formula, quotas, sample, seed, code
    result = models.JSONField()  # the document of core/simulation_result.py
    result_sha256 = models.CharField(max_length=64)
    seconds = models.FloatField()
    computed_at = models.DateTimeField()
    computed_by = models.CharField(max_length=150)


class LabStudy(models.Model):
    """Up to four scenarios on one base. A draft of its owner's until it is saved; saved it stays as it is."""

    class BaseKind(models.TextChoices):
        REGISTRY = "registry"  # a snapshot of the registry; ``base`` is its sha256
        SURVEY = "survey"  # a survey base; ``base`` is the name of its folder

    MOST_SCENARIOS = 4

    name = models.CharField(max_length=200)
    base_kind = models.CharField(max_length=10, choices=BaseKind.choices)
    base = models.CharField(max_length=120)
    scenarios = models.JSONField(default=list)  # the documents of core/scenario.py, in order; the first is compared to
    saved = models.BooleanField(default=False)
    owner = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # none: not simulated yet, or changed since
    result = models.ForeignKey(LabResult, null=True, on_delete=models.PROTECT, related_name="studies")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(saved=False) | Q(result__isnull=False), name="results_lab_saved_has_result"
            ),
        ]
        indexes = [models.Index(fields=["owner", "saved"], name="results_lab_owner")]
