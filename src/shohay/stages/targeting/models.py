"""Applications, determinations with reasons, ranked lists within quotas."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from shohay.stages.registry.models import Household, Person, Snapshot


class Application(models.Model):
    """A person asks for a programme (or the registry census asks for them)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications", db_index=False)
    programme_code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12)
    applied_on = models.DateField()
    channel = models.CharField(max_length=20)  # file | union | online
    source = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "programme_code"], name="targeting_application_once")]
        indexes = [models.Index(fields=["programme_code", "area_code"])]


class Quota(models.Model):
    """Places that a programme has in an area in a fiscal year."""

    programme_code = models.CharField(max_length=20)
    fiscal_year = models.CharField(max_length=7)
    area_code = models.CharField(max_length=12)  # upazila or city corporation
    slots = models.IntegerField()
    set_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_code", "fiscal_year", "area_code"], name="targeting_quota_once"),
            models.CheckConstraint(condition=Q(slots__gte=0), name="targeting_quota_not_negative"),
        ]


class Run(models.Model):
    """One determination of a whole snapshot: enough is stored to repeat it bit for bit."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT)
    on = models.DateField()  # which version of each definition applied
    definitions = models.JSONField()  # code -> sha256 of the document
    definitions_sha256 = models.CharField(max_length=64)
    parameters = models.JSONField(default=dict)  # seed of the lot, score formula ...
    engine = models.CharField(max_length=60)
    counts = models.JSONField(default=dict)  # code -> {eligible, refused, unknown, by criterion}
    result_path = models.CharField(max_length=250)
    result_sha256 = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    started_by = models.CharField(max_length=150)


class SelectionList(models.Model):
    """The ranked list of one programme in one upazila, cut at the quota; proposed by one, approved by another."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        APPROVED = "approved"
        RETURNED = "returned"

    MOVES = {"proposed": ["approved", "returned"], "returned": ["proposed"]}

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="lists")
    programme_code = models.CharField(max_length=20)
    area_code = models.CharField(max_length=12)  # upazila or city corporation
    fiscal_year = models.CharField(max_length=7)
    slots = models.IntegerField(null=True)  # None: no quota, all who are eligible
    eligible = models.IntegerField()
    selected = models.IntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.CharField(max_length=150)
    proposed_at = models.DateTimeField()
    approved_by = models.CharField(max_length=150, blank=True)
    approved_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "programme_code", "area_code"], name="targeting_list_once"),
            models.CheckConstraint(condition=~Q(approved_by=F("proposed_by")), name="targeting_list_four_eyes"),
        ]


class Decision(models.Model):
    """The answer for one applicant or one eligible person: yes, no, or cannot tell, and why."""

    class Outcome(models.TextChoices):
        ELIGIBLE = "eligible"
        NOT_ELIGIBLE = "not_eligible"
        CANNOT_TELL = "cannot_tell"

    # rows come by the million: no index but those that a screen needs
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    programme_code = models.CharField(max_length=20)
    # who is paid
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+", db_index=False)
    area_code = models.CharField(max_length=12)
    upazila_code = models.CharField(max_length=8)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    failed = ArrayField(models.CharField(max_length=40), default=list)  # criterion ids
    unknown = ArrayField(models.CharField(max_length=40), default=list)
    score = models.IntegerField(null=True)
    rank = models.IntegerField(null=True)
    selected = models.BooleanField(default=False)
    selection_list = models.ForeignKey(
        SelectionList, null=True, on_delete=models.PROTECT, related_name="decisions", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "programme_code", "person"], name="targeting_decision_once")
        ]
        indexes = [
            models.Index(fields=["person"]),
            models.Index(fields=["selection_list", "rank"]),
        ]


from shohay.stages.targeting.models_allocation import Allocation as Allocation  # noqa: E402 - a part of the stage's models
from shohay.stages.targeting.models_allocation import AllocationRow as AllocationRow  # noqa: E402
