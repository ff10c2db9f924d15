"""The action plan of the reform: who promised what by when."""

from django.db import models

from shohay.stages.programmes.models import Ministry


class ActionItem(models.Model):
    """One performance indicator of one activity of the NSSS action plan (695 rows)."""

    code = models.CharField(max_length=20, primary_key=True)
    ministry = models.ForeignKey(Ministry, on_delete=models.PROTECT, related_name="actions")
    section = models.CharField(max_length=10)  # text: "2.10" is not 2.1
    objective_no = models.IntegerField()
    objective_bn = models.TextField()
    objective_en = models.TextField()
    activity_bn = models.TextField()
    activity_en = models.TextField()
    indicator_bn = models.TextField()
    indicator_en = models.TextField()
    timeframe = models.CharField(max_length=120)  # as printed
    timeframe_kind = models.CharField(max_length=30)
    starts = models.DateField(null=True)
    due = models.DateField(null=True)
    theme = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=20)  # as reported; whether it is late follows from ``due``


class ClusterAction(models.Model):
    """One row of the plan of a thematic cluster (40 rows)."""

    cluster = models.CharField(max_length=80)
    no = models.IntegerField()
    part = models.SmallIntegerField(default=1)  # the report prints several rows under one number
    objective_bn = models.TextField()
    objective_en = models.TextField()
    activity_bn = models.TextField()
    activity_en = models.TextField()
    indicator_bn = models.TextField()
    indicator_en = models.TextField()
    timeframe = models.CharField(max_length=120)
    timeframe_kind = models.CharField(max_length=30)
    starts = models.DateField(null=True)
    due = models.DateField(null=True)
    responsible = models.TextField()
    shared = models.TextField(blank=True)
    status = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "no", "part"], name="coordination_cluster_action_once")
        ]


from shohay.stages.coordination import (  # noqa: E402 - the rest of the stage's models
    models_checks,  # noqa: F401
    models_committees,  # noqa: F401
    models_editions,  # noqa: F401
    models_performance,  # noqa: F401
    models_plan,  # noqa: F401
)
