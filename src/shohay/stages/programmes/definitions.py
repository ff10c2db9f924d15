"""Reading published definitions and installed formulas. They are public: everybody may know the rules."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from shohay.bulk import pmt
from shohay.core.definition import Definition
from shohay.stages.programmes import models, queries_scores


@lru_cache(maxsize=256)
def _parsed(sha256: str, text: str) -> Definition:
    definition = Definition.parse(text)
    if definition.sha256 != sha256:
        raise ValueError(f"the stored definition {definition.code} does not have its hash")
    return definition


def published() -> list[Definition]:
    """The newest published definition of each programme, by code."""
    rows = models.Definition.objects.filter(state=models.Definition.State.PUBLISHED)
    newest = rows.order_by("programme_id", "-published_at", "-id").distinct("programme_id")
    return [_parsed(row.sha256, row.text) for row in newest]


def definitions_on(day: dt.date) -> list[Definition]:
    """The published definitions that have a version in force on ``day``, by code."""
    return [definition for definition in published() if definition.version_on(day)]


def definition_of(code: str, sha256: str = "") -> Definition | None:
    """A programme's definition: the very document with ``sha256`` (published or draft), or the newest published one."""
    rows = models.Definition.objects.filter(programme_id=code)
    if sha256:
        row = rows.filter(sha256=sha256).first()
    else:
        row = rows.filter(state=models.Definition.State.PUBLISHED).order_by("-published_at", "-id").first()
    return _parsed(row.sha256, row.text) if row else None


def formula(code: str = "", on: dt.date | None = None) -> pmt.Formula | None:
    """The score formula in force on a day (today), or the newest document installed under a code."""
    found = queries_scores.version(code) if code else queries_scores.version_on(on)
    return queries_scores.parsed(found) if found else None


def formula_of(sha256: str) -> pmt.Formula | None:
    """The very document that a run was made with, whatever is in force now."""
    found = queries_scores.of_hash(sha256)
    return queries_scores.parsed(found) if found else None
