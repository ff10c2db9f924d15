"""Ministries, the catalogue of programmes with budgets, and the published programme definitions."""

from django.db import models
from django.db.models import F, Q


class Ministry(models.Model):
    """A ministry or division with its totals as published for the fiscal year."""

    code = models.CharField(max_length=20, primary_key=True)
    order = models.IntegerField()
    name_bn = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    coordinating_cluster = models.CharField(max_length=80, blank=True)
    chapter = models.CharField(max_length=10, blank=True)
    programme_count = models.IntegerField()
    budget_crore = models.DecimalField(max_digits=14, decimal_places=2)
    beneficiaries_lakh = models.DecimalField(max_digits=12, decimal_places=2)


class Programme(models.Model):
    """One of the 140 programmes of FY2024-25 (or a later one, such as the Family Card)."""

    code = models.CharField(max_length=20, primary_key=True)
    order = models.IntegerField()
    ministry = models.ForeignKey(Ministry, on_delete=models.PROTECT, related_name="programmes")
    name_bn = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250)
    lifecycle_stage = models.CharField(max_length=40)
    thematic_cluster = models.CharField(max_length=80)
    type = models.CharField(max_length=40)
    fiscal_year = models.CharField(max_length=7, default="2024-25")
    budget_crore = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    beneficiaries_lakh = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    in_list = models.BooleanField(default=True)  # False: started after the FY2024-25 list
    tag = models.CharField(max_length=60, blank=True)
    unsure = models.CharField(max_length=60, blank=True)


class BudgetYear(models.Model):
    """Budget and beneficiaries of a ministry in a fiscal year."""

    ministry = models.ForeignKey(Ministry, on_delete=models.PROTECT, related_name="budget_years")
    fiscal_year = models.CharField(max_length=7)
    beneficiaries_lakh = models.DecimalField(max_digits=12, decimal_places=2)
    budget_crore = models.DecimalField(max_digits=14, decimal_places=2)
    doubtful = models.CharField(max_length=100, blank=True)  # codes of what is wrong with the printed figure
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ministry", "fiscal_year"], name="programmes_budget_year_once")]


class Definition(models.Model):
    """One dated version of a programme definition, stored as the document it was published as.

    ``document`` is the whole definition file (every version in it), ``sha256`` its canonical hash. Published
    rows are immutable (migration 0002).
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="definitions")
    document = models.JSONField()
    text = models.TextField()  # the YAML as it was reviewed
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    proposed_by = models.CharField(max_length=150)
    approved_by = models.CharField(max_length=150, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "sha256"], name="programmes_definition_once"),
            models.CheckConstraint(condition=~Q(approved_by=F("proposed_by")), name="programmes_definition_four_eyes"),
        ]


class ScoreFormula(models.Model):
    """The newest document of each scoring formula; every one that there was, and which is in force: models_scores."""

    code = models.CharField(max_length=40, primary_key=True)
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    installed_at = models.DateTimeField(auto_now_add=True)
    installed_by = models.CharField(max_length=150)


from shohay.stages.programmes.models_budget import BudgetLine, BudgetVariant, NationalYear  # noqa: E402, F401
from shohay.stages.programmes.models_drafts import DefinitionDraft, DraftRevision  # noqa: E402, F401
from shohay.stages.programmes.models_scores import ScoreDrift, ScoreUse, ScoreVersion  # noqa: E402, F401
