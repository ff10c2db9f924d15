"""How a national quota is shared among upazilas: proposed by one officer, approved by another, then in force."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Allocation(models.Model):
    """The quota of one programme and fiscal year shared by a document (core.allocation), with its rows.

    Once approved its rows are the quotas. ``run`` is the determination whose eligible people were looked at.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        APPROVED = "approved"
        RETURNED = "returned"

    MOVES = {"proposed": ["approved", "returned"]}

    programme_code = models.CharField(max_length=20)
    fiscal_year = models.CharField(max_length=7)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    slots = models.IntegerField()
    run = models.ForeignKey("targeting.Run", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)  # why it was returned

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme_code", "fiscal_year"], condition=Q(state="proposed"),
                name="targeting_allocation_one_waits",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(decided_by=F("proposed_by")), name="targeting_allocation_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | (~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="targeting_allocation_decided",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["programme_code", "fiscal_year"])]


class AllocationRow(models.Model):
    """What one area gets and from what; ``now`` is this year's quota at the proposal, ``before`` last year's."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="rows")
    area_code = models.CharField(max_length=12)
    places = models.IntegerField()
    state = models.CharField(max_length=10)  # shared | floor | ceiling | universal | held_out | nobody
    exact = models.FloatField()  # the share by weight alone
    floor = models.IntegerField()
    ceiling = models.IntegerField(null=True)
    persons = models.IntegerField()
    eligible = models.IntegerField(null=True)
    before = models.IntegerField(null=True)
    now = models.IntegerField(null=True)
    figures = models.JSONField(default=dict)  # fact -> {value, origin, year, source, shared}
    notes = models.JSONField(default=list)  # [code, parameters]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["allocation", "area_code"], name="targeting_allocation_row_once"),
            models.CheckConstraint(condition=Q(places__gte=0), name="targeting_allocation_row_not_negative"),
        ]
