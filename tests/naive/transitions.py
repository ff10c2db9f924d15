"""Ends and moves of enrolments as one would read them off the documents, one enrolment at a time."""

from __future__ import annotations

import datetime as dt
import re

MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12, "weekly": 1, "event": 1}


def plus(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month."""
    at = day.year * 12 + day.month - 1 + months
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(at // 12, at % 12 + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError


def age(birth: dt.date, on: dt.date) -> int:
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def starts(happened: dt.date, mode: str, version) -> dt.date:
    if mode == "same_day":
        return happened
    months = 1 if mode == "next_month" else MONTHS[version.payment.rhythm]
    first = dt.date(happened.year, happened.month, 1)
    while True:
        first = plus(first, 1)
        if (first.month - 7) % months == 0:
            return first


def find(rows: list[dict], definitions, day: dt.date, until: dict[str, dt.date]) -> dict[int, tuple]:
    """enrolment_id -> (kind, reason, to_programme, to_person_id, ends_on)."""
    on_programme = {(row["person_id"], row["programme_code"]) for row in rows}
    found = {}
    for row in rows:
        answer = _one(row, rows, on_programme, {d.code: d for d in definitions}, day, until)
        if answer is not None:
            *rest, ends_on = answer
            found[row["enrolment_id"]] = (*rest, max(ends_on, row["valid_from"] + dt.timedelta(days=1)))
    return found


def _one(row, rows, on_programme, definitions, day, until):
    code, kept = row["programme_code"], row["duplicate_of"]
    if kept is not None:
        return (
            ("end", "duplicate", "", None, day)
            if (kept, code) in on_programme
            else ("carry", "duplicate", "", kept, day)
        )
    own = definitions[code]
    version = own.version_on(day)
    said = [(end.on, end.from_) for end in version.ends]
    if own.unit == "person" and "death" not in [what for what, _ in said]:
        said = [("death", "next_month"), *said]
    for what, mode in said:
        happened = _happened(row, rows, what, own, definitions, day)
        if happened is not None:
            return "end", what, "", None, starts(happened, mode, version)
    for goal in sorted(definitions):
        target = definitions[goal].version_on(day)
        for move in target.moves_in if target else ():
            if move.from_ == code and (row["person_id"], goal) not in on_programme and _old(row, target, move, day):
                first = max(starts(day, "next_period", version), until.get(code, dt.date.min))
                return "move", f"moves_to_{goal}", goal, None, first
    return None


def _old(row, target, move, day) -> bool:
    """The condition of the Old Age Allowance, which is the only one shipped."""
    if row["birth_date"] is None:
        return False
    years = age(row["birth_date"], target.judged_on(day))
    limit = target.values["age_men"] if move.from_ == "DPA" and row["sex"] == "male" else target.values["age_women"]
    return years >= limit and (move.from_ == "WDA" or row["sex"] is not None)


def _happened(row, rows, what, own, definitions, day) -> dt.date | None:
    same_home = [other for other in rows if other["household_id"] == row["household_id"]]
    version = own.version_on(day)
    if found := re.fullmatch(r"months_(\d+)", what):
        over = plus(row["valid_from"], int(found[1]))
        return over - dt.timedelta(days=1) if over <= day else None
    at = {"death": row["death_date"], "migration_abroad": row["abroad_since"]}
    if what in at:
        return at[what] if at[what] is not None and at[what] <= day else None
    holds = {
        "remarriage": row["marital_status"] == "married",
        "leaves_school": row["school_level"] == "none",
        "leaves_primary_school": row["primary_pupils"] == 0,
        "head_government_job": bool(row["head_salary"]),
        "takes_disability_stipend": any(
            other["person_id"] == row["person_id"] and other["programme_code"] == "DSS_STIPEND" for other in rows
        ),
        "joins_another_allowance": any(
            other["programme_code"] != own.code
            and definitions[other["programme_code"]].version_on(day)
            and version.compatible.forbids(other["programme_code"])
            for other in same_home
        ),
    }
    return day if holds.get(what) else None
