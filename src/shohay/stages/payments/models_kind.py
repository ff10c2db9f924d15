"""Help in kind: lists of who gets how much of what, and what was handed over. Quantities are whole grams."""

from django.db import models
from django.db.models import F, Q

from shohay.stages.enrolment.models import Enrolment
from shohay.stages.registry.models import Household, Person


class Distribution(models.Model):
    """The goods of a cycle in an upazila: listed by one officer, approved by another, handed over, closed.

    The counts are those of its rations, kept in step by the actions that change them.
    """

    class State(models.TextChoices):
        PREPARED = "prepared"
        APPROVED = "approved"
        CLOSED = "closed"

    class Occasion(models.TextChoices):
        """What goods per event are given for; '' for those that the calendar brings."""

        EID_UL_FITR = "eid_ul_fitr"
        EID_UL_AZHA = "eid_ul_azha"
        FISHING_BAN = "fishing_ban"
        DISASTER = "disaster"
        OTHER = "other_event"

    cycle = models.ForeignKey("payments.Cycle", on_delete=models.PROTECT, related_name="distributions")
    programme_code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12)  # upazila
    occasion = models.CharField(max_length=12, choices=Occasion.choices, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    rations = models.IntegerField(default=0)
    grams = models.BigIntegerField(default=0)
    price_poisha = models.BigIntegerField(default=0)  # what the beneficiaries pay together where goods are sold
    given = models.IntegerField(default=0)
    given_grams = models.BigIntegerField(default=0)
    given_poisha = models.BigIntegerField(default=0)
    not_given = models.JSONField(default=dict)  # reason -> rations
    held_back = models.JSONField(default=dict)  # reason -> enrolments that got no ration
    definition_sha256 = models.CharField(max_length=64)
    prepared_by = models.CharField(max_length=150)
    prepared_at = models.DateTimeField()
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["programme_code", "area_code"])]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "area_code"], name="payments_distribution_once"),
            models.CheckConstraint(condition=~Q(approved_by=F("prepared_by")), name="payments_distribution_four_eyes"),
            models.CheckConstraint(
                condition=Q(given__lte=F("rations"), given_grams__lte=F("grams")), name="payments_distribution_within"
            ),
        ]


class Ration(models.Model):
    """Goods due to a beneficiary for a period. (enrolment, period, kind) is unique: nobody collects twice."""

    class State(models.TextChoices):
        DUE = "due"
        GIVEN = "given"
        NOT_GIVEN = "not_given"

    class Reason(models.TextChoices):
        """Why nothing was given, or less than is due."""

        NOT_COLLECTED = "not_collected"
        DIED = "died"
        MOVED = "moved"
        REFUSED = "refused"
        WRONG_PERSON = "wrong_person"  # whoever came was not the one on the list
        SHORT_STOCK = "short_stock"

    distribution = models.ForeignKey(Distribution, on_delete=models.PROTECT, related_name="lines", db_index=False)
    line_no = models.IntegerField()
    number = models.CharField(max_length=24, unique=True)  # core.rations: on the printed list and in the file
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="rations", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="rations")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", db_index=False)
    programme_code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12)
    period_start = models.DateField()
    kind = models.CharField(max_length=40)  # the line of the benefit schedule
    item = models.CharField(max_length=30)  # the unit of the schedule: kg_rice, kg_fortified_rice
    grams = models.BigIntegerField()
    price_poisha = models.BigIntegerField(default=0)  # what the beneficiary pays for all of it
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    given_grams = models.BigIntegerField(default=0)
    given_on = models.DateField(null=True)
    reason = models.CharField(max_length=14, choices=Reason.choices, blank=True)
    recorded_by = models.CharField(max_length=150, blank=True)
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "period_start", "kind"], name="payments_ration_once"),
            models.UniqueConstraint(fields=["distribution", "line_no"], name="payments_ration_line"),
            models.CheckConstraint(condition=Q(grams__gt=0, price_poisha__gte=0), name="payments_ration_above_zero"),
            models.CheckConstraint(
                condition=Q(state="given", given_grams__gt=0, given_grams__lte=F("grams"), given_on__isnull=False)
                | Q(state="due", given_grams=0, given_on__isnull=True, reason="")
                | (Q(state="not_given", given_grams=0, given_on__isnull=True) & ~Q(reason="")),
                name="payments_ration_state",
            ),
            models.CheckConstraint(
                condition=Q(given_grams=F("grams")) | Q(state="due") | ~Q(reason=""), name="payments_ration_short_why"
            ),
        ]


class HandoverFile(models.Model):
    """A file that says who collected, kept unchanged; the same file twice is applied once."""

    distribution = models.ForeignKey(Distribution, on_delete=models.PROTECT, related_name="files")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=250)  # under VAR
    counts = models.JSONField(default=dict)  # rows, given, not_given, unchanged, empty, wrong
    received_by = models.CharField(max_length=150)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["distribution", "sha256"], name="payments_handover_file_once")]


class HandoverError(models.Model):
    """What is wrong with a row of such a file; the other rows were applied."""

    file = models.ForeignKey(HandoverFile, on_delete=models.PROTECT, related_name="errors")
    line = models.IntegerField()
    column = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=40)
    value = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["file", "line"])]
