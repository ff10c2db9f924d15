"""The work on the plan: updates and their versions, what waits, reminders, who is silent, what depends on what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from shohay.bulk.plan_rows import Known, Owed
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import queries_plan as plan
from shohay.stages.coordination.models_plan import (
    PlanDependency,
    PlanImport,
    PlanItem,
    PlanMinistry,
    PlanObligation,
    PlanReminder,
    PlanUpdate,
)
from shohay.stages.programmes.models import Ministry

UPDATE = "plan_update"  # the kind of subject under which evidence and events of an update stand


def updates_of(officer: Officer, code: str) -> QuerySet[PlanUpdate]:
    """Every version that was written of an item, the newest first."""
    officer.require("plan.view")
    found = PlanUpdate.objects.filter(item=code).select_related("ministry", "obligation")
    return found.order_by("-written_at", "-pk")


def newest(officer: Officer, code: str, ministry: str) -> PlanUpdate | None:
    """What a ministry said last of an item."""
    officer.require("plan.view")
    return PlanUpdate.objects.filter(item=code, ministry=ministry).order_by("-version").first()


def versions(ministry: str) -> dict[str, int]:
    """Item -> the newest version of a ministry."""
    rows = PlanUpdate.objects.filter(ministry=ministry).values_list("item").annotate(Max("version")).order_by("item")
    return dict(rows)


def waiting(officer: Officer) -> QuerySet[PlanUpdate]:
    """Updates to verify, the longest waiting first; one's own are somebody else's to verify."""
    officer.require("plan.view")
    found = PlanUpdate.objects.filter(state="submitted").select_related("item__action", "item__cluster_action")
    return found.select_related("ministry", "obligation").order_by("written_at", "pk")


def to_verify(officer: Officer) -> QuerySet[PlanUpdate]:
    return waiting(officer).exclude(written_by=officer.username)


def returned(officer: Officer) -> QuerySet[PlanUpdate]:
    """Updates of the officer's ministries that came back and were not written anew."""
    officer.require("plan.view")
    later = PlanUpdate.objects.filter(
        item=OuterRef("item"), ministry=OuterRef("ministry"), version__gt=OuterRef("version")
    )
    return PlanUpdate.objects.filter(officer.ministry_filter(), ~Exists(later), state="returned").order_by(
        "-verified_at"
    )


def answering(officer: Officer, code: str) -> list[Ministry]:
    """The ministries of an item for which the officer may write."""
    parts = PlanMinistry.objects.filter(officer.ministry_filter(), item=code).select_related("ministry")
    return [part.ministry for part in parts.order_by("part", "ministry__order")]


# ---------------------------------------------------------------------------------------------------- reminders


def reminders(
    officer: Officer, *, month: date | None = None, ministry: str = "", still_open: bool = False
) -> QuerySet[Any]:
    """Reminders of the officer's ministries with ``answered``: something was written since; the oldest day first."""
    officer.require("plan.view")
    since = PlanUpdate.objects.filter(
        item=OuterRef("item"), ministry=OuterRef("ministry"), written_at__gte=OuterRef("made_at")
    )
    found = PlanReminder.objects.filter(officer.ministry_filter()).annotate(answered=Exists(since))
    found = found.select_related("ministry", "item__action", "item__cluster_action")
    if month:
        found = found.filter(month=month.replace(day=1))
    if ministry:
        found = found.filter(ministry=ministry)
    if still_open:
        found = found.filter(answered=False)
    return found.order_by("-month", "due", "item__order", "ministry__order")


def open_reminders(officer: Officer) -> QuerySet[Any]:
    """Those of the newest month in which reminders were made and that nobody answered: the desk counts them."""
    last = PlanReminder.objects.aggregate(Max("month"))["month__max"]
    found = reminders(officer, still_open=True)
    return found.filter(month=last) if last else found.none()


class Silence(NamedTuple):
    """``items``: promised by the ministry and not ended; ``last``: when it wrote last, None: never."""

    ministry: Ministry
    items: int
    overdue: int
    reminders: int  # that it did not answer
    last: datetime | None


