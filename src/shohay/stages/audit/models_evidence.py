"""Files that prove something: kept once by what they contain, tied to whatever they prove."""

from django.db import models


class Evidence(models.Model):
    """One file attached to one subject. No foreign keys, as in the log: proof outlives what it proves.

    The bytes lie in VAR/evidence/<sha256>, the same bytes once. The database refuses to change or remove a row.
    """

    sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()  # bytes
    title = models.CharField(max_length=200, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=80)
    uploaded_by = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id", "sha256"], name="audit_evidence_once"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="audit_evidence_not_empty"),
        ]
