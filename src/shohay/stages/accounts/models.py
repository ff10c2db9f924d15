"""Officers, and what each may do where: role x area subtree x programme."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An officer. ``name_bn`` is shown first; the sign-in name is an office e-mail or a short name."""

    name_bn = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="bn")


class Role(models.TextChoices):
    UNION_OPERATOR = "union_operator"
    UPAZILA_OFFICER = "upazila_officer"
    PROGRAMME_MANAGER = "programme_manager"
    PAYROLL_APPROVER = "payroll_approver"
    FINANCE = "finance"
    GRIEVANCE_OFFICER = "grievance_officer"
    CABINET = "cabinet"
    AUDITOR = "auditor"
    FOCAL_POINT = "focal_point"  # of a ministry, for the action plan and its results
    SECRETARY = "secretary"  # of committees
    STATISTICS = "statistics"  # BBS / SID: the second office that verifies figures, and surveys
    EVALUATOR = "evaluator"  # IMED / GED: evaluations and assessments


class Assignment(models.Model):
    """A role held by an officer in an area subtree ('' = the whole country) for a programme ('' = all).

    ``ministry_code`` binds the duty to one ministry ('' = all): a focal point reports for theirs only.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=30, choices=Role.choices)
    area_code = models.CharField(max_length=12, blank=True)
    programme_code = models.CharField(max_length=20, blank=True)
    ministry_code = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "area_code", "programme_code", "ministry_code"],
                condition=models.Q(valid_to__isnull=True),
                name="accounts_assignment_open_once",
            )
        ]
