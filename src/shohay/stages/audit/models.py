"""Who did what, when and why: an append-only, hash-chained log; and the progress of long work."""

from django.db import models


class Event(models.Model):
    """One action of one person. No foreign keys on purpose: the log outlives whatever it speaks of.

    ``hash`` is SHA-256 over ``prev_hash`` and the canonical JSON (RFC 8785) of the other columns.
    The database refuses UPDATE, DELETE and TRUNCATE (migration 0002).
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    role = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=80)  # "payroll.approved": the noun, then what happened to it
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=80, blank=True)
    area_code = models.CharField(max_length=12, blank=True)
    programme_code = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)  # counts, hashes, old and new values; never identity numbers
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "seq"]),  # a person's timeline, who opened a record
            models.Index(fields=["actor", "seq"]),  # the auditor's question: what did this officer do
        ]


class Head(models.Model):
    """The last link of the chain, so that rows cut off at the end are missed too. One row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_one_row")]


class Work(models.Model):
    """Long work that a screen or a command started: how far it is and what came of it."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    name = models.CharField(max_length=60)  # the job: "import_file", "determine" ...
    subject = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    rows_done = models.BigIntegerField(default=0)
    rows_total = models.BigIntegerField(default=0)
    step = models.CharField(max_length=60, blank=True)  # code of the step now running; the screen has the words
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    started_by = models.CharField(max_length=150)
    cancel_asked_by = models.CharField(max_length=150, blank=True, default="")  # the step ends at its next report
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)


from shohay.stages.audit.models_evidence import Evidence  # noqa: E402  # a part of this stage, in a file of its own

__all__ = ["Event", "Evidence", "Head", "Work"]
