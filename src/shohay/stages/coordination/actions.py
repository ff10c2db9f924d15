"""Loading the action plan of the reform."""

from __future__ import annotations

from django.db import connection, transaction

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.coordination.plan_items import build
from shohay.stages.places.reference_files import Merged, merge

TEXTS = {
    name: name
    for name in (
        "objective_bn",
        "objective_en",
        "activity_bn",
        "activity_en",
        "indicator_bn",
        "indicator_en",
        "timeframe",
        "timeframe_kind",
        "status",
    )
}
DATES = {"starts": "nullif(starts, '')::date", "due": "nullif(due, '')::date"}
ITEM_COLUMNS = {
    "code": "action_id",
    "ministry_id": "ministry_code",
    "section": "section",
    "objective_no": "objective_no::int",
    "theme": "theme",
    **TEXTS,
    **DATES,
}
CLUSTER_COLUMNS = {
    "cluster": "cluster",
    "no": "no::int",
    "part": "part::int",
    "responsible": "responsible",
    "shared": "shared",
    **TEXTS,
    **DATES,
}


def load_plan(*, by: Officer) -> dict[str, Merged]:
    """695 indicators of the chapters and 40 rows of the clusters, with what falls due. Again: no change."""
    by.require("reference.load")
    with transaction.atomic():
        merged = {
            "actions": merge(
                "catalogue/actions.csv", table="coordination_actionitem", key="code", columns=ITEM_COLUMNS
            ),
            "cluster_actions": merge(
                "catalogue/cluster_actions.csv",
                table="coordination_clusteraction",
                key="cluster, no, part",
                columns=CLUSTER_COLUMNS,
            ),
        }
        merged["plan_items"] = build()
        _analyze()
        record(action="plan.loaded", by=by, detail={name: list(counts) for name, counts in merged.items()})
    return merged


def _analyze() -> None:
    """Without statistics PostgreSQL takes these tables for empty and plans the status of the plan as if they were: a
    query of milliseconds then lasts a minute, until the next round of autovacuum."""
    with connection.cursor() as cursor:
        cursor.execute(
            "analyze coordination_actionitem, coordination_clusteraction, coordination_planitem,"
            " coordination_planministry, coordination_planobligation, coordination_planupdate"
        )
