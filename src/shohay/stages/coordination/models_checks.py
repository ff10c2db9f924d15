"""Checks of draft reports: which file, by whom, and every contradiction that was found."""

from django.db import models


class ReportCheck(models.Model):
    """One check of one file. The file lies in VAR/checks/<sha256>; the same file found alike is the same check."""

    sha256 = models.CharField(max_length=64, db_index=True)
    file_name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    lines = models.IntegerField()
    year = models.CharField(max_length=7, blank=True)  # as given where the title page does not say it
    known = models.BooleanField()  # compared with the platform's lists too
    findings_sha256 = models.CharField(max_length=64)  # of the canonical findings
    errors = models.IntegerField()
    warnings = models.IntegerField()
    notes = models.IntegerField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "year", "known", "findings_sha256"], name="coordination_report_check_once"
            )
        ]


class CheckFinding(models.Model):
    """One contradiction of a check, as the checker said it."""

    report_check = models.ForeignKey(ReportCheck, on_delete=models.CASCADE, related_name="findings")
    line = models.IntegerField()
    line_end = models.IntegerField()
    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=10)
    reported = models.TextField(blank=True)
    expected = models.TextField(blank=True)
    message_bn = models.TextField()
    message_en = models.TextField()
    place_bn = models.TextField()
    place_en = models.TextField()
    excerpt = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["report_check", "line"], name="coordination_finding_line")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(severity__in=["error", "warning", "note"], line__gt=0),
                name="coordination_finding_known",
            )
        ]
