"""Items of the annual performance agreements, and trainings given."""

from django.db import models
from django.db.models import F, Q

from shohay.stages.programmes.models import Ministry
from shohay.stages.results.models import Indicator


class PerformanceItem(models.Model):
    """One item of the annual performance agreement (APA) of a ministry for a fiscal year.

    The Cabinet Division sets target and weight, the ministry reports what was achieved, another office verifies it.
    """

    class Direction(models.TextChoices):
        UP = "up"  # more is better
        DOWN = "down"

    class State(models.TextChoices):
        SET = "set"
        REPORTED = "reported"
        VERIFIED = "verified"

    ministry = models.ForeignKey(Ministry, on_delete=models.PROTECT, related_name="performance")
    fiscal_year = models.CharField(max_length=7)  # 2024-25
    no = models.SmallIntegerField()
    title = models.CharField(max_length=300)
    action = models.ForeignKey("coordination.ActionItem", null=True, on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=60)
    direction = models.CharField(max_length=4, choices=Direction.choices, default=Direction.UP)
    target = models.DecimalField(max_digits=18, decimal_places=4)
    weight = models.DecimalField(max_digits=5, decimal_places=2)  # of 100 in a ministry's year
    achieved = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SET)
    set_by = models.CharField(max_length=150)
    set_at = models.DateTimeField()
    reported_by = models.CharField(max_length=150, blank=True)
    reported_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=150, blank=True)
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ministry", "fiscal_year", "no"], name="coordination_performance_number"),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=100)
                & Q(target__gte=0)
                & (Q(target__gt=0) | Q(direction="down"))
                & (Q(achieved=None) | Q(achieved__gte=0)),
                name="coordination_performance_amounts",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | (~Q(verified_by=F("reported_by")) & ~Q(verified_by="")),
                name="coordination_performance_four_eyes",
            ),
        ]


class Training(models.Model):
    """A training given: for whom, on what, where, when, how many women and men came."""

    class Audience(models.TextChoices):
        FOCAL_POINTS = "focal_points"
        CLUSTERS = "clusters"
        DIVISION = "division"  # members of the divisional committees
        DISTRICT = "district"
        UPAZILA = "upazila"
        FIELD_STAFF = "field_staff"
        PUBLIC = "public"

    class Topic(models.TextChoices):
        STRATEGY = "strategy"
        GRIEVANCE = "grievance"
        REGISTRY = "registry"
        PAYMENTS = "payments"
        TARGETING = "targeting"
        MONITORING = "monitoring"
        SHOCKS = "shocks"
        OTHER = "other"

    audience = models.CharField(max_length=12, choices=Audience.choices)
    topic = models.CharField(max_length=10, choices=Topic.choices)
    title = models.CharField(max_length=200)
    first_day = models.DateField()
    last_day = models.DateField()
    women = models.IntegerField()
    men = models.IntegerField()
    ministry = models.ForeignKey(Ministry, null=True, on_delete=models.PROTECT, related_name="+")  # who gave it
    place = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["first_day", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")) & Q(women__gte=0) & Q(men__gte=0) & Q(women__gt=-F("men")),
                name="coordination_training_counts",
            )
        ]


class TrainingDistrict(models.Model):
    """A district whose people came to a training."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="districts")
    area_code = models.CharField(max_length=12, db_collation="C")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["training", "area_code"], name="coordination_training_once")]
