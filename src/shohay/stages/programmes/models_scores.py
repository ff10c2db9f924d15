"""Score formulas as they were installed, when each was in force, and how the scores moved between snapshots."""

from django.db import models
from django.db.models import F, Q


class ScoreVersion(models.Model):
    """One document of a formula with its model card. Rows are never changed: runs name the hash they were made with."""

    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)  # points | linear | categorical
    document = models.JSONField()
    text = models.TextField()  # the YAML as it was read
    sha256 = models.CharField(max_length=64, unique=True)
    synthetic = models.BooleanField(default=False)  # made from people who do not exist
    card = models.JSONField(null=True)  # core.model_card; None: not made here
    card_sha256 = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=500, blank=True)
    installed_by = models.CharField(max_length=150)
    installed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(card__isnull=True, card_sha256="") | (Q(card__isnull=False) & ~Q(card_sha256="")),
                name="programmes_score_card_hashed",
            )
        ]


class ScoreUse(models.Model):
    """Days on which a version was the formula in force: of all formulas one a day (migration 0005 holds it)."""

    version = models.ForeignKey(ScoreVersion, on_delete=models.PROTECT, related_name="uses")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the first day of the next one
    installed_by = models.CharField(max_length=150)  # of the version: so that the database can compare the two
    activated_by = models.CharField(max_length=150)
    activated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(activated_by=F("installed_by")), name="programmes_score_four_eyes"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="programmes_score_use_forward"
            ),
        ]


class ScoreDrift(models.Model):
    """How the scores of one formula differ between two snapshots; the figures are those of bulk.score_drift."""

    class Level(models.TextChoices):
        STEADY = "steady"
        WATCH = "watch"
        SHIFTED = "shifted"

    formula_code = models.CharField(max_length=40)
    formula_sha256 = models.CharField(max_length=64)
    before_sha256 = models.CharField(max_length=64)  # of the snapshots
    before_on = models.DateField()
    after_sha256 = models.CharField(max_length=64)
    after_on = models.DateField()
    psi = models.FloatField()
    ks = models.FloatField()
    level = models.CharField(max_length=10, choices=Level.choices)
    result = models.JSONField()
    computed_by = models.CharField(max_length=150)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["formula_sha256", "before_sha256", "after_sha256"], name="programmes_score_drift_once"
            )
        ]
