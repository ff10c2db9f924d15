"""The action plan in the report: every promise with its state on the day, what is late, what has moved."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination import queries_plan as plans
from shohay.stages.coordination.queries import IN_PROGRESS

Data = dict[str, Any]
COUNTS = ("promised", "completed", "stopped", "late", "continuous", "in_time")
MORE = ("proven", "missed", "due_soon")
LOOK_BACK = 90  # days: what has moved since
NONE = dict.fromkeys((*COUNTS, *MORE), 0)


def put(officer: Officer, found: Data, as_of: date) -> None:
    """Every row of the plan with its state; counts by ministry and theme; the clusters; what moved.

    The states of a day are one expensive query, so they are asked for once and counted here.
    """
    rows = list(plans.on_day(officer, as_of, kind=plans.ALL).select_related("owner", "cluster_action"))
    chapters = [row for row in rows if row.kind == "chapter"]
    found["items"] = [{**_item(row), "ministry": row.owner_id or "", "theme": row.theme} for row in chapters]
    by_ministry = _counted(chapters, "owner_id")
    source = "coordination.on_day"
    for ministry in found["ministries"]:
        ministry["plan"] = dict(by_ministry.get(ministry["code"], NONE))
        for name, value in ministry["plan"].items():
            _figure(found, f"plan.{ministry['code']}.{name}", value, source)
    themes = [{"name": name, **counts} for name, counts in _counted(chapters, "theme").items()]
    found["themes"] = sorted(themes, key=lambda row: (-row["late"], row["name"]))
    for name in NONE:
        _figure(found, f"plan.{name}", sum(counts[name] for counts in by_ministry.values()), source)
    _news(found, as_of)
    _moved(officer, found, rows, as_of)
    _clusters(found, [row for row in rows if row.kind == "cluster"])


def _counted(rows: list[Any], column: str) -> dict[str, dict[str, int]]:
    """Rows by the value of a column: those of COUNTS add up to the promised ones, those of MORE are parts of them."""
    counted: dict[str, dict[str, int]] = {}
    for row in rows:
        of = counted.setdefault(getattr(row, column) or "", dict(NONE))
        of["promised"] += 1
        of[_column(row)] += 1
        of["proven"] += row.state in ("completed_in_time", "completed_late")
        of["missed"] += row.state == "recurring_missed"
        of["due_soon"] += row.state == "due_soon"
    return counted


def _column(row: Any) -> str:
    """Where a row is counted, as queries_plan.counts_by does (a test holds that both agree)."""
    if row.state in plans.COMPLETE:
        return "completed"
    if row.state in ("stopped", "late"):
        return str(row.state)
    return "in_time" if row.due else "continuous"


def _figure(found: Data, key: str, value: object, source: str, kind: str = "count") -> None:
    found["figures"][key] = {"value": value, "kind": kind, "from": source}


def _item(row: Any) -> dict[str, Any]:
    """A promise as the chapters and the list of late ones show it."""
    return {
        "code": row.pk, "state": row.state, "status": row.reported, "timeframe": row.timeframe,
        "due": row.due.isoformat() if row.due else None, "percent": row.percent,
        "verified": row.verified.isoformat() if row.verified else None,
        **{f"{name}_{tongue}": getattr(row, f"{name}_{tongue}") for name in ("objective", "activity", "indicator")
           for tongue in ("bn", "en")},
    }  # fmt: skip


def _news(found: Data, as_of: date) -> None:
    """The figures that the summary quotes beside the counts."""
    items, figures, source = found["items"], found["figures"], "coordination.on_day"
    promised, late = figures["plan.promised"]["value"], figures["plan.late"]["value"]
    _figure(found, "plan.late_share", round(late / promised, 4) if promised else None, source, "share")
    called = sum(row["state"] == "late" and row["status"] == IN_PROGRESS for row in items)
    _figure(found, "plan.late_called_in_progress", called, source)
    _figure(found, "plan.ministries_late", sum(row["plan"]["late"] > 0 for row in found["ministries"]), source)
    _figure(found, "plan.without_day", sum(row["due"] is None for row in items), source)
    _figure(found, "plan.updated", sum(row["verified"] is not None for row in items), source)
    _figure(found, "plan.unproven", sum(row["state"] == "completed_unproven" for row in items), source)


def _moved(officer: Officer, found: Data, rows: list[Any], as_of: date) -> None:
    """Rows whose state is another than some weeks before, or about which something was verified since."""
    before = as_of - timedelta(days=LOOK_BACK)
    was = dict(plans.on_day(officer, before, kind=plans.ALL).values_list("pk", "state"))
    told = set(plans.verified(as_of).filter(verified_on__gt=before).values_list("item_id", flat=True))
    found["moved"] = [
        {
            "code": row.pk, "ministry": row.owner_id or "", "was": was[row.pk], "now": row.state,
            "verified": row.pk in told, "activity_bn": row.activity_bn, "activity_en": row.activity_en,
        }
        for row in rows if row.pk in told or was[row.pk] != row.state
    ]  # fmt: skip
    moved, source = found["moved"], "coordination.on_day"
    _figure(found, "moved.since", before.isoformat(), source, "day")
    _figure(found, "moved.count", len(moved), source)
    _figure(found, "moved.late", sum(row["was"] != "late" and row["now"] == "late" for row in moved), source)
    _figure(found, "moved.verified", sum(row["verified"] for row in moved), source)


def _clusters(found: Data, rows: list[Any]) -> None:
    """The five thematic clusters with the rows of their plans."""
    counts = _counted(rows, "cluster")
    clusters: dict[str, list[dict[str, Any]]] = {name: [] for name in counts}
    for row in rows:
        action = row.cluster_action
        item = {**_item(row), "responsible": action.responsible, "shared": action.shared}
        clusters[row.cluster].append(item)
    found["clusters"] = [
        {"name": name.removesuffix(" Cluster"), "items": items, **counts[name]} for name, items in clusters.items()
    ]
    source = "coordination.on_day"
    _figure(found, "clusters.count", len(found["clusters"]), source)
    for name in ("promised", "late"):
        _figure(found, f"clusters.{name}", sum(row[name] for row in found["clusters"]), source)
