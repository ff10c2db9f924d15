"""A payroll one person at a time: slow, plain, the measure of bulk.payroll."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from shohay.core import entitlement, ledger
from shohay.core.definition import Version
from shohay.core.values import Period

Line = tuple[int, str, int, str]  # enrolment, kind, poisha, end_to_end_id


def pay(
    code: str, version: Version, period: Period, enrolments: Sequence[Mapping[str, Any]], share_limit: int
) -> tuple[list[Line], list[tuple[int, str]]]:
    """Lines, and (enrolment, reason) for who got none; both in the order of enrolments."""
    lines: list[Line] = []
    held: set[tuple[int, str]] = set()
    for one in sorted(enrolments, key=lambda row: row["enrolment_id"]):
        owed = entitlement.amounts(version, covered(period, one), one["facts"])
        unknown = any(one["facts"].get(name) is None for name in version.benefit_facts)
        barred = why(one, enrolments, share_limit)
        if not owed and not unknown:
            held.add((one["enrolment_id"], barred or "not_this_period"))
        for kind, taka in owed:
            paid = kind in (one["paid_kinds"] or "").split(",")
            reason = "already_paid" if paid else barred
            if reason:
                held.add((one["enrolment_id"], reason))
            else:
                number = ledger.end_to_end_id(code, str(period.first), kind, one["enrolment_id"])
                lines.append((one["enrolment_id"], kind, taka.poisha, number))
    return sorted(lines), sorted(held)


def why(one: Mapping[str, Any], everyone: Sequence[Mapping[str, Any]], share_limit: int) -> str:
    """Why this person is not paid, or ''."""
    if one["is_dead"]:
        return "dead"
    if one["is_duplicate"]:
        return "duplicate"
    if one["account_id"] is None:
        return "no_account"
    sharers = {row["person_id"] for row in everyone if row["account_digest"] == one["account_digest"]}
    return "shared_account" if len(sharers) > share_limit else ""


def covered(period: Period, one: Mapping[str, Any]) -> Period:
    """The months of the period of which the enrolment covers any day."""
    first = max(period.first, one["valid_from"]).replace(day=1)
    last = min(period.end, one["valid_to"] or period.end) - timedelta(days=1)
    after = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return Period(first, after)
