"""Indicators and the figures computed from the stages."""

from django.db import models


class Indicator(models.Model):
    """A results indicator with its definition (nsss/indicators.csv: 69, of them 50 core)."""

    code = models.CharField(max_length=10, primary_key=True)
    name_bn = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250)
    core = models.BooleanField()
    level = models.CharField(max_length=20)
    document = models.JSONField()  # the whole row: numerator, denominator, formula, unit, direction ...


class Figure(models.Model):
    """One computed figure: what, where, for which programme and group, from which computation."""

    name = models.CharField(max_length=60)  # enrolled, paid_poisha, payments, returned, coverage ...
    area_code = models.CharField(max_length=12, blank=True)  # '' = the country
    programme_code = models.CharField(max_length=20, blank=True)
    group = models.CharField(max_length=40, blank=True)  # sex:female, reason:AC04 ...
    value = models.FloatField()
    persons = models.BigIntegerField(null=True)  # how many people stand behind it: below 5 it is not public
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "area_code", "programme_code", "group"], name="results_figure_once")
        ]


from shohay.stages.results import (  # noqa: E402 - parts of the stage's models
    models_codi,  # noqa: F401
    models_dli,  # noqa: F401
    models_evaluations,  # noqa: F401
    models_lab,  # noqa: F401
    models_survey,  # noqa: F401
    models_values,  # noqa: F401
)
