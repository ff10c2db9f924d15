"""Who is on which programme from when to when."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from shohay.stages.registry.models import Household, Person
from shohay.stages.targeting.models import SelectionList


class Enrolment(models.Model):
    """A beneficiary of a programme for a period; open-ended while it lasts.

    The database refuses two overlapping enrolments of one person in one programme: UNIQUE (person_id,
    programme_code, valid WITHOUT OVERLAPS), PostgreSQL 18 (migration 0002).
    """

    class State(models.TextChoices):
        ACTIVE = "active"
        STOPPED = "stopped"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    programme_code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12)
    valid = DateRangeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACTIVE)
    selection_list = models.ForeignKey(SelectionList, null=True, on_delete=models.PROTECT, related_name="enrolments")
    definition_sha256 = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)  # what the benefit schedule reads: school class, children in school ...
    enrolled_at = models.DateTimeField()
    enrolled_by = models.CharField(max_length=150)
    stop_reason = models.CharField(max_length=40, blank=True)
    stop_on = models.DateField(null=True)  # first day without the benefit, as proposed
    stop_proposed_by = models.CharField(max_length=150, blank=True)
    stop_approved_by = models.CharField(max_length=150, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["programme_code", "area_code"]),
            models.Index(fields=["household"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stop_approved_by="") | ~models.Q(stop_approved_by=models.F("stop_proposed_by")),
                name="enrolment_stop_four_eyes",
            )
        ]


from shohay.stages.enrolment.models_left_out import LeftOut as LeftOut  # noqa: E402 - a part of the stage's models
from shohay.stages.enrolment.models_shown import ListShown as ListShown  # noqa: E402 - a part of the stage's models
from shohay.stages.enrolment.models_transitions import Transition as Transition  # noqa: E402
from shohay.stages.enrolment.models_transitions import TransitionBatch as TransitionBatch  # noqa: E402
