"""What a programme's own register says: this person receives it. Nobody is enrolled by it."""

from django.db import models
from django.db.models import F, Q

from shohay.stages.intake.models import Upload
from shohay.stages.registry.models import Person


class Declared(models.Model):
    """A row of a programme's list that was matched to a person; counts as held once an officer accepts it."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        REFUSED = "refused"

    class MatchedBy(models.TextChoices):
        NUMBER = "number"
        NAME = "name"  # name key, birth date and union

    MOVES = {"proposed": ("accepted", "refused")}

    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    line = models.BigIntegerField()
    programme_code = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="declared")
    area_code = models.CharField(max_length=12, db_collation="C")
    matched_by = models.CharField(max_length=8, choices=MatchedBy.choices)
    name_bn = models.CharField(max_length=300)  # as the register writes it
    birth_date = models.DateField(null=True)
    register_number = models.CharField(max_length=40, blank=True)
    since = models.DateField(null=True)
    same_account = models.BooleanField(
        null=True
    )  # the register pays to the account we know; NULL: one of them has none
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "area_code"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme_code"], condition=~Q(state="refused"), name="registry_declared_once"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | (~Q(decided_by=F("proposed_by")) & ~Q(decided_by="")),
                name="registry_declared_four_eyes",
            ),
        ]
