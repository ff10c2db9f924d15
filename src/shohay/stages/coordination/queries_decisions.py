"""Reading what committees decided: what is open, what is late on any day, and what was done about it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination.models_committees import Committee, Decision, FollowUp, Meeting
from shohay.stages.coordination.queries_committees import may_manage

BINDING = (Decision.State.OPEN, Decision.State.REPORTED)


class Tally(NamedTuple):
    """Decisions open, late, reported as carried out, closed; ``name`` is a ministry ('' = an office)."""

    name: str
    open: int
    late: int
    reported: int
    closed: int


def late(on: date) -> Q:
    """Binding and due before ``on``; what was reported by its day waits for the check and is not late."""
    in_time = Q(state=Decision.State.REPORTED, reported_on__lte=F("due_on"))
    return Q(state__in=BINDING, due_on__lt=on) & ~in_time


def decisions(
    officer: Officer,
    *,
    on: date,
    state: str = "",
    ministry: str = "",
    level: str = "",
    committee: str = "",
    text: str = "",
    item: str = "",
) -> QuerySet[Decision]:
    """Decisions of the officer's areas with ``is_late`` on the day. ``state``: one of them, 'late', 'binding' or ''."""
    officer.require("committee.view")
    found = Decision.objects.filter(officer.area_filter("meeting__committee__area_code"))
    wanted = {
        "ministry_id": ministry, "meeting__committee__kind__level": level, "meeting__committee_id": committee,
        "text__icontains": text, "actions__item_id": item,
    }  # fmt: skip
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    if state == "late":
        found = found.filter(late(on))
    elif state:
        found = found.filter(state__in=BINDING if state == "binding" else [state])
    is_late = Case(When(late(on), then=Value(True)), default=Value(False), output_field=BooleanField())
    return found.annotate(is_late=is_late).select_related("meeting__committee__kind", "ministry")


def decision(officer: Officer, pk: int, *, on: date) -> Decision | None:
    return decisions(officer, on=on).filter(pk=pk).first()


def of_meeting(officer: Officer, meeting: Meeting, *, on: date) -> QuerySet[Decision]:
    """What the meeting decided, in order, with the items of the plan that it concerns."""
    found = decisions(officer, on=on).filter(meeting=meeting)
    return found.prefetch_related("actions__item").order_by("no")


def open_before(officer: Officer, meeting: Meeting, *, on: date) -> QuerySet[Decision]:
    """What earlier meetings of the committee decided and nobody has closed: the first thing on every agenda."""
    found = decisions(officer, on=on, state="binding", committee=meeting.committee_id)
    return found.filter(meeting__meets_on__lt=meeting.meets_on).order_by(F("due_on").asc(nulls_last=True), "id")


def notes(decision: Decision) -> QuerySet[FollowUp]:
    """What was said about it, the latest first."""
    return FollowUp.objects.filter(decision=decision).order_by("-id")


def may_follow(officer: Officer, decision: Decision, committee: Committee) -> bool:
    """The focal point of the ministry that owns it; of an office, whoever manages the committee."""
    if decision.ministry_id is None:
        return officer.may("decision.follow") and may_manage(officer, committee)
    return officer.may("decision.follow") and officer.covers(area=committee.area_code, ministry=decision.ministry_id)


def may_read_file(officer: Officer, subject: str, pk: str) -> bool:
    """Whether a file of a 'meeting' or a 'decision' belongs to a committee of the officer's areas."""
    rows = {"meeting": Meeting.objects, "decision": Decision.objects}[subject]
    area = "committee__area_code" if subject == "meeting" else "meeting__committee__area_code"
    return pk.isdigit() and rows.filter(officer.area_filter(area), pk=int(pk)).exists()


def counts(officer: Officer, *, on: date) -> list[Tally]:
    """Decisions by the ministry that owns them, the most late first."""
    rows = (
        decisions(officer, on=on)
        .exclude(state__in=(Decision.State.DRAFT, Decision.State.WITHDRAWN))
        .order_by()
        .values_list("ministry_id")
        .annotate(
            open=Count("id", filter=Q(state=Decision.State.OPEN)),
            late=Count("id", filter=late(on)),
            reported=Count("id", filter=Q(state=Decision.State.REPORTED)),
            closed=Count("id", filter=Q(state=Decision.State.CLOSED)),
        )
    )
    found = [Tally(ministry or "", *numbers) for ministry, *numbers in rows]
    return sorted(found, key=lambda row: (-row.late, -row.open, row.name))


def in_order(found: QuerySet[Decision]) -> QuerySet[Decision]:
    """With ``order_day`` to page by: what is due first at the top, what has no day at the end."""
    return found.annotate(order_day=Coalesce("due_on", Value(date(9999, 12, 31))))
