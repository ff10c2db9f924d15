"""The status of the plan on any day, computed by the database from deadlines, verified updates and their evidence.

What an item calls itself counts for nothing: past its day it is late; completed only by an update that another office
verified and whose evidence lies there. The status as the progress report printed it stands beside (``reported``); where
that report says completed and no evidence has come, the item is ``completed_unproven``.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination.models_plan import PlanItem, PlanObligation, PlanUpdate
from shohay.stages.coordination.queries import COMPLETED, STOPPED

SOON = 90  # days before its day from which an item is due soon
STATES = (
    "late", "recurring_missed", "due_soon", "on_track", "not_started", "recurring_met", "continuous", "undated",
    "completed_in_time", "completed_late", "completed_unproven", "stopped",
)  # fmt: skip
COMPLETE = ("completed_in_time", "completed_late", "completed_unproven")
ENDED = (*COMPLETE, "stopped")
OVERDUE = ("late", "recurring_missed")
ALL = "all"


def on_day(officer: Officer, on: date, *, kind: str = "chapter") -> QuerySet[Any]:
    """Items with their status at the end of the day ``on``, in the order of the plan.

    ``kind``: 'chapter' (695 rows), 'cluster' (40) or 'all'. Each row has: state, reported, claim (of the newest
    verified update), done_on, percent, verified (day of that update), promises (things due), missed, met, met_late,
    next_due, and the texts activity_bn, indicator_bn, objective_bn, timeframe (…_en).
    """
    officer.require("plan.view")
    found = PlanItem.objects.select_related("owner").annotate(**_texts())
    found = found.annotate(**_facts(on)).annotate(state=_state(on))
    return (found if kind == ALL else found.filter(kind=kind)).order_by("order")


def _texts() -> dict[str, Coalesce]:
    names = [f"{name}_{code}" for name in ("activity", "indicator", "objective") for code in ("bn", "en")]
    return {name: Coalesce(f"action__{name}", f"cluster_action__{name}") for name in names} | {
        "timeframe": Coalesce("action__timeframe", "cluster_action__timeframe"),
        "reported": Coalesce("action__status", "cluster_action__status"),
    }


def verified(on: date) -> QuerySet[PlanUpdate]:
    """Updates that counted at the end of the day ``on``."""
    return PlanUpdate.objects.filter(state="verified", verified_on__lte=on)


def _facts(on: date) -> dict[str, object]:
    """What the status follows from: the newest verified update, and the obligations met, missed and to come."""
    newest = verified(on).filter(item=OuterRef("pk")).order_by("-verified_on", "-id")
    done = verified(on).filter(obligation=OuterRef("pk"), claim="completed")
    owed = PlanObligation.objects.filter(item=OuterRef("pk")).order_by()
    return {
        "claim": Coalesce(Subquery(newest.values("claim")[:1]), Value(""), output_field=CharField()),
        "done_on": Subquery(newest.values("done_on")[:1]),
        "percent": Subquery(newest.values("percent")[:1]),
        "verified": Subquery(newest.values("verified_on")[:1]),
        "promises": _number(owed),
        "missed": _number(owed.filter(~Exists(done), due__lt=on)),
        "met": _number(owed.filter(Exists(done))),
        "met_late": _number(owed.filter(Exists(done), ~Exists(done.filter(done_on__lte=OuterRef("due"))))),
        "next_due": Subquery(owed.filter(~Exists(done), due__gte=on).order_by("due").values("due")[:1]),
    }


def _number(rows: QuerySet[PlanObligation]) -> Coalesce:
    counted = rows.values("item").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _state(on: date) -> Case:
    """The first that fits. An item with several things due is judged by each, any other by its newest update."""
    several = ~Q(every="") | Q(promises__gt=1)
    all_met = several & Q(met=F("promises"), due__isnull=False)
    soon = Q(next_due__lte=on + timedelta(days=SOON))
    nothing = Q(claim="")  # no update was verified: what the report said still stands
    return Case(
        When(Q(claim="stop") | nothing & Q(reported=STOPPED), then=Value("stopped")),
        When(nothing & Q(reported=COMPLETED), then=Value("completed_unproven")),
        When(all_met & Q(met_late__gt=0), then=Value("completed_late")),
        When(all_met, then=Value("completed_in_time")),
        When(several & Q(missed__gt=0, due__lt=on), then=Value("late")),
        When(several & Q(missed__gt=0), then=Value("recurring_missed")),
        When(several & soon, then=Value("due_soon")),
        When(several & Q(met__gt=0), then=Value("recurring_met")),
        When(several, then=Value("on_track")),
        When(Q(claim="completed", due__isnull=False, done_on__gt=F("due")), then=Value("completed_late")),
        When(claim="completed", then=Value("completed_in_time")),
        When(due__lt=on, then=Value("late")),
        When(soon, then=Value("due_soon")),
        When(due__isnull=True, timeframe_kind__in=("continuous", "open"), then=Value("continuous")),
        When(due__isnull=True, then=Value("undated")),
        When(nothing, then=Value("not_started")),
        default=Value("on_track"),
        output_field=CharField(),
    )


def status_on(officer: Officer, code: str, day: date) -> Any | None:
    """One item with its status on a day; None where there is no such item."""
    return on_day(officer, day, kind=ALL).filter(pk=code).first()


def items(
    officer: Officer, *, on: date, kind: str = "chapter", ministry: str = "", cluster: str = "", theme: str = "",
    state: str = "", due_from: date | None = None, due_to: date | None = None, part: str = "",
) -> QuerySet[Any]:  # fmt: skip
    """Items that fit the filters. ``ministry``: owned or shared (``part`` 'owner' or 'shared' for one of the two);
    ``state``: a state, 'overdue' or 'completed'; the days bound what is due, obligations of what recurs too."""
    found = on_day(officer, on, kind=kind)
    if ministry:
        answers = Q(ministries__ministry=ministry) & (Q(ministries__part=part) if part else Q())
        found = found.filter(pk__in=PlanItem.objects.filter(answers).values("pk"))
    for name, value in (("cluster", cluster), ("theme", theme)):
        found = found.filter(**{name: value}) if value else found
    if state:
        found = found.filter(state__in={"overdue": OVERDUE, "completed": COMPLETE}.get(state, (state,)))
    if due_from or due_to:
        owed = PlanObligation.objects.filter(item=OuterRef("pk"))
        owed = owed.filter(due__gte=due_from) if due_from else owed
        found = found.filter(Exists(owed.filter(due__lte=due_to) if due_to else owed))
    return found


class PlanCount(NamedTuple):
    """Items under ``name``: ``promised`` = completed + stopped + late + continuous + in_time.

    ``completed`` as verified with evidence or as the report has it; ``proven`` of them with evidence; ``continuous``
    without a day, recurring ones included, ``missed`` of those with something missed by now; ``in_time``
    whose day is still to come; ``due_soon`` of all, due within 90 days.
    """

    name: str
    promised: int
    completed: int
    stopped: int
    late: int
    continuous: int
    in_time: int
    proven: int
    missed: int
    due_soon: int


BY = {"ministry": "owner_id", "cluster": "cluster", "theme": "theme", "state": "state", "reported": "reported"}


def counts_by(officer: Officer, by: str = "ministry", on: date | None = None, *, kind: str = "") -> list[PlanCount]:
    """Items by 'ministry' (code), 'cluster', 'theme', 'state' or 'reported', most promises first.

    ``on``: today when None. By cluster the 40 rows of the clusters' plan are counted, else the 695 of the chapters.
    """
    rows = on_day(officer, on or timezone.localdate(), kind=kind or ("cluster" if by == "cluster" else "chapter"))
    counted: dict[str, Counter[str]] = {}
    for name, state, due in rows.values_list(BY[by], "state", "due"):
        tally = counted.setdefault(name or "", Counter())
        tally["promised"] += 1
        tally[_column(state, due)] += 1
        tally["proven"] += state in ("completed_in_time", "completed_late")
        tally["missed"] += state == "recurring_missed"
        tally["due_soon"] += state == "due_soon"
    columns = PlanCount._fields[1:]
    found = [PlanCount(name, *(tally[column] for column in columns)) for name, tally in counted.items()]
    return sorted(found, key=lambda row: (-row.promised, row.name))


def _column(state: str, due: date | None) -> str:
    """Where an item is counted: one of the five that add up."""
    if state in COMPLETE:
        return "completed"
    if state in ("stopped", "late"):
        return state
    return "in_time" if due else "continuous"


def late_items(officer: Officer, on: date, *, kind: str = "chapter", missed: bool = False) -> QuerySet[Any]:
    """Items past their day, the longest late first; with ``missed`` also what recurs and was missed."""
    states = OVERDUE if missed else ("late",)
    return on_day(officer, on, kind=kind).filter(state__in=states).order_by(F("due").asc(nulls_last=True), "order")


class Move(NamedTuple):
    """An item whose status on the later day is another than on the earlier one, or about which something was verified.

    ``updates``: verified after the earlier day, the newest first.
    """

    item: PlanItem
    was: str
    now: str
    updates: list[PlanUpdate]

    @property
    def changed(self) -> bool:
        return self.was != self.now


def moved_since(officer: Officer, day: date, on: date | None = None, *, kind: str = ALL) -> list[Move]:
    """What moved after ``day`` up to ``on`` (today when None), in the order of the plan.

    Items that only became late or due soon because days went by are in it: that is news too.
    """
    until = on or timezone.localdate()
    before = dict(on_day(officer, day, kind=kind).values_list("pk", "state"))
    told: dict[str, list[PlanUpdate]] = {}
    for update in (
        verified(until).filter(verified_on__gt=day).select_related("ministry").order_by("-verified_on", "-id")
    ):
        told.setdefault(update.item_id, []).append(update)
    return [
        Move(item, before[item.pk], item.state, told.get(item.pk, []))
        for item in on_day(officer, until, kind=kind)
        if item.pk in told or before[item.pk] != item.state
    ]
