"""What every page has: the officer, the language, whether the people are synthetic."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from shohay.stages.accounts.officer import NOBODY


def frame(request: HttpRequest) -> dict[str, object]:
    return {"officer": getattr(request, "officer", NOBODY), "synthetic": settings.SYNTHETIC}
