"""Money of programmes by fiscal year as officers enter it, and what the nation's years are measured by."""

from django.db import models
from django.db.models import F, Q


class NationalYear(models.Model):
    """A fiscal year of the nation: GDP, price index and national budget, each with its source; empty = none found."""

    fiscal_year = models.CharField(max_length=7, primary_key=True)
    gdp_crore = models.DecimalField(max_digits=16, decimal_places=2, null=True)  # at current prices
    gdp_base = models.CharField(max_length=7, blank=True)  # base year of the accounts: two bases do not compare
    gdp_source = models.CharField(max_length=200, blank=True)
    price_index = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    price_source = models.CharField(max_length=200, blank=True)
    budget_crore = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    budget_source = models.CharField(max_length=200, blank=True)


class BudgetVariant(models.Model):
    """A programme that the narrower totals leave out (indicator IN-01): without pensions, and core transfers."""

    programme = models.OneToOneField("programmes.Programme", on_delete=models.PROTECT, primary_key=True)
    variant = models.CharField(max_length=20)  # the first total it is left out of: without_pensions | core
    reason_en = models.CharField(max_length=200)


class BudgetLine(models.Model):
    """A programme's money in a fiscal year, submitted by one officer and verified by another. Revisions are kept.

    A submission waits until somebody verifies or refuses it; a newer one takes its place. A verified line stays
    what is shown until a newer one is verified.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted"
        VERIFIED = "verified"
        REFUSED = "refused"
        REPLACED = "replaced"

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="budget_lines")
    fiscal_year = models.CharField(max_length=7)
    allocation_poisha = models.BigIntegerField()
    revised_poisha = models.BigIntegerField(null=True)
    actual_poisha = models.BigIntegerField(null=True)  # spent to date
    beneficiaries = models.BigIntegerField(null=True)  # planned
    reached = models.BigIntegerField(null=True)
    planned_release_on = models.DateField(null=True)
    released_on = models.DateField(null=True)
    released_poisha = models.BigIntegerField(null=True)
    source = models.CharField(max_length=200)
    example = models.BooleanField(default=False)  # invented, to show how the screens look
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUBMITTED)
    submitted_by = models.CharField(max_length=150)
    submitted_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)  # why refused

    class Meta:
        indexes = [models.Index(fields=["fiscal_year", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "fiscal_year", "state"],
                condition=Q(state__in=["submitted", "verified"]),
                name="programmes_line_once",
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("submitted_by")), name="programmes_line_four_eyes"),
            models.CheckConstraint(
                condition=~Q(state__in=["verified", "refused"]) | (~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="programmes_line_decided",
            ),
            models.CheckConstraint(
                condition=Q(allocation_poisha__gte=0)
                & (Q(revised_poisha__isnull=True) | Q(revised_poisha__gte=0))
                & (Q(actual_poisha__isnull=True) | Q(actual_poisha__gte=0))
                & (Q(released_poisha__isnull=True) | Q(released_poisha__gte=0)),
                name="programmes_line_not_negative",
            ),
        ]
