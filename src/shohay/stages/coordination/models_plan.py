"""The action plan at work: what falls due for whom, what the ministries report, what the Cabinet Division verified."""

from django.db import models
from django.db.models import F, Q

from shohay.stages.programmes.models import Ministry


class PlanItem(models.Model):
    """One promise of the plan: a row of a ministry's chapter or of a thematic cluster (695 and 40).

    Its texts and the status as reported stay where they were loaded; this row is what updates, dependencies and
    reminders are tied to. ``due``: its last day, None where it has none or recurs.
    """

    class Kind(models.TextChoices):
        CHAPTER = "chapter"
        CLUSTER = "cluster"

    code = models.CharField(max_length=20, primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    order = models.IntegerField()  # of the plan
    action = models.OneToOneField(
        "coordination.ActionItem", null=True, on_delete=models.PROTECT, related_name="plan_item"
    )
    cluster_action = models.OneToOneField(
        "coordination.ClusterAction", null=True, on_delete=models.PROTECT, related_name="plan_item"
    )
    owner = models.ForeignKey(Ministry, null=True, on_delete=models.PROTECT, related_name="plan_items")
    cluster = models.CharField(max_length=80, blank=True)
    theme = models.CharField(max_length=60, blank=True)
    timeframe_kind = models.CharField(max_length=12)
    every = models.CharField(max_length=8, blank=True)  # '' or year or quarter: what recurs
    starts = models.DateField(null=True)
    due = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="chapter", action__isnull=False, cluster_action__isnull=True)
                | Q(kind="cluster", action__isnull=True, cluster_action__isnull=False),
                name="coordination_plan_item_of_one_kind",
            ),
        ]

    @property
    def said(self) -> models.Model:
        """The row of the plan with its texts: of the chapter or of the cluster."""
        row = self.action or self.cluster_action
        assert row is not None  # the constraint above: one of the two
        return row


class PlanMinistry(models.Model):
    """A ministry that answers for an item: its owner, or one that shares it."""

    class Part(models.TextChoices):
        OWNER = "owner"
        SHARED = "shared"

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="ministries")
    ministry = models.ForeignKey(Ministry, on_delete=models.PROTECT, related_name="plan_parts")
    part = models.CharField(max_length=6, choices=Part.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "ministry"], name="coordination_plan_ministry_once")]


class PlanObligation(models.Model):
    """One thing due: an item with a day has one, an item with several days one each, what recurs one a period."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="obligations")
    number = models.SmallIntegerField()
    name = models.CharField(max_length=12, blank=True)  # 2024-25, or 2024-25 Q3
    starts = models.DateField(null=True)
    due = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="coordination_plan_obligation_once")]


class PlanDependency(models.Model):
    """``item`` cannot be done before ``needs`` is. The database refuses a circle (migration 0003)."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="needs")
    needs = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="needed_by")
    reason = models.CharField(max_length=300, blank=True)
    set_by = models.CharField(max_length=150)
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "needs"], name="coordination_plan_dependency_once"),
            models.CheckConstraint(condition=~Q(item=F("needs")), name="coordination_plan_dependency_not_itself"),
        ]


class PlanImport(models.Model):
    """A ministry's sheet as it was read: its rows, those that are wrong with the reason, and what came of them."""

    class State(models.TextChoices):
        READ = "read"
        TAKEN = "taken"

    ministry = models.ForeignKey(Ministry, on_delete=models.PROTECT, related_name="plan_imports")
    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=150)
    state = models.CharField(max_length=6, choices=State.choices, default=State.READ)
    found = models.JSONField(default=dict)  # where the headings stood, which columns were found, headings left aside
    rows = models.JSONField(default=list)  # good rows, as bulk.plan_sheets.Row
    errors = models.JSONField(default=list)  # {"line", "column", "value", "code", "params"}
    read_by = models.CharField(max_length=150)
    read_at = models.DateTimeField(auto_now_add=True)
    taken_by = models.CharField(max_length=150, blank=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # the same file for the same ministry is one import, however often it comes
            models.UniqueConstraint(fields=["ministry", "sha256"], name="coordination_plan_import_once"),
        ]


class PlanUpdate(models.Model):
    """What a ministry says of an item. A later version replaces one that waits; nothing is overwritten.

    ``verified_on`` is the day (Dhaka) from which it counts. The database refuses to change a decided row.
    """

    class Claim(models.TextChoices):
        PROGRESS = "progress"
        COMPLETED = "completed"
        STOP = "stop"

    class State(models.TextChoices):
        SUBMITTED = "submitted"
        REPLACED = "replaced"
        RETURNED = "returned"
        VERIFIED = "verified"

    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="updates")
    ministry = models.ForeignKey(Ministry, on_delete=models.PROTECT, related_name="plan_updates")
    version = models.IntegerField()
    obligation = models.ForeignKey(PlanObligation, null=True, on_delete=models.PROTECT, related_name="updates")
    claim = models.CharField(max_length=9, choices=Claim.choices)
    percent = models.SmallIntegerField(null=True)
    milestone = models.CharField(max_length=200, blank=True)
    done_on = models.DateField(null=True)
    text_bn = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    evidence_count = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State.choices, default=State.SUBMITTED)
    from_sheet = models.ForeignKey(PlanImport, null=True, on_delete=models.PROTECT, related_name="updates")
    written_by = models.CharField(max_length=150)
    written_at = models.DateTimeField()
    verified_by = models.CharField(max_length=150, blank=True)  # who decided, whichever way
    verified_at = models.DateTimeField(null=True)
    verified_on = models.DateField(null=True)
    reason = models.TextField(blank=True)  # why it was returned

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "ministry", "version"], name="coordination_plan_update_version"),
            models.UniqueConstraint(  # of each period of what recurs one may wait; nothing due counts as one period
                fields=["item", "ministry", "obligation"],
                condition=Q(state="submitted"),
                nulls_distinct=False,
                name="coordination_plan_update_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__gte=0, percent__lte=100), name="coordination_plan_update_percent"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["verified", "returned"])
                | (~Q(verified_by="") & ~Q(verified_by=F("written_by"))),
                name="coordination_plan_update_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(verified_on__isnull=False), name="coordination_plan_update_dated"
            ),
            models.CheckConstraint(
                condition=~Q(state="verified", claim="completed") | Q(evidence_count__gt=0, done_on__isnull=False),
                name="coordination_plan_update_proven",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="coordination_plan_update_reason"
            ),
        ]
        indexes = [models.Index(fields=["item", "state", "verified_on"])]  # the status of an item on a day


class PlanReminder(models.Model):
    """An item that is late or soon due, told to a ministry once a month."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="reminders")
    ministry = models.ForeignKey(Ministry, on_delete=models.PROTECT, related_name="plan_reminders")
    month = models.DateField()  # its first day
    state = models.CharField(max_length=20)  # of the item on the day of the reminder
    due = models.DateField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "ministry", "month"], name="coordination_plan_reminder_once")
        ]
        indexes = [models.Index(fields=["ministry", "month"])]
