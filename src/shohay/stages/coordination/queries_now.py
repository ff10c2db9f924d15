"""The states of the plan on a day, kept in memory: dashboards of every level count the same few hundred rows.

The states are one expensive query (queries_plan.on_day). They change only with the day, with what was loaded and with
what was verified, so they are kept under a stamp of these, which is one cheap query.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import queries_plan as plans
from shohay.stages.coordination.models import ActionItem, ClusterAction
from shohay.stages.coordination.models_plan import PlanItem

STAMP = """
select (select count(*) || '.' || coalesce(max(id), 0) from coordination_planupdate where state = 'verified'),
       (select coalesce(sum(hashtext(p.code || coalesce(p.due::text, '') || coalesce(p.owner_id, ''))), 0)
          from coordination_planitem p),
       (select coalesce(sum(hashtext(code || status)), 0) from coordination_actionitem),
       (select coalesce(sum(hashtext(id || status)), 0) from coordination_clusteraction),
       (select count(*) || '.' || coalesce(max(id), 0) from coordination_planobligation)
"""
KEPT = 4  # days at a time: today, the day that it is compared with, and those of a page that somebody looks back on


class State(NamedTuple):
    """One item of the plan: what a dashboard counts by."""

    code: str
    kind: str
    ministry: str
    cluster: str
    theme: str
    state: str


_kept: dict[tuple[object, ...], tuple[State, ...]] = {}


def states(officer: Officer, on: date) -> tuple[State, ...]:
    """Every item, chapters and clusters, with its state at the end of the day ``on``."""
    officer.require("plan.view")
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        key = (connection.settings_dict["NAME"], on, *cursor.fetchone())
    if key not in _kept:
        rows = plans.on_day(officer, on, kind=plans.ALL).values_list(
            "pk", "kind", "owner_id", "cluster", "theme", "state"
        )
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)))
        _kept[key] = tuple(State(code, kind, owner or "", *rest) for code, kind, owner, *rest in rows)
    return _kept[key]


class Tally(NamedTuple):
    """How many items, and of them those past their day, those due soon and those completed."""

    promised: int
    late: int
    missed: int
    due_soon: int
    completed: int


def tally(rows: Iterable[State]) -> Tally:
    """Each number is that of the list of items filtered by one state: it opens to exactly these rows."""
    found = [row.state for row in rows]
    return Tally(
        len(found), found.count("late"), found.count("recurring_missed"), found.count("due_soon"),
        sum(state in plans.COMPLETE for state in found),
    )  # fmt: skip


def longest_late(rows: Iterable[State], number: int) -> list[PlanItem]:
    """The first late ones, the longest late first, with their owner and their texts."""
    codes = [row.code for row in rows if row.state == "late"]
    found = PlanItem.objects.filter(pk__in=codes).select_related("owner", "action", "cluster_action")
    return list(found.order_by("due", "order")[:number])


def texts(item: PlanItem) -> ActionItem | ClusterAction:
    """The row of the chapter or of the cluster that holds the texts of an item."""
    return item.action or item.cluster_action  # type: ignore[return-value]  # the database holds that it has one


def moved(officer: Officer, since: date, on: date) -> int:
    """How many items have another state on ``on`` than on ``since``."""
    before = {row.code: row.state for row in states(officer, since)}
    return sum(before.get(row.code) != row.state for row in states(officer, on))
