"""Deaths that civil registration reports become life events that wait for an officer; nothing changes before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.actions import record
from shohay.stages.registry import actions_events
from shohay.stages.registry.actions_events import Told
from shohay.stages.registry.models import Person
from shohay.stages.registry.models_history import LifeEvent
from shohay.stages.registry.models_verification import Finding, Verification

Progress = Callable[[str, int, int], None]
PARTY = "civil_registration"
ADULT = 18


def propose_deaths(*, area: str = "", by: Officer, progress: Progress | None = None) -> dict[str, int]:
    """Propose an event for each reported death without one; a case at a time, since each is an officer's task.

    The register proposes (the system acts for it), so any officer of the place may approve. What cannot be proposed
    (nobody could follow the head, say) stays a finding. Returns how many were proposed and how many could not.
    """
    by.require("verification.start", area=area)
    told = LifeEvent.objects.filter(kind="death", state__in=("proposed", "approved")).values("people__person_id")
    reported = Finding.objects.filter(source=PARTY, code="died", state="open", area_code__startswith=area)
    waiting = list(
        reported.exclude(person_id__in=told.filter(people__part="subject"))
        .select_related("person__household")
        .order_by("id")
    )
    counts = {"proposed": 0, "not_possible": 0}
    for number, finding in enumerate(waiting):
        counts["proposed" if _propose(finding) else "not_possible"] += 1
        if progress:
            progress("deaths", number + 1, len(waiting))
    if waiting:
        with transaction.atomic():
            record(action="deaths.proposed", by=by, subject=("area", area), area_code=area, detail=counts)
    return counts


def _propose(finding: Finding) -> bool:
    person, day = finding.person, date.fromisoformat(finding.found)
    entry = (
        Verification.objects.filter(person=person, party=PARTY, detail__has_key="entry").order_by("-asked_at").first()
    )
    told = Told(
        happened_on=day, evidence_kind="register", evidence_number=entry.detail["entry"] if entry else "",
        evidence_note="" if entry else "civil registration", channel=LifeEvent.Channel.CIVIL,
    )  # fmt: skip
    try:
        with transaction.atomic():
            actions_events.death(
                household=person.household, told=told, person=person.pk, new_head=_next_head(person), by=SYSTEM
            )
    except Refusal:
        return False
    return True


def _next_head(person: Person) -> int | None:
    """Husband or wife, else the oldest adult: a proposal; the officer may refuse it and tell another one."""
    if person.relation != "head":
        return None
    today = timezone.localdate()
    born_by = today.replace(year=today.year - ADULT, day=min(today.day, 28))
    others = Person.objects.filter(
        household_id=person.household_id, death_date__isnull=True, duplicate_of__isnull=True, birth_date__lte=born_by
    ).exclude(pk=person.pk)
    spouse = others.filter(relation="spouse").order_by("birth_date").first()
    found = spouse or others.order_by("birth_date", "pk").first()
    return found.pk if found else None
