"""Places with BBS codes, and facts about them."""

from typing import Any

from django.db import models


class LtreeField(models.TextField):  # type: ignore[type-arg]  # Django fields take none at run time
    """PostgreSQL ``ltree``: the path of codes from the division down, '30.3026.302608.30260811'."""

    def db_type(self, connection: Any) -> str:
        return "ltree"


class Area(models.Model):
    """A division, district, upazila or city corporation, union or ward.

    Codes are strings that nest as prefixes: 2 + 2 + 2 + 2 digits (BBS geocode); ``vintage`` says which list
    the code comes from, since Mymensingh moved from 30 to 45 and upazilas were made after 2015.
    """

    class Level(models.TextChoices):
        DIVISION = "division"
        DISTRICT = "district"
        UPAZILA = "upazila"
        CITY_CORPORATION = "city_corporation"
        UNION = "union"

    code = models.CharField(max_length=12, primary_key=True)
    level = models.CharField(max_length=20, choices=Level.choices)
    # what a union is: union, paurashava, ward, city_ward, forest (nobody lives there), whole; '' above the union
    kind = models.CharField(max_length=12, blank=True)
    name_bn = models.CharField(max_length=120)  # the English name where no source gives the Bangla one
    name_bn_source = models.CharField(max_length=30, blank=True)  # '': no Bangla name is known
    name_en = models.CharField(max_length=120)
    old_names = models.JSONField(default=list)  # spellings before 2018 and other aliases
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = LtreeField()
    pcode = models.CharField(max_length=40, blank=True)  # of the areas put together, ; between them
    vintage = models.CharField(max_length=20)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    area_sqkm = models.FloatField(null=True)
    population = models.IntegerField(null=True)
    source = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["level", "code"])]


class AreaFact(models.Model):
    """A dated figure or flag of an area with its source: poverty rate, 'oaa_universal' ..."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="facts")
    name = models.CharField(max_length=60)
    value = models.FloatField()
    year = models.IntegerField()
    source = models.TextField()
    confidence = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "name", "year"], name="places_area_fact_once")]
