"""Who is signed in, and as what."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from shohay.stages.accounts.models import Assignment, User
from shohay.stages.accounts.officer import NOBODY, Officer

SHOWN = 100  # accounts whose name fits what somebody typed


def usernames_of(text: str) -> list[str]:
    """Accounts of people and offices with ``text`` in their name, in either language."""
    found = User.objects.filter(Q(name_bn__icontains=text) | Q(name_en__icontains=text)).order_by("username")
    return list(found.values_list("username", flat=True)[:SHOWN])


def officer_of(username: str, role: str = "") -> Officer:
    """The officer with one of their roles (the first by name when ``role`` is ''); NOBODY without one."""
    today = timezone.localdate()
    held = list(
        Assignment.objects.filter(user__username=username, user__is_active=True, valid_from__lte=today)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
        .order_by("role", "area_code", "programme_code", "ministry_code")
    )
    chosen = role or (held[0].role if held else "")
    mine = [assignment for assignment in held if assignment.role == chosen]
    if not mine:
        return NOBODY
    return Officer(
        username=username,
        role=chosen,
        areas=tuple(dict.fromkeys(assignment.area_code for assignment in mine)),
        programmes=tuple(dict.fromkeys(assignment.programme_code for assignment in mine)),
        ministries=tuple(dict.fromkeys(assignment.ministry_code for assignment in mine)),
    )
