"""Complaints and appeals with their clocks."""

from django.db import models

from shohay.stages.payments.models import Payment
from shohay.stages.registry.models import Person


class Grievance(models.Model):
    """A complaint. ``due_on`` counts working days (Sunday to Thursday less holidays); see core.deadlines."""

    class Category(models.TextChoices):
        PAYMENT_MISSING = "payment_missing"
        PAYMENT_AMOUNT = "payment_amount"
        WRONG_ACCOUNT = "wrong_account"
        EXCLUSION = "exclusion"
        INCLUSION = "inclusion"
        DATA = "data"
        CONDUCT = "conduct"
        OTHER = "other"

    class State(models.TextChoices):
        FILED = "filed"
        ANSWERED = "answered"
        APPEALED = "appealed"
        CLOSED = "closed"

    number = models.CharField(max_length=20, unique=True)  # what the complainant is told: G-2026-000123
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="grievances")
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="grievances")
    programme_code = models.CharField(max_length=20, blank=True)
    area_code = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=20, choices=Category.choices)
    channel = models.CharField(max_length=12)  # online | office | 333
    text = models.TextField()
    contact_sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.FILED)
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=150, blank=True)  # '' = the person, online
    due_on = models.DateField()
    appeal_text = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"])]  # the officer's list: what is late


class Reply(models.Model):
    """What the office answered, and with what outcome."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld"
        PARTLY = "partly"
        REJECTED = "rejected"
        REFERRED = "referred"

    grievance = models.ForeignKey(Grievance, on_delete=models.PROTECT, related_name="replies")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    text = models.TextField()
    answered_by = models.CharField(max_length=150)
    answered_at = models.DateTimeField()


class Holiday(models.Model):
    """A day on which offices are closed, from the gazette; the clocks of complaints step over it."""

    day = models.DateField(primary_key=True)
    name_bn = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    source = models.CharField(max_length=200, blank=True)
