"""What outside parties confirmed, what does not agree, the queue of what is still to ask; and the rotation of keys."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from shohay.stages.registry.models import Person


class PartyState(models.Model):
    """How an outside party is doing, for the screen: written by whoever asks it. No row: never asked."""

    class Circuit(models.TextChoices):
        CLOSED = "closed"  # calls go through
        OPEN = "open"  # it failed too often: nobody calls until ``next_try_at``
        HALF_OPEN = "half_open"  # one call is let through to see

    code = models.CharField(max_length=24, primary_key=True)  # of core.verification.PARTIES
    circuit = models.CharField(max_length=10, choices=Circuit.choices, default=Circuit.CLOSED)
    since = models.DateTimeField()  # of this state of the circuit
    next_try_at = models.DateTimeField(null=True)
    last_answer_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)  # kind of failure, never what was sent
    records_a_second = models.FloatField(null=True)  # at the last portion
    calls = models.BigIntegerField(default=0)
    records = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)  # calls answered with 429
    failed = models.BigIntegerField(default=0)  # calls that broke, the repeated ones too


class VerificationRun(models.Model):
    """Asking one party about everybody of an area whose answer is missing or has run out."""

    class State(models.TextChoices):
        WAITING = "waiting"  # nothing prepared yet
        RUNNING = "running"
        PAUSED = "paused"  # the party does not answer: goes on by itself at ``resume_at``
        DONE = "done"
        CANCELLED = "cancelled"

    party = models.CharField(max_length=24)
    area_code = models.CharField(max_length=12, blank=True, db_collation="C")  # '' = the whole country
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    still_valid = models.BigIntegerField(default=0)  # not asked: the last answer still counts
    total = models.BigIntegerField(default=0)  # to be asked
    answered = models.BigIntegerField(default=0)
    levels = models.JSONField(default=dict)  # level -> answers
    findings = models.BigIntegerField(default=0)
    given_up = models.BigIntegerField(default=0)  # records whose call failed too often
    resume_at = models.DateTimeField(null=True)
    started_by = models.CharField(max_length=150)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-started_at", "-id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["party", "area_code"],
                condition=Q(state__in=["waiting", "running", "paused"]),
                name="registry_verificationrun_one_open",
            )
        ]


class VerificationBatch(models.Model):
    """One call still to make: claimed with FOR UPDATE SKIP LOCKED, so a killed worker leaves nothing claimed."""

    class State(models.TextChoices):
        WAITING = "waiting"
        ANSWERED = "answered"
        GIVEN_UP = "given_up"

    run = models.ForeignKey(VerificationRun, on_delete=models.CASCADE, related_name="batches", db_index=False)
    number = models.IntegerField()
    subjects = ArrayField(models.BigIntegerField())  # ids of registry_identity or registry_account
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.SmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["run", "number"], condition=Q(state="waiting"), name="registry_verificationbatch_due")
        ]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="registry_verificationbatch_once")]


class Verification(models.Model):
    """One answer of a party about one number of a person. Kept for ever; the latest one counts."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(VerificationRun, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    party = models.CharField(max_length=24, db_collation="C")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="verifications", db_index=False)
    subject_id = models.BigIntegerField()  # registry_identity or registry_account, by the party
    question = models.UUIDField()  # MD5 of what was asked, without the number: other facts, another question
    asked_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    level = models.CharField(max_length=10)  # exact | partial | none | not_found
    fields = models.JSONField(default=dict)  # field -> same | close | differs | unknown
    detail = models.JSONField(default=dict)  # what the party tells beyond; never a number
    reference = models.CharField(max_length=60, blank=True)  # by which the party finds its answer again

    class Meta:
        indexes = [models.Index(fields=["person", "party", "-asked_at"])]


class Finding(models.Model):
    """Something about a person that does not agree: their number with their facts, or a party with the registry."""

    class State(models.TextChoices):
        OPEN = "open"
        EXPLAINED = "explained"  # looked at: both are right, or it does not matter
        CORRECTED = "corrected"  # the registry was put right
        REFERRED = "referred"  # the other office must correct its register
        GONE = "gone"  # the next check did not find it any more

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="findings", db_index=False)
    area_code = models.CharField(max_length=12, db_collation="C")
    source = models.CharField(max_length=24)  # "number", or the party that said it
    subject_id = models.BigIntegerField()  # identity or account that it is about
    code = models.CharField(max_length=24)
    severity = models.CharField(max_length=8)  # note | doubt | serious
    said = models.CharField(max_length=120, blank=True)  # as the registry has it
    found = models.CharField(max_length=120, blank=True)  # as the number or the party has it; never a whole number
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["area_code", "-id"], condition=Q(state="open"), name="registry_finding_open"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "source", "code", "subject_id"], name="registry_finding_once"),
            models.CheckConstraint(
                condition=Q(state__in=("open", "gone"))
                | (Q(decided_at__isnull=False) & ~Q(decided_by="") & ~Q(note="")),
                name="registry_finding_decided",
            ),
        ]


class KeyRotation(models.Model):
    """Sealing everything again with a new key. ``places`` holds how far each table is: {"table": {"upto", "done"}}."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"

    key = models.CharField(max_length=20)  # name of the key that everything is sealed with afterwards
    digests_too = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    places = models.JSONField(default=dict)
    started_by = models.CharField(max_length=150)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="running"), name="registry_keyrotation_one")
        ]
