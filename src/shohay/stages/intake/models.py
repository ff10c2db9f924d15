"""What arrives from outside, exactly as it arrived, and what was wrong with it."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models


class Upload(models.Model):
    """A file as received: kept unchanged under VAR/intake/<sha256>; the same file twice is one upload."""

    class State(models.TextChoices):
        RECEIVED = "received"  # the bytes are safe
        CHECKED = "checked"  # rows validated: good rows in a Parquet file, bad rows in RowError
        ADMITTED = "admitted"  # the registry holds the good rows
        REFUSED = "refused"  # nothing usable in the file; ``problem`` says why

    id = models.UUIDField(primary_key=True, db_default=RandomUUID())
    template = models.CharField(max_length=40)
    template_version = models.IntegerField(default=1)
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    area_code = models.CharField(max_length=12, blank=True)  # the office it came from
    language = models.CharField(max_length=2, default="bn")
    encoding = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    problem = models.JSONField(default=dict)  # {"code": ..., "params": {...}} of a refused file
    rows_total = models.BigIntegerField(default=0)
    rows_good = models.BigIntegerField(default=0)
    rows_bad = models.BigIntegerField(default=0)
    findings = models.JSONField(default=dict)  # code -> rows that have it, warnings too
    counts = models.JSONField(default=dict)  # what admission made of it: households, persons, unchanged, changed ...
    uploaded_by = models.CharField(max_length=150)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    admitted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["template", "sha256"], name="intake_upload_once")]


class RowError(models.Model):
    """One thing wrong with one row. ``value`` is what stood there, identity numbers masked."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="row_errors", db_index=False)
    line = models.BigIntegerField()
    column = models.CharField(max_length=60, blank=True)  # '' = the whole row
    code = models.CharField(max_length=60)  # a key of shohay.core.messages.intake or .registry, without blanks
    value = models.CharField(max_length=200, blank=True)
    params = models.JSONField(default=dict)
    is_warning = models.BooleanField(default=False)  # the row was admitted all the same

    class Meta:
        indexes = [models.Index(fields=["upload", "line"])]
