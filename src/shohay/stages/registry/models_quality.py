"""How good the records are: checks of a snapshot, the scores of unions and operators, and the work that follows."""

from django.db import models
from django.db.models import Q


class QualityRun(models.Model):
    """The quality rules over one snapshot; findings stand in Parquet under ``path`` and never change."""

    snapshot = models.ForeignKey("registry.Snapshot", on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    rules_version = models.IntegerField()
    rules_sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=250)
    counts = models.JSONField(default=dict)  # records and found by level, by_rule
    checked_at = models.DateTimeField(auto_now_add=True)
    checked_by = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "rules_sha256"], name="registry_quality_once")]


class QualityScore(models.Model):
    """Records of one union that one operator recorded: how many, how many were found, the sum of their scores."""

    run = models.ForeignKey(QualityRun, on_delete=models.CASCADE, related_name="scores", db_index=False)
    level = models.CharField(max_length=10)  # person | household
    area_code = models.CharField(max_length=12, db_collation="C")
    operator = models.CharField(max_length=150, blank=True)  # '' = not known who recorded them
    records = models.BigIntegerField()
    found = models.BigIntegerField()
    points = models.BigIntegerField()  # 100 for each record without a finding
    by_rule = models.JSONField(default=dict)  # rule -> records found

    class Meta:
        indexes = [models.Index(fields=["run", "area_code"])]


class QualityTask(models.Model):
    """One finding that somebody shall look into. Ended by an officer with an outcome, or gone at the next check."""

    class State(models.TextChoices):
        OPEN = "open"
        ASSIGNED = "assigned"
        DONE = "done"
        GONE = "gone"  # the next check did not find it any more

    class Outcome(models.TextChoices):
        CORRECTED = "corrected"
        RIGHT = "right"  # looked at, and it is as recorded
        UNKNOWN = "unknown"  # could not be found out

    run = models.ForeignKey(QualityRun, on_delete=models.PROTECT, related_name="+", db_index=False)
    rule = models.CharField(max_length=40)
    level = models.CharField(max_length=10)
    person = models.ForeignKey("registry.Person", null=True, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey("registry.Household", on_delete=models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=12, db_collation="C")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    assigned_to = models.CharField(max_length=150, blank=True)
    assigned_by = models.CharField(max_length=150, blank=True)
    assigned_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()
    ended_by = models.CharField(max_length=150, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "area_code"]), models.Index(fields=["assigned_to", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "household", "person"],
                condition=Q(state__in=["open", "assigned"]),
                nulls_distinct=False,
                name="registry_task_open_once",
            )
        ]
