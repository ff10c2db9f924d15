"""Ends and moves that the registry makes necessary: found for everybody, proposed in batches, approved by another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from shohay.stages.enrolment.models import Enrolment
from shohay.stages.registry.models import Person


class TransitionBatch(models.Model):
    """The ends and moves of one programme in one upazila, as found on a day; decided as a whole by a second officer."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        APPROVED = "approved"
        RETURNED = "returned"

    MOVES = {"proposed": ["approved", "returned"]}

    on = models.DateField()  # the day on which the rules were asked
    programme_code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12)  # upazila or city corporation
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    ends = models.IntegerField()
    moves = models.IntegerField()  # to another programme, or to the record that was kept
    applied = models.IntegerField(default=0)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(decided_by=F("proposed_by")), name="enrolment_batch_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | (~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="enrolment_batch_decided",
            ),
        ]
        indexes = [models.Index(fields=["programme_code", "area_code"])]


class Transition(models.Model):
    """One enrolment that ends or moves. While a proposal waits, the enrolment is in no other (partial unique key).

    ``ends_on`` is the first day without the benefit, and of a move the first day of the new enrolment.
    """

    class Kind(models.TextChoices):
        END = "end"
        MOVE = "move"  # to another programme
        CARRY = "carry"  # from a second record to the record of the person that was kept

    class State(models.TextChoices):
        PROPOSED = "proposed"
        APPLIED = "applied"
        RETURNED = "returned"
        SKIPPED = "skipped"  # ended otherwise meanwhile, or something stands in the way of the new enrolment

    # rows come by the million: no index but those that a screen or a key needs
    batch = models.ForeignKey(TransitionBatch, on_delete=models.PROTECT, related_name="rows")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="transitions", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    programme_code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    reason = models.CharField(max_length=40)  # the rule of the definition, or duplicate
    to_programme = models.CharField(max_length=20, blank=True)
    to_person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ends_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    new_enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(state="proposed"), name="enrolment_transition_one_waits"
            ),
            models.CheckConstraint(
                condition=~Q(kind="move") | ~Q(to_programme=""), name="enrolment_transition_move_has_goal"
            ),
        ]
