"""Another account for a person: proposed by one officer, in force when a second one has approved."""

from django.db import models
from django.db.models import F, Q

from shohay.stages.registry.models import Account, Person


class AccountChange(models.Model):
    """``account`` is there from the proposal on, sealed like every other, and closed until the change is approved."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        APPROVED = "approved"
        REFUSED = "refused"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="account_changes")
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="change")
    area_code = models.CharField(max_length=12, db_collation="C")
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    reason = models.CharField(max_length=400)
    same_number = models.BooleanField(default=False)  # the number stays: it was checked, its PIN set ...
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True)  # why it was refused

    class Meta:
        indexes = [
            models.Index(fields=["area_code"], condition=Q(state="proposed"), name="registry_accountchange_wait")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="proposed"), name="registry_accountchange_one_waits"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(decided_by=F("proposed_by")),
                name="registry_accountchange_four_eyes",
            ),
        ]
