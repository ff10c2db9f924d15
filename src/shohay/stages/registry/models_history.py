"""What was true when, and since when we know it: dated facts, marriages, and the events that change them.

The tables of models.py hold the present; nothing here is filled by a bulk load. The first change of a fact writes down
the value that the load brought too, so that "as of" works without a copy of every row (docs/adr/0009).
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from shohay.stages.intake.models import Upload
from shohay.stages.registry.models import Household, Person

BITEMPORAL = (("valid", RangeOperators.OVERLAPS), ("known", RangeOperators.OVERLAPS))


class Dated(models.Model):
    """One value of one fact of a person or household: the days it held, and the time during which we believed so.

    Never changed and never removed: the only update that the database lets pass closes ``known``. A ``valid`` without a
    lower end means that nobody wrote down since when. A value without an owner's household (a person who lives in none)
    is {"household": null}.
    """

    class Source(models.TextChoices):
        FILE = "file"
        OPERATOR = "operator"
        EVENT = "event"
        VERIFICATION = "verification"
        CORRECTION = "correction"
        FORM = "form"

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="dated", db_index=False)
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="dated", db_index=False)
    area_code = models.CharField(max_length=12, db_collation="C")  # where the subject was then: row security reads it
    fact = models.CharField(max_length=20)  # dated_facts.PERSON or HOUSEHOLD, "membership", "death", "away"
    value = models.JSONField()
    member_of = models.GeneratedField(  # the household of a membership; its own column, so that an index finds it
        expression=Cast(KT("value__household"), models.BigIntegerField()),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    valid = DateRangeField()
    known = DateTimeRangeField()
    source = models.CharField(max_length=12, choices=Source.choices)
    source_ref = models.CharField(max_length=80, blank=True)  # id of the upload, event, verification ...
    recorded_by = models.CharField(max_length=150, blank=True)
    checked_by = models.CharField(max_length=150, blank=True)

    class Meta:
        indexes = [  # b-tree: row security lets only leakproof operators use an index, and && is not one
            models.Index(fields=["person", "fact"], condition=Q(person__isnull=False), name="registry_dated_person"),
            models.Index(
                fields=["household", "fact"], condition=Q(household__isnull=False), name="registry_dated_household"
            ),
            models.Index(fields=["member_of"], condition=Q(member_of__isnull=False), name="registry_dated_member_of"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, household__isnull=False)
                | Q(person__isnull=False, household__isnull=True),
                name="registry_dated_one_subject",
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="registry_dated_some_day"),
            models.CheckConstraint(condition=Q(known__isempty=False), name="registry_dated_some_time"),
            ExclusionConstraint(
                name="registry_dated_person_once",
                expressions=[("person", "="), ("fact", "="), *BITEMPORAL],
                condition=Q(person__isnull=False),
            ),
            ExclusionConstraint(
                name="registry_dated_household_once",
                expressions=[("household", "="), ("fact", "="), *BITEMPORAL],
                condition=Q(household__isnull=False),
            ),
        ]


class LifeEvent(models.Model):
    """Something that happened to people or a household, told to an officer and checked by another."""

    class Kind(models.TextChoices):
        BIRTH = "birth"
        DEATH = "death"
        MARRIAGE = "marriage"
        REMARRIAGE = "remarriage"
        DIVORCE = "divorce"
        SEPARATION = "separation"
        MOVE = "move"
        MIGRATION = "migration"
        RETURN = "return"
        SPLIT = "split"
        MERGE = "merge"
        NEW_HEAD = "new_head"
        DISABILITY = "disability"
        PREGNANCY = "pregnancy"
        SCHOOL = "school"
        WORK = "work"
        CIRCUMSTANCES = "circumstances"
        CORRECTION = "correction"

    class State(models.TextChoices):
        PROPOSED = "proposed"
        APPROVED = "approved"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"

    class Channel(models.TextChoices):
        UNION = "union"
        OFFICE = "office"
        HOME = "home"
        PHONE = "333"
        ONLINE = "online"
        CIVIL = "civil_registration"
        FILE = "file"

    MOVES = {"proposed": ("approved", "refused", "withdrawn")}

    kind = models.CharField(max_length=16, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="life_events")
    # the other household that it is about: joined, or of the spouse
    to_household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=12, db_collation="C")  # of the household when it was told
    to_area_code = models.CharField(max_length=12, db_collation="C", blank=True)  # whose officer approves; '' = here
    happened_on = models.DateField()
    details = models.JSONField(default=dict)  # what the action was given; ids and codes, never numbers of identity
    evidence_kind = models.CharField(max_length=20)
    evidence_number = models.CharField(max_length=80, blank=True)
    evidence_note = models.CharField(max_length=400, blank=True)
    evidence_sha256 = models.CharField(max_length=64, blank=True)  # VAR/evidence/<sha256>
    channel = models.CharField(max_length=20, choices=Channel.choices)
    upload = models.ForeignKey(Upload, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    upload_line = models.BigIntegerField(null=True)  # the first row of the file that says so
    household_version = models.IntegerField()  # of the household after this was recorded
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    device_at = models.DateTimeField(null=True)  # what the clock of the operator's device said
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True)  # of a refusal or withdrawal
    counts = models.JSONField(default=dict)  # what the approval wrote

    class Meta:
        indexes = [
            models.Index(fields=["state", "area_code"]),
            models.Index(fields=["proposed_at", "id"]),
            models.Index(fields=["upload", "id"], condition=Q(upload__isnull=False), name="registry_lifeevent_upload"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "refused")) | ~Q(decided_by=F("proposed_by")),
                name="registry_lifeevent_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by="", decided_at__isnull=True)
                | (~Q(state="proposed") & ~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="registry_lifeevent_decided",
            ),
        ]


class EventPerson(models.Model):
    """Whom an event is about."""

    event = models.ForeignKey(LifeEvent, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="life_events")
    part = models.CharField(max_length=12)  # subject | mother | father | husband | wife | spouse | head | member

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="registry_eventperson_once")]


class Marriage(models.Model):
    """A marriage of two registered persons. Rows come one by one, so the key is a real temporal one of PostgreSQL 18:

    UNIQUE (wife_id, valid WITHOUT OVERLAPS); a husband may have several only where each after the first carries a
    permission (migration 0005). ``valid`` without a lower end: married since a day that nobody wrote down.
    """

    class Ended(models.TextChoices):
        DEATH = "death"
        DIVORCE = "divorce"

    husband = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="marriages_as_husband")
    wife = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="marriages_as_wife", db_index=False)
    valid = DateRangeField()
    permission = models.CharField(max_length=80, blank=True)  # number of the arbitration council's or court's order
    ended_by = models.CharField(max_length=8, choices=Ended.choices, blank=True)
    event = models.ForeignKey(LifeEvent, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(husband=F("wife")), name="registry_marriage_of_two"),
            models.CheckConstraint(
                condition=Q(ended_by="", valid__endswith__isnull=True)
                | (~Q(ended_by="") & Q(valid__endswith__isnull=False)),
                name="registry_marriage_ended",
            ),
        ]
