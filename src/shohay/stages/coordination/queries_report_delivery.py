"""People, payments and complaints in the report: the public figures, small numbers left out."""

from __future__ import annotations

from datetime import date
from typing import Any

from shohay.core.messages.payments import BANK_REASONS
from shohay.stages.accounts.officer import Officer
from shohay.stages.places import queries as places
from shohay.stages.programmes.models import Programme
from shohay.stages.results import queries as results

Data = dict[str, Any]
POISHA_IN_TAKA = 100
# figure of the dashboard -> key and kind in the report
TILES = {
    "persons": "count", "households": "count", "applied": "count", "beneficiaries": "count", "enrolled": "count",
    "women_share": "share", "payments": "count", "paid": "count", "paid_poisha": "taka", "returns": "count",
    "grievances": "count", "answered_in_time": "share",
}  # fmt: skip
SOURCE = "results.dashboard"


def put(officer: Officer, found: Data, as_of: date) -> None:
    """What the platform itself has counted. Nothing computed yet: "delivery" is None and the chapter is left out."""
    board = results.dashboard()
    found["delivery"] = None
    if board["computed_at"] is None or not board["tiles"].get("persons"):
        return
    figures = found["figures"]
    for name, kind in TILES.items():
        value = board["tiles"].get(name)
        if value is not None:
            figures[f"delivery.{name}"] = {"value": _plain(value, name, kind), "kind": kind, "from": SOURCE}
    paid, payments = board["tiles"].get("paid"), board["tiles"].get("payments")
    if paid is not None and payments:
        figures["delivery.paid_share"] = {"value": round(paid / payments, 4), "kind": "share", "from": SOURCE}
    figures["delivery.day"] = {"value": board["computed_at"].date().isoformat(), "kind": "day", "from": SOURCE}
    found["delivery"] = {
        "programmes": _programmes(board["programmes"]),
        "payments": [
            {"state": row["state"], "payments": _whole(row["payments"]), "amount": _taka(row["poisha"])}
            for row in board["payments"]
        ],
        "returns": [_reason(row) for row in board["returns"]],
        "districts": _districts(),
    }


def _plain(value: float, name: str, kind: str) -> float | int | None:
    if name.endswith("_poisha"):
        return _taka(value)
    return round(value, 4) if kind == "share" else round(value)


def _whole(value: float | None) -> int | None:
    return None if value is None else round(value)


def _taka(poisha: float | None) -> int | None:
    """Whole taka."""
    return None if poisha is None else round(poisha / POISHA_IN_TAKA)


def _programmes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = {row.code: row for row in Programme.objects.all()}
    return [
        {
            "code": row["programme_code"],
            "name_bn": names[row["programme_code"]].name_bn,
            "name_en": names[row["programme_code"]].name_en,
            **{name: _whole(row[name]) for name in ("eligible", "applied", "selected", "enrolled", "payments", "paid")},
            "coverage": None if row["coverage"] is None else round(row["coverage"], 4),
            "women": None if row["women_share"] is None else round(row["women_share"], 4),
            "amount": _taka(row["paid_poisha"]),
        }
        for row in rows
        if row["enrolled"] != 0 and row["programme_code"] in names
    ]


def _reason(row: dict[str, Any]) -> dict[str, Any]:
    pair = BANK_REASONS.get(row["reason"], (row["reason"], row["reason"]))
    return {"code": row["reason"], "name_bn": pair[0], "name_en": pair[1], "payments": _whole(row["payments"])}


def _districts() -> list[dict[str, Any]]:
    """All 64 with the share of the people in the registry who are on a programme; None where there is no figure."""
    found = {row["area_code"]: row for row in results.coverage_by_district()}
    rows = []
    for place in places.areas("district"):
        of = found.get(place.code, {})
        share = of.get("coverage")
        rows.append(
            {"code": place.code, "name_bn": place.name_bn, "name_en": place.name_en,
             "persons": _whole(of.get("persons")), "beneficiaries": _whole(of.get("beneficiaries")),
             "share": None if share is None else round(share, 4)}
        )  # fmt: skip
    return rows
