"""Who is on which programme."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from shohay.bulk.copying import copy_out
from shohay.stages.accounts.officer import Officer
from shohay.stages.enrolment.models import Enrolment, LeftOut
from shohay.stages.registry.models import Person

HELD = pa.schema([("person_id", pa.int64()), ("household_id", pa.int64()), ("programme_code", pa.string())])


def held(on: date | None = None) -> pa.Table:
    """Enrolments in force on ``on`` (today), for a snapshot: person_id, household_id, programme_code."""
    day = (on or timezone.localdate()).isoformat()
    with connection.cursor() as cursor:
        return copy_out(
            cursor,
            "select person_id, household_id, programme_code from enrolment_enrolment"
            f" where valid @> date '{day}' or lower(valid) > date '{day}' order by household_id, person_id, 3",
            HELD,
        )


def beneficiaries(officer: Officer, programme: str = "", area: str = "", on: date | None = None) -> QuerySet[Enrolment]:
    """Enrolments in force in the officer's areas and programmes, newest first."""
    officer.require("enrolment.view")
    rows = (
        Enrolment.objects.filter(officer.area_filter(), officer.programme_filter())
        .filter(valid__contains=on or timezone.localdate())
        .select_related("person")
    )
    if programme:
        rows = rows.filter(programme_code=programme)
    if area:
        rows = rows.filter(area_code__startswith=area)
    return rows.order_by("-enrolled_at", "-id")


def enrolment(officer: Officer, enrolment_id: int) -> Enrolment | None:
    """One enrolment the officer may see."""
    rows = Enrolment.objects.filter(officer.area_filter(), officer.programme_filter())
    return rows.select_related("person").filter(pk=enrolment_id).first()


def enrolments_of(person: Person) -> QuerySet[Enrolment]:
    """All enrolments of a person, the latest first: for the person's page and timeline."""
    return Enrolment.objects.filter(person=person).order_by("-valid", "-id")


def stops_waiting(officer: Officer) -> QuerySet[Enrolment]:
    """Proposed stops that another officer must decide."""
    return (
        Enrolment.objects.filter(officer.area_filter(), officer.programme_filter())
        .filter(~Q(stop_proposed_by=""), state=Enrolment.State.ACTIVE)
        .exclude(stop_proposed_by=officer.username)
        .select_related("person")
        .order_by("stop_on", "id")
    )


def counts(officer: Officer) -> list[dict[str, object]]:
    """Beneficiaries by programme in the officer's areas: programme_code, active, stopped."""
    rows = Enrolment.objects.filter(officer.area_filter(), officer.programme_filter()).values("programme_code")
    counted = rows.annotate(
        active=Count("id", filter=Q(state=Enrolment.State.ACTIVE)),
        stopped=Count("id", filter=Q(state=Enrolment.State.STOPPED)),
    ).order_by("programme_code")
    return [dict(row) for row in counted]


def left_out(
    officer: Officer, selection_list: int | None = None, programme: str = "", reason: str = ""
) -> QuerySet[LeftOut]:
    """Who was selected and not enrolled, in the officer's areas and programmes, in the order of the lists."""
    officer.require("list.view")
    rows = LeftOut.objects.filter(officer.area_filter(), officer.programme_filter())
    if selection_list is not None:
        rows = rows.filter(selection_list=selection_list)
    if programme:
        rows = rows.filter(programme_code=programme)
    if reason:
        rows = rows.filter(reason=reason)
    return rows.select_related("person", "household", "holder").order_by("-selection_list_id", "rank", "id")


def left_out_by_reason(
    officer: Officer, selection_list: int | None = None, programme: str = ""
) -> list[dict[str, object]]:
    """reason, count of those left out, the most frequent first."""
    rows = left_out(officer, selection_list, programme).order_by().values("reason")
    return [dict(row) for row in rows.annotate(count=Count("id")).order_by("-count", "reason")]
