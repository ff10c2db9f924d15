"""From the loaded rows of the plan to items that can be reported on: who answers for each, and what falls due.

Called by ``actions.load_plan``, inside its transaction. Loading again adds what is new and corrects what changed;
nothing is removed, since updates and reminders point here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from shohay.core.timeframes import of_row
from shohay.stages.coordination.models import ActionItem, ClusterAction
from shohay.stages.places.reference_files import Merged
from shohay.stages.programmes.models import Ministry

CLUSTERS = {
    "Social Allowance Cluster": "SAC",
    "Food Security Cluster": "FSC",
    "Social Insurance Cluster": "SIC",
    "Labour and Livelihood Cluster": "LLC",
    "Human Development and Social Empowerment Cluster": "HDC",
}
# names of the clusters' plan that are no ministry or division of the list
ALIASES = {
    "Ministry of Health and Family Welfare": ("HSD", "MEFWD"),
    "Directorate General of Health Services": ("HSD",),
}
ITEM_COLUMNS = {
    "code": "text", "kind": "text", "order": "int", "action_id": "text", "cluster_action_id": "bigint",
    "owner_id": "text", "cluster": "text", "theme": "text", "timeframe_kind": "text", "every": "text",
    "starts": "date", "due": "date",
}  # fmt: skip
Row = dict[str, Any]


def build() -> Merged:
    """One item for each row of the chapters and of the clusters, with its ministries and obligations."""
    names = _names()
    items: list[Row] = []
    ministries: list[Row] = []
    obligations: list[Row] = []
    actions = ActionItem.objects.order_by("ministry__order", "objective_no", "code")
    for order, action in enumerate(actions, start=1):
        items.append(_item(action.code, "chapter", order, action, owner=action.ministry_id, theme=action.theme))
        ministries.append({"item_id": action.code, "ministry_id": action.ministry_id, "part": "owner"})
        obligations += _obligations(action.code, action)
    for order, row in enumerate(ClusterAction.objects.order_by("cluster", "no", "part"), start=len(items) + 1):
        code = f"{CLUSTERS.get(row.cluster, 'CL')}-{row.no:02d}-{row.part}"
        parts = _parts(row, names)
        owner = next((ministry for ministry, part in parts.items() if part == "owner"), None)
        items.append(_item(code, "cluster", order, row, owner=owner, cluster=row.cluster))
        ministries += [{"item_id": code, "ministry_id": ministry, "part": part} for ministry, part in parts.items()]
        obligations += _obligations(code, row)
    merged = _merge("planitem", ("code",), items, ITEM_COLUMNS)
    _merge(
        "planministry",
        ("item_id", "ministry_id"),
        ministries,
        dict.fromkeys(("item_id", "ministry_id", "part"), "text"),
    )
    kinds = {"item_id": "text", "number": "smallint", "name": "text", "starts": "date", "due": "date"}
    _merge("planobligation", ("item_id", "number"), obligations, kinds)
    return merged


def _item(code: str, kind: str, order: int, row: Any, *, owner: str | None, cluster: str = "", theme: str = "") -> Row:
    frame = of_row(row.timeframe_kind, row.timeframe, row.starts, row.due)
    return {
        "code": code, "kind": kind, "order": order, "action_id": row.pk if kind == "chapter" else None,
        "cluster_action_id": row.pk if kind == "cluster" else None, "owner_id": owner, "cluster": cluster,
        "theme": theme, "timeframe_kind": frame.kind, "every": frame.every, "starts": _iso(frame.starts),
        "due": _iso(frame.due),
    }  # fmt: skip


def _obligations(code: str, row: Any) -> list[Row]:
    frame = of_row(row.timeframe_kind, row.timeframe, row.starts, row.due)
    return [
        {"item_id": code, "number": one.number, "name": one.name, "starts": _iso(one.starts), "due": _iso(one.due)}
        for one in frame.obligations()
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _names() -> dict[str, tuple[str, ...]]:
    """Name in English -> codes, the longest name first: "Ministry of Food" lies inside no other, but may one day."""
    found = {name: (code,) for code, name in Ministry.objects.values_list("code", "name_en")} | ALIASES
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def _parts(row: ClusterAction, names: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """code -> owner or shared, in the order in which the plan names them. The first responsible one owns."""
    responsible = list(_named(row.responsible, names))
    shared = [code for code in (*responsible[1:], *_named(row.shared, names)) if code not in responsible[:1]]
    return {**dict.fromkeys(responsible[:1], "owner"), **dict.fromkeys(shared, "shared")}


def _named(text: str, names: dict[str, tuple[str, ...]]) -> Iterable[str]:
    """The codes of the ministries that ``text`` names, in its order; "Line Agencies" and the like name none."""
    found: list[tuple[int, tuple[str, ...]]] = []
    for name, codes in names.items():
        if (place := text.find(name)) >= 0:
            found.append((place, codes))
            text = text.replace(name, " " * len(name))
    return (code for _, codes in sorted(found) for code in codes)


def _merge(table: str, key: tuple[str, ...], rows: list[Row], columns: dict[str, str]) -> Merged:
    """Bring ``rows`` into ``table``: new ones in, changed ones corrected."""
    names = ", ".join(f'"{name}"' for name in columns)
    kinds = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    others = [f'"{name}"' for name in columns if name not in key]
    with connection.cursor() as cursor:
        cursor.execute(
            f"with merged as (insert into coordination_{table} as kept ({names})"
            f" select {names} from jsonb_to_recordset(%s::jsonb) as incoming ({kinds})"
            f" on conflict ({', '.join(key)}) do update set {', '.join(f'{name} = excluded.{name}' for name in others)}"
            f" where ({', '.join(f'kept.{name}' for name in others)})"
            f" is distinct from ({', '.join(f'excluded.{name}' for name in others)})"
            " returning (xmax = 0) as added)"
            " select %s, count(*) filter (where added), count(*) filter (where not added) from merged",
            [json.dumps(rows), len(rows)],
        )
        return Merged(*cursor.fetchone())