def silent(officer: Officer, on: date, *, days: int = 90) -> list[Silence]:
    """Ministries with open items that wrote nothing within ``days`` before ``on``: those that never did first."""
    officer.require("plan.view")
    last = dict(PlanUpdate.objects.values_list("ministry").annotate(Max("written_at")).order_by("ministry"))
    counted: dict[str, list[int]] = {}
    for owner, state in plan.on_day(officer, on, kind=plan.ALL).values_list("owner_id", "state"):
        if owner and state not in plan.ENDED:
            tally = counted.setdefault(owner, [0, 0])
            tally[0] += 1
            tally[1] += state in plan.OVERDUE
    ignored = reminders(officer, still_open=True).order_by().values_list("ministry").annotate(n=Count("pk"))
    unanswered: dict[str, int] = dict(ignored)
    found = [
        Silence(row, counted[row.pk][0], counted[row.pk][1], unanswered.get(row.pk, 0), last.get(row.pk))
        for row in Ministry.objects.filter(officer.ministry_filter("code"), pk__in=counted).order_by("order")
        if row.pk not in last or (on - last[row.pk].date()).days > days
    ]
    return sorted(found, key=lambda row: (row.last is not None, -row.overdue, row.ministry.order))


# ------------------------------------------------------------------------------------------------- dependencies


class Link(NamedTuple):
    """A dependency of an item: the other item with its status."""

    pk: int
    item: Any
    reason: str


def needs(officer: Officer, code: str, on: date) -> list[Link]:
    """What ``code`` waits for, with the status of each on the day."""
    return _links(officer, PlanDependency.objects.filter(item=code), "needs_id", on)


def needed_by(officer: Officer, code: str, on: date) -> list[Link]:
    return _links(officer, PlanDependency.objects.filter(needs=code), "item_id", on)


def _links(officer: Officer, rows: QuerySet[PlanDependency], other: str, on: date) -> list[Link]:
    found = {getattr(row, other): row for row in rows}
    items = plan.on_day(officer, on, kind=plan.ALL).filter(pk__in=found)
    return [Link(found[item.pk].pk, item, found[item.pk].reason) for item in items]


def held_up(officer: Officer, codes: list[str], on: date) -> set[str]:
    """Those of ``codes`` that wait, directly or through others, for something that is late on the day."""
    officer.require("plan.view")
    behind_each = {
        code: behind(code) for code in PlanDependency.objects.filter(item__in=codes).values_list("item", flat=True)
    }
    if not behind_each:
        return set()
    overdue = plan.on_day(officer, on, kind=plan.ALL).filter(state__in=plan.OVERDUE)
    late = set(overdue.filter(pk__in=set().union(*behind_each.values())).values_list("pk", flat=True))
    return {code for code, needed in behind_each.items() if needed & late}


def behind(code: str) -> set[str]:
    """Everything that ``code`` waits for, directly and through others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "with recursive behind as (select needs_id from coordination_plandependency where item_id = %s"
            " union select d.needs_id from coordination_plandependency d join behind b on d.item_id = b.needs_id)"
            " select needs_id from behind",
            [code],
        )
        return {row[0] for row in cursor.fetchall()}


# ------------------------------------------------------------------------------------------------------- sheets


def imports(officer: Officer) -> QuerySet[PlanImport]:
    """Sheets of the officer's ministries, the newest first."""
    officer.require("plan.import")
    return PlanImport.objects.filter(officer.ministry_filter()).select_related("ministry").order_by("-read_at", "-pk")


def ministry_of(code: str) -> Ministry:
    """The ministry of that code; Refusal plan_ministry_unknown."""
    row = Ministry.objects.filter(pk=code).first()
    if row is None:
        raise Refusal("plan_ministry_unknown", code=code)
    return row


def known(ministry: str, today: date) -> Known:
    """What a sheet of the ministry is held against."""
    mine: dict[str, list[Owed]] = {
        code: [] for code in PlanMinistry.objects.filter(ministry=ministry).values_list("item", flat=True)
    }
    owed = PlanObligation.objects.filter(item__in=mine).order_by("item", "number")
    for code, number, name, due in owed.values_list("item", "number", "name", "due"):
        mine[code].append(Owed(number, name, due))
    return Known(frozenset(PlanItem.objects.values_list("pk", flat=True)), mine, today)


def template_rows(officer: Officer, ministry: str, language: str) -> list[tuple[str, str, str, str]]:
    """(code, activity, indicator, due in words) of every item that the ministry answers for and that has not ended."""
    on = timezone.localdate()
    found = plan.items(officer, on=on, kind=plan.ALL, ministry=ministry).exclude(state__in=plan.ENDED)
    owed: dict[str, list[str]] = {}
    for code, name in PlanObligation.objects.exclude(name="").order_by("item", "number").values_list("item", "name"):
        owed.setdefault(code, []).append(name)
    return [
        (
            row.pk, getattr(row, f"activity_{language}"), getattr(row, f"indicator_{language}"),
            row.due.strftime("%d/%m/%Y") if row.due else ", ".join(owed.get(row.pk, [])) or row.timeframe,
        )
        for row in found
    ]  # fmt: skip
