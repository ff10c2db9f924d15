"""Reading the action plan. ``late`` follows from the day that was promised and the reported status, nothing else."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.db.models import Count as Number

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination.models import ActionItem, ClusterAction

# as the progress report writes them
IN_PROGRESS, CONTINUOUS, COMPLETED, STOPPED = "In-progress", "Continuous", "Completed", "Stopped"


def late(on: date) -> Q:
    """Promised for a day before ``on`` and neither completed nor stopped. Without a day nothing is late."""
    return Q(due__lt=on) & ~Q(status__in=(COMPLETED, STOPPED))


def items(
    officer: Officer, *, on: date, ministry: str = "", status: str = "", theme: str = "", only_late: bool = False
) -> QuerySet[ActionItem]:
    """Rows of the ministries' chapters with ``is_late`` on the day ``on``, in the order of the plan."""
    officer.require("plan.view")
    found = ActionItem.objects.select_related("ministry").annotate(
        is_late=Case(When(late(on), then=Value(True)), default=Value(False), output_field=BooleanField())
    )
    wanted = {"ministry_id": ministry, "status": status, "theme": theme}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    if only_late:
        found = found.filter(late(on))
    return found.order_by("ministry__order", "objective_no", "code")


class Count(NamedTuple):
    """How many rows were promised, and of them completed, stopped and late; ``name`` is the status, theme or code."""

    name: str
    promised: int
    completed: int
    stopped: int
    late: int


def counts(officer: Officer, column: str, *, on: date) -> list[Count]:
    """Rows by 'status', 'ministry_id' or 'theme', the most promises first."""
    officer.require("plan.view")
    grouped = ActionItem.objects.values_list(column).annotate(
        promised=Number("code"),
        completed=Number("code", filter=Q(status=COMPLETED)),
        stopped=Number("code", filter=Q(status=STOPPED)),
        late=Number("code", filter=late(on)),
    )
    return [Count(*row) for row in grouped.order_by("-promised", column)]


def cluster_items(officer: Officer, *, on: date, cluster: str = "") -> QuerySet[ClusterAction]:
    """Rows of the clusters with ``is_late`` on the day ``on``."""
    officer.require("plan.view")
    found = ClusterAction.objects.annotate(
        is_late=Case(When(late(on), then=Value(True)), default=Value(False), output_field=BooleanField())
    )
    return (found.filter(cluster=cluster) if cluster else found).order_by("cluster", "no", "part")
