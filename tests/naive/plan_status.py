"""The status of one item on a day, the plain way: read the words of issue and law, one rule after the other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple


class Said(NamedTuple):
    """One verified update, in the order in which they were verified."""

    claim: str
    verified_on: date
    done_on: date | None
    obligation: int | None


def status(
    *, reported: str, kind: str, every: str, due: date | None, obligations: list[tuple[int, date]], said: list[Said],
    on: date,
) -> str:  # fmt: skip
    """``obligations``: (number, its day)."""
    known = [one for one in said if one.verified_on <= on]
    newest = max(known, key=lambda one: one.verified_on, default=None)
    for one in known:  # of two on a day the one that came last
        if newest and one.verified_on == newest.verified_on:
            newest = one
    if (newest is None and reported == "Stopped") or (newest and newest.claim == "stop"):
        return "stopped"
    if newest is None and reported == "Completed":
        return "completed_unproven"
    if every or len(obligations) > 1:
        return _of_several(due, obligations, known, on)
    if newest and newest.claim == "completed":
        return "completed_late" if due and newest.done_on and newest.done_on > due else "completed_in_time"
    if due is None:
        return "continuous" if kind in ("continuous", "open") else "undated"
    if due < on:
        return "late"
    if due - on <= timedelta(days=90):
        met = any(one.claim == "completed" and one.obligation == obligations[0][0] for one in known)
        if not met:
            return "due_soon"
    return "on_track" if newest else "not_started"


def _of_several(due: date | None, obligations: list[tuple[int, date]], known: list[Said], on: date) -> str:
    met: dict[int, bool] = {}  # number -> done in time
    for number, day in obligations:
        done: list[Any] = [one.done_on for one in known if one.claim == "completed" and one.obligation == number]
        if done:
            met[number] = any(when <= day for when in done)
    if due and len(met) == len(obligations):
        return "completed_in_time" if all(met.values()) else "completed_late"
    open_days = [day for number, day in obligations if number not in met]
    if any(day < on for day in open_days):
        return "late" if due and due < on else "recurring_missed"
    if any(day - on <= timedelta(days=90) for day in open_days):
        return "due_soon"
    return "recurring_met" if met else "on_track"
