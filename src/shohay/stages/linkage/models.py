"""Two records, one person? Runs of the matcher, the pairs in doubt, and merges that can be undone."""

from django.db import models
from django.db.models import F, Q

from shohay.stages.registry.models import Person, Snapshot


class LinkageRun(models.Model):
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT)
    settings_sha256 = models.CharField(max_length=64)
    link_above = models.FloatField()
    review_above = models.FloatField()
    counts = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    started_by = models.CharField(max_length=150)


class Pair(models.Model):
    """Two records that look alike. Above one threshold the machine links, between the two a person decides."""

    class Band(models.TextChoices):
        LINK = "link"
        REVIEW = "review"

    class Decision(models.TextChoices):
        SAME = "same"
        DIFFERENT = "different"

    run = models.ForeignKey(LinkageRun, on_delete=models.PROTECT, related_name="pairs")
    left = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=12)
    probability = models.FloatField()
    evidence = models.JSONField(default=dict)  # comparison -> level, in words on the screen
    band = models.CharField(max_length=8, choices=Band.choices)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["left", "right"], name="linkage_pair_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="linkage_pair_ordered"),
        ]


class Merge(models.Model):
    """``merged`` is a second record of ``kept``. Proposed by one (or the machine), approved by another, undoable."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    pair = models.ForeignKey(Pair, null=True, on_delete=models.PROTECT, related_name="merges")
    proposed_by = models.CharField(max_length=150)
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(approved_by=F("proposed_by")), name="linkage_merge_four_eyes"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="linkage_merge_open_once"
            ),
        ]
