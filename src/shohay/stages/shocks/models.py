"""Triggers of anticipatory action, as published by the agencies that use them."""

from django.db import models


class Trigger(models.Model):
    """A forecast threshold at which preparation or payment starts (facts/asp_triggers.csv)."""

    code = models.CharField(max_length=20, primary_key=True)
    hazard = models.CharField(max_length=60)
    stage = models.CharField(max_length=60)
    authority = models.CharField(max_length=120)
    variable = models.CharField(max_length=200)
    threshold = models.TextField()
    persistence = models.TextField(blank=True)
    lead_time = models.CharField(max_length=120, blank=True)
    area_unit = models.TextField(blank=True)
    impact_condition = models.TextField(blank=True)
    action = models.TextField(blank=True)
    stop_rule = models.TextField(blank=True)
    source = models.TextField()
    status = models.CharField(max_length=60, blank=True)  # verified, proposed, from memory ...
