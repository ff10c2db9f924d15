"""Frozen editions of a report: the data that it was made of, and the files made of them."""

from django.db import models

from shohay.core.report.editions import FORMATS, LANGUAGES


class Edition(models.Model):
    """One state of the data on one day. Its document lies in VAR/editions/<sha256>/data.json.

    The same data on the same day are the same edition, whoever makes it. The database refuses to change or remove it.
    """

    kind = models.CharField(max_length=20)  # progress
    fiscal_year = models.CharField(max_length=7)
    as_of = models.DateField()
    sha256 = models.CharField(max_length=64)  # of the canonical data document
    size = models.BigIntegerField()  # bytes of that document
    synthetic = models.BooleanField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "sha256"], name="coordination_edition_once")]


class EditionFile(models.Model):
    """One file of an edition: VAR/editions/<sha256 of the edition>/<language>.<format>. Never changed or removed."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(max_length=2)
    format = models.CharField(max_length=4)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "language", "format"], name="coordination_edition_file_once"),
            models.CheckConstraint(
                condition=models.Q(language__in=LANGUAGES, format__in=FORMATS, size__gt=0),
                name="coordination_edition_file_known",
            ),
        ]


class Publication(models.Model):
    """An edition that everybody may read since somebody decided so."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="publication")
    published_by = models.CharField(max_length=150)
    published_at = models.DateTimeField(auto_now_add=True)
