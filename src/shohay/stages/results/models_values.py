"""Values of indicators: computed by a run, submitted by an office and verified by another, and what was aimed at."""

from django.db import models
from django.db.models import F, Q


class IndicatorRun(models.Model):
    """One computation of the indicators: the inputs it read, the definitions it applied, and what came of it.

    The inputs stay under ``path`` and never change, so the same run can be made again and must give the same hash.
    """

    as_of = models.DateField()  # nothing after this day counts
    years = models.JSONField()  # fiscal years, the earliest first: ["2025-26", "2026-27"]
    snapshot_sha256 = models.CharField(max_length=64)
    definitions = models.JSONField()  # indicator code -> sha256 of its document
    definitions_sha256 = models.CharField(max_length=64)
    inputs = models.JSONField()  # table -> {"rows", "sha256"}
    inputs_sha256 = models.CharField(max_length=64)
    passed = models.JSONField(default=dict)  # counts of later stages, handed in by whoever started the run
    engine = models.CharField(max_length=60)
    path = models.CharField(max_length=250)  # folder under VAR: inputs/, counts.parquet, values.parquet
    counts = models.JSONField(default=dict)  # indicators, values, undefined
    result_sha256 = models.CharField(max_length=64)
    seconds = models.FloatField(default=0)
    computed_at = models.DateTimeField()
    computed_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inputs_sha256", "definitions_sha256"], name="results_run_once"),
        ]


class IndicatorValue(models.Model):
    """One computed value: of an indicator, in a fiscal year, of an area, of everybody ('') or of one group."""

    class State(models.TextChoices):
        VALUE = "value"
        UNDEFINED = "undefined"  # the denominator is 0: there was nothing to measure

    run = models.ForeignKey(IndicatorRun, on_delete=models.PROTECT, related_name="values", db_index=False)
    code = models.CharField(max_length=10)
    fiscal_year = models.CharField(max_length=7)
    area_code = models.CharField(max_length=12, blank=True, db_collation="C")  # '' country | 2 division | 4 district
    group = models.CharField(max_length=40, blank=True)  # sex:female, programme:OAA, quintile:1, ministry:MoSW
    numerator = models.FloatField()
    denominator = models.FloatField()
    value = models.FloatField(null=True)
    state = models.CharField(max_length=10, choices=State.choices)
    persons = models.BigIntegerField(null=True)  # behind the smaller side; below 5 the value is not public

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "code", "fiscal_year", "area_code", "group"], name="results_value_once"
            ),
            models.CheckConstraint(
                condition=Q(state="value", value__isnull=False) | Q(state="undefined", value__isnull=True),
                name="results_value_or_why_not",
            ),
        ]


class IndicatorTarget(models.Model):
    """What is aimed at in a fiscal year. The newest row of a year counts; earlier ones stay as history."""

    code = models.CharField(max_length=10)
    fiscal_year = models.CharField(max_length=7)
    value = models.FloatField()
    source = models.CharField(max_length=300)
    set_by = models.CharField(max_length=150)
    set_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["code", "fiscal_year", "-id"])]


class Submission(models.Model):
    """A value that an office reports, one row for each version; verified by somebody of another office.

    Of the versions of one (indicator, year, ministry) the newest verified one counts. ``unaware_of`` is the version
    that arrived while this one was being written: both stay, and whoever verifies sees both.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted"
        VERIFIED = "verified"
        RETURNED = "returned"
        SUPERSEDED = "superseded"  # another version was sent or verified in its place

    MOVES = {"submitted": ["verified", "returned", "superseded"], "verified": ["superseded"]}

    code = models.CharField(max_length=10)
    fiscal_year = models.CharField(max_length=7)
    ministry_code = models.CharField(max_length=20, blank=True)  # '' = a national figure, of no single ministry
    version = models.IntegerField()
    numerator = models.FloatField()
    denominator = models.FloatField()
    value = models.FloatField(null=True)  # null: the denominator is 0, there was nothing to measure
    measured_on = models.DateField()  # the day the figure speaks of
    source = models.CharField(max_length=300)
    note = models.CharField(max_length=1000, blank=True)
    unaware_of = models.IntegerField(null=True)
    example = models.BooleanField(default=False)  # invented, to show how the screens look: never published
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUBMITTED)
    submitted_by = models.CharField(max_length=150)
    submitted_role = models.CharField(max_length=40)
    submitted_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_role = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True)  # why it was returned

    class Meta:
        indexes = [models.Index(fields=["state", "submitted_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "fiscal_year", "ministry_code", "version"], name="results_submission_version_once"
            ),
            models.UniqueConstraint(
                fields=["code", "fiscal_year", "ministry_code"],
                condition=Q(state="verified"),
                name="results_submission_one_verified",
            ),
            models.CheckConstraint(
                condition=Q(decided_by="") | (~Q(decided_by=F("submitted_by")) & ~Q(decided_role=F("submitted_role"))),
                name="results_submission_two_offices",
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(reason=""), name="results_submission_reason"),
            models.CheckConstraint(
                condition=Q(denominator=0, value__isnull=True) | Q(value__isnull=False),
                name="results_submission_value",
            ),
        ]
