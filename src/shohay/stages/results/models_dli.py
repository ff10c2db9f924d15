"""Disbursement-linked indicators: what was agreed, what is claimed, who verified it, what was paid."""

from django.db import models
from django.db.models import F, Q


class DliAgreement(models.Model):
    """A financing agreement that pays for results. Money in minor units of its currency (cents)."""

    code = models.CharField(max_length=20, primary_key=True)
    name_bn = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    ceiling = models.BigIntegerField()  # never more than this is paid under the agreement
    source = models.CharField(max_length=250)


class Dli(models.Model):
    """One indicator of an agreement for one year. Terms are written by Finance, and fixed by the first claim.

    ``proposal``: our measurable wording of an area whose agreed text could not be read.
    """

    code = models.CharField(max_length=30, primary_key=True)
    agreement = models.ForeignKey(DliAgreement, on_delete=models.PROTECT, related_name="indicators")
    area = models.SmallIntegerField()
    area_bn = models.CharField(max_length=120)
    area_en = models.CharField(max_length=120)
    definition_bn = models.CharField(max_length=300)
    definition_en = models.CharField(max_length=300)
    unit = models.CharField(max_length=30)
    indicators = models.CharField(max_length=60, blank=True)  # codes of the results framework
    protocol_bn = models.CharField(max_length=500)
    protocol_en = models.CharField(max_length=500)
    verifier_bn = models.CharField(max_length=120)
    verifier_en = models.CharField(max_length=120)
    ministry = models.ForeignKey("programmes.Ministry", null=True, on_delete=models.PROTECT, related_name="+")
    proposal = models.BooleanField(default=True)
    fiscal_year = models.CharField(max_length=7, blank=True)
    baseline = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    target = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    value = models.BigIntegerField(null=True)  # minor units for going from baseline to target
    scalable = models.BooleanField(default=True)
    terms_by = models.CharField(max_length=150, blank=True)
    terms_at = models.DateTimeField(null=True)
    example = models.BooleanField(default=False)  # terms invented to show the ledger

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gt=0), name="results_dli_value"),
            models.CheckConstraint(
                condition=Q(value__isnull=True, baseline__isnull=True, target__isnull=True)
                | Q(value__isnull=False, baseline__isnull=False, target__isnull=False) & ~Q(baseline=F("target")),
                name="results_dli_terms_whole",
            ),
        ]


class DliClaim(models.Model):
    """A result claimed with evidence, verified by another office, paid by a third person. The ledger of the DLIs."""

    class State(models.TextChoices):
        CLAIMED = "claimed"
        VERIFIED = "verified"
        REFUSED = "refused"
        PAID = "paid"

    dli = models.ForeignKey(Dli, on_delete=models.PROTECT, related_name="claims")
    actual = models.DecimalField(max_digits=16, decimal_places=4)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CLAIMED)
    claimed_by = models.CharField(max_length=150)
    claimed_role = models.CharField(max_length=40)
    claimed_at = models.DateTimeField()
    verified_value = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    verified_by = models.CharField(max_length=150, blank=True)
    verified_role = models.CharField(max_length=40, blank=True)
    verified_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=500, blank=True)
    earned = models.BigIntegerField(null=True)  # by the rule, from the verified value
    paid = models.BigIntegerField(null=True)  # this time: earned less what was paid before, within the ceiling
    paid_by = models.CharField(max_length=150, blank=True)
    paid_at = models.DateTimeField(null=True)
    example = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["state"])]
        constraints = [
            models.UniqueConstraint(fields=["dli"], condition=Q(state="claimed"), name="results_claim_one_open"),
            models.CheckConstraint(
                condition=~Q(verified_by=F("claimed_by")) & ~Q(verified_role=F("claimed_role")),
                name="results_claim_other_office",
            ),
            models.CheckConstraint(
                condition=Q(paid_by="") | (~Q(paid_by=F("claimed_by")) & ~Q(paid_by=F("verified_by"))),
                name="results_claim_third_pays",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["claimed", "refused"], paid__isnull=True)
                | Q(state="verified", verified_value__isnull=False, earned__gte=0, paid__isnull=True)
                | Q(state="paid", verified_value__isnull=False, paid__gt=0, earned__gte=F("paid")) & ~Q(paid_by=""),
                name="results_claim_pays_verified",
            ),
        ]
