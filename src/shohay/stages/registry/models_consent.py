"""What households were told about their data, what they agreed to, and what people ask to have corrected."""

from django.db import models
from django.db.models import F, Q


class Notice(models.Model):
    """The notice was read to a household, or by an office to all of one file. Never changed: a later one counts.

    ``agreed`` are the purposes of basis consent that the household said yes to; what is not in it was not agreed to.
    """

    class Channel(models.TextChoices):
        HOME = "home"
        UNION = "union"
        OFFICE = "office"
        PHONE = "333"
        FILE = "file"

    household = models.ForeignKey("registry.Household", null=True, on_delete=models.PROTECT, related_name="notices")
    upload = models.ForeignKey("intake.Upload", null=True, on_delete=models.PROTECT, related_name="+")
    area_code = models.CharField(max_length=12, db_collation="C")
    version = models.IntegerField()  # of the document of purposes
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    told_by = models.CharField(max_length=150)  # who read it out, by name
    told_on = models.DateField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    agreed = models.JSONField(default=list)
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(household__isnull=True, upload__isnull=False)
                | Q(household__isnull=False, upload__isnull=True),
                name="registry_notice_one_subject",
            )
        ]


class CorrectionRequest(models.Model):
    """A person says that something held on them is wrong. Settled by a correction (a life event) or by words."""

    class State(models.TextChoices):
        OPEN = "open"
        TAKEN_UP = "taken_up"  # a correction was proposed; it becomes true when another officer approves that
        REFUSED = "refused"

    class Asker(models.TextChoices):
        SELF = "self"
        FAMILY = "family"
        REPRESENTATIVE = "representative"

    person = models.ForeignKey("registry.Person", on_delete=models.PROTECT, related_name="correction_requests")
    area_code = models.CharField(max_length=12, db_collation="C")
    fact = models.CharField(max_length=20)  # dated_facts.PERSON, "household", "number" or "account"
    wrong = models.CharField(max_length=400)  # what is wrong, in the asker's words
    right = models.CharField(max_length=400)  # what it should be
    evidence = models.CharField(max_length=200, blank=True)
    asker = models.CharField(max_length=16, choices=Asker.choices)
    channel = models.CharField(max_length=8, choices=Notice.Channel.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    event = models.ForeignKey("registry.LifeEvent", null=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    recorded_by = models.CharField(max_length=150)
    recorded_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.CharField(max_length=150, blank=True)
    settled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "area_code"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "fact"], condition=Q(state="open"), name="registry_correction_open_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(settled_by=F("recorded_by")), name="registry_correction_four_eyes"
            ),
        ]
