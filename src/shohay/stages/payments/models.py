"""Cycles, payrolls, payments, bank files and answers, and the ledger. All amounts are integer poisha."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from shohay.stages.enrolment.models import Enrolment
from shohay.stages.registry.models import Account, Person


class Cycle(models.Model):
    """A programme pays a period."""

    programme_code = models.CharField(max_length=20)
    period_start = models.DateField()
    period_end = models.DateField()  # exclusive
    fiscal_year = models.CharField(max_length=7)
    opened_by = models.CharField(max_length=150)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_code", "period_start"], name="payments_cycle_once")]


class Payroll(models.Model):
    """The payments of a cycle in an area, prepared by one officer and approved by another."""

    class State(models.TextChoices):
        PREPARED = "prepared"
        APPROVED = "approved"
        SENT = "sent"
        ANSWERED = "answered"
        RECONCILED = "reconciled"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="payrolls")
    area_code = models.CharField(max_length=12, blank=True)  # '' = the whole country
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    lines = models.IntegerField(default=0)
    amount_poisha = models.BigIntegerField(default=0)
    held_back = models.JSONField(default=dict)  # reason -> count of enrolments that got no line
    definition_sha256 = models.CharField(max_length=64)
    first_payment_id = models.BigIntegerField(null=True)  # line n is payment first_payment_id + n - 1
    parameters = models.JSONField(default=dict)  # what the computation was told; replay reads it
    input_path = models.CharField(max_length=250)  # folder under VAR: enrolments.parquet as read; replay starts here
    input_sha256 = models.CharField(max_length=64)
    result_sha256 = models.CharField(max_length=64)
    prepared_by = models.CharField(max_length=150)
    prepared_at = models.DateTimeField()
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    reconciliation = models.JSONField(default=dict)  # the last report; empty until reconciled
    reconciled_by = models.CharField(max_length=150, blank=True)
    reconciled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "area_code"], name="payments_payroll_once"),
            models.CheckConstraint(condition=~Q(approved_by=F("prepared_by")), name="payments_payroll_four_eyes"),
        ]


class Payment(models.Model):
    """Money owed to a beneficiary for a period. (enrolment, period, kind) is unique: paid once, whatever is rerun.

    Rows come by the million, so the table carries only the keys that refuse something; a person's payments are found
    through their enrolments. The payments of a payroll lie in one range of ids (Payroll.first_payment_id), which the
    tiny block-range index serves too.
    """

    class State(models.TextChoices):
        DUE = "due"
        SENT = "sent"
        ACCEPTED = "accepted"
        PAID = "paid"
        REJECTED = "rejected"
        RETURNED = "returned"

    payroll = models.ForeignKey(Payroll, on_delete=models.PROTECT, related_name="payments", db_index=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="payments", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="payments", db_index=False)
    programme_code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12)
    period_start = models.DateField()
    kind = models.CharField(max_length=40, default="regular")  # the line of the benefit schedule
    amount_poisha = models.BigIntegerField()
    account = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    end_to_end_id = models.CharField(max_length=35, unique=True)  # ISO 20022 EndToEndId
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    reason_code = models.CharField(max_length=10, blank=True)  # ISO 20022 external status reason
    state_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "period_start", "kind"], name="payments_payment_once"),
            models.CheckConstraint(condition=Q(amount_poisha__gt=0), name="payments_payment_above_zero"),
        ]
        indexes = [BrinIndex(fields=["payroll"], name="payments_payment_payroll", pages_per_range=32)]


class PaymentFile(models.Model):
    """An instruction file (pain.001) as sent, kept unchanged: payments first_payment_id and the next ``lines - 1``."""

    payroll = models.ForeignKey(Payroll, on_delete=models.PROTECT, related_name="files")
    sequence = models.IntegerField()
    message_id = models.CharField(max_length=35, unique=True)
    path = models.CharField(max_length=250)  # under VAR
    sha256 = models.CharField(max_length=64)
    first_payment_id = models.BigIntegerField()
    lines = models.IntegerField()
    amount_poisha = models.BigIntegerField()
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    bank_status = models.CharField(max_length=10, blank=True)  # group status of the bank's answer: ACCP, PART, RJCT

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payroll", "sequence"], name="payments_file_once")]


class BankMessage(models.Model):
    """A message from the bank, kept unchanged; the same message twice is applied once."""

    kind = models.CharField(max_length=10)  # pain.002 | pacs.004 | camt.054 | camt.053
    message_id = models.CharField(max_length=70)
    payment_file = models.ForeignKey(PaymentFile, null=True, on_delete=models.PROTECT, related_name="answers")
    path = models.CharField(max_length=250)  # under VAR
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField(default=dict)  # applied, repeated, unknown, contradicting; examples of the last two
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "sha256"], name="payments_bank_message_once")]


class Transfer(models.Model):
    """One movement of the ledger: a debit and a credit of the same amount, so every row balances by itself.

    ``debit`` and ``credit`` name ledger accounts such as 'budget:OAA', 'payable:OAA', 'bank:clearing' (the chart
    is shohay.core.ledger). Rows are never changed (migration 0002); a correction is a transfer back.
    """

    booked_at = models.DateTimeField()
    kind = models.CharField(max_length=12)  # commit | send | settle | reject | return | again | release
    debit = models.CharField(max_length=40)
    credit = models.CharField(max_length=40)
    amount_poisha = models.BigIntegerField()
    payroll = models.ForeignKey(Payroll, null=True, on_delete=models.PROTECT, related_name="transfers", db_index=False)
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="transfers", db_index=False)
    attempt = models.ForeignKey(  # of a second or later instruction; payment is then empty
        "payments.Attempt", null=True, on_delete=models.PROTECT, related_name="transfers", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_poisha__gt=0), name="payments_transfer_above_zero"),
            models.UniqueConstraint(
                fields=["attempt", "kind"], condition=Q(attempt__isnull=False), name="payments_transfer_attempt_once"
            ),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="payments_transfer_two_sides"),
            models.UniqueConstraint(
                fields=["payment", "kind"], condition=Q(payment__isnull=False), name="payments_transfer_once"
            ),
        ]
        indexes = [BrinIndex(fields=["payroll"], name="payments_transfer_payroll", pages_per_range=32)]


from shohay.stages.payments import models_again, models_kind  # noqa: E402, F401 - the rest of the stage's models
