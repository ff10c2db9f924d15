"""Paying again what bounced: a supplement of further attempts at payments that exist, never a second payment."""

from django.db import models
from django.db.models import F, Q

from shohay.stages.registry.models import Account


class Supplement(models.Model):
    """Bounced payments of a programme whose accounts were corrected, paid again together: proposed, then approved."""

    class State(models.TextChoices):
        PREPARED = "prepared"
        APPROVED = "approved"
        SENT = "sent"
        ANSWERED = "answered"
        RECONCILED = "reconciled"
        WITHDRAWN = "withdrawn"

    programme_code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12, blank=True)  # '' = the whole country
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    lines = models.IntegerField()
    amount_poisha = models.BigIntegerField()
    reasons = models.JSONField(default=dict)  # why they had bounced: reason code -> payments
    first_attempt_id = models.BigIntegerField()  # line n is attempt first_attempt_id + n - 1
    sha256 = models.CharField(max_length=64)  # of its lines: keeps message numbers of different contents apart
    prepared_by = models.CharField(max_length=150)
    prepared_at = models.DateTimeField()
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    reconciliation = models.JSONField(default=dict)
    reconciled_by = models.CharField(max_length=150, blank=True)
    reconciled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(approved_by=F("prepared_by")), name="payments_supplement_four_eyes"),
            models.CheckConstraint(condition=Q(lines__gt=0, amount_poisha__gt=0), name="payments_supplement_some"),
        ]


class Attempt(models.Model):
    """The second or a later instruction of one payment. The payment follows its latest attempt once that has ended."""

    class State(models.TextChoices):
        DUE = "due"
        SENT = "sent"
        ACCEPTED = "accepted"
        PAID = "paid"
        REJECTED = "rejected"
        RETURNED = "returned"
        WITHDRAWN = "withdrawn"

    payment = models.ForeignKey("payments.Payment", on_delete=models.PROTECT, related_name="attempts")
    number = models.SmallIntegerField()  # 2 = the second instruction
    supplement = models.ForeignKey(Supplement, on_delete=models.PROTECT, related_name="attempts")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    programme_code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12)
    end_to_end_id = models.CharField(max_length=35, unique=True)
    before = models.CharField(max_length=10)  # how the attempt before ended: rejected | returned
    before_reason = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    reason_code = models.CharField(max_length=10, blank=True)
    state_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "number"], name="payments_attempt_once"),
            models.UniqueConstraint(
                fields=["payment"], condition=Q(state__in=["due", "sent", "accepted"]), name="payments_attempt_one_open"
            ),
            models.CheckConstraint(condition=Q(number__gte=2), name="payments_attempt_after_first"),
            models.CheckConstraint(condition=Q(before__in=["rejected", "returned"]), name="payments_attempt_bounced"),
        ]


class SupplementFile(models.Model):
    """The instruction file of a supplement: attempts first_attempt_id and the next ``lines - 1``."""

    supplement = models.ForeignKey(Supplement, on_delete=models.PROTECT, related_name="files")
    sequence = models.IntegerField()
    message_id = models.CharField(max_length=35, unique=True)
    path = models.CharField(max_length=250)  # under VAR
    sha256 = models.CharField(max_length=64)
    first_attempt_id = models.BigIntegerField()
    lines = models.IntegerField()
    amount_poisha = models.BigIntegerField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    bank_status = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supplement", "sequence"], name="payments_supplement_file_once")]
