"""What every page has: the officer, the language, the rail, whether the people are synthetic."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from shohay.stages.accounts.models import Assignment
from shohay.stages.accounts.officer import NOBODY
from shohay.web.office.rail import rail


def frame(request: HttpRequest) -> dict[str, object]:
    """``officer``, ``frame`` of error pages, ``waiting``, ``synthetic``, ``language``, ``other_language``, ``rail``
    (groups) and ``roles`` (held).

    The lazy ones cost nothing on pages that do not show them.
    """
    officer = getattr(request, "officer", NOBODY)
    language = getattr(request, "LANGUAGE_CODE", "bn")
    return {
        "officer": officer,
        "frame": "office.html" if officer.username and request.path.startswith("/office/") else "public.html",
        "waiting": {},
        "synthetic": settings.SYNTHETIC,
        "language": language,
        "other_language": "bn" if language == "en" else "en",
        "rail": SimpleLazyObject(partial(rail, officer)),
        "roles": SimpleLazyObject(partial(_roles, request)),
    }


def _roles(request: HttpRequest) -> list[str]:
    """Every role that the signed-in officer holds today."""
    today = timezone.localdate()
    held = Assignment.objects.filter(user__username=request.user.get_username(), valid_from__lte=today).exclude(
        valid_to__lte=today
    )
    return sorted(set(held.values_list("role", flat=True)))
