"""Drafts of programme definitions: written by one officer, published or sent back by another."""

from django.db import models
from django.db.models import F, Q


class DefinitionDraft(models.Model):
    """A definition that is being written. One programme has one open draft at a time.

    ``base_sha256`` is the published document it was begun on ('' = the programme had none). The text stands in its
    revisions; ``revision`` counts them, and whoever saves says which one was read (another tab may have saved since).
    ``cases`` are the draft's own, in the form of a cases.yaml ('' = none).
    """

    class State(models.TextChoices):
        OPEN = "open"
        SUBMITTED = "submitted"
        PUBLISHED = "published"
        DROPPED = "dropped"

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="drafts")
    base_sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    revision = models.IntegerField(default=1)
    sha256 = models.CharField(max_length=64)  # of the newest revision
    cases = models.TextField(blank=True)
    example = models.BooleanField(default=False)  # invented, to show how the screens look
    started_by = models.CharField(max_length=150)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=1000, blank=True)  # why this change, told at submitting
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=1000, blank=True)  # why it was sent back, or dropped

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme"], condition=Q(state__in=["open", "submitted"]), name="programmes_draft_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | ~Q(decided_by=F("started_by")), name="programmes_draft_four_eyes"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | (~Q(decided_by="") & Q(decided_at__isnull=False)),
                name="programmes_draft_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="programmes_draft_submitted"
            ),
        ]


class DraftRevision(models.Model):
    """One saved state of a draft. Rows are never changed: a simulation names the revision it was made with."""

    draft = models.ForeignKey(DefinitionDraft, on_delete=models.PROTECT, related_name="revisions")
    number = models.IntegerField()
    text = models.TextField()  # the whole document as YAML
    sha256 = models.CharField(max_length=64, db_index=True)
    what = models.CharField(max_length=40)  # the part that was changed: started, criteria, parameters ...
    saved_by = models.CharField(max_length=150)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="programmes_draft_revision_once")]
