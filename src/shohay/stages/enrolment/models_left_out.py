"""Who was selected and yet not enrolled, and why."""

from django.db import models

from shohay.stages.registry.models import Household, Person
from shohay.stages.targeting.models import SelectionList


class LeftOut(models.Model):
    """Selected on an approved list, but not enrolled from it: written when the list is enrolled, anew each time.

    ``other_programme`` is what stands in the way, ``holder`` who holds it: the person, or somebody of the household.
    """

    class Reason(models.TextChoices):
        DIED = "died"
        DUPLICATE = "duplicate"  # a second record of somebody
        ON_PROGRAMME = "on_programme"  # enrolled already, not from this list
        PERSON_HOLDS = "person_holds"  # is on a programme that excludes this one
        HOUSEHOLD_HOLDS = "household_holds"  # somebody of the household is

    selection_list = models.ForeignKey(SelectionList, on_delete=models.PROTECT, related_name="left_out")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", db_index=False)
    programme_code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12)
    rank = models.IntegerField(null=True)
    reason = models.CharField(max_length=16, choices=Reason.choices)
    other_programme = models.CharField(max_length=20, blank=True)
    holder = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["selection_list", "person"], name="enrolment_left_out_once")]
        indexes = [models.Index(fields=["programme_code", "area_code"])]
