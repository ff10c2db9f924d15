"""Publish shipped definitions without loading the whole reference data."""

from __future__ import annotations

from django.utils import timezone

from shohay.core.definition import Definition
from shohay.policy import shipped
from shohay.stages.programmes import models


def publish(*codes: str) -> list[Definition]:
    """The shipped definitions of ``codes`` as published rows; their programmes must exist."""
    found = [shipped.by_code()[code][0] for code in codes]
    for definition in found:
        models.Definition.objects.create(
            programme_id=definition.programme, document=definition.as_json(), text=definition.text,
            sha256=definition.sha256, state="published", proposed_by="maker", approved_by="checker",
            published_at=timezone.now(),
        )  # fmt: skip
    return found
