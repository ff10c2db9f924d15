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

    class Channel(models.TextChoices):
        FILE = "file"
        SCREEN = "screen"  # typed in by an operator
        API = "api"

    id = models.UUIDField(primary_key=True, db_default=RandomUUID())
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.FILE)
    columns = models.JSONField(default=list)  # the template's code of each heading, where an officer mapped them
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


class ColumnMapping(models.Model):
    """How an office's files with certain headings are read, as one of its officers said; the latest counts."""

    area_code = models.CharField(max_length=12, db_collation="C", blank=True)
    template = models.CharField(max_length=40)
    headings_key = models.CharField(max_length=64)  # bulk.intake_mapping.headings_key
    headings = models.JSONField()  # as they stood in the file, by place
    columns = models.JSONField()  # the template's code of each, '' = left aside
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area_code", "template", "headings_key"], name="intake_mapping_once")
        ]


class Draft(models.Model):
    """A household being typed in. What was typed is sealed: it holds names and numbers of people."""

    class State(models.TextChoices):
        OPEN = "open"
        SENT = "sent"  # it became an upload
        DROPPED = "dropped"

    id = models.UUIDField(primary_key=True, db_default=RandomUUID())
    area_code = models.CharField(max_length=12, db_collation="C")  # of the union once chosen, else of the office
    sealed = models.BinaryField()  # JSON {"household": {...}, "members": [{...}], "notice": {...}}
    people = models.SmallIntegerField(default=0)  # members typed so far
    version = models.IntegerField(default=0)  # a form carries the one that it saw
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    upload = models.ForeignKey(Upload, null=True, on_delete=models.PROTECT, related_name="drafts")
    created_by = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.CharField(max_length=150)
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "area_code"])]


class ApiToken(models.Model):
    """What a machine of an office shows to send households in. Only its hash is kept; it acts as the officer named."""

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token
    name = models.CharField(max_length=100)  # which system holds it
    username = models.CharField(max_length=150)
    area_code = models.CharField(max_length=12, db_collation="C")  # unions outside it are refused row by row
    created_by = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
