"""Rounds of household surveys: where the microdata lie, what was wrong in them, what was estimated from them.

The microdata themselves are Parquet under VAR/surveys, without names, places below the division or numbers of the
survey's own; no page and no file shows a row of them. What is kept here are aggregates.
"""

from django.db import models
from django.db.models import F, Q


class SurveyRound(models.Model):
    """One file of microdata with the document that says what its columns mean."""

    class State(models.TextChoices):
        READY = "ready"  # checked and stored, nothing estimated yet
        ESTIMATED = "estimated"
        REFUSED = "refused"  # too many wrong rows: nothing was stored but what is wrong
        REPLACED = "replaced"  # a later file of the same round stands in its place

    survey = models.CharField(max_length=20)  # HIES
    label = models.CharField(max_length=20)  # 2022
    title_bn = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    collected_on = models.DateField()  # the middle of the field work: the day its figures speak of
    source = models.CharField(max_length=300)
    synthetic = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices)
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    mapping = models.JSONField()
    mapping_sha256 = models.CharField(max_length=64)
    data_sha256 = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=250, blank=True)  # under VAR; '' when nothing was stored
    counts = models.JSONField(default=dict)  # rows, good, bad, warnings, people, strata, clusters, lonely, by_code
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "label"],
                condition=Q(state__in=["ready", "estimated"]),
                name="results_survey_one_current",
            ),
            models.UniqueConstraint(fields=["file_sha256", "mapping_sha256"], name="results_survey_file_once"),
            models.CheckConstraint(
                condition=Q(state="refused", path="") | ~Q(path=""), name="results_survey_stored_or_refused"
            ),
        ]


class SurveyFinding(models.Model):
    """Something wrong or doubtful in a row of the file; line 0 speaks of the whole file."""

    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="findings")
    line = models.IntegerField()
    column = models.CharField(max_length=60)
    code = models.CharField(max_length=40)
    value = models.CharField(max_length=100, blank=True)
    is_warning = models.BooleanField()


class SurveyRun(models.Model):
    """One computation of the estimates of a round: with which code, over which data."""

    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="runs")
    data_sha256 = models.CharField(max_length=64)
    mapping_sha256 = models.CharField(max_length=64)
    code_version = models.CharField(max_length=80)  # engine and hash of the estimating code
    design = models.JSONField()  # observations, people, strata, clusters, lonely, df, lonely_rule
    estimates = models.IntegerField()
    result_sha256 = models.CharField(max_length=64)
    seconds = models.FloatField()
    computed_at = models.DateTimeField()
    computed_by = models.CharField(max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "code_version"], name="results_survey_run_once")]


class SurveyEstimate(models.Model):
    """One figure with its error. ``flag`` 'few' or 'hidden' means that value and error are not kept at all."""

    run = models.ForeignKey(SurveyRun, on_delete=models.CASCADE, related_name="rows", db_index=False)
    measure = models.CharField(max_length=30)
    programme = models.CharField(max_length=30, blank=True)  # '' = a measure of welfare; all, a kind, or a programme
    dimension = models.CharField(max_length=20)  # all, quintile, quintile_before, division ...
    group = models.CharField(max_length=30, blank=True)
    value = models.FloatField(null=True)
    error = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    df = models.IntegerField()
    observations = models.IntegerField()  # in the group
    base = models.IntegerField()  # behind the denominator
    design_effect = models.FloatField(null=True)
    effective = models.FloatField(null=True)  # observations of a simple random sample that would be as sure
    flag = models.CharField(max_length=10, blank=True)  # few | hidden | weak | caution | undefined

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "measure", "programme", "dimension", "group"], name="results_survey_estimate_once"
            ),
            models.CheckConstraint(
                condition=~Q(flag__in=["few", "hidden"]) | Q(value=None, error=None, low=None, high=None),
                name="results_survey_few_not_kept",
            ),
            models.CheckConstraint(condition=Q(low=None) | Q(low__lte=F("high")), name="results_survey_interval"),
        ]
