"""Committees of the reform, from the Central Management Committee to the upazilas: members, meetings, decisions."""

from django.db import models
from django.db.models import F, Q

from shohay.stages.programmes.models import Ministry


class CommitteeKind(models.Model):
    """What holds for all committees of a kind, and where that is written (data/catalogue/committee_kinds.csv).

    ``at_least`` meetings in every ``every_months`` months, counted from July, the first month of the fiscal year.
    """

    class Level(models.TextChoices):
        NATIONAL = "national"
        DIVISION = "division"
        DISTRICT = "district"
        UPAZILA = "upazila"

    code = models.CharField(max_length=20, primary_key=True)
    level = models.CharField(max_length=10, choices=Level.choices)
    order = models.SmallIntegerField()
    name_bn = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    every_months = models.SmallIntegerField()
    at_least = models.SmallIntegerField()
    basis = models.CharField(max_length=10)  # "source": found written; "assumption": this project's
    source_bn = models.TextField()
    source_en = models.TextField()
    notice_days = models.SmallIntegerField()  # this and the next two are this project's for every kind
    quorum_percent = models.SmallIntegerField()
    minutes_days = models.SmallIntegerField()  # within which the minutes are confirmed

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(every_months__in=[1, 2, 3, 4, 6, 12]) & Q(at_least__gt=0),
                name="coordination_committee_kind_rhythm",
            )
        ]


class Committee(models.Model):
    """One committee. ``area_code`` is '' for the national ones; ``ministry`` leads a cluster."""

    code = models.CharField(max_length=20, primary_key=True)  # CMC, CL-FOOD, DIS-5549, UPZ-554952
    kind = models.ForeignKey(CommitteeKind, on_delete=models.PROTECT, related_name="committees")
    area_code = models.CharField(max_length=12, blank=True, db_collation="C")
    ministry = models.ForeignKey(Ministry, null=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    name_bn = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    purpose_bn = models.TextField(blank=True)
    purpose_en = models.TextField(blank=True)
    source = models.TextField(blank=True)
    counted_from = models.DateField()  # meetings before this day were not kept here and are not missed

    class Meta:
        indexes = [models.Index(fields=["area_code", "code"])]


class Seat(models.TextChoices):
    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"


class CommitteeMember(models.Model):
    """An office that sits on a committee, from a day to a day; who holds the office is written where it is known.

    ``source`` is where the seat is written; without it and without ``recorded_by`` it is this project's assumption.
    """

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="members")
    seat = models.CharField(max_length=10, choices=Seat.choices)
    office_bn = models.CharField(max_length=200)
    office_en = models.CharField(max_length=200, blank=True)
    ministry = models.ForeignKey(Ministry, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=150, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the first day on which the seat is no longer held
    source = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "office_bn"], condition=Q(valid_to=None), name="coordination_office_sits_once"
            ),
            models.UniqueConstraint(
                fields=["committee", "seat"],
                condition=Q(valid_to=None) & ~Q(seat="member"),
                name="coordination_one_chair_one_secretary",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="coordination_seat_period"
            ),
        ]


class Meeting(models.Model):
    """A meeting that was called: held, or fallen through for want of a quorum, or called off. With its minutes."""

    class State(models.TextChoices):
        CALLED = "called"
        HELD = "held"
        NO_QUORUM = "no_quorum"
        CANCELLED = "cancelled"

    class Minutes(models.TextChoices):
        NONE = "none"
        DRAFT = "draft"
        CONFIRMED = "confirmed"

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="meetings")
    number = models.IntegerField()  # counted in the committee
    meets_on = models.DateField()
    begins_at = models.TimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CALLED)
    called_by = models.CharField(max_length=150)
    called_at = models.DateTimeField()
    short_reason = models.CharField(max_length=400, blank=True)  # why the notice is shorter than it should be
    seats = models.IntegerField(null=True)  # on the roll on the day
    quorum = models.IntegerField(null=True)  # so many of them must come
    present = models.IntegerField(null=True)
    recorded_by = models.CharField(max_length=150, blank=True)  # who wrote down that it was held, or called it off
    recorded_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    listed = models.BooleanField(default=False)  # known from a list of meetings held; nobody called it here
    minutes = models.TextField(blank=True)
    minutes_state = models.CharField(max_length=10, choices=Minutes.choices, default=Minutes.NONE)
    minutes_version = models.IntegerField(default=0)
    minutes_by = models.CharField(max_length=150, blank=True)
    minutes_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["meets_on", "id"])]
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="coordination_meeting_number"),
            models.UniqueConstraint(
                fields=["committee", "meets_on"],
                condition=~Q(state="cancelled"),
                name="coordination_meeting_once_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(listed=True) | Q(present__gte=F("quorum")),
                name="coordination_meeting_quorum",
            ),
            models.CheckConstraint(
                condition=Q(minutes_state="none") | Q(state="held"), name="coordination_minutes_of_held"
            ),
            models.CheckConstraint(
                condition=~Q(minutes_state="confirmed") | (~Q(confirmed_by=F("minutes_by")) & ~Q(confirmed_by="")),
                name="coordination_minutes_four_eyes",
            ),
        ]


class AgendaItem(models.Model):
    """One point of the agenda, in order."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    no = models.SmallIntegerField()
    title = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "no"], name="coordination_agenda_number")]


class Attendance(models.Model):
    """Whether a member came to a meeting that was held, or sent somebody (``deputy``, counted as present)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    member = models.ForeignKey(CommitteeMember, on_delete=models.PROTECT, related_name="attendance")
    present = models.BooleanField()
    deputy = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="coordination_attendance_once")]


class Decision(models.Model):
    """What a meeting decided: who does it by when. It binds from the day the minutes are confirmed."""

    class State(models.TextChoices):
        DRAFT = "draft"  # in minutes that are not confirmed
        OPEN = "open"
        REPORTED = "reported"  # the owner says it is carried out, with evidence
        CLOSED = "closed"  # another officer has looked at the evidence
        WITHDRAWN = "withdrawn"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    no = models.SmallIntegerField()
    text = models.TextField()
    ministry = models.ForeignKey(Ministry, null=True, on_delete=models.PROTECT, related_name="+")  # owner
    office = models.CharField(max_length=200, blank=True)  # owner, where it is no ministry
    due_on = models.DateField(null=True)  # None: to be observed from now on
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField()
    reported_by = models.CharField(max_length=150, blank=True)
    reported_on = models.DateField(null=True)
    closed_by = models.CharField(max_length=150, blank=True)
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "due_on"])]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "no"], name="coordination_decision_number"),
            models.CheckConstraint(
                condition=Q(ministry__isnull=False) | ~Q(office=""), name="coordination_decision_owned"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (~Q(closed_by=F("reported_by")) & ~Q(closed_by="")),
                name="coordination_decision_four_eyes",
            ),
        ]


class DecisionAction(models.Model):
    """A decision concerns a promise of the action plan: a row of a ministry's chapter or of a cluster."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey("coordination.PlanItem", on_delete=models.PROTECT, related_name="decisions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "item"], name="coordination_decision_action_once")]


class FollowUp(models.Model):
    """What was done about a decision, said by its owner or by the officer who checked."""

    class Kind(models.TextChoices):
        PROGRESS = "progress"
        REPORTED = "reported"
        RETURNED = "returned"  # the evidence does not show it: back to the owner
        CLOSED = "closed"
        WITHDRAWN = "withdrawn"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    note = models.TextField()
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)
